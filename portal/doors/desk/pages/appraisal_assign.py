"""Assigning into a programme under appraisal: a commitment with the report beside each field, and why."""

from dataclasses import replace

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.answering import run
from portal.doors.desk.columns import commitment_columns, task_columns
from portal.doors.desk.draft_form import Filled, Loaded
from portal.doors.desk.gate import acts, keeps_typing
from portal.doors.desk.pages.appraisal import pages
from portal.doors.desk.pages.draft_commitments import NewCommitment, form_of, mandate_around
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.screens import Group, Sheet, fields_of
from portal.kernel.policy import Act, Actor, Refusal, Refused
from portal.kernel.work import Work
from portal.office.appraisal.acts import assign
from portal.office.appraisal.rules import LEAST
from portal.office.commitment.rules import ClarityReport
from portal.office.programme.desk_draft import take
from portal.office.programme.tables import Programme
from portal.office.programme.workbook.disclosure import NO_BASIS
from portal.office.programme.workbook.form import TaskForm
from portal.office.programme.workbook.layout import Column, Kind
from portal.record.documents import Origin

NEW_TASK = "Nhiệm vụ mới, ghi ở dưới"
_NEW = "new_"
_NOT_ASKED = frozenset({"origin", "disclosed", "withheld_basis"})
_REASON = Column(
    name="reason", heading="Lý do giao", kind=Kind.TEXT, needed=True, example="",
    note=f"Ý kiến bằng văn bản, ít nhất {LEAST} ký tự. Người soạn thấy lý do này; trang công khai không ghi.",
)  # fmt: skip


class Assignment(NewCommitment):
    """A commitment that the appraiser assigns into the programme ``ref``."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref, "")
        self.is_moral, self.title = False, "Giao thêm nhiệm vụ, cam kết"

    def load(self, w: Work, by: Actor) -> Loaded:
        """Empty; where it belongs is chosen."""
        draft = _under_appraisal(w, self.ref, by)
        around = mandate_around(draft, is_moral=False)
        tasks = {**around.task_numbers, NEW_TASK: 0}
        asked = [c for c in commitment_columns(tasks=tasks, is_moral=False) if c.name not in _NOT_ASKED]
        return Loaded(
            (*asked, *_new_task_columns(), _REASON),
            {},
            programme_ref=draft.ref,
            programme_name=name_of(draft),
            more={"mandate": around},
        )

    def groups(self, loaded: Loaded, sheet: Sheet, *, more: int) -> list[Group]:
        """Where it belongs, a new task if it is none of them, the commitment, why it is assigned."""
        place, *others = [g for g in super().groups(loaded, sheet, more=more) if g.fields]
        fresh = fields_of(_new_task_columns(), sheet)
        note = "Chỉ điền khi chọn “Nhiệm vụ mới”."
        reason = Group("Lý do giao", fields_of((_REASON,), sheet))
        return [place, Group("Nhiệm vụ mới", fresh, note=note), *others, reason]

    def check(self, filled: Filled) -> dict[str, str]:
        """A new task has a title; another one needs none."""
        wants_new = filled.values["task_number"] == 0
        if wants_new and not filled.values[f"{_NEW}title"]:
            return {f"{_NEW}title": "Đã chọn nhiệm vụ mới nhưng chưa ghi tên nhiệm vụ."}
        if not wants_new and filled.values[f"{_NEW}title"]:
            return {"task_number": f"Đã ghi tên nhiệm vụ mới; đề nghị chọn “{NEW_TASK}” hoặc xóa tên đó."}
        return {}

    def report(self, loaded: Loaded, filled: Filled, today: object) -> ClarityReport | None:
        """How clear it is as typed."""
        return super().report(loaded, _assigned(filled), today)  # type: ignore[arg-type]  # the form made it of this type

    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Assign it."""
        task = _new_task(filled) if filled.values["task_number"] == 0 else None
        form = form_of(_assigned(filled), 0)
        made = assign(w, self.ref, task, form, reason=filled.values["reason"], by=by)
        flash("Đã giao. Cam kết mới để không công khai cho đến khi được đánh dấu.", "success")
        return url_for("appraisal.show_board", ref=self.ref, _anchor=f"ck-{made.ref}")


def _under_appraisal(w: Work, ref: str, by: Actor) -> Programme:
    draft = take(w, ref, by=by, act=Act.APPRAISE)
    if draft.state != "submitted":
        raise Refused(Refusal.NOT_SUBMITTED)
    return draft


def _new_task_columns() -> tuple[Column, ...]:
    """A task's own fields, under other names and none of them needed."""
    return tuple(
        replace(column, name=_NEW + column.name, needed=False)
        for column in task_columns(marks=False)
        if column.name != "areas"
    )


def _assigned(filled: Filled) -> Filled:
    return Filled({**filled.values, "origin": Origin.ASSIGNED}, filled.milestones, filled.faults)


def _new_task(filled: Filled) -> TaskForm:
    said = {name: filled.values[_NEW + name] for name in ("title", "bottleneck", "objective", "solution")}
    return TaskForm(row=0, number=0, areas=(), disclosed=False, withheld_basis=NO_BASIS, **said)


@pages.route("/giao", methods=["GET", "POST"])
@keeps_typing
@acts(Act.APPRAISE)
def assign_more(ref: str) -> Response:
    """The form of a commitment to be assigned."""
    return run(Assignment(ref))
