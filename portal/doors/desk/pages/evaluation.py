"""Evaluation at the desk: the periods, opening one, freezing it, who still has to do what."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Blueprint, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.evaluation_columns import PERIOD, PERIOD_UNDER
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.short_form import Short, run
from portal.doors.desk.unit_choices import line_of, unit_column, units_for
from portal.kernel.policy import POLICY, Act, Refusal, Refused, may_somewhere, refusal_of, require
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.evaluation import rules
from portal.office.evaluation.acts import PeriodForm, open_period
from portal.office.evaluation.ahead import ready_for
from portal.office.evaluation.overview import overview
from portal.office.evaluation.reads import (
    calendar_of,
    dossiers_of,
    period,
    period_matter,
    periods_for,
    programmes_in,
)
from portal.office.evaluation.tables import Period
from portal.office.jobs import acts as long_work
from portal.office.jobs.rules import JobKind
from portal.office.programme.reads import matter
from portal.office.units.tables import Unit
from portal.record.evaluation.periods import PeriodKind
from portal.record.evaluation.wording import KIND_WORDS

pages = Blueprint("evaluation", __name__, url_prefix="/van-phong/danh-gia")
pages.register_error_handler(CSRFError, give_typing_back)


class Listed(NamedTuple):
    """A programme in a period: what it is called, and whether its dossier is frozen."""

    ref: str
    name: str
    version: int


@pages.get("")
@acts(Act.READ_EVALUATION)
def show_periods() -> Response:
    """Every period of the units I work for, the newest first."""
    with work() as w:
        found = [(row, w.session.get_one(Unit, row.unit_id).name) for row in _mine(w)]
    return show(
        "desk/evaluation/periods.html",
        found=found,
        may_open=may_somewhere(actor(me()), Act.OPEN_PERIOD),
        kinds=_kinds(),
    )


@pages.route("/moi", methods=["GET", "POST"])
@acts(Act.OPEN_PERIOD)
@keeps_typing
def open_one() -> Response:
    """Open a period."""
    with work() as w:
        units = units_for(w, actor(me()), Act.OPEN_PERIOD)
        unit = _own_unit(w, units)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        given = {name: value for name, value in values.items() if value not in (None, "")}
        open_period(w, PeriodForm(**given), by=actor(me()))

    onward = url_for("evaluation.show_periods")
    return run(
        Short(
            title="Mở kỳ đánh giá",
            columns=(unit_column(PERIOD_UNDER, units, needed=not unit), *PERIOD),
            save=save,
            done="Đã mở kỳ đánh giá. Văn phòng của cán bộ ghi giải trình được từ bây giờ.",
            onward=onward,
            trail=((onward, "Kỳ đánh giá", ""),),
            button="Mở kỳ",
            texts={"unit_code": unit, **_ready(request.args.get("chuong_trinh", ""))},
            beside={
                Refusal.NOT_A_PERIOD_CODE: "code",
                Refusal.PERIOD_KNOWN: "code",
                Refusal.ENDS_BEFORE_IT_BEGINS: "last",
                Refusal.NO_SUCH_UNIT: "unit_code",
                Refusal.NO_SUCH_PROGRAMME: "programme",
                Refusal.PERIOD_OF_A_MANDATE: "programme",
            },
        )
    )


def _own_unit(w: Work, units: Mapping[str, str]) -> str:
    """The unit to choose beforehand: the one I evaluate for; empty when they are several."""
    held = {unit for role in POLICY[Act.OPEN_PERIOD].roles for unit in actor(me()).roles.get(role, ())}
    return line_of(w.session.get_one(Unit, held.pop()).code, units) if len(held) == 1 else ""


def _ready(ref: str) -> dict[str, str]:
    """The form as it is filled in for a period before re-appointment that is ready to be opened."""
    if not ref:
        return {}
    with work() as w:
        found = next((one for one in ready_for(w, actor(me())) if one.draft.ref == ref), None)
    if found is None:
        return {}
    days = {"first": f"{found.first:%d/%m/%Y}", "last": f"{found.last:%d/%m/%Y}"}
    return {
        "code": found.code,
        "kind": KIND_WORDS[PeriodKind.REAPPOINTMENT][0].lower(),
        "programme": ref,
        **days,
    }


@pages.get("/ky/<int:key>")
@acts(Act.READ_EVALUATION)
def show_period(key: int) -> Response:
    """One period: its programmes, what is frozen, and freezing the rest."""
    with work() as w:
        by, row = actor(me()), period(w, key)
        require(by, Act.READ_EVALUATION, period_matter(w, row.unit_id))
        unit_name = w.session.get_one(Unit, row.unit_id).name
        listed = [
            Listed(draft.ref, name_of(draft), len(dossiers_of(w, row, draft)))
            for draft in programmes_in(w, row)
            if refusal_of(by, Act.READ_EVALUATION, matter(w, draft)) is None
        ]
        may_freeze = refusal_of(by, Act.FREEZE_PERIOD, period_matter(w, row.unit_id)) is None
        running = rules.refusal_to_freeze(row.last, now=w.now) is not None
    return show(
        "desk/evaluation/period.html",
        row=row, unit_name=unit_name, listed=listed, may_freeze=may_freeze, running=running, kinds=_kinds(),
    )  # fmt: skip


@pages.post("/ky/<int:key>/chot")
@acts(Act.FREEZE_PERIOD)
def freeze(key: int) -> Response:
    """Ask for the period to be frozen; how far it is shows on the page of the job."""
    with work() as w:
        by, row = actor(me()), period(w, key)
        require(by, Act.FREEZE_PERIOD, period_matter(w, row.unit_id))
        if refusal := rules.refusal_to_freeze(row.last, now=w.now):
            raise Refused(refusal)
        job = long_work.ask(
            w, JobKind.FREEZE_PERIOD, by=by, about={"period": str(key)}, unit_id=row.unit_id
        ).id
    return redirect(url_for("jobs.show_one", key=job), 303)


@pages.get("/tong-quan")
@acts(Act.REVIEW)
def show_overview() -> Response:
    """My units side by side: what is overdue, at risk, unpublished or without data."""
    with work() as w:
        found = overview(w, actor(me()), calendar=calendar_of(w))
    return show("desk/evaluation/overview.html", found=found)


def _mine(w: Work) -> list[Period]:
    return periods_for(w, actor(me()), Act.READ_EVALUATION)


def _kinds() -> dict[str, str]:
    return {kind.value: words[0] for kind, words in KIND_WORDS.items()}
