"""Long work at the desk: what I asked for, how far it is, what came of it; the tab may be closed."""

from io import BytesIO

from flask import Blueprint, flash, jsonify, redirect, send_file, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, me, signed_in_only
from portal.doors.desk.pages import show
from portal.kernel.policy import Act, Refusal, Refused, may_somewhere
from portal.kernel.work import work
from portal.office.accounts.reads import actor
from portal.office.jobs import acts as long_work
from portal.office.jobs import shelf
from portal.office.jobs.events import JobFileTaken
from portal.office.jobs.reads import Seen, job_of, jobs_of, seen
from portal.office.jobs.rules import ACTS, JobKind, JobState

pages = Blueprint("jobs", __name__, url_prefix="/van-phong/viec")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    JobKind.READ_WORKBOOK: "Đọc sổ tính lớn",
    JobKind.EXPORT_LISTS: "Xuất danh mục chương trình, cam kết, kiểm điểm",
    JobKind.REBUILD_INDEX: "Dựng lại chỉ mục tìm kiếm",
    JobKind.FREEZE_PERIOD: "Chốt kỳ đánh giá, lập bản tổng hợp",
}
# state -> word, tone, shape (templates/parts/marks.html)
STATES: dict[JobState, tuple[str, str, str]] = {
    JobState.WAITING: ("Đang chờ đến lượt", "neutral", "not-yet"),
    JobState.RUNNING: ("Đang chạy", "note", "going"),
    JobState.DONE: ("Đã xong", "good", "check"),
    JobState.FAILED: ("Không thực hiện được", "late", "overdue"),
    JobState.INTERRUPTED: ("Bị dừng giữa chừng", "warn", "pause"),
}


@pages.get("")
@signed_in_only
def show_mine() -> Response:
    """What I asked for, newest first, and what I may ask for."""
    with work() as w:
        found = jobs_of(w, actor(me()))
    may = {act.value: may_somewhere(actor(me()), act) for act in (Act.EXPORT_LISTS, Act.REBUILD_INDEX)}
    return show("desk/jobs/mine.html", found=found, kinds=KINDS, states=STATES, may=may)


@pages.get("/<int:key>")
@signed_in_only
def show_one(key: int) -> Response:
    """How far one job is."""
    found = _seen(key)
    may = may_somewhere(actor(me()), ACTS[found.kind])
    return show("desk/jobs/one.html", job=found, kinds=KINDS, states=STATES, words=_words(found), may=may)


@pages.get("/<int:key>/nay")
@signed_in_only
def tell(key: int) -> Response:
    """How far one job is, for the script of its page."""
    found = _seen(key)
    return jsonify(done=found.done, total=found.total, words=_words(found), over=found.is_over)


@pages.get("/<int:key>/tep")
@signed_in_only
def take_file(key: int) -> Response:
    """The file a job of mine made, while I still may do what it was asked for."""
    with work() as w:
        row = job_of(w, key, actor(me()))
        _require_somewhere(JobKind(row.kind))
        data = shelf.read(w.settings.instance, row.file) if row.state == JobState.DONE.value else None
        if data is None:
            raise Refused(Refusal.JOB_FILE_GONE)
        w.tell(JobFileTaken(by=me().id, job=str(row.id), kind=row.kind))
        day = f"{w.today:%Y-%m-%d}"
    answer = send_file(BytesIO(data), XLSX, as_attachment=True, download_name=f"danh-muc-{day}.xlsx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/<int:key>/lai")
@signed_in_only
def begin_again(key: int) -> Response:
    """Once more, what was cut off or failed."""
    with work() as w:
        row = job_of(w, key, actor(me()))
        _require_somewhere(JobKind(row.kind))
        long_work.begin_again(w, key, by=actor(me()))
    flash("Việc này đang chờ đến lượt chạy lại.", "success")
    return redirect(url_for("jobs.show_one", key=key), 303)


@pages.post("/danh-muc")
@acts(Act.EXPORT_LISTS)
def export() -> Response:
    """Ask for the lists as a workbook."""
    return _asked(JobKind.EXPORT_LISTS)


@pages.post("/chi-muc")
@acts(Act.REBUILD_INDEX)
def rebuild() -> Response:
    """Ask for the search index to be built anew."""
    return _asked(JobKind.REBUILD_INDEX)


def _asked(kind: JobKind) -> Response:
    with work() as w:
        key = long_work.ask(w, kind, by=actor(me()), about={}).id
    return redirect(url_for("jobs.show_one", key=key), 303)


def _seen(key: int) -> Seen:
    with work() as w:
        return seen(w, job_of(w, key, actor(me())))


def _require_somewhere(kind: JobKind) -> None:
    if not may_somewhere(actor(me()), ACTS[kind]):
        raise Refused(Refusal.NOT_YOUR_ROLE)


def _words(job: Seen) -> str:
    """How far it is, in words."""
    word = STATES[job.state][0]
    if job.state is not JobState.RUNNING:
        return word
    if not job.total:
        return f"{word}, chưa tính được còn bao nhiêu"
    return f"{word}: {job.done} / {job.total} ({100 * job.done // job.total}%)"
