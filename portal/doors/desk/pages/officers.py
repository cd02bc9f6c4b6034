"""The administrator's officers: who is at the desk, with what roles; links, suspension and the way back."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.doors.desk.post import hand_over
from portal.doors.desk.wording import ROLES, STANDINGS
from portal.kernel.policy import Act, Actor
from portal.kernel.work import work
from portal.office.accounts import administering
from portal.office.accounts.letters import invitation_letter
from portal.office.accounts.reach import units_to_give
from portal.office.accounts.reads import actor
from portal.office.accounts.roster import line_of, officer_seen_by, officers_seen_by

pages = Blueprint("officers", __name__, url_prefix="/van-phong/can-bo")

SENT = "Đã gửi thư mời tới {email}. Liên kết trong thư dùng được một lần."
NOT_SENT = (
    "Đã ghi, nhưng máy chủ thư chưa nhận thư mời tới {email}. Đề nghị chờ ít phút rồi bấm “Gửi lại liên kết”."
)
MOST_WORDS = 100  # characters of what is looked for


@pages.get("")
@acts(Act.READ_OFFICERS)
def show_list() -> Response:
    """The officers of the units I administer."""
    words = request.args.get("q", "")[:MOST_WORDS]
    number = max(1, request.args.get("trang", 1, type=int))
    with work() as w:
        found = officers_seen_by(w, actor(me()), words=words, page=number)
    return show(
        "desk/officers/list.html",
        found=found, words=words, page_number=number, roles=ROLES, standings=STANDINGS,
    )  # fmt: skip


@pages.get("/<int:key>")
@acts(Act.READ_OFFICERS)
def show_one(key: int) -> Response:
    """One officer, and what I can do about the account."""
    with work() as w:
        by = actor(me())
        one = line_of(w, by, officer_seen_by(w, by, key))
        others = {unit.id for unit in units_to_give(w, by)} - {held.unit_id for held in one.held}
    return show(
        "desk/officers/one.html", one=one, has_more_units=bool(others), roles=ROLES, standings=STANDINGS
    )


@pages.post("/<int:key>/gui-lai")
@acts(Act.ADD_OFFICER)
def invite_again(key: int) -> Response:
    """A fresh link by mail; the old one closes."""
    with work() as w:
        enrolled = administering.invite_again(w, key, by=_by())
    tell_invited(enrolled)
    return _back(key)


@pages.post("/<int:key>/rut-lai")
@acts(Act.ADD_OFFICER)
def withdraw(key: int) -> Response:
    """The link that was sent opens nothing any more."""
    with work() as w:
        administering.withdraw_invitation(w, key, by=_by())
    flash("Đã rút lời mời. Liên kết đã gửi không còn mở được.", "success")
    return _back(key)


@pages.post("/<int:key>/tam-ngung")
@acts(Act.SUSPEND_OFFICER)
def suspend(key: int) -> Response:
    """Close the account until it is restored."""
    with work() as w:
        administering.suspend(w, key, by=_by())
    flash("Đã tạm ngừng tài khoản. Mọi phiên làm việc của cán bộ này đã kết thúc.", "success")
    return _back(key)


@pages.post("/<int:key>/khoi-phuc")
@acts(Act.SUSPEND_OFFICER)
def restore(key: int) -> Response:
    """Let the account open the desk again."""
    with work() as w:
        administering.restore(w, key, by=_by())
    flash("Đã khôi phục tài khoản.", "success")
    return _back(key)


def tell_invited(enrolled: administering.Enrolled) -> None:
    """Send the link by mail, and say whether it left; it is shown to nobody else."""
    assert enrolled.invited is not None  # whoever calls has made one
    with work() as w:
        letter = invitation_letter(w, enrolled.officer, enrolled.invited)
    email = letter.to
    if hand_over(letter):
        flash(SENT.format(email=email), "success")
    else:
        flash(NOT_SENT.format(email=email), "error")


def _by() -> Actor:
    return actor(me())


def _back(key: int) -> Response:
    return redirect(url_for("officers.show_one", key=key), 303)
