"""Speaking about a commitment: typed, looked at as everybody will see it, sent, a receipt for it."""

from flask import Blueprint, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response as Answer

from portal.doors.language import say as _
from portal.doors.public.carrying import carry
from portal.doors.public.contribution import Typed, piece_name
from portal.doors.public.pages import reading, viewpoint
from portal.doors.public.pages.gone import gone
from portal.doors.public.pages.sign_in import show_sign_in
from portal.doors.public.speaking import (
    attested_here,
    commitment_of,
    show_channel,
    show_form,
    show_preview,
)
from portal.doors.public.visiting import (
    SPEAK_FROM_PLACE,
    is_allowed,
    place,
    ration_of_account,
    visitor,
)
from portal.inbox.feedback.acts import About, Speaker, submit
from portal.inbox.signin.acts import Visitor
from portal.inbox.signin.vault import period_now, person_key, vault
from portal.kernel.work import Work, work
from portal.record import reads
from portal.record.documents import CommitmentDoc, Revision
from portal.record.ratings.terms import standing_as
from portal.record.voice import Group, Standing

pages = Blueprint("feedback", __name__, url_prefix="/cam-ket")

STEP, LOOK, SEND, CHANGE = "buoc", "xem", "gui", "sua"


@pages.get("/<ref>/gop-y")
def show_page(ref: str) -> Answer:
    """The empty form."""
    rev = commitment_of(ref)
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    return show_form(Typed(rev.document, {"position": str(rev.position)}))


@pages.post("/<ref>/gop-y")
def take(ref: str) -> Answer:
    """What somebody says: looked at first, or sent."""
    return _answer(ref, is_proven=True)


def take_unproven(error: CSRFError) -> Answer:
    """Without its token nothing is stored; whoever is not signed in is asked to, and loses no word."""
    return _answer(str((request.view_args or {})["ref"]), is_proven=False)


pages.register_error_handler(CSRFError, take_unproven)


def _answer(ref: str, *, is_proven: bool) -> Answer:
    rev = commitment_of(ref)
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    typed = Typed(rev.document, request.form)
    if typed.is_held:  # before anything else: no word of it may be kept, not even in a form
        return show_channel(typed)
    if typed.faults:
        return show_form(typed, 422, faults=typed.faults)
    if request.form.get(STEP) == CHANGE:
        return show_form(typed)
    if not _is_settled(typed):
        return show_preview(typed, _hidden(typed), 200 if request.form.get(STEP) == LOOK else 422)
    who = visitor()
    if who is None:
        return show_sign_in(422, bundle=carry({**typed.carried, "ref": ref}))
    if not is_proven:
        return show_form(typed, 422, said=_("Biểu mẫu đã cũ nên chưa gửi. Xin bấm gửi lại một lần nữa."))
    return _send(rev, typed, who)


def _is_settled(typed: Typed) -> bool:
    """Whether the author saw how it will look, where there is something to see."""
    if not typed.words:
        return True
    step, seen = request.form.get(STEP), set(request.form.getlist("seen"))
    if step == LOOK:
        return False
    must_see = {piece_name(p) for p in typed.personal} | ({str(typed.advice)} if typed.advice else set())
    return must_see <= seen


def _hidden(typed: Typed) -> frozenset[str]:
    """The pieces to cover up: all of them, until the author was asked and said otherwise."""
    if request.form.get(STEP) == SEND:
        return frozenset(request.form.getlist("mask"))
    return frozenset(piece_name(p) for p in typed.personal)


def _send(rev: Revision, typed: Typed, who: Visitor) -> Answer:
    doc = typed.doc
    group = Group(typed["group"] or Group.RESIDENT)
    standing = standing_as(group, attested=attested_here(who, doc))
    if standing is None:
        return show_form(typed, 422, faults={"group": _("Tư cách này chưa được tổ chức xác nhận.")})
    if not is_allowed((SPEAK_FROM_PLACE, place()), (ration_of_account(), str(who.account))):
        return show_form(
            typed, 429, said=_("Hôm nay ông/bà đã gửi nhiều lần. Nội dung còn nguyên; xin gửi lại ngày mai.")
        )
    answer_to = who.address if typed["mail"] else ""
    comment = typed.comment(_hidden(typed), answer_to)
    with work() as w:
        code = submit(
            w,
            About(programme=doc.programme_ref, commitment=doc.ref, position=_position(rev, typed)),
            by=_speaker(w, who, doc, group, standing),
            rating=typed.rating,
            comment=comment,
            due_on=viewpoint().calendar.add_working_days(w.today, w.settings.moderate_within_days),
        )
    return redirect(url_for("receipts.show_page", code=code), 303)


def _speaker(w: Work, who: Visitor, doc: CommitmentDoc, group: Group, standing: Standing) -> Speaker:
    period = period_now(w.today)
    person = person_key(vault(w.settings.instance), period, account=who.account, programme=doc.programme_ref)
    return Speaker(person=person, period=period, group=group, standing=standing)


def _position(rev: Revision, typed: Typed) -> int:
    """The entry of the log that was read, if it was one of this commitment; else the newest."""
    asked = typed["position"]
    if asked.isascii() and asked.isdigit() and len(asked) < 16:
        read = reads.entry(reading(), int(asked))
        if read is not None and read.ref == rev.ref:
            return read.position
    return rev.position
