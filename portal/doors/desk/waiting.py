"""What waits for an officer, by deadline: one list out of every room of the desk."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import select

from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.reply_board import public_name
from portal.doors.desk.viewpoint import calendar
from portal.kernel.clock import day
from portal.kernel.policy import Act, Actor, may_somewhere, refusal_of
from portal.kernel.work import Work
from portal.office.evaluation.ahead import ready_for
from portal.office.guidance.reads import reviews_due_for
from portal.office.moderation.reads import next_case
from portal.office.moderation.sealing import waits_for_a_keeper
from portal.office.movement.reads import decided, ending_soon, movements_for, waiting_for
from portal.office.movement.rules import refusal_to_end
from portal.office.posting import reads as posting
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.office.progress import due as progress
from portal.office.progress.claims import claims_for
from portal.office.replies import reads as replies
from portal.publication.replying import written_matter
from portal.publication.schedules import waiting as scheduled
from portal.publication.theming import may_publish

AHEAD = timedelta(days=14)  # an update or a notice to publish that is further off does not wait yet

_STEPS = {
    "returned": (Act.EDIT_DRAFT, "Hoàn thiện dự thảo được trả lại", "draft.show_programme"),
    "submitted": (Act.APPRAISE, "Thẩm định", "appraisal.show_board"),
    "approved": (Act.PUBLISH, "Xem và công bố", "publication.show_gate"),
}
_BOARDS = {
    posting.Task.PUBLISH: "Công bố trong hạn",
    posting.Task.PUT_UP: "Niêm yết",
    posting.Task.TAKE_DOWN: "Gỡ bản niêm yết",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing to do: what, about which programme, where, until when; None: no day is set."""

    what: str
    about: str
    address: str
    due_on: date | None = None


def waiting_for_me(w: Work, by: Actor) -> list[Waiting]:
    """Everything that waits for ``by``: overdue first, then by deadline, then what has none."""
    found = [one for act, room in ROOMS if may_somewhere(by, act) for one in room(w, by)]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.what, one.about))


def _steps(w: Work, by: Actor) -> Iterable[Waiting]:
    rows = w.session.scalars(select(Programme).where(Programme.state.in_(_STEPS))).unique()
    for draft in rows:
        act, what, endpoint = _STEPS[draft.state]
        if refusal_of(by, act, matter(w, draft)) is None:
            hour = scheduled(w, draft) if draft.state == "approved" else None
            yield Waiting(
                what="Công bố đã hẹn giờ" if hour else what,
                about=name_of(draft),
                address=url_for(endpoint, ref=draft.ref),
                due_on=day(hour.publish_at) if hour else None,
            )


def _updates(w: Work, by: Actor) -> Iterable[Waiting]:
    mine: dict[str, bool] = {}
    for one in progress.due_for(w, by, calendar=calendar()):
        if one.due_on is None or one.due_on > w.today + AHEAD:
            continue
        if one.programme_ref not in mine:
            row = (
                w.session.scalars(select(Programme).where(Programme.ref == one.programme_ref)).unique().one()
            )
            mine[one.programme_ref] = refusal_of(by, Act.REPORT_PROGRESS, matter(w, row)) is None
        if mine[one.programme_ref]:
            yield Waiting(
                what=f"Cập nhật tiến độ: {one.course.text}",
                about=one.programme_name,
                address=url_for("progress.show_series", ref=one.course.ref),
                due_on=one.due_on,
            )


def _claims(w: Work, by: Actor) -> Iterable[Waiting]:
    for draft, count in claims_for(w, by):
        yield Waiting(
            what=f"Xác nhận {count} số liệu mà sổ tính ghi là đã được xác nhận",
            about=name_of(draft),
            address=url_for("progress.show_programme", ref=draft.ref),
        )


def _boards(w: Work, by: Actor) -> Iterable[Waiting]:
    for one in posting.due_for(w, by, calendar=calendar()):
        where = f" tại {one.place}" if one.place else ""
        yield Waiting(
            what=f"{_BOARDS[one.task]}{where}",
            about=one.programme_name,
            address=url_for("posting.show_log", ref=one.programme_ref),
            due_on=one.due_on,
        )


def _reviews(w: Work, by: Actor) -> Iterable[Waiting]:
    for one in reviews_due_for(w, by, calendar=calendar()):
        yield Waiting(
            what=f"Ghi nhận kiểm điểm kỳ {one.period.code}",
            about=one.programme_name,
            address=url_for("reviews.record", ref=one.programme_ref, code=one.period.code),
            due_on=one.due_on,
        )


def _endings(w: Work, by: Actor) -> Iterable[Waiting]:
    for draft, ends_on in ending_soon(w, by):
        yield Waiting(
            what="Báo cáo kết quả trước khi hết nhiệm kỳ",
            about=name_of(draft),
            address=url_for("movement.show_report", ref=draft.ref),
            due_on=ends_on,
        )


