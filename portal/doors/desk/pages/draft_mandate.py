"""Beginning a programme, and changing whose it is: the declaration first, then person, post and time."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.answering import run
from portal.doors.desk.columns import mandate_columns, texts_of
from portal.doors.desk.draft_form import DraftForm, Filled, Loaded
from portal.doors.desk.duty import titles_with_duty
from portal.doors.desk.gate import acts, keeps_typing
from portal.doors.desk.pages.draft_blueprint import pages
from portal.doors.desk.pages.draft_names import changed_by, name_of
from portal.doors.desk.screens import Group, Sheet, fields_of
from portal.kernel.policy import Act, Actor
from portal.kernel.work import Work
from portal.office.commitment.profiles import profiles
from portal.office.programme.desk_draft import open_to_edits
from portal.office.programme.editing import edit_mandate, start
from portal.office.programme.listing import units_written_for
from portal.office.programme.portrait import portray_mandate
from portal.office.programme.workbook.form import MandateForm
from portal.office.programme.workbook.info import DEFAULT_PROFILE
from portal.office.programme.workbook.wording import SENTENCES, Reason
from portal.office.programme.written import day
from portal.office.units.tables import Unit

NOT_SWORN = (
    "Ông/bà chưa cam đoan. Hệ thống chỉ nhận nội dung không chứa bí mật nhà nước, bí mật công tác: nếu đúng "
    "như vậy, ông/bà đánh dấu vào ô này."
)
_GROUPS = (
    ("Cam đoan", ("declaration", "declared_by"),
     "Việc đầu tiên. Tài liệu có độ mật không được đưa lên hệ thống này, kể cả để ở chế độ không công khai."),
    ("Cán bộ và chức vụ", ("cadre_name", "post", "unit_code", "assigned_fields", "track"), ""),
    ("Thời hạn bổ nhiệm hoặc nhiệm kỳ", ("mandate_from", "mandate_to"), ""),
    ("Quyết định", ("decision_number", "decision_on", "decision_issuer"),
     "Để trống khi chưa có. Chỉ công bố được sau khi có quyết định bổ nhiệm hoặc kết quả bầu cử."),
    ("Bộ tiêu chí và lời mở đầu", ("profile_code", "preface"), ""),
)  # fmt: skip


class _About(DraftForm):
    """What both forms of this page share."""

    not_merged = frozenset({"declaration"})

    def groups(self, loaded: Loaded, sheet: Sheet, *, more: int) -> list[Group]:
        """By what an officer has at hand together."""
        fields = {field.name: field for field in fields_of(loaded.columns, sheet)}
        duty = str(loaded.more["duty"])
        return [
            Group(heading, tuple(fields[n] for n in names), note=duty if "post" in names else note)
            for heading, names, note in _GROUPS
        ]

    def check(self, filled: Filled) -> dict[str, str]:
        """The oath, and a mandate that ends after it begins."""
        faults = {} if filled.values["declaration"] else {"declaration": NOT_SWORN}
        begins, ends = filled.values["mandate_from"], filled.values["mandate_to"]
        if begins and ends and ends < begins:
            said = SENTENCES[Reason.ENDS_BEFORE_START].format(start=day(begins), end=day(ends))
            faults["mandate_to"] = said
        return faults


class NewProgramme(_About):
    """A programme that does not exist yet."""

    title = "Soạn chương trình mới"
    is_new = True

    def load(self, w: Work, by: Actor) -> Loaded:
        """Empty, but for what is usual here."""
        units = units_written_for(w, by)
        columns = mandate_columns(units)
        texts = {"profile_code": profiles()[w.settings.clarity_profile].label}
        if len(units) == 1:
            texts["unit_code"] = f"{units[0][1]} ({units[0][0]})"
        return Loaded(columns, texts, more={"duty": titles_with_duty(w, units)})

    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Begin it, and go on to its page."""
        made = start(w, _form(filled), by=by)
        flash("Đã tạo dự thảo. Việc tiếp theo: thêm nhiệm vụ trọng tâm.", "success")
        return url_for("draft.show_programme", ref=made.ref)


class Mandate(_About):
    """The programme ``ref`` itself."""

    title = "Thông tin chung"
    is_new = False

    def __init__(self, ref: str) -> None:
        self.ref = ref

    def load(self, w: Work, by: Actor) -> Loaded:
        """As it stands; the oath is asked for anew."""
        draft = open_to_edits(w, self.ref, by=by)
        stored = portray_mandate(w, draft)
        unit = w.session.get_one(Unit, draft.mandate.unit_id)
        units = units_written_for(w, by)
        here = [] if unit.code in dict(units) else [(unit.code, unit.name)]  # it may have ended meanwhile
        columns = mandate_columns([*units, *here])
        return Loaded(
            columns,
            texts_of(stored, columns),
            version=draft.mandate.version,
            changed=changed_by(w, draft.mandate),
            programme_ref=draft.ref,
            programme_name=name_of(draft),
            more={"duty": titles_with_duty(w, [(unit.code, unit.name)])},
        )

    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Store it."""
        edit_mandate(w, self.ref, _form(filled), expected=expected, by=by)
        flash("Đã lưu thông tin chung.", "success")
        return url_for("draft.show_programme", ref=self.ref)


def _form(filled: Filled) -> MandateForm:
    values = {name: filled.values[name] for name in MandateForm.__slots__}
    return MandateForm(**{**values, "profile_code": values["profile_code"] or DEFAULT_PROFILE})


@pages.route("/moi", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def new_programme() -> Response:
    """The form of a new programme."""
    return run(NewProgramme())


@pages.route("/<ref>/thong-tin", methods=["GET", "POST"])
@keeps_typing
@acts(Act.EDIT_DRAFT)
def mandate(ref: str) -> Response:
    """The form of what a programme is about."""
    return run(Mandate(ref))
