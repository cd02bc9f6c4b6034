"""The commitments of a draft: a form in the order of the five "rõ", with the report beside each field."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.answering import run
from portal.doors.desk.columns import commitment_columns, marks_of, texts_of
from portal.doors.desk.draft_form import DraftForm, Filled, Loaded
from portal.doors.desk.gate import acts, keeps_typing
from portal.doors.desk.milestones import read_rows, rows_in
from portal.doors.desk.milestones import texts_of as milestone_texts
from portal.doors.desk.pages.draft_blueprint import pages
from portal.doors.desk.pages.draft_names import changed_by, name_of, task_name
from portal.doors.desk.screens import Field, Group, Sheet, fields_of, milestones_field
from portal.kernel.policy import Act, Actor
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.commitment.rules import ClarityReport
from portal.office.programme.clarity import assess_typed
from portal.office.programme.desk_draft import commitment_in, open_to_edits, task_in
from portal.office.programme.editing import add_commitment, add_moral_commitment, edit_commitment
from portal.office.programme.portrait import portray_commitment
from portal.office.programme.tables import KeyTask, Programme
from portal.office.programme.workbook.form import CommitmentForm, Part
from portal.record.documents import Origin

PLACE = "Xếp vào"
_GROUPS = (
    (PLACE, "", ("task_number", "standard"), ""),
    ("Rõ việc", "task", ("text", "indicator"),
     "Làm việc gì, đối với cái gì, đo bằng gì. Tránh “tăng cường”, “đẩy mạnh” nếu không kèm con số."),
    ("Rõ kết quả (sản phẩm)", "result",
     ("direction", "measure_unit", "baseline", "baseline_on", "baseline_source", "target", "deliverable",
      "evidence_plan"),
     "Từ mức nào, đến mức nào, ra sản phẩm gì, xem ở đâu. Việc chỉ có sản phẩm thì chọn “Hoàn thành”."),
    ("Rõ thời gian", "time", ("deadline", "frequency", "milestones"), ""),
    ("Rõ người", "person", ("accountable",), ""),
    ("Rõ trách nhiệm", "responsibility", ("mode", "coordinators"), ""),
    ("Rõ thẩm quyền", "authority", ("authority",), ""),
    ("Nguồn gốc và công khai", "", ("origin", "disclosed", "withheld_basis"), ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mandate:
    """What the clarity rules must know of the programme around a commitment."""

    starts_on: date
    ends_on: date
    profile: str
    task_numbers: dict[str, int]


class _Commitment(DraftForm):
    """What the forms of this page share."""

    has_milestones = True
    is_moral = False

    def groups(self, loaded: Loaded, sheet: Sheet, *, more: int) -> list[Group]:
        """By the criterion each field answers to."""
        rows = read_rows(sheet.texts)[1] if "milestones" in sheet.faults else rows_in(sheet.texts)
        fields: dict[str, Field] = {field.name: field for field in fields_of(loaded.columns, sheet)}
        fields["milestones"] = milestones_field(rows, sheet, more=more)
        return [
            Group(heading, tuple(fields[n] for n in names if n in fields), code, note)
            for heading, code, names, note in _GROUPS
        ]

    def report(self, loaded: Loaded, filled: Filled, today: date) -> ClarityReport | None:
        """How clear it is as typed."""
        around: Mandate = loaded.more["mandate"]
        form = form_of(filled, 0)
        return assess_typed(form, around.starts_on, around.ends_on, around.profile, today=today)

    def onward(self, w: Work, loaded_more: Mandate, form: CommitmentForm, item: str, ref: str) -> str:
        """Where to go once it is stored: back to it while it is unclear, else to the programme."""
        report = assess_typed(
            form, loaded_more.starts_on, loaded_more.ends_on, loaded_more.profile, today=w.today
        )
        if report.is_clear:
            flash("Đã lưu cam kết. Cam kết đạt các tiêu chí “rõ”.", "success")
            return url_for("draft.show_programme", ref=ref, _anchor=f"ck-{item}")
        flash("Đã lưu cam kết. Còn chỗ chưa rõ, xem ghi chú cạnh từng mục dưới đây.", "info")
        return url_for("draft.commitment", ref=ref, item=item)


class NewCommitment(_Commitment):
    """A commitment to be added to the draft ``ref``: to the task ``item``, or to the moral part."""

    def __init__(self, ref: str, item: str) -> None:
        self.ref, self.item, self.is_moral = ref, item, not item
        self.title = "Thêm cam kết tu dưỡng, rèn luyện" if self.is_moral else "Thêm cam kết"

    def load(self, w: Work, by: Actor) -> Loaded:
        """Empty, and withheld until marked otherwise."""
        draft = open_to_edits(w, self.ref, by=by)
        around = mandate_around(draft, is_moral=self.is_moral)
        texts = {"disclosed": "Không", "origin": "tự đề xuất"}
        if not self.is_moral:
            texts["task_number"] = task_name(task_in(draft, self.item))
        return Loaded(
            commitment_columns(tasks=around.task_numbers, is_moral=self.is_moral),
            texts,
            programme_ref=draft.ref,
            programme_name=name_of(draft),
            more={"mandate": around, "is_task_withheld": _is_withheld(draft, self.item)},
        )

    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Add it."""
        around = mandate_around(open_to_edits(w, self.ref, by=by), is_moral=self.is_moral)
        form = form_of(filled, 0)
        add = add_moral_commitment if self.is_moral else add_commitment
        return self.onward(w, around, form, add(w, self.ref, form, by=by).ref, self.ref)


