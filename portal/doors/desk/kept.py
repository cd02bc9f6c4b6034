"""What was being typed when a session ran out: kept for its officer, if the form proves whose it was."""

import hmac
import json
from collections.abc import Iterable

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from portal.kernel.work import work
from portal.office.accounts.tables import DeskSession, Officer
from portal.office.programme.keeping import keep_typing
from portal.office.programme.typed import StampTyped

TOKEN = "csrf_token"
BUTTON = "do"
OATH, SWORN = "oath", "declaration"  # a form with an oath carries the first, ticked also the second
_NOT_TYPED = (TOKEN, BUTTON)


def typed_texts() -> list[tuple[str, str]]:
    """What the form sent, without its token and button."""
    pairs: Iterable[tuple[str, str]] = request.form.items(multi=True)
    return [(name, text) for name, text in pairs if name not in _NOT_TYPED]


def is_sworn() -> bool:
    """Whether what the form sent may be kept: where an oath is asked for, not before it is given."""
    return OATH not in request.form or SWORN in request.form


def keep_of_lapsed(session_id: int | None) -> bool:
    """Keep the form sent in the session ``session_id``, which has run out; whether that was done.

    Only for a session that time ended, not its officer or an administrator, and only when the form
    carries that session's own token: a stranger's page cannot put words into anybody's form.
    """
    with work() as w:
        found = w.session.get(DeskSession, session_id) if session_id is not None else None
        officer = w.session.get(Officer, found.officer_id) if found else None
        if found is None or officer is None or not (officer.active and found.signed_in):
            return False
        if found.ended_at is not None or not _is_token_of(found) or not is_sworn():
            return False
        try:
            keep_typing(w, officer.id, request.path, typed_texts())
        except (StampTyped, ValueError):
            return False
    return True


def _is_token_of(found: DeskSession) -> bool:
    """Whether the form's token was made in the session ``found`` (as Flask-WTF makes them)."""
    wanted = json.loads(found.state).get(TOKEN)
    secret = current_app.config.get("WTF_CSRF_SECRET_KEY") or current_app.secret_key or ""
    try:
        sent = URLSafeTimedSerializer(secret, salt="wtf-csrf-token").loads(request.form.get(TOKEN, ""))
    except BadData:
        return False
    return bool(wanted) and hmac.compare_digest(str(wanted), str(sent))
