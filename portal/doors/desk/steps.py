"""The library's steps of signing in, each with its gate, its limit, its unit of work and its events."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import user_logged_out  # type: ignore[import-untyped]
from flask_security import (
    Security,
    password_changed,
    tf_code_confirmed,
    tf_profile_changed,
    user_authenticated,
    user_failed_authn,
)
from limits import RateLimitItem, parse
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from portal.doors.desk.gate import Gate, signed_in
from portal.doors.desk.unit import present_work
from portal.kernel import text
from portal.kernel.db import db
from portal.kernel.limits import Limits, place_of
from portal.kernel.work import work
from portal.office.accounts import events, sessions
from portal.office.accounts.events import By
from portal.office.accounts.reads import officer_by_uniquifier, officer_or_none
from portal.office.accounts.tables import Officer, new_uniquifier

# Counted before anything is done, and forgotten once both factors were right. The address counts per
# machine first, so that a stranger cannot easily keep an officer out; machines are kept as digests.
BY_ADDRESS_HERE = parse("10 per 15 minutes")
BY_ADDRESS = parse("60 per hour")
BY_MACHINE = parse("60 per 15 minutes")
BY_OFFICER = parse("6 per 15 minutes")  # codes, and passwords typed again: 1 guess in 55,000 a window

Counted = Callable[[], list[tuple[RateLimitItem, tuple[str, ...]]]]
View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Step:
    """How one step of the library is taken."""

    gate: Gate
    counted: Counted | None = None
    is_one_work: bool = True  # false where a password is hashed and nothing is written


def _machine() -> str:
    return place_of(request.remote_addr or "?")


def _typed_address() -> str:
    return text.tidy(request.form.get("email", "")).lower()[:254]


def _by_address() -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    address = _typed_address()
    return [
        (BY_MACHINE, ("sign-in machine", _machine())),
        (BY_ADDRESS_HERE, ("sign-in here", address, _machine())),
        (BY_ADDRESS, ("sign-in", address)),
    ]


def by_machine() -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    """What a try from this machine counts against."""
    return [(BY_MACHINE, ("sign-in machine", _machine()))]


def _by_officer() -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    officer = signed_in() or _half_signed_in()
    return [(BY_OFFICER, ("code", str(officer.id)))] if officer else by_machine()


def _half_signed_in() -> Officer | None:
    return officer_by_uniquifier(db.session(), session.get("tf_user_id", ""))


_OPEN, _OFFICER = Gate(is_open=True), Gate()
STEPS: dict[str, Step] = {
    "login": Step(_OPEN, _by_address, is_one_work=False),
    "logout": Step(_OFFICER),
    "verify": Step(_OFFICER, _by_officer, is_one_work=False),
    "change_password": Step(_OFFICER, _by_officer),
    # Open, because a first device is enrolled between the factors; the library asks for one of the two.
    "two_factor_setup": Step(_OPEN),
    "two_factor_setup_validate": Step(_OFFICER, _by_officer),
    "two_factor_token_validation": Step(_OPEN, _by_officer),
    "mf_recovery": Step(_OPEN, _by_officer),
    "mf_recovery_codes": Step(_OFFICER),
}


def take_steps(app: Flask, security: Security, limits: Limits) -> None:
    """Wrap every view of the library in ``app``; one that is not in STEPS stays shut."""
    app.extensions["limits"] = limits
    for endpoint, view in list(app.view_functions.items()):
        blueprint, _, name = endpoint.partition(".")
        if blueprint == "security" and name in STEPS:
            app.view_functions[endpoint] = _taken(view, name, STEPS[name])
    for signal, listener in _LISTENERS:
        signal.connect(listener, sender=app, weak=False)


def hold_back(limits: Limits, counted: Counted) -> None:
    """Count this try; raise TooManyRequests when it is one too many, whoever it is about."""
    for item, names in counted():
        attempt = limits.attempt(item, *names)
        if not attempt.is_allowed:
            if attempt.is_first_refused:
                _tell_held_back()
            raise TooManyRequests(retry_after=attempt.wait)


def _tell_held_back() -> None:
    officer = signed_in() or _half_signed_in() or officer_or_none(db.session(), _typed_address())
    officer_id = officer.id if officer else None
    with work() as w:
        w.tell(events.TriesHeldBack(officer_id=officer_id))


def _taken(view: View, name: str, step: Step) -> View:
    @wraps(view)
    def taken(**values: Any) -> Any:
        if name == "two_factor_token_validation" and _is_in_already():
            return redirect(url_for("home.show_home"), 303)
        if request.method != "POST":
            return view(**values)
        limits: Limits = current_app.extensions["limits"]
        if step.counted:
            hold_back(limits, step.counted)
        answer = _in_one_work(view, values) if step.is_one_work else view(**values)
        if name in ("login", "verify") and _is_refused(answer):
            _tell_failure()
        return _afterwards(answer, limits)

    taken.gate = step.gate  # type: ignore[attr-defined]  # a mark on the function
    return taken


def _is_in_already() -> bool:
    """Whether no code is asked for: the library would end the session of an officer who goes back a page."""
    is_changing = session.get("tf_state") == "validating_profile" and session.get("tf_totp_secret")
    return signed_in() is not None and not is_changing


def _in_one_work(view: View, values: dict[str, Any]) -> Any:
    with work() as w:
        g.work = w
        try:
            return view(**values)
        finally:
            g.pop("work")


def _is_refused(answer: Any) -> bool:
    return isinstance(answer, Response) and answer.status_code == 422


def _tell_failure() -> None:
    """The same work for an address nobody has: the time it takes must not tell."""
    officer = signed_in() or officer_or_none(db.session(), _typed_address())
    officer_id = officer.id if officer else None
    with work() as w:
        w.tell(events.SignInFailed(officer_id=officer_id))


def _afterwards(answer: Any, limits: Limits) -> Any:
    officer: Officer | None = g.pop("came_in", None)
    if officer is not None:
        limits.forget(BY_OFFICER, "code", str(officer.id))
        limits.forget(BY_ADDRESS_HERE, "sign-in here", officer.email, _machine())
        if g.pop("enrolled", False):
            return redirect(url_for("security.mf_recovery_codes"), 303)
    if isinstance(answer, Response) and answer.status_code == 302:
        answer.status_code = 303
    return answer


def _when_authenticated(_: Flask, user: Officer, authn_via: list[str] | None, **__: Any) -> None:
    g.came_in = user
    if authn_via == ["change"]:
        return
    how = By.ENROLMENT if g.get("enrolled") else By.TOTP
    if request.endpoint == "security.mf_recovery":
        how = By.RECOVERY_CODE
    present_work().tell(events.SignedIn(officer_id=user.id, how=how))


def _when_code_confirmed(_: Flask, user: Officer, **__: Any) -> None:
    """A first device: sign-ins begun before it existed must not enrol another one."""
    if session.get("tf_state") == "validating_profile":
        g.enrolled = True
        user.fs_uniquifier = new_uniquifier()
        present_work().tell(events.SecondFactorEnrolled(officer_id=user.id))


def _when_device_changed(_: Flask, user: Officer, **__: Any) -> None:
    present_work().tell(events.SecondFactorEnrolled(officer_id=user.id))


def _when_password_changed(_: Flask, user: Officer, **__: Any) -> None:
    sessions.end_all(present_work(), user)
    present_work().tell(events.PasswordChanged(officer_id=user.id, how=By.OWN_CHANGE))


def _when_failed(_: Flask, user: Officer, tfa: bool, **__: Any) -> None:
    if tfa:
        present_work().tell(events.SecondFactorFailed(officer_id=user.id))


def _when_left(_: Flask, user: Officer, **__: Any) -> None:
    present_work().tell(events.SignedOut(officer_id=user.id))


_LISTENERS: list[tuple[Any, Callable[..., None]]] = [
    (user_authenticated, _when_authenticated),
    (tf_code_confirmed, _when_code_confirmed),
    (tf_profile_changed, _when_device_changed),
    (password_changed, _when_password_changed),
    (user_failed_authn, _when_failed),
    (user_logged_out, _when_left),
]
