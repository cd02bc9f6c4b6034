"""The forms about progress: report and correct, name a cause, confirm, tick a step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.pages.progress import look, pages
from portal.doors.desk.progress_columns import (
    CONFIRMATION,
    STATES,
    STEP,
    cause_columns,
    report_columns,
)
from portal.doors.desk.short_form import Newer, Short, run
from portal.kernel.policy import Act, Refusal, Refused, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.programme.reads import matter
from portal.office.programme.tables import Commitment
from portal.office.programme.workbook.choices import YES_NO
from portal.office.programme.written import written
from portal.office.progress import acts as progress
from portal.office.progress.bodies import body_of
from portal.office.progress.claims import claim_of
from portal.office.progress.form import CauseForm, ConfirmationForm, ReportForm
from portal.office.progress.rules import newest_of
from portal.office.progress.tables import Cause, Progress

CLAIMED = "Sổ tính ghi đã được xác nhận: {}, {}. Đó là lời người soạn; ông/bà đối chiếu với văn bản."
_BESIDE = {
    Refusal.ALREADY_REPORTED: "reported_on",
    Refusal.FIGURE_MISSING: "value",
    Refusal.FIGURE_TOO_MANY: "value",
    Refusal.NO_REASON: "reason",
    Refusal.ENDS_BEFORE_IT_BEGINS: "to_on",
    Refusal.NO_CONFIRMATION: "document",
}


@pages.route("/<ref>/bao-cao", methods=["GET", "POST"])
@acts(Act.REPORT_PROGRESS)
@keeps_typing
def report(ref: str) -> Response:
    """A new report."""
    return _report(ref, None)


@pages.route("/<ref>/bao-cao/<int:key>", methods=["GET", "POST"])
@acts(Act.REPORT_PROGRESS)
@keeps_typing
def correct(ref: str, key: int) -> Response:
    """A report that replaces the one with this key."""
    return _report(ref, key)


@pages.route("/<ref>/nguyen-nhan", methods=["GET", "POST"])
@acts(Act.REPORT_PROGRESS)
@keeps_typing
def name_cause(ref: str) -> Response:
    """A new objective cause."""
    return _cause(ref, None)


@pages.route("/<ref>/nguyen-nhan/<int:key>", methods=["GET", "POST"])
@acts(Act.REPORT_PROGRESS)
@keeps_typing
def correct_cause(ref: str, key: int) -> Response:
    """A cause that replaces the one with this key: it ended, or was put wrongly."""
    return _cause(ref, key)


@pages.route("/<ref>/xac-nhan/<int:key>", methods=["GET", "POST"])
@acts(Act.CONFIRM_PROGRESS)
@keeps_typing
def confirm(ref: str, key: int) -> Response:
    """Confirm a report or a cause for a body, by a document."""
    with work() as w:
        draft, row = look(w, ref)
        require(actor(me()), Act.CONFIRM_PROGRESS, matter(w, draft))
        one = _row(row, key)
        told, claim = _said_of(one), claim_of(one) if isinstance(one, Progress) else None
        texts = {"body": body_of(w, draft, actor(me()))}
        said = [told, "Chỉ xác nhận khi đã có văn bản. Số liệu tự báo cáo vẫn đứng riêng bên cạnh."]
        if claim:
            said.insert(1, CLAIMED.format(claim.body, claim.document))
        around = _around(ref, name_of(draft))

    def save(w: Work, values: Mapping[str, Any]) -> None:
        progress.confirm(w, ref, key, ConfirmationForm(**values), by=actor(me()))

    return run(
        Short(
            title="Xác nhận của cơ quan có thẩm quyền",
            columns=CONFIRMATION,
            save=save,
            done="Đã ghi xác nhận.",
            button="Xác nhận",
            texts=texts,
            said=tuple(said),
            beside=_BESIDE,
            **around,
        )
    )


@pages.route("/<ref>/moc/<int:key>", methods=["GET", "POST"])
@acts(Act.REPORT_PROGRESS)
@keeps_typing
def tick(ref: str, key: int) -> Response:
    """On which day a step was done."""
    with work() as w:
        draft, row = look(w, ref)
        step = next((m for m in row.milestones if m.id == key), None)
        if step is None:
            raise Refused(Refusal.NO_SUCH_ITEM)
        title, due_on, done_on = _open(step.title), _open(step.due_on), _open(step.done_on)
        around = _around(ref, name_of(draft))

    def save(w: Work, values: Mapping[str, Any]) -> None:
        progress.mark_step(w, ref, key, values["done_on"], expected=done_on, by=actor(me()))

    return run(
        Short(
            title="Mốc tiến độ",
            columns=STEP,
            save=save,
            done="Đã ghi mốc tiến độ.",
            texts={"done_on": written(done_on)},
            said=(f"{title} (hạn {written(due_on)})",),
            beside={Refusal.REPORTED_IN_FUTURE: "done_on"},
            **around,
        )
    )


def _report(ref: str, key: int | None) -> Response:
    with work() as w:
        draft, row = look(w, ref)
        require(actor(me()), Act.REPORT_PROGRESS, matter(w, draft))
        unit, indicator, today = _open(row.measure_unit), _open(row.indicator), w.today
        old = _row(row, key) if key else None
        texts = _texts_of_report(old) if isinstance(old, Progress) else _new_report(today)
        around = _around(ref, name_of(draft))

    def save(w: Work, values: Mapping[str, Any]) -> None:
        progress.report(w, ref, ReportForm(**values), by=actor(me()), replaces=key)

    return run(
        Short(
            title="Đính chính báo cáo" if key else "Báo cáo tiến độ",
            columns=report_columns(unit, is_correction=key is not None),
            save=save,
            done="Đã ghi báo cáo tiến độ.",
            texts=texts,
            said=(indicator,),
            beside={**_BESIDE, Refusal.REPORTED_IN_FUTURE: "reported_on"},
            newer=lambda: _newer(ref, key, "progress.correct"),
            **around,
        )
    )


def _cause(ref: str, key: int | None) -> Response:
    with work() as w:
        draft, row = look(w, ref)
        require(actor(me()), Act.REPORT_PROGRESS, matter(w, draft))
        old = _row(row, key) if key else None
        texts = _texts_of_cause(old) if isinstance(old, Cause) else {"disclosed": "Không"}
        around = _around(ref, name_of(draft))

    def save(w: Work, values: Mapping[str, Any]) -> None:
        progress.name_cause(w, ref, CauseForm(**values), by=actor(me()), replaces=key)

    return run(
        Short(
            title="Đính chính nguyên nhân" if key else "Nguyên nhân khách quan",
            columns=cause_columns(is_correction=key is not None),
            save=save,
            done="Đã ghi nguyên nhân. Nguyên nhân chỉ được tính khi cơ quan có thẩm quyền xác nhận.",
            texts=texts,
            beside={**_BESIDE, Refusal.REPORTED_IN_FUTURE: "from_on"},
            newer=lambda: _newer(ref, key, "progress.correct_cause"),
            **around,
        )
    )


def _around(ref: str, name: str) -> dict[str, Any]:
    onward = url_for("progress.show_series", ref=ref)
    trail = (
        (url_for("progress.show_due"), "Cập nhật tiến độ", ""),
        (onward, f"Tiến độ cam kết – {name}", ""),
    )
    return {"onward": onward, "trail": trail}


def _row(row: Commitment, key: int) -> Progress | Cause:
    rows: list[Progress | Cause] = [*row.progress, *row.causes]
    found = next((one for one in rows if one.id == key), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    return found


def _newer(ref: str, key: int | None, endpoint: str) -> Newer | None:
    """What replaced the row with this key meanwhile."""
    if key is None:
        return None
    with work() as w:
        _, row = look(w, ref)
        old = _row(row, key)
        newest = newest_of(row.progress if isinstance(old, Progress) else row.causes, old)
        return Newer(_said_of(newest), url_for(endpoint, ref=ref, key=newest.id))


def _said_of(row: Progress | Cause) -> str:
    if isinstance(row, Cause):
        last = _open(row.to_on)
        return (
            f"{_open(row.text)} (từ {written(_open(row.from_on))}{f' đến {written(last)}' if last else ''})"
        )
    value = _open(row.value)
    words = {state: word for word, state in STATES.items()}
    told = words[_open(row.state)] if value is None else written(value)
    return f"{written(_open(row.reported_on))}: {told}. {_open(row.note)} Nguồn: {_open(row.source)}."


def _texts_of_report(row: Progress) -> dict[str, str]:
    plain = {name: written(_open(getattr(row, name))) for name in ("reported_on", "value", "note", "source")}
    return {
        **plain,
        "state": written(_open(row.state), STATES),
        "disclosed": written(row.disclosed, YES_NO),
    }


def _new_report(today: date) -> dict[str, str]:
    return {"reported_on": written(today), "state": next(iter(STATES)), "disclosed": "Không"}


def _texts_of_cause(row: Cause) -> dict[str, str]:
    plain = {name: written(_open(getattr(row, name))) for name in ("text", "from_on", "to_on")}
    return {**plain, "disclosed": written(row.disclosed, YES_NO)}


def _open(value: Sealed[Any]) -> Any:
    return value.open(reason=Reason.DRAFT)
