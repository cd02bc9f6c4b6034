"""Who may pass: every view of the desk says so itself, and one that does not say is shut."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, abort, current_app, flash, redirect, request, session, url_for
from flask_login import current_user  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

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


def gate_of(view: Callable[..., object]) -> Gate | None:
    """What ``view`` asks for; None when it forgot to say, or is shut on purpose."""
    found: Gate | None = getattr(view, "gate", None)
    return found


def signed_in() -> Officer | None:
    """The officer at this desk, both factors given and the account open; else None."""
    found = current_user._get_current_object()
    return found if isinstance(found, Officer) and found.active and found.has_second_factor else None


def stand_guard(app: Flask) -> None:
    """Let nobody into a view of ``app`` who does not pass its gate."""
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such address: routing has its own answer
    gate = gate_of(current_app.view_functions[request.endpoint])
    if gate is None:
        abort(404)
    if gate.is_open:
        return None
    officer = signed_in()
    if officer is None:
        return _to_the_door()
    if gate.act is not None and not may_somewhere(actor(officer), gate.act):
        raise Refused(Refusal.NOT_YOUR_ROLE)
    return None


def _to_the_door() -> Response:
    lapsed = bool(getattr(session, "lapsed", False))
    flash(LAPSED if lapsed else PLEASE_SIGN_IN, "info")
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(SIGN_IN, next=wanted), 303)


def _mark(view: View, gate: Gate) -> View:
    view.gate = gate  # type: ignore[attr-defined]
    return view
