"""Looking up what the record holds of evaluations of one programme."""

from sqlalchemy import text

from portal.record.documents import DossierDoc, ExplanationDoc, Kind, QuotationDoc, Revision
from portal.record.reads import Reader, as_revision

_OF_PROGRAMME = text(
    "SELECT e.position, e.kind, e.ref, e.number, e.act, e.at, e.digest, t.body FROM record_latest l "
    "JOIN record_entry e ON e.position = l.position LEFT JOIN record_content t ON t.position = l.position "
    "WHERE l.within = :programme AND l.kind = :kind AND l.standing ORDER BY e.position"
)


def dossiers_of(c: Reader, programme: str) -> list[tuple[Revision, DossierDoc]]:
    """The frozen dossiers of a programme, the latest period first."""
    found = ((r, r.document) for r in _revisions(c, programme, Kind.DOSSIER))
    told = [(r, document) for r, document in found if isinstance(document, DossierDoc)]
    return sorted(told, key=lambda one: (one[1].period.last, one[1].ref), reverse=True)


def explanations_of(c: Reader, programme: str) -> dict[str, ExplanationDoc]:
    """The cadre's self-reviews of a programme, by the code of their period."""
    found = (r.document for r in _revisions(c, programme, Kind.EXPLANATION))
    return {one.period.code: one for one in found if isinstance(one, ExplanationDoc)}


def quotations_of(c: Reader, programme: str) -> list[tuple[Revision, QuotationDoc]]:
    """The documents of the competent level quoted beside a programme, in the order they were published."""
    found = ((r, r.document) for r in _revisions(c, programme, Kind.QUOTATION))
    return [(r, document) for r, document in found if isinstance(document, QuotationDoc)]


def _revisions(c: Reader, programme: str, kind: Kind) -> list[Revision]:
    rows = c.execute(_OF_PROGRAMME, {"programme": programme, "kind": kind.value})
    return [as_revision(row) for row in rows]
