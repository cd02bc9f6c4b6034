"""Presentations of a programme: what was presented where, and recording one."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.programme_frame import look, trail_to
from portal.doors.desk.short_form import Short, run
from portal.doors.desk.wording import CONFERENCES, VERSION_LABELS
from portal.kernel.clock import day
from portal.kernel.policy import Act, Refusal
from portal.kernel.sealed import Reason
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.presentation import acts as presentation
from portal.office.presentation.acts import PresentationForm, presentations
from portal.office.presentation.rules import Conference, is_frozen_later
from portal.office.programme.reads import programme
from portal.office.programme.tables import Programme, Version
from portal.office.programme.versions import versions
from portal.office.programme.workbook.choices import YES_NO
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.written import day as written_day

pages = Blueprint("presentation", __name__, url_prefix="/van-phong/chuong-trinh/<ref>/trinh-bay")
pages.register_error_handler(CSRFError, give_typing_back)

AS_IT_STANDS = "Bản dự thảo hiện tại (sẽ được khóa thành một phiên bản)"
_BESIDE = {
    Refusal.PRESENTED_IN_FUTURE: "held_on",
    Refusal.PRESENTED_OUT_OF_ORDER: "held_on",
    Refusal.PRESENTED_AFTER: "is_before_decision",
    Refusal.NO_SUCH_VERSION: "version",
}


@pages.get("")
@acts(Act.READ_DRAFT)
def show_list(ref: str) -> Response:
    """Where the programme was presented, each time with the version that was."""
    with work() as w:
        draft, facts = look(w, ref)
        told = [_told(w, one) for one in presentations(w, draft)]
    return show("desk/presentation/list.html", told=told, **facts)


def _told(w: Work, one: Any) -> dict[str, Any]:
    cited = w.session.get_one(Version, one.version_id)
    held_on = one.held_on.open(reason=Reason.APPRAISAL)
    return {
        "key": one.id,
        "kind": CONFERENCES[Conference(one.kind)],
        "held_on": held_on,
        "conference": one.conference.open(reason=Reason.APPRAISAL),
        "version": cited.number,
        "is_later": is_frozen_later(day(cited.made_at), held_on),
        "recorded_at": one.recorded_at,
    }


@pages.route("/moi", methods=["GET", "POST"])
@acts(Act.PRESENT)
@keeps_typing
def record(ref: str) -> Response:
    """Record a presentation."""
    with work() as w:
        draft, facts = look(w, ref, Act.PRESENT)
        known = _known(w, draft)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        presentation.record(w, programme(w, ref), PresentationForm(**values), by=actor(me()))

    back = url_for("presentation.show_list", ref=ref)
    return run(
        Short(
            title="Ghi nhận một lần trình bày",
            columns=_columns(known),
            save=save,
            done="Đã ghi nhận. Nội dung này chỉ dùng nội bộ, không bao giờ công khai.",
            onward=back,
            trail=trail_to(ref, facts["name"], (back, "Trình bày")),
            button="Ghi nhận",
            texts={"version": AS_IT_STANDS},
            said=(
                "Chỉ ghi ngày, hội nghị và phiên bản đã trình bày. Không ghi kết quả bỏ phiếu, "
                "nhân sự khác, kết luận thẩm tra, xác minh hay kê khai tài sản.",
            ),
            beside=_BESIDE,
        )
    )


def _known(w: Work, draft: Programme) -> Mapping[str, object]:
    found = {_label(v): v.number for v in reversed(versions(w, draft))}
    return {AS_IT_STANDS: 0, **found}


def _label(v: Version) -> str:
    return f"Phiên bản {v.number}, {written_day(day(v.made_at))}: {VERSION_LABELS.get(v.label, v.label)}"


def _columns(known: Mapping[str, object]) -> tuple[Column, ...]:
    return (
        Column(
            name="kind", heading="Hội nghị nào", kind=Kind.CHOICE, needed=True, example="", note="",
            words={label: kind for kind, label in CONFERENCES.items()},
        ),
        Column(
            name="held_on", heading="Ngày họp", kind=Kind.DATE, needed=True, example="",
            note="Ngày/tháng/năm, không sau hôm nay.",
        ),
        Column(
            name="conference", heading="Tên hội nghị", needed=True, example="",
            note="Ví dụ: Hội nghị tập thể lãnh đạo mở rộng UBND phường.",
        ),
        Column(
            name="version", heading="Phiên bản đã trình bày", kind=Kind.CHOICE, needed=True, example="",
            note="Chọn đúng bản đã đọc tại hội nghị. Phiên bản đã khóa thì không ai sửa được.", words=known,
        ),
        Column(
            name="is_before_decision", heading="Trình bày trước khi hội nghị biểu quyết", kind=Kind.CHOICE,
            needed=True, example="", note="Theo quy trình 5 bước, trình bày luôn đi trước.", words=YES_NO,
        ),
    )  # fmt: skip


@pages.post("/<int:key>/bo")
@acts(Act.PRESENT)
def remove(ref: str, key: int) -> Response:
    """Take back a record made by mistake."""
    with work() as w:
        presentation.remove(w, programme(w, ref), key, by=actor(me()))
    flash("Đã bỏ ghi nhận. Phiên bản đã khóa vẫn còn.", "success")
    return redirect(url_for("presentation.show_list", ref=ref), 303)
