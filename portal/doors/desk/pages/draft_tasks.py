"""The key tasks of a draft: where it sticks, what is wanted, what is done about it."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.answering import run
from portal.doors.desk.columns import marks_of, task_columns, texts_of
from portal.doors.desk.draft_form import DraftForm, Filled, Loaded
from portal.doors.desk.gate import acts, keeps_typing
from portal.doors.desk.pages.draft_blueprint import pages
from portal.doors.desk.pages.draft_names import changed_by, name_of
from portal.doors.desk.screens import Group, Sheet, fields_of
from portal.kernel.policy import Act, Actor
from portal.kernel.work import Work
from portal.office.programme.desk_draft import open_to_edits, task_in
from portal.office.programme.editing import add_task, edit_task
from portal.office.programme.portrait import portray_task
from portal.office.programme.workbook.form import Part, TaskForm

_GROUPS = (
    ("Nhiệm vụ", ("title", "areas"), ""),
    ("Điểm nghẽn → mục tiêu → giải pháp", ("bottleneck", "objective", "solution"),
     "Nêu vấn đề đang vướng kèm số liệu, kết quả muốn đạt, rồi cách làm. Cam kết thêm ở bước sau."),
    ("Công khai", ("disclosed", "withheld_basis"), ""),
)  # fmt: skip


class _Task(DraftForm):
    """What both forms of this page share."""

    def groups(self, loaded: Loaded, sheet: Sheet, *, more: int) -> list[Group]:
        """The task, the way from bottleneck to solution, the mark."""
        fields = {field.name: field for field in fields_of(loaded.columns, sheet)}
        made = [
            Group(heading, tuple(fields[n] for n in names if n in fields), note=note)
            for heading, names, note in _GROUPS
        ]
        return [group for group in made if group.fields]


class NewTask(_Task):
    """A task to be added to the draft ``ref``."""

    title = "Thêm nhiệm vụ trọng tâm"

    def __init__(self, ref: str) -> None:
        self.ref = ref

    def load(self, w: Work, by: Actor) -> Loaded:
        """Empty, and withheld until marked otherwise."""
        draft = open_to_edits(w, self.ref, by=by)
        return Loaded(
            task_columns(),
            {"disclosed": "Không"},
            programme_ref=draft.ref,
            programme_name=name_of(draft),
        )

    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Add it."""
        made = add_task(w, self.ref, _form(filled), by=by)
        flash("Đã thêm nhiệm vụ. Việc tiếp theo: thêm cam kết cho nhiệm vụ này.", "success")
        return url_for("draft.show_programme", ref=self.ref, _anchor=f"nv-{made.ref}")


class EditTask(_Task):
    """The task ``item`` of the draft ``ref``."""

    def __init__(self, ref: str, item: str) -> None:
        self.ref, self.item, self.title = ref, item, "Nhiệm vụ trọng tâm"

    def load(self, w: Work, by: Actor) -> Loaded:
        """As it stands."""
        draft = open_to_edits(w, self.ref, by=by)
        row = task_in(draft, self.item)
        stored = portray_task(row)
        is_moral = stored.part is Part.MORAL
        self.title = "Phần tu dưỡng, rèn luyện" if is_moral else f"Nhiệm vụ {stored.number}"
        columns = task_columns(marks=not is_moral, basis=stored.withheld_basis)
        return Loaded(
            columns,
            texts_of(stored, columns),
            version=row.version,
            changed=changed_by(w, row),
            programme_ref=draft.ref,
            programme_name=name_of(draft),
            more={"marks": stored.disclosed, "basis": stored.withheld_basis},
        )

    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Store it."""
        if "disclosed" not in filled.values:  # the moral part has no mark of its own
            row = portray_task(task_in(open_to_edits(w, self.ref, by=by), self.item))
            kept = {"disclosed": row.disclosed, "withheld_basis": row.withheld_basis}
            form = _form(filled, **kept)
        else:
            form = _form(filled)
        edit_task(w, self.ref, self.item, form, expected=expected, by=by)
        flash("Đã lưu nhiệm vụ.", "success")
        return url_for("draft.show_programme", ref=self.ref, _anchor=f"nv-{self.item}")


def _form(filled: Filled, **marks: object) -> TaskForm:
    said = {name: filled.values[name] for name in ("title", "bottleneck", "objective", "solution", "areas")}
    return TaskForm(row=0, number=0, **said, **(marks or marks_of(filled.values)))  # type: ignore[arg-type]  # the fields are the form's own


@pages.route("/<ref>/nhiem-vu/moi", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def new_task(ref: str) -> Response:
    """The form of a new task."""
    return run(NewTask(ref))


@pages.route("/<ref>/nhiem-vu/<item>", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def task(ref: str, item: str) -> Response:
    """The form of a task."""
    return run(EditTask(ref, item))
