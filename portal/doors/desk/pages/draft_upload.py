"""A programme from a workbook: template, upload, a preview of what will be stored, the officer's word."""

from io import BytesIO
from typing import Any

from flask import flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.draft_view import view_of
from portal.doors.desk.gate import acts, me
from portal.doors.desk.intake import LARGEST_UPLOAD
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import pages
from portal.doors.desk.pages.draft_names import name_of
from portal.kernel.policy import Act, Refusal, Refused, require
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.audit.events import SecretStampRefused
from portal.office.jobs.acts import ask
from portal.office.jobs.rules import JobKind
from portal.office.programme.acts import import_programme, may_import, update_programme
from portal.office.programme.desk_draft import take
from portal.office.programme.differences import brought_up_to_date, conflicts, differences
from portal.office.programme.keeping import held_upload, hold_upload, let_go
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import matter, programme
from portal.office.programme.workbook import (
    Fault,
    ProgrammeForm,
    SecretStampFound,
    WorkbookRefused,
    read_workbook,
    write_template,
)
from portal.office.programme.workbook.gate import inspect
from portal.office.units.reads import unit_of_code

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGE = 1024 * 1024  # bytes, from which on reading may take longer than somebody waits for a page
NO_FILE = "Chưa chọn tệp. Ông/bà chọn tệp sổ tính (.xlsx) đã điền rồi gửi."
OTHER_UNIT = (
    "Sổ tính ghi mã đơn vị {typed}, chương trình thuộc mã {stored}. "
    "Cập nhật không đổi đơn vị của chương trình."
)


