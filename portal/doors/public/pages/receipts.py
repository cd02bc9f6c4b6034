"""Receipts: where a contribution stands and what its author may still do; no words before they are public.

Whoever holds the code may look and act: no sign-in, no cookie. The forms carry no token of a visit, for
there is none; nobody else can send them without knowing the code that is part of their address.
"""

from datetime import date

from flask import Blueprint, redirect, request, url_for
from flask import Response as Plain
from werkzeug.wrappers import Response

from portal.doors.language import language
from portal.doors.language import say as _
from portal.doors.public.contribution import Typed, piece_name
from portal.doors.public.pages import reading, today
from portal.doors.public.speaking import document_of, pieces_of, show_channel
from portal.doors.public.visiting import (
    LOOK_UP_FROM_PLACE,
    is_allowed,
    place,
    refuse_haste,
    show_apart,
)
from portal.inbox.feedback import receipts as rules
from portal.inbox.feedback.acts import ask, author_of, digest_of, rewrite
from portal.inbox.feedback.codes import tidy_code
from portal.inbox.feedback.tables import Receipt
from portal.inbox.recognition.channels import channel_of
from portal.inbox.recognition.guidance import guidance
from portal.kernel.text import tidy
from portal.kernel.work import house, work
from portal.record import reads
from portal.record.documents import CommentDoc, Revision
from portal.record.moderation_words import APPEAL_WORDS, REASON_ADVICE, STATE_WORDS, reason_words

pages = Blueprint("receipts", __name__, url_prefix="/bien-nhan")

MOST_APPEAL, MOST_REDACT = 1000, 1000  # characters
_STATES = {state.value: words for state, words in STATE_WORDS.items()}
_APPEALS = {state.value: words for state, words in APPEAL_WORDS.items()}
_ADVICE = {reason.value: words for reason, words in REASON_ADVICE.items()}


@pages.get("")
def ask_code() -> Plain:
    """Type the code."""
    return show_apart("public/voice/receipts.html", typed="", fault="")


@pages.post("")
def look_up() -> Response:
    """On to the receipt."""
    typed = request.form.get("ma", "")
    code = tidy_code(typed)
    if code is None:
        return show_apart("public/voice/receipts.html", 422, typed=typed[:40], fault=_no_such_code())
    return redirect(url_for("receipts.show_page", code=code), 303)


@pages.get("/<code>")
def show_page(code: str) -> Response:
    """Where it stands."""
    return _show(code)


@pages.post("/<code>/rut")
def withdraw(code: str) -> Response:
    """Take the words back."""
    return _do(code, "withdraw")


@pages.post("/<code>/che")
def redact(code: str) -> Response:
    """Black words out of what is public."""
    words = tidy(request.form.get("che", ""))
    if not words or len(words) > MOST_REDACT:
        return _show(
            code, 422, redact=_("Xin chép đúng những chữ cần che, mỗi dòng một cụm, tối đa 1.000 ký tự.")
        )
    return _do(code, "redact", words)


@pages.post("/<code>/xem-lai")
def appeal(code: str) -> Response:
    """Have the decision looked at by somebody else, once."""
    words = tidy(request.form.get("ly_do", ""))
    if not words or len(words) > MOST_APPEAL:
        return _show(code, 422, appeal=_("Xin viết lý do, tối đa 1.000 ký tự."))
    routing = channel_of(words)
    if routing.is_held:  # none of it may be kept, here as little as in a comment
        advice = guidance(routing.channel, language())
        return _show(code, 422, appeal=" ".join((advice.unsaved, advice.what, advice.where, advice.keep)))
    return _do(code, "appeal", words)


@pages.route("/<code>/sua", methods=["GET", "POST"])
def change(code: str) -> Response:
    """Write the words anew, while nobody has read them: they are typed again, for they are not given back."""
    tidied = _counted(code)
    with work() as w:
        receipt = w.session.get(Receipt, digest_of(w, tidied)) if tidied else None
        author = author_of(receipt, tidied) if receipt and tidied else None
        is_open = receipt is not None and rules.may_rewrite(receipt, now=w.now)
    if author is None or tidied is None or (not is_open and request.method == "GET"):
        return _show(code, 422 if request.method == "POST" else 200)
    doc = document_of(author.commitment)
    sent = request.form if request.method == "POST" else {"kind": author.kind}
    typed = Typed(doc, {**sent, "shown_as": ""})
    if not is_open:
        return _too_late(tidied, typed)
    if request.method == "GET":
        return _show_change(tidied, typed, 200)
    if typed.is_held:
        return show_channel(typed)
    if not typed.words or typed.faults:
        return _show_change(tidied, typed, 422, typed.faults.get("words") or _("Xin viết lại ý kiến."))
    return _rewrite(tidied, typed)


