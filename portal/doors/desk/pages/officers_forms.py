"""The administrator's forms: invite an officer, change roles in a unit, reset a lost second factor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.officers import pages, tell_invited
from portal.doors.desk.post import hand_over
from portal.doors.desk.short_form import Short, run
from portal.doors.desk.wording import ROLES
from portal.kernel import text
from portal.kernel.mail import Letter
from portal.kernel.policy import Act, Actor, Refusal, Refused, Role
from portal.kernel.wording import sentence
from portal.kernel.work import Work, work
from portal.office.accounts import administering
from portal.office.accounts.administering import OfficerForm, roles_in
from portal.office.accounts.letters import RESET_REASONS, reset_letter
from portal.office.accounts.reach import require_in, require_over, units_administered, units_to_give
from portal.office.accounts.reads import actor
from portal.office.accounts.roster import line_of, officer_seen_by
from portal.office.programme.workbook.layout import Column, Kind

LONGEST_NAME, LONGEST_ADDRESS = 200, 254
NO_NAME = "Chưa ghi họ và tên. Tên giúp hệ thống nhận ra khi cán bộ xử lý chương trình của chính mình."
TOO_LONG = "Nội dung dài quá. Đề nghị rút gọn."
NO_UNIT = "Chưa chọn đơn vị."
NO_ROLE = "Chưa chọn vai trò nào. Đề nghị chọn ít nhất một vai trò."
GIVEN = "{email} đã có tài khoản và đang dùng, nên không cần liên kết mời. Đã giao vai trò, có hiệu lực ngay."
CHANGED = "Đã đổi vai trò, có hiệu lực từ thao tác tiếp theo của cán bộ."
RESET_TOLD = "Đã đặt lại thiết bị tạo mã và gửi thư báo tới {email}."
RESET_UNTOLD = (
    "Đã đặt lại thiết bị tạo mã, nhưng máy chủ thư chưa nhận thư báo. "
    "Đề nghị ông/bà báo trực tiếp cho cán bộ."  # by telephone, or in person
)
DUTIES: dict[Role, str] = {
    Role.AUTHOR: "soạn dự thảo, cập nhật tiến độ",
    Role.APPRAISER: "cho ý kiến thẩm định, xác nhận kết quả",
    Role.PUBLISHER: "xem trước và công bố; không công bố nội dung mình soạn",
    Role.MODERATOR: "duyệt góp ý của người dân",
    Role.EVALUATOR: "theo dõi kiểm điểm, chuyển tiếp, hồ sơ đánh giá",
    Role.ADMIN: "mời cán bộ, giao vai trò, tạm ngừng tài khoản",
}
RESET = (
    Column(
        name="reason", heading="Lý do đặt lại", kind=Kind.CHOICE, needed=True, example="",
        words={word: reason for reason, word in RESET_REASONS.items()},
        note="Cán bộ thấy lý do này trong thư báo và trong nhật ký an toàn của mình.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """What an administrator sent about somebody to be invited."""

    email: str = ""
    name: str = ""
    unit: str = ""
    roles: frozenset[str] = frozenset()

    def faults(self) -> dict[str, str]:
        """What stands in the way, by field."""
        empty = {
            "email": "" if self.email else sentence(Refused(Refusal.NOT_AN_ADDRESS)),
            "name": "" if self.name else NO_NAME,
            "unit": "" if self.unit else NO_UNIT,
            "role": "" if self.roles else NO_ROLE,
        }
        longest = {"email": LONGEST_ADDRESS, "name": LONGEST_NAME}
        too_long = {field: TOO_LONG for field, most in longest.items() if len(getattr(self, field)) > most}
        return {field: said for field, said in {**empty, **too_long}.items() if said}


_BESIDE = {Refusal.NOT_AN_ADDRESS: "email", Refusal.OWN_ACCOUNT: "email", Refusal.NO_SUCH_UNIT: "unit"}


@pages.route("/moi", methods=["GET", "POST"])
@acts(Act.ADD_OFFICER)
def invite() -> Response:
    """Invite somebody: an account, roles, and a link by mail."""
    if request.method == "GET":
        return _ask(Typed(), 200)
    email, name, unit = (text.tidy(request.form.get(field, "")) for field in ("email", "name", "unit"))
    typed = Typed(email, name, unit, _ticked())
    if faults := typed.faults():
        return _ask(typed, 422, faults)
    form = OfficerForm(email=typed.email, name=typed.name, unit_code=typed.unit, roles=typed.roles)
    try:
        with work() as w:
            enrolled = administering.enrol(w, form, by=actor(me()))
            key = enrolled.officer.id
    except Refused as refused:
        status, said = STATUS.get(refused.refusal, OTHER_REFUSALS), sentence(Refused(refused.refusal))
        return _ask(typed, status, {_BESIDE.get(refused.refusal, "unit"): said})
    if enrolled.invited is None:
        flash(GIVEN.format(email=typed.email), "success")
    else:
        tell_invited(enrolled)
    return redirect(url_for("officers.show_one", key=key), 303)


def _ask(typed: Typed, status: int, faults: Mapping[str, str] | None = None) -> Response:
    with work() as w:
        units = [(unit.code, f"{unit.name} ({unit.code})") for unit in units_to_give(w, actor(me()))]
        days = w.settings.invitation_days
    if len(units) == 1 and not typed.unit:
        typed = Typed(typed.email, typed.name, units[0][0], typed.roles)
    return show(
        "desk/officers/invite.html",
        status,
        typed=typed, faults=faults or {}, units=units, days=days, roles=ROLES, duties=DUTIES,
    )  # fmt: skip


@pages.route("/<int:key>/vai-tro", methods=["GET", "POST"])
@acts(Act.CHANGE_ROLES)
def give_elsewhere(key: int) -> Response:
    """Give an officer roles in another of my units."""
    with work() as w:
        by = actor(me())
        held = {a.unit_id for a in officer_seen_by(w, by, key).appointments}
        for unit in units_administered(w, by)[:1]:  # not my own account, wherever the roles would be
            require_in(w, by, Act.CHANGE_ROLES, unit_id=unit.id, account_id=key)
        units = {unit.id: f"{unit.name} ({unit.code})" for unit in units_to_give(w, by)}
    units = {unit_id: name for unit_id, name in units.items() if unit_id not in held}
    if request.method == "GET":
        return _show_roles(key, frozenset(), units=units)
    chosen = request.form.get("unit", type=int)
    faults = {} if chosen in units else {"unit": NO_UNIT}
    faults |= {} if _ticked() else {"role": NO_ROLE}
    if chosen is None or faults:
        return _show_roles(key, frozenset(), status=422, units=units, faults=faults, chosen=chosen)
    return _change(key, chosen, frozenset(), units=units, chosen=chosen)


@pages.route("/<int:key>/vai-tro/<int:unit_id>", methods=["GET", "POST"])
@acts(Act.CHANGE_ROLES)
def change_roles(key: int, unit_id: int) -> Response:
    """What an officer may do in one unit."""
    with work() as w:
        by = actor(me())
        held = roles_in(officer_seen_by(w, by, key), unit_id)
        unit = next((one for one in units_administered(w, by) if one.id == unit_id), None)
        if unit is None:
            raise Refused(Refusal.NO_SUCH_OFFICER)  # of other units nothing is told
        require_in(w, by, Act.CHANGE_ROLES, unit_id=unit_id, account_id=key)
    if request.method == "GET":
        return _show_roles(key, held, ticked=held, unit_name=unit.name)
    before = frozenset(request.form.get("before", "").split())
    return _change(key, unit_id, before, unit_name=unit.name)


_ABOUT_ROLES = (Refusal.NO_ROLE_LEFT, Refusal.LAST_ADMINISTRATOR)


def _change(key: int, unit_id: int, before: frozenset[str], **shown: Any) -> Response:
    """Store what is ticked; what is refused about the roles stands beside them."""
    try:
        with work() as w:
            administering.change_roles(
                w, key, unit_id=unit_id, roles=_ticked(), before=before, by=actor(me())
            )
    except Refused as refused:
        if refused.refusal not in _ABOUT_ROLES:
            raise
        return _show_roles(key, before, status=422, faults={"role": sentence(refused)}, **shown)
    flash(CHANGED, "success")
    return redirect(url_for("officers.show_one", key=key), 303)


def _show_roles(
    key: int,
    before: frozenset[str],
    *,
    status: int = 200,
    ticked: frozenset[str] | None = None,
    **values: Any,
) -> Response:
    with work() as w:
        by = actor(me())
        one = line_of(w, by, officer_seen_by(w, by, key))
    known = {"units": {}, "unit_name": "", "faults": {}, "chosen": None, "roles": ROLES, "duties": DUTIES}
    boxes = _ticked() if ticked is None else ticked
    shown = {**known, "one": one, "before": " ".join(sorted(before)), "ticked": boxes, **values}
    return show("desk/officers/roles.html", status, **shown)


@pages.route("/<int:key>/dat-lai", methods=["GET", "POST"])
@acts(Act.RESET_SECOND_FACTOR)
@keeps_typing
def reset(key: int) -> Response:
    """Take a lost second factor away, with a reason that the officer is told."""
    with work() as w:
        by: Actor = actor(me())
        officer = officer_seen_by(w, by, key)
        require_over(w, by, Act.RESET_SECOND_FACTOR, officer)
        name = officer.name or officer.email
    letters: list[Letter] = []

    def save(w: Work, values: Mapping[str, Any]) -> None:
        changed = administering.reset_second_factor(w, key, by=actor(me()), **values)
        letters.append(reset_letter(w, changed, values["reason"]))

    onward = url_for("officers.show_one", key=key)
    answer = run(
        Short(
            title="Đặt lại thiết bị tạo mã",
            columns=RESET,
            save=save,
            done="Cán bộ đăng nhập bằng mật khẩu rồi cài thiết bị mới.",
            button="Đặt lại thiết bị",
            said=(name, "Thiết bị và mã dự phòng cũ hết hiệu lực, mọi phiên làm việc kết thúc ngay."),
            onward=onward,
            trail=((url_for("officers.show_list"), "Tài khoản cán bộ", ""), (onward, name, "")),
        )
    )
    if answer.status_code == 303:
        _tell_reset(letters)
    return answer


def _tell_reset(letters: list[Letter]) -> None:
    for letter in letters:
        if hand_over(letter):
            flash(RESET_TOLD.format(email=letter.to), "success")
        else:
            flash(RESET_UNTOLD, "error")


def _ticked() -> frozenset[str]:
    return frozenset(request.form.getlist("role")) & frozenset(Role)
