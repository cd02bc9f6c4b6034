"""What the index keeps of a document beside its terms: where it belongs, and when it changed."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from sys import intern
from typing import Any

from portal.record.disputes import is_mostly_not_seen
from portal.record.documents import (
    Area,
    CommitmentDoc,
    Kind,
    ProgrammeDoc,
    RatingsDoc,
    Revision,
    TombstoneDoc,
    UnitDoc,
    UnitLink,
)

# What search finds, and the released ratings, which only filter. The rest is read on their pages.
SEARCHED = frozenset({Kind.UNIT, Kind.PROGRAMME, Kind.COMMITMENT, Kind.RATINGS})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """What search must know of a unit: its names, where it hangs, what became of it."""

    slug: str
    code: str
    name: str
    parent_slug: str | None
    valid_to: date | None
    successors: tuple[UnitLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsRow:
    """What search must know of the released ratings of one commitment in one period."""

    ref: str
    commitment: str
    period: str
    is_mostly_not_seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indexed document.

    ``position``: log position of the indexed revision. ``first``: that of the first publication
    since it was last taken down. ``unit``: slug of the unit it belongs to.
    """

    kind: Kind
    ref: str
    position: int
    first: int
    unit: str = ""
    unit_name: str = ""
    areas: tuple[Area, ...] = ()
    deadline: date | None = None
    of_unit: UnitRow | None = None
    of_ratings: RatingsRow | None = None


def key(kind: Kind, ref: str) -> str:
    """What names a document in the index."""
    return f"{kind}:{ref}"


def row_of(revision: Revision, *, first: int) -> Row:
    """The row of a revision that carries a readable document."""
    row = partial(Row, ref=revision.ref, position=revision.position, first=first)
    match revision.document:
        case CommitmentDoc() as doc:
            unit = doc.holder.unit
            return row(
                kind=Kind.COMMITMENT,
                unit=unit.slug,
                unit_name=unit.name,
                areas=doc.areas,
                deadline=doc.deadline,
            )
        case ProgrammeDoc() as doc:
            return row(kind=Kind.PROGRAMME, unit=doc.holder.unit.slug)
        case UnitDoc() as doc:
            return row(kind=Kind.UNIT, of_unit=_unit(doc))
        case RatingsDoc() as doc:
            return row(kind=Kind.RATINGS, of_ratings=_ratings(doc))
    raise TypeError(f"nothing to index at {revision.position}")


def encode(row: Row) -> bytes:
    """``row`` as the bytes of a JSON list."""
    of, ratings = row.of_unit, row.of_ratings
    values = [
        row.kind,
        row.ref,
        row.position,
        row.first,
        row.unit,
        row.unit_name,
        [[area.code, area.label] for area in row.areas],
        _day(row.deadline),
        of and [of.slug, of.code, of.name, of.parent_slug, _day(of.valid_to), _links(of)],
        ratings and [ratings.ref, ratings.commitment, ratings.period, ratings.is_mostly_not_seen],
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def decode_bytes(content: bytes) -> Row:
    """The inverse of ``encode``."""
    return decode(json.loads(content))


def decode(values: list[Any]) -> Row:
    """A row from its parsed JSON list: the index is read by parsing thousands at once."""
    kind, ref, position, first, unit, unit_name, areas, deadline, of, ratings = values
    return Row(
        kind=Kind(kind),
        ref=ref,
        position=position,
        first=first,
        unit=intern(unit),
        unit_name=intern(unit_name),
        areas=tuple(_area(*area) for area in areas),
        deadline=deadline and date.fromordinal(deadline),
        of_unit=of and _unit_row(*of),
        of_ratings=ratings and _ratings_row(*ratings),
    )


@lru_cache(maxsize=1024)
def _area(code: str, label: str) -> Area:
    return Area(code=code, label=label)


def _links(unit: UnitRow) -> list[list[str]]:
    return [[u.slug, u.code, u.name, u.parent_name] for u in unit.successors]


def _day(value: date | None) -> int | None:
    return None if value is None else value.toordinal()


def _unit_row(
    slug: str, code: str, name: str, parent_slug: str | None, valid_to: int | None, links: list[list[str]]
) -> UnitRow:
    return UnitRow(
        slug=slug,
        code=code,
        name=name,
        parent_slug=parent_slug,
        valid_to=None if valid_to is None else date.fromordinal(valid_to),
        successors=tuple(UnitLink(slug=s, code=c, name=n, parent_name=p) for s, c, n, p in links),
    )


def _ratings_row(ref: str, commitment: str, period: str, mostly: bool) -> RatingsRow:
    return RatingsRow(ref=ref, commitment=commitment, period=period, is_mostly_not_seen=mostly)


def _ratings(doc: RatingsDoc) -> RatingsRow:
    return _ratings_row(doc.ref, doc.commitment_ref, doc.figures.period, is_mostly_not_seen(doc))


def is_readable(revision: Revision) -> bool:
    """Whether the revision carries a document people may find."""
    return revision.document is not None and not isinstance(revision.document, TombstoneDoc)


def _unit(doc: UnitDoc) -> UnitRow:
    return UnitRow(
        slug=doc.slug,
        code=doc.code,
        name=doc.name,
        parent_slug=doc.parent_slug,
        valid_to=doc.valid_to,
        successors=tuple(s.unit for s in doc.successors),
    )
