"""Templates and guidance at the desk: what is in force for me, older versions, writing the next one."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.short_form import Short, run
from portal.doors.desk.unit_choices import line_of, unit_column, units_for
from portal.kernel import rich
from portal.kernel.policy import Act, Matter, Refusal, Refused, refusal_of
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.guidance import acts as guiding
from portal.office.guidance.acts import GuidanceForm
from portal.office.guidance.reads import duty_titles, guidance, in_force_for, review_every, versions_of
from portal.office.guidance.rules import Every
from portal.office.guidance.tables import Guidance
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.written import written
from portal.office.units.reads import line_above
from portal.office.units.tables import Unit

pages = Blueprint("guidance", __name__, url_prefix="/van-phong/huong-dan")
pages.register_error_handler(CSRFError, give_typing_back)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_FILE = "Chưa chọn tệp. Ông/bà chọn tệp mẫu (.xlsx) rồi gửi."
UNDER = "Hướng dẫn áp dụng cho đơn vị này và các đơn vị trực thuộc."
EVERY = {
    Every.MONTH: "Hằng tháng",
    Every.QUARTER: "Hằng quý",
    Every.HALF_YEAR: "6 tháng một lần",
    Every.YEAR: "Hằng năm",
}
COLUMNS = (
    Column(name="title", heading="Tên văn bản", needed=True, note="Kèm số, ngày ban hành.", example=""),
    Column(
        name="valid_from", heading="Áp dụng từ ngày", kind=Kind.DATE, needed=True,
        note="Bản trước vẫn được giữ và áp dụng đến hết ngày trước đó.", example=date(2027, 1, 1),
    ),
    Column(
        name="body", heading="Nội dung hướng dẫn", kind=Kind.TEXT, needed=True, example="",
        note="Tối đa 5.000 ký tự. Dòng trống tách đoạn; địa chỉ web tự thành liên kết.",
    ),
    Column(
        name="review_every", heading="Kỳ kiểm điểm", kind=Kind.CHOICE, example="",
        words={word: every for every, word in EVERY.items()},
        note="Để trống: theo hướng dẫn của đơn vị cấp trên.",
    ),
    Column(
        name="duty_titles", heading="Chức danh phải có chương trình", kind=Kind.LIST, example="",
        note="Cách nhau bằng dấu “;”. Để trống: theo hướng dẫn của đơn vị cấp trên.",
    ),
)  # fmt: skip


@pages.get("")
@acts(Act.READ_GUIDANCE)
def show_mine() -> Response:
    """What is in force today for each unit I work for, and every version there ever was."""
    with work() as w:
        units = _units(w)
        found = [_Applied(w, unit) for unit in units]
        known = versions_of(w, sorted({row for unit in units for row in line_above(w.session, unit.id)}))
        history = [(one, w.session.get_one(Unit, one.unit_id).name) for one in known]
    may_write = any(one.may_write for one in found)
    return show("desk/guidance/mine.html", found=found, history=history, may_write=may_write, every=EVERY)


class _Applied:
    """What applies to one unit today."""

    def __init__(self, w: Work, unit: Unit) -> None:
        self.unit_name = unit.name
        self.guidance = in_force_for(w, unit.id, w.today)
        self.every = review_every(w, unit.id, w.today)
        self.titles = duty_titles(w, unit.id, w.today)
        self.may_write = _may_write(w, unit.id)


@pages.get("/<int:key>")
@acts(Act.READ_GUIDANCE)
def show_version(key: int) -> Response:
    """One version, whether in force or not."""
    with work() as w:
        found = _readable(w, key)
        unit_name = w.session.get_one(Unit, found.unit_id).name
        may_write = _may_write(w, found.unit_id)
    body = rich.show(found.body)
    return show(
        "desk/guidance/version.html",
        found=found, body=body, unit_name=unit_name, may_write=may_write, every=EVERY,
    )  # fmt: skip


@pages.get("/<int:key>/mau.xlsx")
@acts(Act.READ_GUIDANCE)
def template(key: int) -> Response:
    """The workbook that goes with a version."""
    with work() as w:
        data = _readable(w, key).template
    if data is None:
        raise Refused(Refusal.NO_SUCH_GUIDANCE)
    return send_file(BytesIO(data), XLSX, as_attachment=True, download_name="mau-chuong-trinh.xlsx")


@pages.post("/<int:key>/mau")
@acts(Act.WRITE_GUIDANCE)
def give_template(key: int) -> Response:
    """Attach the workbook that goes with a version."""
    with work() as w:
        if not _may_write(w, guidance(w, key).unit_id):
            raise Refused(Refusal.NOT_YOUR_ROLE)
    file = request.files.get("file")
    if file is None or not file.filename:
        flash(NO_FILE, "error")
        return redirect(url_for("guidance.show_version", key=key), 303)
    data = file.read()
    with work() as w:
        guiding.give_template(w, key, data, filename=file.filename, by=actor(me()))
    flash("Đã đính kèm tệp mẫu.", "success")
    return redirect(url_for("guidance.show_version", key=key), 303)


@pages.route("/moi", methods=["GET", "POST"])
@acts(Act.WRITE_GUIDANCE)
@keeps_typing
def write() -> Response:
    """The next version."""
    with work() as w:
        units = units_for(w, actor(me()), Act.WRITE_GUIDANCE)
        mine = [unit.code for unit in _units(w) if _may_write(w, unit.id)]
        chosen = line_of(mine[0], units) if mine else ""
        texts = {"unit_code": chosen, "valid_from": written(w.today)}

    def save(w: Work, values: Mapping[str, Any]) -> None:
        guiding.write(w, GuidanceForm(**values), by=actor(me()))

    onward = url_for("guidance.show_mine")
    return run(
        Short(
            title="Ban hành mẫu và hướng dẫn",
            columns=(unit_column(UNDER, units), *COLUMNS),
            save=save,
            done="Đã lưu bản hướng dẫn. Mở bản đó để đính kèm tệp mẫu.",
            texts=texts,
            onward=onward,
            trail=((onward, "Mẫu và hướng dẫn", ""),),
            beside={
                Refusal.NO_SUCH_UNIT: "unit_code",
                Refusal.NOT_YOUR_ROLE: "unit_code",
                Refusal.GUIDANCE_OUT_OF_ORDER: "valid_from",
                Refusal.TOO_LONG: "body",
            },
        )
    )


def _units(w: Work) -> list[Unit]:
    """The units in which I hold a role, by name."""
    held = {unit_id for units in actor(me()).roles.values() for unit_id in units}
    return sorted((w.session.get_one(Unit, unit_id) for unit_id in held), key=lambda unit: unit.name)


def _may_write(w: Work, unit_id: int) -> bool:
    seen = Matter(unit_ids=frozenset(line_above(w.session, unit_id)))
    return refusal_of(actor(me()), Act.WRITE_GUIDANCE, seen) is None


def _readable(w: Work, key: int) -> Guidance:
    """A version of a unit at, above or below one I work for. Raises Refused."""
    found = guidance(w, key)
    mine = {unit.id for unit in _units(w)}
    above = {row for unit_id in mine for row in line_above(w.session, unit_id)}
    if found.unit_id not in above and not mine & set(line_above(w.session, found.unit_id)):
        raise Refused(Refusal.NO_SUCH_GUIDANCE)
    return found
