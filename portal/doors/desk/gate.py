"""Who may pass: every view of the desk says so itself, and one that does not say is shut."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, abort, current_app, flash, redirect, request, session, url_for
from flask_login import current_user  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.kept import keep_of_lapsed
from portal.kernel.policy import Act, Refusal, Refused, may_somewhere
from portal.office.accounts.reads import actor
from portal.office.accounts.tables import Officer

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., object])

SIGN_IN = "security.login"
PLEASE_SIGN_IN = "Đề nghị đăng nhập để tiếp tục."
LAPSED = (
    "Phiên làm việc đã kết thúc vì không thao tác quá lâu, quá giờ hoặc bị thu hồi. Đề nghị đăng nhập lại."
)

KEPT = " Nội dung ông/bà vừa nhập đã được giữ lại và hiện ra sau khi đăng nhập."


@dataclass(frozen=True, slots=True)
class Gate:
    """What it takes to pass: nothing, an officer signed in, or one who may ``act`` somewhere."""

    is_open: bool = False
    act: Act | None = None


def acts(act: Act) -> Callable[[View], View]:
    """The view does ``act``: only officers pass who may do so in some unit; the act itself asks which."""
    return lambda view: _mark(view, Gate(act=act))


def signed_in_only(view: View) -> View:
    """The view is for every officer who is signed in."""
    return _mark(view, Gate())


def open_to_all(view: View) -> View:
    """The view is a way in, or a still file: anybody passes."""
    return _mark(view, Gate(is_open=True))


def keeps_typing(view: View) -> View:
    """The view's form is long work: what was typed into it survives a session that ran out."""
    view.keeps_typing = True  # type: ignore[attr-defined]  # a mark on the function
    return view


def gate_of(view: Callable[..., object]) -> Gate | None:
    """What ``view`` asks for; None when it forgot to say, or is shut on purpose."""
    found: Gate | None = getattr(view, "gate", None)
    return found


def signed_in() -> Officer | None:
    """The officer at this desk, both factors given and the account open; else None."""
    found = current_user._get_current_object()
    return found if isinstance(found, Officer) and found.active and found.has_second_factor else None


def me() -> Officer:
    """The officer at this desk, for a view behind a closed gate."""
    officer = signed_in()
    assert officer is not None  # the gate let nobody else in
    return officer


def stand_guard(app: Flask) -> None:
    """Let nobody into a view of ``app`` who does not pass its gate."""
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such address: routing has its own answer
    view = current_app.view_functions[request.endpoint]
    gate = gate_of(view)
    if gate is None:
        abort(404)
    if gate.is_open:
        return None
    officer = signed_in()
    if officer is None:
        return _to_the_door(keep=request.method == "POST" and getattr(view, "keeps_typing", False))
    if gate.act is not None and not may_somewhere(actor(officer), gate.act):
        raise Refused(Refusal.NOT_YOUR_ROLE)
    return None


def _to_the_door(*, keep: bool) -> Response:
    lapsed = bool(getattr(session, "lapsed", False))
    is_kept = keep and keep_of_lapsed(getattr(session, "former_id", None))
    flash((LAPSED + KEPT if is_kept else LAPSED) if lapsed else PLEASE_SIGN_IN, "info")
    wanted = request.full_path.rstrip("?") if request.method == "GET" or is_kept else None
    return redirect(url_for(SIGN_IN, next=wanted), 303)


def _mark(view: View, gate: Gate) -> View:
    view.gate = gate  # type: ignore[attr-defined]  # a mark on the function
    return view
