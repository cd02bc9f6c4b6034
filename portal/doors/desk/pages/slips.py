"""Paper slips at the desk: typed once, typed again without seeing the first, taken in when both agree.

The first typing travels locked in the form: what is on a slip lies nowhere before it is taken in.
"""

import base64
import binascii
import json
from collections.abc import Mapping

from flask import Blueprint, request
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
from portal.office.slips.rules import FIELDS, differences
from portal.record import reads
from portal.record.documents import CommitmentDoc, Revision

pages = Blueprint("slips", __name__, url_prefix="/van-phong/phieu")

FIRST = "lan_dau"
_PURPOSE = "first typing of a slip"
DIFFER = "Hai lần nhập chưa khớp ở các mục đánh dấu. Đề nghị xem lại phiếu giấy rồi sửa lần nhập này."


@pages.get("")
@acts(Act.ENTER_SLIP)
def show_page() -> Response:
    """The first typing."""
    return _show({}, {}, first="")


@pages.post("")
@acts(Act.ENTER_SLIP)
def take() -> Response:
    """The first typing is checked and put aside; the second is compared with it."""
    typed = {name: tidy(request.form.get(name, "")) for name in FIELDS}
    typed["commitment"] = _code(typed["commitment"])
    with work() as w:
        rev = _commitment(w, typed["commitment"])
    if rev is None:
        return _show(typed, {"commitment": "Không có cam kết công khai nào mang mã này."}, first=_sent())
    form = SlipForm(rev, typed)
    if form.is_held:
        return show("desk/voice/slip_channel.html", 422, advice=guidance(form.channel))
    if form.faults:
        return _show(typed, form.faults, first=_sent())
    first = _opened(_sent())
    if first is None:
        return _show({}, {}, first=_locked(typed), status=200, about=form.doc)
    if names := differences(first, typed):
        return _show(
            typed,
            dict.fromkeys(names, "Chưa khớp với lần nhập đầu."),
            first=_sent(),
            said=DIFFER,
            about=form.doc,
        )
    try:
        with work() as w:
            code = enter_slip(w, form.slip, by=actor(me()))
    except Refused as refused:
        if refused.refusal is not Refusal.NO_SUCH_LETTER:
            raise
        return _show(typed, {"letter": sentence(refused)}, first=_sent(), about=form.doc)
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
) -> Response:
    """The form. ``about``: the commitment the code led to, for the officer to hold against the slip."""
    return show(
        "desk/voice/slip.html",
        200 if request.method == "GET" else status,
        typed=typed,
        faults=faults,
        first=first,
        said=said,
        about=about,
        choices=CHOICES,
    )
