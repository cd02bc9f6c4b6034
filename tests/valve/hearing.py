"""What officers write on a programme's way to the public, every word of it a secret to be looked for."""

from dataclasses import replace
from datetime import timedelta

from dye import Dye
from people import CONG, SOAN, THAM
from world import World, who

from portal.office.appraisal.acts import assign, conclude, write_opinion
from portal.office.appraisal.reads import keys_of, subjects
from portal.office.appraisal.rules import OpinionForm, Verdict
from portal.office.presentation.acts import PresentationForm, record
from portal.office.presentation.rules import Conference
from portal.office.programme.handing_over import hand_over
from portal.office.programme.reads import programme
from portal.office.programme.workbook.form import ProgrammeForm
from portal.publication import erasing, schedules
from portal.publication.preview import preview
from portal.publication.schedules import Wish


def present(world: World, ref: str, dye: Dye) -> None:
    """Record that it was presented, at a conference whose name is secret."""
    with world.work() as w:
        told = PresentationForm(
            kind=Conference.STEP2, held_on=w.today, conference=dye.text(), version=0, is_before_decision=True
        )
        record(w, programme(w, ref), told, by=who(w, SOAN))


def appraise_each(world: World, ref: str, form: ProgrammeForm, dye: Dye) -> None:
    """Appraise it with secret opinions on every commitment, and assign one more for a secret reason."""
    with world.work() as w:
        hand_over(w, ref, by=who(w, SOAN))
    with world.work() as w:
        given = replace(form.commitments[0], text=dye.text(), deliverable=dye.text())
        assign(w, ref, None, given, reason=dye.text(), by=who(w, THAM))
    with world.work() as w:
        for one in subjects(w, programme(w, ref)):
            said = OpinionForm(
                fit=Verdict.YES, fit_note=dye.text(), feasible=Verdict.YES, feasible_note=dye.text(),
                answers={key: dye.text() for key in keys_of(one.report)},
            )  # fmt: skip
            write_opinion(
                w, ref, one.ref, said, expected=one.opinion_version, read_version=one.version, by=who(w, THAM)
            )
        conclude(w, ref, by=who(w, THAM), opinion=dye.text(), approve=True)


def schedule_and_cancel(world: World, ref: str, dye: Dye) -> None:
    """Approve it for a later hour, with a secret reason, and call that off."""
    with world.work() as w:
        draft, by = programme(w, ref), who(w, CONG)
        wish = Wish(w.now + timedelta(hours=1), reason=dye.text(), document=dye.text())
        schedules.schedule(w, draft, wish, by=by, previewed=preview(w, draft).digest)
        schedules.cancel(w, draft, by=by)


def ask_for_erasure(world: World, ref: str, dye: Dye) -> None:
    """Ask for an erasure nobody has confirmed: its reason is not public yet, its words never are."""
    with world.work() as w:
        draft = programme(w, ref)
        newest = erasing.erasable(w, draft)[0].revision.position
        erasing.ask(w, draft, erasing.Wish((newest,), dye.text(), dye.text()), by=who(w, CONG))
