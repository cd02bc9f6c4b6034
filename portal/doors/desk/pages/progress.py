"""How commitments go: what is due, each commitment's series, and the marks of what is public."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk import course_view
from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.viewpoint import calendar, viewpoint
from portal.doors.readings import draw_course, row_of
from portal.kernel.policy import Act, Matter, refusal_of, require
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.programme.desk_draft import commitment_in
from portal.office.programme.reads import matter, programme, programme_of_commitment
from portal.office.programme.tables import Commitment, Programme
from portal.office.progress import acts as progress
from portal.office.progress.course import course_of
from portal.office.progress.due import begun_on, due_for, due_in
from portal.record.updates import update_due_on

pages = Blueprint("progress", __name__, url_prefix="/van-phong/tien-do")
pages.register_error_handler(CSRFError, give_typing_back)


@pages.get("")
@acts(Act.READ_PROGRESS)
def show_due() -> Response:
    """Every commitment I am concerned with whose update is due, the most urgent first."""
    with work() as w:
        found = due_for(w, actor(me()), calendar=calendar())
        today = w.today
    return show("desk/progress/due.html", found=found, today=today, title="Cập nhật tiến độ")


@pages.get("/chuong-trinh/<ref>")
@acts(Act.READ_PROGRESS)
def show_programme(ref: str) -> Response:
    """The commitments of one programme, each with its next update."""
    with work() as w:
        draft = programme(w, ref)
        require(actor(me()), Act.READ_PROGRESS, matter(w, draft))
        found = due_in(w, draft, calendar=calendar())
        today, title = w.today, f"Tiến độ: {name_of(draft)}"
    return show("desk/progress/due.html", found=found, today=today, title=title)


@pages.get("/<ref>")
@acts(Act.READ_PROGRESS)
def show_series(ref: str) -> Response:
    """One commitment: its series, causes, steps and files, and what is due."""
    with work() as w:
        draft, row = look(w, ref)
        view, seen = viewpoint(), matter(w, draft)
        course = course_of(row, appraised_on=begun_on(draft))
        facts: dict[str, Any] = {
            "ref": row.ref,
            "programme_ref": draft.ref,
            "programme_name": name_of(draft),
            "is_public": _is_public(draft, row),
            "place": row.place,
            "course": course,
            "row": row_of(course, view) if course else None,
            "drawing": draw_course(course, today=view.today) if course else None,
            "due_on": update_due_on(course) if course else None,
            "reports": course_view.reports_of(w, row),
            "causes": course_view.causes_of(w, row),
            "steps": course_view.steps_of(row),
            "files": course_view.files_of(w, row),
            "today": view.today,
        }
    return show("desk/progress/series.html", may=_may(seen), **facts)


@pages.post("/<ref>/cong-khai/<int:key>")
@acts(Act.DISCLOSE)
def mark(ref: str, key: int) -> Response:
    """Mark a report or a cause as public, or withheld."""
    disclosed = request.form.get("disclosed") == "1"
    with work() as w:
        progress.mark(w, ref, key, disclosed=disclosed, by=actor(me()))
    flash(MARKED[disclosed], "success")
    return redirect(url_for("progress.show_series", ref=ref), 303)


MARKED = {
    True: "Đã đánh dấu công khai. Người dân thấy sau khi người công bố duyệt.",
    False: "Đã bỏ dấu công khai. Nếu đang công khai, nội dung được gỡ khi người công bố duyệt và nêu lý do.",
}


def look(w: Work, ref: str) -> tuple[Programme, Commitment]:
    """The commitment ``ref`` with its programme, for one who may see how it goes. Raises Refused."""
    draft = programme_of_commitment(w, ref)
    require(actor(me()), Act.READ_PROGRESS, matter(w, draft))
    return draft, commitment_in(draft, ref.strip().lower())[1]


def _may(seen: Matter) -> SimpleNamespace:
    """What the officer may do here."""
    wanted = {"report": Act.REPORT_PROGRESS, "confirm": Act.CONFIRM_PROGRESS, "disclose": Act.DISCLOSE}
    return SimpleNamespace(
        **{name: refusal_of(actor(me()), act, seen) is None for name, act in wanted.items()}
    )


def _is_public(draft: Programme, row: Commitment) -> bool:
    return row.disclosed and any(task.disclosed for task in draft.tasks if task.id == row.task_id)
