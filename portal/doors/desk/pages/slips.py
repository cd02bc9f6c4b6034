"""Paper slips at the desk: typed once, typed again without seeing the first, taken in when both agree.

Where two officers do this work, the second typing is the other one's: the first waits in a locked box.
Where one is alone, the first travels locked in the form and lies nowhere before it is taken in.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.doors.desk.slip_form import CHOICES, SlipForm
from portal.inbox.recognition.guidance import guidance
from portal.kernel.boxes import BoxFault, lock, unlock
from portal.kernel.keys import key
from portal.kernel.policy import Act, Refusal, Refused
from portal.kernel.text import tidy
from portal.kernel.wording import sentence
from portal.kernel.work import Work, house, work
from portal.office.accounts.reads import actor
from portal.office.slips.acts import enter_slip
from portal.office.slips.rules import FIELDS, Typing, differences
from portal.office.slips.waiting import drop, first_typing, how_to_type, put_aside, take_out, waiting_for
from portal.record import reads
from portal.record.documents import CommitmentDoc, Revision

pages = Blueprint("slips", __name__, url_prefix="/van-phong/phieu")

FIRST = "lan_dau"
_PURPOSE = "first typing of a slip"
DIFFER = "Hai lần nhập chưa khớp ở các mục đánh dấu. Đề nghị xem lại phiếu giấy rồi sửa lần nhập này."


@pages.get("")
@acts(Act.ENTER_SLIP)
def show_page() -> Response:
    """The first typing, and the slips that wait for a second one."""
    return _show({}, {}, first="")


@pages.post("")
@acts(Act.ENTER_SLIP)
def take() -> Response:
    """The first typing is checked and put aside; where one officer is alone, the second follows at once."""
    form = _read(_sent())
    if not isinstance(form, SlipForm):
        return form
    by = actor(me())
    first = _opened(_sent())
    if first is not None:
        return _compare(form, first, lambda w: enter_slip(w, form.slip, by=by, first_by=by.id), _sent())
    with work() as w:
        if how_to_type(w, form.doc.programme_ref, by=by) is Typing.ANOTHER:
            number = put_aside(w, form.doc.programme_ref, form.typed, by=by).number
        else:
            number = ""
    if number:
        return show("desk/voice/slip_waits.html", number=number, about=form.doc)
    return _show({}, {}, first=_locked(form.typed), status=200, about=form.doc)


@pages.route("/<int:key>", methods=["GET", "POST"])
@acts(Act.ENTER_SLIP)
def take_again(key: int) -> Response:
    """The second typing, by another officer."""
    by = actor(me())
    with work() as w:
        slip, first = first_typing(w, key, by=by)
        first_by, number = slip.typed_by_id, slip.number
    if request.method == "GET":
        return _show({}, {}, first="", number=number)
    form = _read("", number)
    if not isinstance(form, SlipForm):
        return form

    def enter(w: Work) -> str:
        take_out(w, key)
        return enter_slip(w, form.slip, by=by, first_by=first_by)

    return _compare(form, first, enter, "", number)


@pages.post("/<int:key>/bo")
@acts(Act.ENTER_SLIP)
def let_go(key: int) -> Response:
    """Let go of a first typing; the paper is typed anew."""
    with work() as w:
        drop(w, key, by=actor(me()))
    flash("Đã bỏ lần nhập đầu. Phiếu giấy nhập lại được từ đầu.", "success")
    return redirect(url_for("slips.show_page"), 303)


def _read(first: str, number: str = "") -> SlipForm | Response:
    """What was typed, as a slip; or the page that says why it is none."""
    typed = {name: tidy(request.form.get(name, "")) for name in FIELDS}
    typed["commitment"] = _code(typed["commitment"])
    with work() as w:
        rev = _commitment(w, typed["commitment"])
    if rev is None:
        said = {"commitment": "Không có cam kết công khai nào mang mã này."}
        return _show(typed, said, first=first, number=number)
    form = SlipForm(rev, typed)
    if form.is_held:
        return show("desk/voice/slip_channel.html", 422, advice=guidance(form.channel))
    if form.faults:
        return _show(typed, form.faults, first=first, number=number)
    return form


def _compare(
    form: SlipForm, first: Mapping[str, str], enter: Callable[[Work], str], sent: str, number: str = ""
) -> Response:
    """Take the slip in where both typings agree, and show its receipt."""
    again: dict[str, Any] = {"first": sent, "number": number, "about": form.doc}
    if names := differences(first, form.typed):
        marked = dict.fromkeys(names, "Chưa khớp với lần nhập đầu.")
        return _show(form.typed, marked, said=DIFFER, **again)
    try:
        with work() as w:
            code = enter(w)
    except Refused as refused:
        if refused.refusal is not Refusal.NO_SUCH_LETTER:
            raise
        return _show(form.typed, {"letter": sentence(refused)}, **again)
    place = house().settings.base_url.rstrip("/")
    return show("desk/voice/slip_receipt.html", code=code, place=place, has_words=bool(form.words))


def _code(typed: str) -> str:
    """The reference in what was typed or scanned: a whole address will do, and so do capitals and spaces."""
    return "".join(typed.rstrip("/").rsplit("/", 1)[-1].split()).lower()


def _commitment(w: Work, ref: str) -> Revision | None:
    found = reads.revision(w.session, ref) if ref else None
    return found if found is not None and isinstance(found.document, CommitmentDoc) else None


def _sent() -> str:
    return request.form.get(FIRST, "")


def _locked(typed: Mapping[str, str]) -> str:
    box = lock(_secret(), _PURPOSE, json.dumps([me().id, dict(typed)]).encode())
    return base64.urlsafe_b64encode(box).decode()


def _opened(text: str) -> dict[str, str] | None:
    """The first typing of this officer's own form; None for the first typing itself."""
    try:
        by, typed = json.loads(unlock(_secret(), _PURPOSE, base64.urlsafe_b64decode(text.encode())))
    except (BoxFault, binascii.Error, ValueError):
        return None
    return typed if by == me().id else None


def _secret() -> bytes:
    return key(house().settings.instance / "keys", "slips")


def _show(
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    first: str,
    status: int = 422,
    said: str = "",
    about: CommitmentDoc | None = None,
    number: str = "",
) -> Response:
    """The form. ``about``: the commitment the code led to; ``number``: the slip somebody else typed first."""
    is_beginning = not first and not number
    with work() as w:
        found = waiting_for(w, actor(me())) if is_beginning else ()
        waiting = [
            (one.id, one.number, one.commitment_ref, one.typed_at, one.typed_by_id == me().id)
            for one in found
        ]
    return show(
        "desk/voice/slip.html",
        200 if request.method == "GET" else status,
        typed=typed,
        faults=faults,
        first=first,
        said=said,
        about=about,
        choices=CHOICES,
        number=number,
        waiting=waiting,
    )