def _rewrite(code: str, typed: Typed) -> Response:
    """Store the new words; personal data is covered up unless its author saw it and keeps it."""
    names = {piece_name(p) for p in typed.personal}
    if not names <= set(request.form.getlist("seen")):
        return _show_change(code, typed, 422, asks=True)
    comment = typed.comment(frozenset(request.form.getlist("mask")), "")
    assert comment is not None  # there are words
    with work() as w:
        receipt = w.session.get_one(Receipt, digest_of(w, code))
        is_open = rules.may_rewrite(receipt, now=w.now)
        if is_open:
            rewrite(w, receipt, code, comment)
    if not is_open:
        return _too_late(code, typed)
    return redirect(url_for("receipts.show_page", code=code), 303)


def _too_late(code: str, typed: Typed) -> Plain:
    """The window is over, or somebody reads it already: what was typed stays on the page, unstored."""
    said = _(
        "Ý kiến đã hết thời gian sửa, hoặc đã có người kiểm duyệt nhận đọc, nên không sửa được nữa. "
        "Lời mới chưa được lưu và còn nguyên dưới đây để ông/bà chép lại. "
        "Nếu cần, xin rút ý kiến ở trang biên nhận rồi gửi góp ý mới."
    )
    return _show_change(code, typed, 409, said)


def _show_change(code: str, typed: Typed, status: int, fault: str = "", *, asks: bool = False) -> Plain:
    hidden = frozenset(piece_name(p) for p in typed.personal)
    return show_apart(
        "public/voice/change.html",
        status,
        code=code,
        typed=typed,
        fault=fault,
        pieces=pieces_of(typed, hidden) if asks else [],
    )


def _do(code: str, kind: str, words: str = "") -> Response:
    tidied = _counted(code)
    with work() as w:
        receipt = w.session.get(Receipt, digest_of(w, tidied)) if tidied else None
        if receipt is not None and _may(receipt, kind):
            ask(w, receipt, kind, words)
            _note(receipt, kind)
    return redirect(url_for("receipts.show_page", code=tidied or code), 303)


def _may(receipt: Receipt, kind: str) -> bool:
    if kind == "withdraw":
        return rules.may_withdraw(receipt)
    return rules.may_redact(receipt) if kind == "redact" else rules.may_appeal(receipt, today=today())


def _note(receipt: Receipt, kind: str) -> None:
    """What the author asked for is said at once; the desk's follower carries it out."""
    if kind == "withdraw":
        receipt.state, receipt.reason, receipt.editable_until = rules.WITHDRAWN, "by_author", None
    elif kind == "appeal":
        receipt.appeal = "asked"


def _show(code: str, status: int = 200, **faults: str) -> Response:
    tidied = _counted(code)
    with work() as w:
        receipt = w.session.get(Receipt, digest_of(w, tidied)) if tidied else None
        if receipt is None or tidied is None:
            return show_apart("public/voice/receipts.html", 404, typed=code[:40], fault=_no_such_code())
        now = w.now
        w.session.expunge(receipt)
    if tidied != code:
        return redirect(url_for("receipts.show_page", code=tidied), 303)
    comment = reads.revision(reading(), receipt.comment_ref) if receipt.comment_ref else None
    return show_apart(
        "public/voice/receipt.html",
        status,
        code=tidied,
        receipt=receipt,
        days={
            "received": date.fromisoformat(receipt.received_on),
            "due": _day(receipt.due_on),
            "appeal": _day(receipt.appeal_until),
        },
        state=_(_STATES[receipt.state]),
        reason=_(reason_words(receipt.reason)) if receipt.reason else "",
        advice=_(_ADVICE[receipt.reason]) if receipt.reason in _ADVICE else "",
        appeal_word=_(_APPEALS[receipt.appeal]) if receipt.appeal else "",
        is_rating=rules.is_of_a_rating(receipt),
        may_rewrite=rules.may_rewrite(receipt, now=now),
        may_withdraw=rules.may_withdraw(receipt),
        may_redact=rules.may_redact(receipt),
        may_appeal=rules.may_appeal(receipt, today=today()),
        public=comment if _is_comment(comment) else None,
        batch_days=house().settings.rating_days,
        faults=faults,
        most_appeal=MOST_APPEAL,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_comment(rev: Revision | None) -> bool:
    return rev is not None and isinstance(rev.document, CommentDoc)


def _counted(code: str) -> str | None:
    """The code as printed; every look counts, whatever becomes of it."""
    if not is_allowed((LOOK_UP_FROM_PLACE, place())):
        refuse_haste()
    return tidy_code(code)


def _no_such_code() -> str:
    return _("Không có biên nhận nào mang mã này. Xin xem lại từng chữ, từng số trong mã.")