@pages.url_value_preprocessor
def widen(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Where a workbook is taken in, a request may be as large as a workbook."""
    if endpoint in ("draft.upload_new", "draft.upload"):
        request.max_content_length = LARGEST_UPLOAD


@pages.get("/mau.xlsx")
@acts(Act.IMPORT_PROGRAMME)
def template() -> Response:
    """The empty workbook."""
    return _workbook("chuong-trinh-hanh-dong.xlsx", None)


@pages.get("/<ref>/chuong-trinh.xlsx")
@acts(Act.IMPORT_PROGRAMME)
def filled(ref: str) -> Response:
    """The workbook filled with what the draft says, to be changed elsewhere and sent back."""
    with work() as w:
        _facts(w, ref)
        form = portrait(w, programme(w, ref))
    return _workbook(f"chuong-trinh-{ref}.xlsx", form)


@pages.route("/moi/so-tinh", methods=["GET", "POST"])
@acts(Act.IMPORT_PROGRAMME)
def upload_new() -> Response:
    """A new programme from a workbook: choose the file, then see what would be stored."""
    return _take_in(None)


@pages.route("/<ref>/so-tinh", methods=["GET", "POST"])
@acts(Act.IMPORT_PROGRAMME)
def upload(ref: str) -> Response:
    """A newer workbook for a draft: choose the file, then see what would change."""
    return _take_in(ref)


@pages.get("/moi/so-tinh/<int:key>")
@acts(Act.IMPORT_PROGRAMME)
def show_held_new(key: int) -> Response:
    """What would be stored of a large workbook that a runner has read."""
    return _show_held(None, key)


@pages.get("/<ref>/so-tinh/<int:key>")
@acts(Act.IMPORT_PROGRAMME)
def show_held(ref: str, key: int) -> Response:
    """What would change by a large workbook that a runner has read."""
    return _show_held(ref, key)


@pages.post("/moi/so-tinh/<int:key>")
@acts(Act.IMPORT_PROGRAMME)
def store_new(key: int) -> Response:
    """Store the workbook that was previewed as a new draft."""
    with work() as w:
        data = held_upload(w, me().id, key, programme_id=None)
        made = import_programme(w, _read(w, data), by=actor(me()))
        let_go(w, me().id)
        ref = made.ref
    flash("Đã lưu dự thảo từ sổ tính.", "success")
    return redirect(url_for("draft.show_programme", ref=ref), 303)


@pages.post("/<ref>/so-tinh/<int:key>")
@acts(Act.IMPORT_PROGRAMME)
def store(ref: str, key: int) -> Response:
    """Bring the draft up to date with the workbook, unless it changed since the preview."""
    try:
        with work() as w:
            draft = take(w, ref, by=actor(me()), act=Act.IMPORT_PROGRAMME)
            data = held_upload(w, me().id, key, programme_id=draft.id)
            if request.form.get("version") != str(draft.version):
                raise Refused(Refusal.CHANGED_MEANWHILE)
            update_programme(w, draft, _read(w, data), by=actor(me()))
            let_go(w, me().id)
    except Refused as refused:
        if refused.refusal is not Refusal.CHANGED_MEANWHILE:
            raise
        return _preview(ref, data, 409)
    flash("Đã cập nhật dự thảo theo sổ tính.", "success")
    return redirect(url_for("draft.show_programme", ref=ref), 303)


@pages.post("/moi/so-tinh/bo")
@acts(Act.IMPORT_PROGRAMME)
def discard() -> Response:
    """Nothing is to be stored after all."""
    with work() as w:
        let_go(w, me().id)
    flash("Đã bỏ sổ tính. Chưa có gì được lưu.", "success")
    return redirect(url_for("home.show_home"), 303)


def _workbook(name: str, form: ProgrammeForm | None) -> Response:
    made = BytesIO()
    write_template(made, form)
    made.seek(0)
    answer = send_file(made, XLSX, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _take_in(ref: str | None) -> Response:
    with work() as w:
        facts = _facts(w, ref)
    if request.method == "GET":
        return _ask(200, facts)
    sent = request.files.get("workbook")
    if sent is None or not sent.filename:
        return _ask(422, facts, said=NO_FILE)
    data = sent.read()
    try:
        if len(data) > LARGE:
            return _read_later(ref, data, sent.filename)
        with work() as w:
            _read(w, data, sent.filename)
    except WorkbookRefused as refused:
        return _ask(422, facts, faults=refused.faults)
    except SecretStampFound as stamp:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where=stamp.where))
        return _ask(422, facts, said=str(stamp))
    return _preview(ref, data, 200)


def _read_later(ref: str | None, data: bytes, filename: str) -> Response:
    """Let a runner read a large workbook; it is held only once the gate let it through."""
    inspect(data, filename=filename)
    with work() as w:
        draft = programme(w, ref) if ref else None
        key = hold_upload(w, me().id, data, programme_id=draft.id if draft else None)
        about = {"upload": str(key), "ref": draft.ref if draft else ""}
        unit_id = draft.mandate.unit_id if draft else None
        job = ask(w, JobKind.READ_WORKBOOK, by=actor(me()), about=about, unit_id=unit_id).id
    return redirect(url_for("jobs.show_one", key=job), 303)


def _ask(status: int, facts: dict[str, Any], *, said: str = "", faults: tuple[Fault, ...] = ()) -> Response:
    return show("desk/draft/upload.html", status, said=said, faults=faults, **facts)


def _show_held(ref: str | None, key: int) -> Response:
    """The preview of a workbook that is held already."""
    with work() as w:
        _facts(w, ref)
        draft = programme(w, ref) if ref else None
        data = held_upload(w, me().id, key, programme_id=draft.id if draft else None)
    return _preview(ref, data, 200, held=key)


def _preview(ref: str | None, data: bytes, status: int, *, held: int | None = None) -> Response:
    """What would be stored. The bytes wait, sealed, for the officer's word; nothing else is kept."""
    with work() as w:
        form = _read(w, data)
        draft = programme(w, ref) if ref else None
        if draft is None:
            may_import(w, form, by=actor(me()))
        facts = _facts(w, ref)
        before = portrait(w, draft) if draft else None
        after = brought_up_to_date(before, form) if before else form
        version = draft.version if draft else 0
        key = held or hold_upload(w, me().id, data, programme_id=draft.id if draft else None)
        view = view_of(after, today=w.today)
    warnings = list(form.warnings)
    if before and form.unit_code != before.unit_code:
        warnings.insert(0, OTHER_UNIT.format(typed=form.unit_code, stored=before.unit_code))
    return show(
        "desk/draft/preview.html",
        status,
        view=view,
        key=key,
        version=version,
        warnings=warnings,
        changes=differences(before, after) if before else (),
        conflicts=conflicts(before, form) if before else (),
        **facts,
    )


def _facts(w: Work, ref: str | None) -> dict[str, Any]:
    """Which draft it is about. Raises Refused when it is not the officer's to change."""
    if ref is None:
        return {"ref": "", "name": ""}
    draft = programme(w, ref)
    require(actor(me()), Act.IMPORT_PROGRAMME, matter(w, draft))
    if draft.state == "submitted":
        raise Refused(Refusal.IN_APPRAISAL)
    return {"ref": draft.ref, "name": name_of(draft)}


def _read(w: Work, data: bytes, filename: str = "") -> ProgrammeForm:
    session, on = w.session, w.today
    return read_workbook(
        data, filename=filename, unit_exists=lambda code: unit_of_code(session, code, on) is not None
    )
