"""Taking down what was published: withdrawn with a tombstone by one officer, or erased by two."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.differences import ACTS
from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.programme_frame import look, trail_to
from portal.doors.desk.short_form import Short, run
from portal.doors.parts import number_in
from portal.kernel.policy import Act, Refusal, Refused, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.wording import WORDING, sentence
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.accounts.tables import Officer
from portal.office.audit.events import SecretStampRefused
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.typed import STAMPED, StampTyped
from portal.office.programme.workbook.layout import Column, Kind
from portal.publication import erasing
from portal.publication.acts import withdraw, withdraw_commitment
from portal.publication.erasing import Erasable, Wish
from portal.publication.lines import standing_revisions
from portal.publication.signing import signer_of
from portal.record.documents import CommitmentDoc, ProgrammeDoc

pages = Blueprint("taking_down", __name__, url_prefix="/van-phong/chuong-trinh/<ref>")
pages.register_error_handler(CSRFError, give_typing_back)

WHOLE = "Cả chương trình và mọi cam kết"


@pages.route("/go", methods=["GET", "POST"])
@acts(Act.WITHDRAW)
@keeps_typing
def withdraw_page(ref: str) -> Response:
    """Take down the programme, or one commitment of it."""
    with work() as w:
        draft, facts = look(w, ref, Act.WITHDRAW)
        standing = standing_revisions(w, draft)
        if not standing:
            raise Refused(Refusal.NOT_PUBLISHED)
        deeds = [r.document for r in standing if isinstance(r.document, CommitmentDoc)]
        places = {row.ref: row.place for task in draft.tasks for row in task.commitments}
    known = {f"Cam kết {places[doc.ref]}: {_short(doc.text)}": doc.ref for doc in deeds}

    def save(w: Work, values: Mapping[str, Any]) -> None:
        found, signer = programme(w, ref), signer_of(w.settings)
        if values["what"] == WHOLE:
            withdraw(w, found, by=actor(me()), signer=signer, reason=values["reason"])
        else:
            withdraw_commitment(
                w, found, values["what"], by=actor(me()), signer=signer, reason=values["reason"]
            )

    back = url_for("publication.show_gate", ref=ref)
    return run(
        Short(
            title="Gỡ khỏi trang công khai",
            columns=_columns(known),
            save=save,
            done="Đã gỡ. Trang công khai còn lại dấu đã gỡ, ngày và lý do.",
            onward=back,
            trail=trail_to(ref, facts["name"], (back, "Công bố")),
            button="Gỡ ngay",
            said=(
                "Trang bị gỡ ghi “đã gỡ”, ngày và lý do. Các bản cũ không còn đọc được trên mạng, "
                "nhưng văn bản vẫn nằm trong sổ.",
                "Nếu văn bản phải mất hẳn, ông/bà dùng chức năng xóa văn bản, cần người thứ hai xác nhận.",
            ),
            beside={Refusal.NO_REASON: "reason"},
        )
    )


def _columns(known: Mapping[str, str]) -> tuple[Column, ...]:
    return (
        Column(
            name="what", heading="Gỡ nội dung nào", kind=Kind.CHOICE, needed=True, note="", example="",
            words={WHOLE: WHOLE, **known},
        ),
        Column(
            name="reason", heading="Lý do", kind=Kind.TEXT, needed=True, example="",
            note="Người dân đọc được lý do này; không nhắc lại nội dung phải gỡ.",
        ),
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


@pages.route("/xoa-van-ban", methods=["GET", "POST"])
@acts(Act.ASK_REDACTION)
def show_entries(ref: str) -> Response:
    """The entries of the programme in the log; find words in them, ask to have some erased."""
    if request.method == "GET":
        return _show(ref, 200, {})
    sent = request.form
    if sent.get("do") == "find":
        return _show(ref, 200, sent, is_search=True)
    positions = tuple(n for p in sent.getlist("position") if (n := number_in(p)) is not None)
    wish = Wish(positions, sent.get("reason", ""), sent.get("words", ""))
    try:
        with work() as w:
            erasing.ask(w, programme(w, ref), wish, by=actor(me()))
    except StampTyped:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where="reason"))
        return _show(ref, 422, sent, faults={"reason": STAMPED})
    except Refused as refused:
        return _refuse(ref, sent, refused)
    flash("Đã gửi đề nghị xóa. Một người công bố khác phải xác nhận thì văn bản mới bị xóa.", "success")
    return redirect(url_for("taking_down.show_entries", ref=ref), 303)


def _refuse(ref: str, sent: Mapping[str, str], refused: Refused) -> Response:
    status = STATUS.get(refused.refusal, OTHER_REFUSALS)
    if refused.refusal is Refusal.NO_SUCH_ENTRY:
        return _show(ref, 422, sent, alert=sentence(refused))
    if status in (403, 404):
        raise refused
    if refused.refusal is Refusal.NO_REASON:
        return _show(ref, status, sent, faults={"reason": sentence(refused)})
    return _show(ref, status, sent, alert=sentence(refused))


def _show(
    ref: str,
    status: int,
    sent: Mapping[str, str],
    *,
    is_search: bool = False,
    alert: str = "",
    faults: Mapping[str, str] | None = None,
) -> Response:
    words = sent.get("words", "")
    with work() as w:
        draft, facts = look(w, ref, Act.ASK_REDACTION)
        found = erasing.erasable(w, draft, words=words)
        asked = _asked(w, draft)
    chosen = set(getattr(sent, "getlist", lambda _: [])("position"))
    if is_search:
        chosen = {str(one.revision.position) for one in found if one.says_it}
    return show(
        "desk/publication/entries.html",
        status,
        entries=[_entry(one) for one in found],
        chosen=chosen,
        hits=sum(one.says_it for one in found) if words else None,
        sent=sent,
        alert=alert,
        faults=faults or {},
        asked=asked,
        **facts,
    )


def _entry(one: Erasable) -> dict[str, Any]:
    document = one.revision.document
    title = ""
    if isinstance(document, CommitmentDoc):
        title = _short(document.text)
    elif isinstance(document, ProgrammeDoc):
        title = "Trang chương trình"
    return {
        "position": one.revision.position,
        "number": one.revision.number,
        "at": one.revision.at,
        "act": ACTS[one.revision.act],
        "title": title or "Văn bản đã gỡ khỏi trang công khai",
        "is_newest": one.is_newest,
        "says_it": one.says_it,
    }


def _asked(w: Work, draft: Programme) -> dict[str, Any] | None:
    """The request that waits, and whether the officer here may confirm it."""
    found = erasing.waiting(w, draft)
    if found is None:
        return None
    by = w.session.get_one(Officer, found.asked_by_id)
    against = refusal_of(actor(me()), Act.REDACT, erasing.asked_matter(matter(w, draft), found.asked_by_id))
    return {
        "by": by.name or by.email,
        "at": found.asked_at,
        "reason": found.reason.open(reason=Reason.ERASURE),
        "positions": set(found.positions),
        "has_words": bool(found.words.open(reason=Reason.ERASURE)),
        "against": WORDING[against][0] if against else "",
    }


@pages.post("/xoa-van-ban/xac-nhan")
@acts(Act.REDACT)
def confirm(ref: str) -> Response:
    """Erase what somebody else asked to have erased."""
    with work() as w:
        outcome = erasing.confirm(w, programme(w, ref), by=actor(me()), signer=signer_of(w.settings))
        erased = sum(act.value == "redact" for act in outcome.acts)
    flash(f"Đã xóa văn bản của {erased} mục. Sổ vẫn kiểm tra được, chỉ không còn nội dung đó.", "success")
    return redirect(url_for("taking_down.show_entries", ref=ref), 303)


@pages.post("/xoa-van-ban/tu-choi")
@acts(Act.ASK_REDACTION)
def decline(ref: str) -> Response:
    """Say no, or take one's own request back."""
    with work() as w:
        erasing.decline(w, programme(w, ref), by=actor(me()))
    flash("Đã bỏ đề nghị xóa. Không văn bản nào bị xóa.", "success")
    return redirect(url_for("taking_down.show_entries", ref=ref), 303)
