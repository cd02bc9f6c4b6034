"""Reviews at the desk: what is overdue where there is a duty, what is voluntary, and recording a review."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.short_form import Short, run
from portal.doors.desk.viewpoint import calendar
from portal.doors.desk.wording import STATES
from portal.kernel.policy import Act, Refusal, Refused, require
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.guidance.acts import record_review
from portal.office.guidance.duty import unpublished_for, voluntary_for
from portal.office.guidance.reads import periods_of, reviews_due_for
from portal.office.programme.reads import matter, programme
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.written import written

pages = Blueprint("reviews", __name__, url_prefix="/van-phong/kiem-diem")
pages.register_error_handler(CSRFError, give_typing_back)

COLUMNS = (
    Column(
        name="held_on", heading="Ngày kiểm điểm", kind=Kind.DATE, needed=True, example=date(2026, 10, 5),
        note="Ngày/tháng/năm, từ ngày cuối kỳ trở đi.",
    ),
    Column(
        name="minutes", heading="Biên bản", needed=True, example="Biên bản số 12 ngày 05/10/2026",
        note="Số, ngày biên bản. Không ghi nội dung kiểm điểm.",
    ),
)  # fmt: skip


@pages.get("")
@acts(Act.REVIEW)
def show_due() -> Response:
    """Every period that ended without a review, what is not public yet, and what is voluntary."""
    with work() as w:
        by = actor(me())
        found = reviews_due_for(w, by, calendar=calendar())
        unpublished = unpublished_for(w, by, calendar=calendar())
        voluntary = voluntary_for(w, by)
    return show(
        "desk/guidance/reviews.html",
        found=found, unpublished=unpublished, voluntary=voluntary, states=STATES,
    )  # fmt: skip


@pages.route("/<ref>/<code>", methods=["GET", "POST"])
@acts(Act.REVIEW)
@keeps_typing
def record(ref: str, code: str) -> Response:
    """A review was held."""
    with work() as w:
        draft = programme(w, ref)
        require(actor(me()), Act.REVIEW, matter(w, draft))
        period = next((one for one in periods_of(w, draft) if one.code == code), None)
        if period is None:
            raise Refused(Refusal.NO_SUCH_PERIOD)
        told = (name_of(draft), f"Kỳ từ {written(period.first)} đến {written(period.last)}")

    def save(w: Work, values: Mapping[str, Any]) -> None:
        record_review(w, ref, code, by=actor(me()), **values)

    onward = url_for("reviews.show_due")
    return run(
        Short(
            title="Ghi nhận kiểm điểm",
            columns=COLUMNS,
            save=save,
            done="Đã ghi nhận kiểm điểm.",
            said=told,
            onward=onward,
            trail=((onward, "Kiểm điểm theo kỳ", ""),),
            beside={
                Refusal.REVIEWED_IN_FUTURE: "held_on",
                Refusal.REVIEWED_TOO_SOON: "held_on",
            },
        )
    )