def _reappointments(w: Work, by: Actor) -> Iterable[Waiting]:
    for one in ready_for(w, by):
        yield Waiting(
            what="Mở kỳ đánh giá trước bổ nhiệm lại",
            about=name_of(one.draft),
            address=url_for("evaluation.open_one", chuong_trinh=one.draft.ref),
            due_on=one.ends_on,
        )


def _seals(w: Work, by: Actor) -> Iterable[Waiting]:
    if waits_for_a_keeper(w, by):
        yield Waiting(
            what="Phân công người mở nội dung niêm phong",
            about="chưa ai được phân công",
            address=url_for("moderation_sealed.show_list"),
        )


def _cases(w: Work, by: Actor) -> Iterable[Waiting]:
    found = next_case(w, by.id)
    if found is not None:
        yield Waiting(
            what="Kiểm duyệt góp ý",
            about="ý kiến gần hạn nhất",
            address=url_for("moderation.show_queue"),
            due_on=day(found.due_at),
        )


def _decisions(w: Work, by: Actor) -> Iterable[Waiting]:
    for found, draft in movements_for(w, by, Act.MOVE):
        left = sum(not item.fate for item in found.items)
        if found.state == "open" and left:
            yield Waiting(
                what=f"Quyết định {left} cam kết khi chuyển tiếp",
                about=name_of(draft),
                address=url_for("movement.show_one", key=found.id),
                due_on=found.effective_on,
            )


def _closings(w: Work, by: Actor) -> Iterable[Waiting]:
    for found, draft in movements_for(w, by, Act.END):
        items = [decided(item) for item in found.items]
        if found.state == "open" and not refusal_to_end(items, found.effective_on, today=w.today):
            yield Waiting(
                what="Công bố kết thúc chương trình",
                about=name_of(draft),
                address=url_for("movement.show_endings"),
                due_on=found.effective_on,
            )


def _handed_over(w: Work, by: Actor) -> Iterable[Waiting]:
    for item, draft in waiting_for(w, by):
        yield Waiting(
            what="Tiếp nhận cam kết được chuyển giao",
            about=name_of(draft),
            address=url_for("movement.take_over", key=item.id),
        )


def _answers(w: Work, by: Actor) -> Iterable[Waiting]:
    for theme, draft in replies.owed(w):
        if refusal_of(by, Act.REPLY, matter(w, draft)) is None:
            yield Waiting(
                what="Giải trình nhóm góp ý",
                about=public_name(w, draft.ref),
                address=url_for("replies.write", ref=draft.ref, about=theme.ref),
                due_on=theme.due_on,
            )
    for reply, draft in replies.replies_in(w, "returned"):
        if refusal_of(by, Act.REPLY, matter(w, draft)) is None:
            yield Waiting(
                what="Viết lại câu trả lời bị trả lại",
                about=public_name(w, draft.ref),
                address=url_for("replies.write", ref=draft.ref, about=reply.about),
            )


def _replies(w: Work, by: Actor) -> Iterable[Waiting]:
    for reply, draft in replies.replies_in(w, "waiting"):
        if refusal_of(by, Act.PUBLISH_REPLY, written_matter(w, draft, reply)) is None:
            yield Waiting(
                what="Xem và công bố câu trả lời",
                about=public_name(w, draft.ref),
                address=url_for("replies.publish", ref=draft.ref, key=reply.id),
            )


def _themes(w: Work, by: Actor) -> Iterable[Waiting]:
    for theme, draft in replies.themes_waiting(w):
        if may_publish(w, draft, theme, by):
            yield Waiting(
                what="Xem và công bố nhóm góp ý",
                about=public_name(w, draft.ref),
                address=url_for("replies.let_out", ref=draft.ref, theme=theme.ref),
            )


ROOMS: tuple[tuple[Act, Callable[[Work, Actor], Iterable[Waiting]]], ...] = (
    (Act.READ_DRAFT, _steps),
    (Act.REPORT_PROGRESS, _updates),
    (Act.CONFIRM_PROGRESS, _claims),
    (Act.POST, _boards),
    (Act.REVIEW, _reviews),
    (Act.MOVE, _endings),
    (Act.OPEN_PERIOD, _reappointments),
    (Act.MOVE, _decisions),
    (Act.TAKE_OVER, _handed_over),
    (Act.END, _closings),
    (Act.MODERATE, _cases),
    (Act.OPEN_SEALED, _seals),
    (Act.REPLY, _answers),
    (Act.PUBLISH_REPLY, _replies),
    (Act.PUBLISH_THEME, _themes),
)
