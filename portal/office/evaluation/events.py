"""What the audit hears of evaluations: who opened, wrote, froze, marked and published; never the words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOpened:
    """An evaluation period was opened for a unit, or for one programme."""

    by: int
    unit_id: int
    period: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountWritten:
    """The cadre's office wrote, or changed, its account of one commitment."""

    by: int
    programme: str
    period: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFrozen:
    """A dossier was frozen, or followed by a corrected version."""

    by: int
    programme: str
    period: str
    version: int
    digest: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeMarked:
    """The council marked what it did with a theme."""

    by: int
    programme: str
    period: str
    theme: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationPublished:
    """Explanations, or what was done with themes, went through the valve."""

    by: int
    programme: str
    period: str
    what: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationMoved:
    """A document of the competent level was entered, dropped, published as a quotation, or taken down.

    ``how``: entered, dropped, published, withdrawn. ``position`` -1: nothing went into the record.
    """

    by: int
    programme: str
    period: str
    quotation: str
    how: str
    position: int = -1
