"""Evidence files at the desk: upload, look at the clean copy, keep it; a refused file leaves nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk import course_view
from portal.doors.desk.evidence_columns import LARGEST, LIMITS, WHOLE, description_columns
from portal.doors.desk.gate import acts, me
from portal.doors.desk.kept import typed_texts
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.pages.progress import MARKED, look, pages
from portal.doors.desk.screens import Sheet, fields_of
from portal.kernel import shelves
from portal.kernel.policy import Act, Refused, require
from portal.kernel.wording import sentence
from portal.kernel.work import work
from portal.office.accounts.reads import actor
from portal.office.audit.events import SecretStampRefused
from portal.office.evidence import store
from portal.office.evidence.apart import clean_in_child
from portal.office.evidence.cleaning import CleanFile
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Kind
from portal.office.evidence.wording import WORDS, Dropped, Reason
from portal.office.programme.reads import matter
from portal.office.programme.typed import STAMPED, StampTyped, read_typed
from portal.office.programme.workbook.layout import Column
from portal.office.progress import evidence

NO_FILE = "Chưa chọn tệp. Ông/bà chọn tệp minh chứng rồi gửi."


@pages.url_value_preprocessor
def widen(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Where a file is taken in, a request may be as large as a file."""
    if endpoint == "progress.add_file":
        request.max_content_length = LARGEST


@pages.route("/<ref>/minh-chung", methods=["GET", "POST"])
@acts(Act.REPORT_PROGRESS)
def add_file(ref: str) -> Response:
    """Choose a file and say what it shows; then look at the copy that would be kept."""
    with work() as w:
        draft, row = look(w, ref)
        require(actor(me()), Act.REPORT_PROGRESS, matter(w, draft))
        days = {one.on: one.key for one in course_view.reports_of(w, row)}
        around: dict[str, Any] = {"ref": row.ref, "name": name_of(draft)}
    columns = description_columns(days)
    if request.method == "GET":
        return _ask(columns, {"disclosed": "Không", "report": WHOLE}, 200, **around)
    sent = dict(typed_texts())
    read = read_typed(sent, columns)
    file = request.files.get("file")
    faults = dict(read.faults) | ({} if file and file.filename else {"file": NO_FILE})
    if faults or file is None:
        return _ask(columns, sent, 422, faults=faults, **around)
    try:
        made = clean_in_child(file.read(), filename=file.filename or "")
        key = _hold(ref, made, _form(read.values))
    except FileRefused as refused:
        _tell_stamp(refused)
        status = 413 if refused.reason is Reason.TOO_BIG else 422
        return _ask(columns, sent, status, faults={"file": refused.sentence}, **around)
    except StampTyped as stamp:
        return _ask(columns, sent, 422, faults=dict.fromkeys(stamp.names, STAMPED), **around)
    except Refused as refused:
        return _ask(columns, sent, 422, faults={"file": sentence(refused)}, **around)
    return redirect(url_for("progress.show_file", ref=ref, key=key), 303)


@pages.get("/<ref>/minh-chung/<int:key>")
@acts(Act.READ_PROGRESS)
def show_file(ref: str, key: int) -> Response:
    """The clean copy: what it is, what was taken out of it."""
    with work() as w:
        draft, row = look(w, ref)
        one = next((one for one in row.evidence if one.id == key), None) or abort(404)
        view, is_kept = course_view.file_view(w, row, one), one.kept_at is not None
        name = name_of(draft)
    dropped = [WORDS[Dropped(what)] for what in view.dropped]
    return show("desk/progress/file.html", ref=ref, name=name, file=view, is_kept=is_kept, dropped=dropped)


@pages.get("/<ref>/minh-chung/<int:key>/tep")
@acts(Act.READ_PROGRESS)
def send_copy(ref: str, key: int) -> Response:
    """The clean copy itself, for whoever may see how the commitment goes."""
    with work() as w:
        _, row = look(w, ref)
        one = next((one for one in row.evidence if one.id == key), None) or abort(404)
        files, sha256, kind = evidence.files_of(w), one.sha256, Kind(one.kind)
    try:
        data = shelves.read(files, shelves.OFFICE, sha256)
    except shelves.FileNotKept:
        abort(404)
    headers = {**store.headers(sha256, kind), "Cache-Control": "no-store"}
    return FlaskResponse(data, headers=headers)


@pages.post("/<ref>/minh-chung/<int:key>/luu")
@acts(Act.REPORT_PROGRESS)
def keep_file(ref: str, key: int) -> Response:
    """The copy is what was meant: keep it."""
    with work() as w:
        evidence.keep(w, ref, key, by=actor(me()))
    flash("Đã lưu minh chứng.", "success")
    return redirect(url_for("progress.show_series", ref=ref) + "#minh-chung", 303)


@pages.post("/<ref>/minh-chung/<int:key>/bo")
@acts(Act.REPORT_PROGRESS)
def remove_file(ref: str, key: int) -> Response:
    """The file is not wanted: remove it for good."""
    with work() as w:
        evidence.remove(w, ref, key, by=actor(me()))
    flash("Đã xóa tệp minh chứng.", "success")
    return redirect(url_for("progress.show_series", ref=ref) + "#minh-chung", 303)


@pages.post("/<ref>/minh-chung/<int:key>/cong-khai")
@acts(Act.DISCLOSE)
def mark_file(ref: str, key: int) -> Response:
    """Mark a file as public, or withheld."""
    disclosed = request.form.get("disclosed") == "1"
    with work() as w:
        evidence.mark(w, ref, key, disclosed=disclosed, by=actor(me()))
    flash(MARKED[disclosed], "success")
    return redirect(url_for("progress.show_series", ref=ref) + "#minh-chung", 303)


def _hold(ref: str, made: CleanFile, form: evidence.FileForm) -> int:
    with work() as w:
        return evidence.hold(w, ref, made, form, by=actor(me())).id


def _form(values: Mapping[str, Any]) -> evidence.FileForm:
    report = values.get("report") or None  # 0: of the whole commitment
    return evidence.FileForm(description=values["description"], disclosed=values["disclosed"], report=report)


def _tell_stamp(refused: FileRefused) -> None:
    if refused.reason is Reason.STAMP:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where=str(refused.detail.get("where", ""))[:200]))


def _ask(
    columns: Sequence[Column],
    texts: Mapping[str, str],
    status: int,
    *,
    ref: str,
    name: str,
    faults: Mapping[str, str] | None = None,
) -> Response:
    fields = fields_of(columns, Sheet(texts, faults or {}))
    return show(
        "desk/progress/add_file.html",
        status,
        fields=fields,
        faults=faults or {},
        limits=LIMITS,
        ref=ref,
        name=name,
    )
