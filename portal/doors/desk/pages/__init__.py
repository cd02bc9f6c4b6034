"""The desk's pages, and how each of them is shown."""

from typing import Any
from urllib.parse import urlsplit

from flask import get_flashed_messages, request, url_for
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]
from werkzeug.wrappers import Response
from wtforms import Form  # type: ignore[import-untyped]

from portal.doors.desk.gate import signed_in
from portal.doors.stage import page
from portal.kernel.policy import Act, may_somewhere
from portal.office.accounts.reads import actor


def show(template: str, /, status: int = 200, **values: Any) -> Response:
    """The answer that shows ``template`` to whoever sits at the desk.

    A page that says the system failed asks it nothing more.
    """
    is_broken = status >= 500
    officer = None if is_broken else signed_in()
    return page(
        template,
        status,
        officer=officer,
        form_token="" if is_broken else generate_csrf,
        messages=[] if is_broken else get_flashed_messages(with_categories=True),
        here=request.endpoint or "",
        sees_progress=officer is not None and may_somewhere(actor(officer), Act.READ_PROGRESS),
        **values,
    )


def show_step(template: str, /, **values: Any) -> Response:
    """A page of the library's steps: 422 when what was sent has faults, else 200."""
    forms = [value for value in values.values() if isinstance(value, Form)]
    is_refused = request.method == "POST" and any(form.errors for form in forms)
    known = {name: value for name, value in values.items() if name not in ("security",)}
    return show(template, 422 if is_refused else 200, next=_onward(), **known)


def _onward() -> str:
    """Where the visitor wanted to go; the library also says so when it was only the sign-in page."""
    wanted = request.values.get("next", "")
    return "" if urlsplit(wanted).path == url_for("security.login") else wanted
