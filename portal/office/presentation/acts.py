"""What is done about presentations: record one with exactly what was presented, or take a record back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, Refusal, Refused, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.audit.events import Presented
from portal.office.presentation.rules import LABELS, Conference, refusal_to_record
from portal.office.presentation.tables import Presentation
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme, Version
from portal.office.programme.typed import refuse_stamps
from portal.office.programme.versions import snapshot, version


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationForm:
    """One presentation as an officer tells it; ``version`` 0 freezes the draft as it stands."""

    kind: Conference
    held_on: date
    conference: str
    version: int
    is_before_decision: bool


def record(w: Work, programme: Programme, form: PresentationForm, *, by: Actor) -> Presentation:
    """Record that the programme was presented, and in which words. Raises Refused and StampTyped."""
    require(by, Act.PRESENT, matter(w, programme))
    refuse_stamps(form)
    if refusal := refusal_to_record(
        form.kind,
        form.held_on,
        is_before_decision=form.is_before_decision,
        others=_days(w, programme),
        today=w.today,
    ):
        raise Refused(refusal)
    cited = _cited(w, programme, form, by)
    made = Presentation(
        id=w.ids.key(),
        programme_id=programme.id,
        version_id=cited.id,
        kind=form.kind,
        held_on=Sealed(form.held_on),
        conference=Sealed(form.conference),
        preceded=True,
        recorded_by_id=by.id,
        recorded_at=w.now,
    )
    w.session.add(made)
    w.session.flush()
    _tell(w, programme, made, cited, by=by, how="recorded")
    return made


def remove(w: Work, programme: Programme, key: int, *, by: Actor) -> None:
    """Take back a record made by mistake; the version it cited stays. Raises Refused."""
    require(by, Act.PRESENT, matter(w, programme))
    found = next((one for one in presentations(w, programme) if one.id == key), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    _tell(w, programme, found, w.session.get_one(Version, found.version_id), by=by, how="removed")
    w.session.delete(found)
    w.session.flush()


def presentations(w: Work, programme: Programme) -> Sequence[Presentation]:
    """The presentations of ``programme``, in the order they were recorded."""
    return w.session.scalars(
        select(Presentation)
        .where(Presentation.programme_id == programme.id)
        .order_by(Presentation.recorded_at, Presentation.id)
    ).all()


def _days(w: Work, programme: Programme) -> dict[Conference, date]:
    return {
        Conference(one.kind): one.held_on.open(reason=Reason.APPRAISAL) for one in presentations(w, programme)
    }


def _cited(w: Work, programme: Programme, form: PresentationForm, by: Actor) -> Version:
    if form.version:
        return version(w, programme, form.version)
    return snapshot(w, programme, label=LABELS[form.kind], by=by)


def _tell(w: Work, programme: Programme, found: Presentation, cited: Version, *, by: Actor, how: str) -> None:
    w.tell(Presented(by=by.id, programme=programme.ref, kind=found.kind, version=cited.number, how=how))
