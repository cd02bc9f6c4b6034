"""Whose advice was asked while drafting: role, day, gist; for the office only."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.answering import run
from portal.doors.desk.columns import consultation_columns, texts_of
from portal.doors.desk.draft_form import DraftForm, Filled, Loaded
from portal.doors.desk.gate import acts, keeps_typing
from portal.doors.desk.pages.draft_blueprint import pages
from portal.doors.desk.pages.draft_names import changed_by, name_of
from portal.doors.desk.screens import Group, Sheet, fields_of
from portal.kernel.policy import Act, Actor
from portal.kernel.work import Work
from portal.office.programme.desk_draft import open_to_edits
from portal.office.programme.editing import add_consultation, consultation_in, edit_consultation
from portal.office.programme.portrait import portray_consultation
from portal.office.programme.workbook.form import ConsultationForm


class Consultation(DraftForm):
    """The consultation ``key`` of the draft ``ref``; key 0 is a new one."""

    def __init__(self, ref: str, key: int) -> None:
        self.ref, self.key = ref, key
        self.title = "Ý kiến tham vấn" if key else "Thêm ý kiến tham vấn"

    def groups(self, loaded: Loaded, sheet: Sheet, *, more: int) -> list[Group]:
        """All in one."""
        return [Group("Tham vấn", fields_of(loaded.columns, sheet))]

    def load(self, w: Work, by: Actor) -> Loaded:
        """As it stands, or empty."""
        draft = open_to_edits(w, self.ref, by=by)
        row = consultation_in(draft, self.key) if self.key else None
        columns = consultation_columns()
        return Loaded(
            columns,
            texts_of(portray_consultation(row), columns) if row else {},
            version=row.version if row else 0,
            changed=changed_by(w, row) if row else None,
            programme_ref=draft.ref,
            programme_name=name_of(draft),
        )

    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Store it."""
        form = ConsultationForm(**filled.values)
        if self.key:
            edit_consultation(w, self.ref, self.key, form, expected=expected, by=by)
        else:
            add_consultation(w, self.ref, form, by=by)
        flash("Đã lưu ý kiến tham vấn.", "success")
        return url_for("draft.show_programme", ref=self.ref, _anchor="tham-van")


@pages.route("/<ref>/tham-van/moi", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def new_consultation(ref: str) -> Response:
    """The form of a new consultation."""
    return run(Consultation(ref, 0))


@pages.route("/<ref>/tham-van/<int:key>", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def consultation(ref: str, key: int) -> Response:
    """The form of a consultation."""
    return run(Consultation(ref, key))
