"""The officer's own account: what happened at it, which sessions are open, what guards it."""

from flask import Blueprint, flash, redirect, session, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.cookies import idle_time
from portal.doors.desk.gate import signed_in, signed_in_only
from portal.doors.desk.pages import show
from portal.doors.desk.wording import LOG, happening
from portal.kernel.db import db
from portal.kernel.work import house, work
from portal.office.accounts import sessions
from portal.office.accounts.reads import security_log
from portal.office.accounts.tables import Officer

pages = Blueprint("account", __name__, url_prefix="/van-phong/tai-khoan")

LOG_LENGTH = 50


@pages.get("")
@signed_in_only
def show_account() -> Response:
    """The security log and the open sessions."""
    officer = _me()
    open_sessions = sessions.open_sessions(db.session(), officer, now=house().clock.now(), idle=idle_time())
    lines = [
        (line.at, happening(line.event, line.facts), LOG[line.event][1])
        for line in security_log(db.session(), officer.id, limit=LOG_LENGTH)
        if line.event in LOG
    ]
    return show(
        "desk/account.html",
        lines=lines,
        open_sessions=open_sessions,
        present_id=getattr(session, "row_id", None),
        codes_left=len(officer.recovery_codes),
    )


@pages.post("/phien/<int:session_id>/thu-hoi")
@signed_in_only
def revoke(session_id: int) -> Response:
    """End one of my sessions."""
    with work() as w:
        sessions.revoke(w, session_id, by=_me())
    flash("Đã thu hồi phiên làm việc.", "success")
    return redirect(url_for("account.show_account"), 303)


@pages.post("/phien/thu-hoi-het")
@signed_in_only
def revoke_others() -> Response:
    """End all my sessions but this one."""
    with work() as w:
        ended = sessions.revoke_others(w, getattr(session, "row_id", 0), by=_me())
    flash(f"Đã thu hồi {ended} phiên làm việc khác.", "success")
    return redirect(url_for("account.show_account"), 303)


def _me() -> Officer:
    officer = signed_in()
    assert officer is not None  # the gate let nobody else in
    return officer
