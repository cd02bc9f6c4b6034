"""Attesting at the desk: code letters for residents, party members and cadres, shown once to be printed."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.inbox.signin.letters import MOST_LETTERS
from portal.kernel.policy import Act
from portal.kernel.text import tidy
from portal.kernel.work import house, work
from portal.office.accounts.reads import actor
from portal.office.attesting.acts import Order, issue, issued, units_of
from portal.record.voice import Group

pages = Blueprint("attesting", __name__, url_prefix="/van-phong/xac-nhan-tu-cach")

GROUPS = {
    Group.RESIDENT.value: "Người dân",
    Group.PARTY_MEMBER.value: "Đảng viên",
    Group.CADRE.value: "Cán bộ",
}
MOST_BODY = 200  # characters
CSV = "csv"


@pages.get("")
@acts(Act.ATTEST)
def show_page() -> Response:
    """What was issued, and the form for more."""
    return _show({}, {})


@pages.post("")
@acts(Act.ATTEST)
def take() -> Response:
    """Issue letters: a page to print, or a file, once."""
    typed = {name: tidy(request.form.get(name, "")) for name in ("group", "unit", "body", "count")}
    with work() as w:
        known = {slug: unit.name for slug, unit in units_of(w, actor(me())).items()}
    if faults := _faults(typed, known):
        return _show(typed, faults, 422)
    order = Order(
        group=Group(typed["group"]), unit=typed["unit"], body=typed["body"], count=int(typed["count"])
    )
    with work() as w:
        codes = issue(w, order, by=actor(me()))
    if request.form.get("dang") == CSV:
        return _file(codes)
    place = house().settings.base_url.rstrip("/")
    return show(
        "desk/voice/letters.html",
        codes=codes,
        group=GROUPS[order.group],
        unit=known[order.unit],
        body=order.body,
        days=house().settings.letter_days,
        place=place,
    )


def _faults(typed: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    found = {}
    if typed["group"] not in GROUPS:
        found["group"] = "Đề nghị chọn một tư cách."
    if typed["unit"] not in known:
        found["unit"] = "Đề nghị chọn một đơn vị trong danh sách."
    if not typed["body"] or len(typed["body"]) > MOST_BODY:
        found["body"] = "Đề nghị ghi tên tổ chức xác nhận, tối đa 200 ký tự."
    count = typed["count"]
    if not (count.isascii() and count.isdigit() and len(count) < 5 and 1 <= int(count) <= MOST_LETTERS):
        found["count"] = f"Đề nghị ghi số thư từ 1 đến {MOST_LETTERS}."
    return found


def _file(codes: list[str]) -> Response:
    answer = Response("\ufeffMã thư\r\n" + "".join(f"{code}\r\n" for code in codes), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="thu-xac-nhan.csv"'
    return answer


def _show(typed: dict[str, str], faults: dict[str, str], status: int = 200) -> Response:
    with work() as w:
        by = actor(me())
        known = [(slug, unit.name) for slug, unit in units_of(w, by).items()]
        before = issued(w, by)
    return show(
        "desk/voice/attesting.html",
        status,
        typed=typed,
        faults=faults,
        units=known,
        unit_names=dict(known),
        groups=list(GROUPS.items()),
        group_names=GROUPS,
        issued=before,
        most=MOST_LETTERS,
    )