class EditCommitment(_Commitment):
    """The commitment ``item`` of the draft ``ref``."""

    def __init__(self, ref: str, item: str) -> None:
        self.ref, self.item, self.title = ref, item, "Cam kết"

    def load(self, w: Work, by: Actor) -> Loaded:
        """As it stands."""
        draft = open_to_edits(w, self.ref, by=by)
        task, row = commitment_in(draft, self.item)
        stored = portray_commitment(row, task)
        self.is_moral = task.part == Part.MORAL
        self.title = f"Cam kết {stored.number}"
        around = mandate_around(draft, is_moral=self.is_moral)
        columns = commitment_columns(
            tasks=around.task_numbers, is_moral=self.is_moral, basis=stored.withheld_basis
        )
        return Loaded(
            columns,
            {**texts_of(stored, columns), **milestone_texts(stored.milestones)},
            version=row.version,
            changed=changed_by(w, row),
            programme_ref=draft.ref,
            programme_name=name_of(draft),
            more={"mandate": around, "is_task_withheld": not task.disclosed and not self.is_moral},
        )

    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Store it."""
        draft = open_to_edits(w, self.ref, by=by)
        task, _ = commitment_in(draft, self.item)
        around = mandate_around(draft, is_moral=task.part == Part.MORAL)
        form = form_of(filled, task.place)
        edit_commitment(w, self.ref, self.item, form, expected=expected, by=by)
        return self.onward(w, around, form, self.item, self.ref)


def form_of(filled: Filled, task_number: int) -> CommitmentForm:
    """What was typed; ``task_number`` where the form does not ask for one."""
    said: dict[str, Any] = {
        name: filled.values[name] for name in CommitmentForm.__slots__ if name in filled.values
    }
    said |= {"task_number": said.get("task_number") or task_number, "origin": said["origin"] or _BY_DEFAULT}
    said |= {"standard": said.get("standard") or "", "milestones": filled.milestones}
    return CommitmentForm(row=0, number=0, **{**said, **marks_of(filled.values)})


_BY_DEFAULT = Origin.SELF_PROPOSED


def mandate_around(draft: Programme, *, is_moral: bool) -> Mandate:
    """What surrounds a commitment being edited: its mandate's days and the tasks it may stand in."""
    mandate = draft.mandate
    tasks: list[KeyTask] = [task for task in draft.tasks if (task.part == Part.MORAL) is is_moral]
    return Mandate(
        mandate.starts_on.open(reason=Reason.CLARITY),
        mandate.ends_on.open(reason=Reason.CLARITY),
        draft.profile,
        {task_name(task): task.place for task in tasks},
    )


def _is_withheld(draft: Programme, item: str) -> bool:
    return bool(item) and not task_in(draft, item).disclosed


@pages.route("/<ref>/nhiem-vu/<item>/cam-ket/moi", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def new_commitment(ref: str, item: str) -> Response:
    """The form of a new commitment under a task."""
    return run(NewCommitment(ref, item))


@pages.route("/<ref>/tu-duong/moi", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def new_moral_commitment(ref: str) -> Response:
    """The form of a new commitment of the moral-training part."""
    return run(NewCommitment(ref, ""))


@pages.route("/<ref>/cam-ket/<item>", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def commitment(ref: str, item: str) -> Response:
    """The form of a commitment."""
    return run(EditCommitment(ref, item))
