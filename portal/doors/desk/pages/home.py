"""The officer's home: who I am here, and the programmes I may see, what waits for somebody first."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.doors.desk.gate import signed_in, signed_in_only
from portal.doors.desk.pages import show
from portal.doors.desk.rooms import rooms_of
from portal.doors.desk.waiting import waiting_for_me
from portal.doors.desk.wording import ROLES, STATES
from portal.kernel.db import db
from portal.kernel.policy import Act, Role, may_somewhere
from portal.kernel.work import work
from portal.office.accounts.reads import actor
from portal.office.accounts.tables import Officer
from portal.office.programme.listing import drafts_seen_by
from portal.office.units.tables import Unit

pages = Blueprint("home", __name__, url_prefix="/van-phong")


@pages.get("", strict_slashes=False)
@signed_in_only
def show_home() -> Response:
    """Who you are, and the programmes you may see."""
    officer = signed_in()
    assert officer is not None
    number = request.args.get("trang", 1, type=int)
    may_see = may_somewhere(actor(officer), Act.READ_DRAFT)
    with work() as w:
        found = drafts_seen_by(w, actor(officer), page=max(1, number)) if may_see else None
        waiting, today = waiting_for_me(w, actor(officer)), w.today
    return show(
        "desk/home.html",
        roles=_roles(officer),
        found=found,
        waiting=waiting,
        today=today,
        rooms=rooms_of(actor(officer)),
        may_write=may_somewhere(actor(officer), Act.EDIT_DRAFT),
        page_number=max(1, number),
        states=STATES,
        codes_left=len(officer.recovery_codes),
    )


def _roles(officer: Officer) -> list[tuple[str, str]]:
    """Role and unit, in words."""
    held = [(Role(a.role), db.session.get_one(Unit, a.unit_id).name) for a in officer.appointments]
    return [(ROLES[role], unit) for role, unit in held]
