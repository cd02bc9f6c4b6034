"""Results of administrative procedures through the valve: what would go out, and its going out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Refusal, Refused, require
from portal.kernel.work import Work
from portal.office.procedures.events import ProceduresPublished
from portal.office.procedures.reads import MonthRow, matter, months_of, unit_of_slug
from portal.office.units.tables import Unit
from portal.publication.setting import unit_link
from portal.record import canon, reads
from portal.record.append import Line, append, take_turn
from portal.record.changes import changes_between
from portal.record.checkpoint import Signer
from portal.record.documents import Act, Change, Kind, Notice, Revision, TombstoneDoc, UnitLink
from portal.record.procedures import ProcedureMonth, ProceduresDoc

_REF = "{slug}/thu-tuc"  # also its address below /don-vi; no slug has a stroke in it


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go out for one unit; ``line`` None: nothing differs from what is public."""

    line: Line | None
    known: Revision | None
    withheld: tuple[MonthRow, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs from the public months, month by month."""
        return self.line.notice.changes if self.line else ()

    @property
    def needs_reason(self) -> bool:
        """Whether people will read a reason with it: something public is changed or taken away."""
        return self.line is not None and self.line.act in (Act.CORRECT, Act.WITHDRAW)

    @property
    def digest(self) -> str:
        """Hex SHA-256 of exactly what would go out; empty where nothing would."""
        if self.line is None:
            return ""
        said = f"{self.line.act}\n{canon.encode(self.line.document, self.line.notice)}"
        return hashlib.sha256(said.encode()).hexdigest()


def preview(w: Work, unit: Unit) -> Preview:
    """Compare the months marked public with what is public."""
    ref = ref_of(unit)
    known = reads.revision(w.session, ref)
    rows = months_of(w, unit.id)
    document = compose_procedures(ref, unit_link(w, unit.id), rows)
    withheld = tuple(row for row in rows if not row.disclosed)
    return Preview(_line(w, ref, document, known), known, withheld)


def publish(
    w: Work, slug: str, *, by: Actor, signer: Signer, previewed: str, reason: str = ""
) -> tuple[int, ...]:
    """Bring the public months of the unit at ``slug`` up to date; the log positions.

    ``previewed`` is the digest of what ``by`` looked at. Raises Refused.
    """
    take_turn(w.session)
    unit = unit_of_slug(w, slug)
    require(by, DeskAct.PUBLISH_PROCEDURES, matter(w, unit.id))
    seen = preview(w, unit)
    if seen.line is None:
        raise Refused(Refusal.NOTHING_CHANGED)
    if previewed != seen.digest:
        raise Refused(Refusal.CHANGED_SINCE_PREVIEW)
    if seen.needs_reason and not reason.strip():
        raise Refused(Refusal.NO_REASON)
    line = _explained(seen.line, reason.strip())
    positions = tuple(append(w, [line], signer=signer))
    w.tell(ProceduresPublished(by=by.id, unit_id=unit.id, act=line.act.value, position=positions[0]))
    return positions


def ref_of(unit: Unit) -> str:
    """The reference of a unit's results."""
    return _REF.format(slug=unit.slug)


def compose_procedures(ref: str, unit: UnitLink, rows: Sequence[MonthRow]) -> ProceduresDoc | None:
    """The public document; None when no month is public."""
    public = sorted((row for row in rows if row.disclosed), key=lambda row: row.month)
    months = tuple(compose_month(row) for row in public)
    return ProceduresDoc(ref=ref, unit=unit, months=months) if months else None


def compose_month(row: MonthRow) -> ProcedureMonth:
    """The public part of one month; why it was corrected is public where the older row was."""
    was_public = row.replaced is not None and row.replaced.disclosed
    return ProcedureMonth(
        month=row.month,
        state=row.state,
        handled=row.counts.handled,
        early=row.counts.early,
        on_time=row.counts.on_time,
        late=row.counts.late,
        source=row.source,
        counted_on=row.counted_on,
        corrected=row.reason if was_public else "",
    )


def _line(w: Work, ref: str, document: ProceduresDoc | None, known: Revision | None) -> Line | None:
    before = known.document if known else None
    if not isinstance(before, ProceduresDoc):
        if document is None:
            return None
        return Line(kind=Kind.PROCEDURES, ref=ref, act=Act.PUBLISH, document=document)
    if document is None:
        stone = TombstoneDoc(ref=ref, withdrawn_on=w.today, reason="")
        return Line(kind=Kind.PROCEDURES, ref=ref, act=Act.WITHDRAW, document=stone)
    changes = changes_between(before, document)
    if not changes:
        return None
    # New months are news; changing or taking away what was public is a correction with a reason.
    act = Act.PROGRESS if {change.kind for change in changes} == {"added"} else Act.CORRECT
    return Line(kind=Kind.PROCEDURES, ref=ref, act=act, document=document, notice=Notice(changes=changes))


def _explained(line: Line, reason: str) -> Line:
    document = line.document
    if isinstance(document, TombstoneDoc):
        document = TombstoneDoc(ref=document.ref, withdrawn_on=document.withdrawn_on, reason=reason)
    notice = Notice(reason=reason, changes=line.notice.changes)
    return Line(kind=line.kind, ref=line.ref, act=line.act, document=document, notice=notice)
