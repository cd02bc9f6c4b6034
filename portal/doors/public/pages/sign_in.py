"""Signing in with a code by mail, and out again; what was being written comes along."""

import base64
import re
import secrets
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response as Answer

from portal.doors.language import say as _
from portal.doors.public.carrying import FIELD, carried
from portal.doors.public.letters import send_code
from portal.doors.public.speaking import show_again
from portal.doors.public.visiting import (
    CODE_FROM_PLACE,
    MAIL_FROM_PLACE,
    MAIL_TO_ADDRESS,
    TOKEN,
    begin_visit,
    end_visit,
    is_allowed,
    may_write_to,
    place,
    refuse_haste,
    show_apart,
    visitor,
)
from portal.inbox.signin import acts
from portal.inbox.signin.rules import tidy_address
from portal.kernel.boxes import BoxFault, lock, unlock
from portal.kernel.keys import key
from portal.kernel.work import house, work

pages = Blueprint("sign_in", __name__)

# Pages of ours only: an address that begins with two slashes is one of another site.
ONWARD = re.compile(r"(?:/\w[\w.-]*)*/(cam-ket/[\w-]+/gop-y|tai-khoan)")
_PENDING, _PURPOSE = "pending", "pending address"


@dataclass(frozen=True, slots=True)
class Pending:
    """The address a code was sent to, and the browser's mark: locked in its own cookie, kept nowhere else."""

    address: str
    mark: str

    def locked(self) -> str:
        """What the cookie says."""
        box = lock(_secret(), _PURPOSE, f"{self.address}\n{self.mark}".encode())
        return base64.b64encode(box).decode()


@pages.get("/dang-nhap")
def show_page() -> Answer:
    """The address is asked for; whoever is signed in already goes on."""
    if visitor():
        return redirect(_onward(), 303)
    return _ask()


@pages.post("/dang-nhap")
def take() -> Answer:
    """An address: a code goes out. A code: the visit begins."""
    if "code" in request.form:
        return _enter(request.form["code"])
    return _send(request.form.get("email", ""))


@pages.post("/dang-xuat")
def leave() -> Answer:
    """Sign out, here or everywhere."""
    who, token = visitor(), session.get(TOKEN)
    with work() as w:
        if token:
            acts.sign_out(w, token)
        if who and request.form.get("moi_noi"):
            acts.sign_out_everywhere(w, who.account)
    end_visit()
    return redirect(url_for("home.show_page"), 303)


def give_form_back(_error: CSRFError) -> Answer:
    """The form was open too long, or its cookie is gone: the same page with a fresh token.

    Whoever signed in in another window meanwhile goes on with what was being written.
    """
    if visitor() and request.endpoint == "sign_in.take":
        return go_on()
    return _ask(422, fault=_("Biểu mẫu đã cũ. Xin bấm gửi lại một lần nữa."))


pages.register_error_handler(CSRFError, give_form_back)


def _send(typed: str) -> Answer:
    address = tidy_address(typed)
    if address is None:
        return _ask(422, fault=_("Địa chỉ thư chưa đúng, ví dụ đúng: ten@example.vn."))
    before = _pending()
    # The mark stays as long as the address does: where no letter goes out, the code sent before still holds.
    pending = before if before and before.address == address else Pending(address, secrets.token_urlsafe(16))
    if may_write_to(address, here=MAIL_TO_ADDRESS, at_all=MAIL_FROM_PLACE):
        with work() as w:
            code = acts.ask_code(w, address, mark=pending.mark)
        if not send_code(address, code):
            return _ask(503, fault=_("Máy chủ thư chưa nhận. Xin thử lại sau ít phút."))
    session[_PENDING] = pending.locked()
    return _ask_code(address)


def _enter(typed: str) -> Answer:
    pending = _pending()
    if pending is None:
        return _ask(422, fault=_("Xin nhập lại địa chỉ thư để nhận mã mới."))
    if not is_allowed((CODE_FROM_PLACE, place())):
        refuse_haste()
    with work() as w:
        token = acts.enter(w, pending.address, typed, mark=pending.mark)
    if token is None:
        return _ask_code(
            pending.address, 422, _("Mã chưa đúng hoặc đã hết hạn. Xin xem lại thư, hoặc nhận mã mới.")
        )
    begin_visit(token)
    return go_on()


def go_on(onward: str = "") -> Answer:
    """On to where the visitor wanted to go, with what was being written."""
    if fields := carried(request.form.get(FIELD, "")):
        return show_again(fields)
    return redirect(_onward(onward), 303)


def _onward(wanted: str = "") -> str:
    wanted = wanted or request.values.get("tiep", "")
    return wanted if ONWARD.fullmatch(wanted) else url_for("account.show_page")


def _ask(status: int = 200, *, fault: str = "") -> Response:
    return show_sign_in(status, fault=fault, typed=request.form.get("email", ""))


def show_sign_in(status: int = 200, *, fault: str = "", typed: str = "", bundle: str = "") -> Response:
    """The page that asks for an address; ``bundle``: what was being written."""
    settings = house().settings
    return show_apart(
        "public/voice/sign_in.html",
        status,
        signs_in=True,
        fault=fault,
        typed=typed,
        bundle=bundle or request.form.get(FIELD, ""),
        onward=request.values.get("tiep", ""),
        provider=settings.oidc_label or settings.oidc_issuer,
    )


def _ask_code(address: str, status: int = 200, fault: str = "") -> Response:
    return show_apart(
        "public/voice/code.html",
        status,
        signs_in=True,
        address=address,
        fault=fault,
        bundle=request.form.get(FIELD, ""),
        onward=request.values.get("tiep", ""),
    )


def _pending() -> Pending | None:
    try:
        opened = unlock(_secret(), _PURPOSE, base64.b64decode(session.get(_PENDING, ""))).decode()
    except (BoxFault, ValueError):
        return None
    address, _line, mark = opened.partition("\n")
    return Pending(address, mark)


def _secret() -> bytes:
    return key(house().settings.instance / "keys", "sign-in")
