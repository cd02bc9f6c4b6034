"""A whole series of figures from a file: choose it, see what would be stored, say yes."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.pages.progress import look, pages
from portal.kernel.policy import Act, require
from portal.kernel.sealed import Reason
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.audit.events import SecretStampRefused
from portal.office.programme.keeping import held_upload, hold_upload, let_go
from portal.office.programme.reads import matter
from portal.office.programme.workbook import SecretStampFound, WorkbookRefused
from portal.office.programme.workbook.sole_table import MOST_BYTES
from portal.office.progress import acts as progress
from portal.office.progress.rules import standing
from portal.office.progress.series import Series, marked, read_series

NO_FILE = "Chưa chọn tệp. Ông/bà chọn tệp .csv hoặc .xlsx rồi gửi."


@pages.url_value_preprocessor
def widen_for_series(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Where a series is taken in, a request may be as large as one."""
    if endpoint == "progress.import_series":
        request.max_content_length = MOST_BYTES + 1024 * 1024


@pages.route("/<ref>/nhap", methods=["GET", "POST"])
@acts(Act.REPORT_PROGRESS)
def import_series(ref: str) -> Response:
    """Choose a file, then see what would be stored."""
    with work() as w:
        facts = _facts(w, ref)
    if request.method == "GET":
        return show("desk/progress/import.html", faults=(), said="", **facts)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return show("desk/progress/import.html", 422, faults=(), said=NO_FILE, **facts)
    data = sent.read()
    try:
        with work() as w:
            found = _read(w, ref, data, sent.filename)
            key = hold_upload(w, me().id, data, programme_id=look(w, ref)[0].id)
    except WorkbookRefused as refused:
        return show("desk/progress/import.html", 422, faults=refused.faults, said="", **facts)
    except SecretStampFound as stamp:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where=stamp.where))
        return show("desk/progress/import.html", 422, faults=(), said=str(stamp), **facts)
    disclosed = request.form.get("disclosed") == "1"
    return show("desk/progress/import_preview.html", found=found, key=key, disclosed=disclosed, **facts)


@pages.post("/<ref>/nhap/<int:key>")
@acts(Act.REPORT_PROGRESS)
def store_series(ref: str, key: int) -> Response:
    """Store the series that was previewed, all of it or nothing."""
    with work() as w:
        draft, _ = look(w, ref)
        data = held_upload(w, me().id, key, programme_id=draft.id)
        try:
            found = marked(_read(w, ref, data), disclosed=request.form.get("disclosed") == "1")
        except WorkbookRefused as refused:  # somebody reported one of the days meanwhile
            return show("desk/progress/import.html", 409, faults=refused.faults, said="", **_facts(w, ref))
        stored = progress.report_series(w, ref, found.reports, by=actor(me()))
        let_go(w, me().id)
    flash(f"Đã ghi {stored} báo cáo tiến độ.", "success")
    return redirect(url_for("progress.show_series", ref=ref), 303)


def _read(w: Work, ref: str, data: bytes, filename: str = "") -> Series:
    _, row = look(w, ref)
    days = {one.reported_on.open(reason=Reason.DRAFT) for one in standing(row.progress)}
    return read_series(data, filename=filename, today=w.today, reported=days)


def _facts(w: Work, ref: str) -> dict[str, Any]:
    draft, row = look(w, ref)
    require(actor(me()), Act.REPORT_PROGRESS, matter(w, draft))
    return {
        "ref": row.ref,
        "name": name_of(draft),
        "unit": row.measure_unit.open(reason=Reason.DRAFT),
        "indicator": row.indicator.open(reason=Reason.DRAFT),
        "most": MOST_BYTES // (1024 * 1024),
    }
