"""What a search is asked and what it answers."""

from dataclasses import dataclass, field
from enum import StrEnum

from portal.record.documents import UnitLink
from portal.record.search.parse import Note
from portal.record.search.traits import Trait

MOST_PER_PAGE = 100


class Sort(StrEnum):
    """In what order commitments are shown."""

    RELEVANCE = "relevance"
    DEADLINE = "deadline"  # the earliest first
    NEWEST = "newest"  # latest first publication first
    UPDATED = "updated"  # latest revision first


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search: words and filters. Empty fields do not filter.

    ``unit``: slug, ``area``: code, ``standing``: key, ``traits``: all of them must hold; ``page`` counts
    from 1.
    """

    text: str = ""
    unit: str = ""
    area: str = ""
    standing: str = ""
    traits: frozenset[Trait] = frozenset()
    sort: str = Sort.RELEVANCE
    page: int = 1
    size: int = 10


@dataclass(frozen=True, slots=True)
class Count:
    """One line of a facet: how many commitments remain when it is chosen.

    The label of a standing or trait is its key; the page has the words for it.
    """

    code: str
    label: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHit:
    """A unit whose name matches; one that was merged or split leads to its successors."""

    slug: str
    name: str
    code: str
    is_current: bool
    successors: tuple[UnitLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer. ``refs``: the commitments of this page in order; ``position``: the log it shows.

    Every facet is counted with the other filters applied and its own left out; a trait with all other
    traits that were asked for. ``suggestion`` is a query that would find something, ``unknown`` what was
    typed that no commitment has. ``dropped``: when nothing is left, by filter ("unit", "area",
    "standing", a trait, "all") what there would be without it. ``names``: of the unit and area
    asked for, by code.
    """

    total: int
    pages: int
    page: int
    refs: tuple[str, ...]
    units: tuple[UnitHit, ...] = ()
    programmes: tuple[str, ...] = ()
    counts_by_unit: tuple[Count, ...] = ()
    counts_by_area: tuple[Count, ...] = ()
    counts_by_standing: tuple[Count, ...] = ()
    counts_by_trait: tuple[Count, ...] = ()
    suggestion: str | None = None
    notes: tuple[Note, ...] = ()
    unknown: tuple[str, ...] = ()
    dropped: tuple[Count, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    position: int = 0
