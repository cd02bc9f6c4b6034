"""A draft as its page shows it: parts, tasks and commitments, each with how clear and how public it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from portal.doors.desk.remarks import Criterion, criteria_of
from portal.office.commitment.reasons import Level
from portal.office.commitment.wording import sentence
from portal.office.programme.clarity import Assessed, assessed_form
from portal.office.programme.standards import standards
from portal.office.programme.workbook.disclosure import NO_BASIS
from portal.office.programme.workbook.form import CommitmentForm, Part, ProgrammeForm, TaskForm


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """One commitment of the page."""

    form: CommitmentForm
    found: Assessed
    criteria: tuple[Criterion, ...]
    standard: str
    is_public: bool

    @property
    def met(self) -> int:
        """How many of the criteria that count are met."""
        return sum(one.is_needed and one.state != "failing" for one in self.criteria)

    @property
    def needed(self) -> int:
        """How many criteria count."""
        return sum(one.is_needed for one in self.criteria)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The criteria that are not met."""
        return tuple(one.label for one in self.criteria if one.is_needed and one.state == "failing")

    @property
    def has_ground(self) -> bool:
        """Whether it is public, or says on what ground it is not."""
        return self.form.disclosed or self.form.withheld_basis not in ("", NO_BASIS)

    @property
    def failures(self) -> tuple[str, ...]:
        """What stands in the way."""
        return tuple(sentence(one) for one in self.found.report.findings if one.level is Level.FAIL)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the appraiser is asked to look at."""
        return tuple(sentence(one) for one in self.found.report.warnings)


@dataclass(frozen=True, slots=True)
class TaskView:
    """One key task of the page."""

    form: TaskForm
    commitments: tuple[CommitmentView, ...]

    @property
    def has_ground(self) -> bool:
        """Whether it is public, or says on what ground it is not."""
        return self.form.disclosed or self.form.withheld_basis not in ("", NO_BASIS)


@dataclass(frozen=True, slots=True)
class DraftView:
    """The whole page."""

    form: ProgrammeForm
    tasks: tuple[TaskView, ...]
    moral: TaskView | None

    @property
    def commitments(self) -> tuple[CommitmentView, ...]:
        """All of them, in order."""
        every = (*self.tasks, *((self.moral,) if self.moral else ()))
        return tuple(one for task in every for one in task.commitments)

    @property
    def unclear(self) -> tuple[CommitmentView, ...]:
        """Those that do not meet every criterion that counts."""
        return tuple(one for one in self.commitments if one.lacking)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the appraiser will be asked to look at."""
        return tuple(said for one in self.commitments for said in one.found.warnings)

    @property
    def groundless(self) -> int:
        """How many withheld items say no ground."""
        tasks = sum(not task.has_ground for task in self.tasks)
        return tasks + sum(not one.has_ground for one in self.commitments)


@dataclass(frozen=True, slots=True)
class Step:
    """One step to a draft ready for appraisal; ``href`` leads to where it is taken, empty where it is not."""

    label: str
    note: str
    is_done: bool
    href: str = ""


def view_of(form: ProgrammeForm, *, today: date) -> DraftView:
    """The page of ``form``, stored or not."""
    found = {one.place: one for one in assessed_form(form, today=today)}
    tasks = [_task(task, form, found) for task in form.tasks]
    work = tuple(task for task in tasks if task.form.part is not Part.MORAL)
    moral = next((task for task in tasks if task.form.part is Part.MORAL), None)
    return DraftView(form, work, moral)


def _task(task: TaskForm, form: ProgrammeForm, found: Mapping[int, Assessed]) -> TaskView:
    own = [one for one in form.commitments if one.task_number == task.number]
    return TaskView(task, tuple(_commitment(one, found[one.number]) for one in own))


def _commitment(one: CommitmentForm, found: Assessed) -> CommitmentView:
    return CommitmentView(
        form=one,
        found=found,
        criteria=tuple(criteria_of(found.report)),
        standard=standards().label(one.standard),
        is_public=found.is_public,
    )


def steps_of(view: DraftView, ref: str, state: str) -> Sequence[Step]:
    """What is done and what comes next, in order."""
    count, unclear = len(view.commitments), len(view.unclear)
    public = sum(one.is_public for one in view.commitments)
    empty = [task for task in view.tasks if not task.commitments]
    decided = view.form.decision_number and view.form.decision_on and view.form.decision_issuer
    new_task = url_for("draft.new_task", ref=ref)
    add = url_for("draft.new_commitment", ref=ref, item=empty[0].form.ref) if empty else ""
    fix = url_for("draft.commitment", ref=ref, item=view.unclear[0].form.ref) if unclear else ""
    return (
        Step(
            "Thông tin chung", "đã có quyết định" if decided else "chưa có quyết định, cần trước khi công bố",
            True, url_for("draft.mandate", ref=ref),
        ),
        Step("Nhiệm vụ trọng tâm", f"{len(view.tasks)} nhiệm vụ", bool(view.tasks), new_task),
        Step(
            "Cam kết", f"{count} cam kết" + (f", {len(empty)} nhiệm vụ chưa có" if empty else ""),
            bool(count) and not empty, add,
        ),
        Step(
            "Rõ từng cam kết",
            f"{unclear} cam kết còn chỗ chưa rõ" if unclear else "tất cả đều rõ" if count else "",
            bool(count) and not unclear, fix,
        ),
        Step(
            "Đánh dấu công khai", f"{public} công khai, {count - public} không"
            + (f"; {view.groundless} chưa ghi căn cứ" if view.groundless else ""),
            bool(public) and not view.groundless, "#nhiem-vu" if count else "",
        ),
        Step(
            "Gửi thẩm định", "đã gửi" if state == "submitted" else "",
            state in ("submitted", "approved", "published"),
            url_for("draft.hand_over", ref=ref) if count and state in ("draft", "returned") else "",
        ),
    )  # fmt: skip
