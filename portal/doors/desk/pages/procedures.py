"""Results of administrative procedures at the desk: each unit's months, recording, correcting, marking."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.procedure_columns import form_of, month_columns, texts_of
from portal.doors.desk.short_form import Short, run
from portal.kernel.policy import Act, Refusal, Refused, refusal_of, require
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.procedures import acts as months
from portal.office.procedures.reads import matter, months_of, unit_of_slug, units_for
from portal.office.units.tables import Unit

pages = Blueprint("procedures", __name__, url_prefix="/van-phong/thu-tuc")
pages.register_error_handler(CSRFError, give_typing_back)

TITLE = "Kết quả thủ tục hành chính"
_BESIDE = {
    Refusal.NOT_A_MONTH: "month",
    Refusal.REPORTED_IN_FUTURE: "month",
    Refusal.MONTH_REPORTED: "month",
    Refusal.OTHER_MONTH: "month",
    Refusal.FIGURE_TOO_MANY: "state",
    Refusal.COUNTS_MISSING: "handled",
    Refusal.COUNTS_NEGATIVE: "handled",
    Refusal.COUNTS_DO_NOT_ADD_UP: "handled",
    Refusal.COUNTED_OUTSIDE: "counted_on",
    Refusal.NO_REASON: "reason",
}


@pages.get("")
@acts(Act.READ_PROCEDURES)
def show_all() -> Response:
    """Every unit whose results I may see, with how many months are recorded, and public."""
    with work() as w:
        listed = []
        for unit in units_for(w, actor(me()), Act.READ_PROCEDURES, on=w.today):
            rows = months_of(w, unit.id)
            listed.append((unit.slug, unit.name, len(rows), sum(row.disclosed for row in rows)))
    return show("desk/procedures/all.html", title=TITLE, listed=listed)


@pages.get("/<slug>")
@acts(Act.READ_PROCEDURES)
def show_unit(slug: str) -> Response:
    """The months of one unit."""
    with work() as w:
        unit = look(w, slug, Act.READ_PROCEDURES)
        rows, seen = months_of(w, unit.id), matter(w, unit.id)
        by = actor(me())
        may = {
            act.value: refusal_of(by, act, seen) is None
            for act in (Act.REPORT_PROCEDURES, Act.DISCLOSE, Act.PUBLISH_PROCEDURES)
        }
        facts = around(unit)
    return show("desk/procedures/unit.html", title=TITLE, rows=rows, may=may, **facts)


@pages.route("/<slug>/moi", methods=["GET", "POST"])
@acts(Act.REPORT_PROCEDURES)
@keeps_typing
def report(slug: str) -> Response:
    """A month's results."""
    return _form(slug, None)


@pages.route("/<slug>/so-lieu/<int:key>/sua", methods=["GET", "POST"])
@acts(Act.REPORT_PROCEDURES)
@keeps_typing
def correct(slug: str, key: int) -> Response:
    """Correct a month: the old row stays, and says what it was."""
    return _form(slug, key)


@pages.post("/<slug>/so-lieu/<int:key>/cong-khai")
@acts(Act.DISCLOSE)
def mark(slug: str, key: int) -> Response:
    """Mark a month public, or withheld."""
    disclosed = request.form.get("disclosed") == "1"
    with work() as w:
        months.mark(w, slug, key, disclosed=disclosed, by=actor(me()))
    flash("Đã đánh dấu công khai." if disclosed else "Đã bỏ dấu công khai.", "success")
    return redirect(url_for("procedures.show_unit", slug=slug), 303)


def look(w: Work, slug: str, act: Act) -> Unit:
    """The unit at ``slug``, if I may ``act`` on its results. Raises Refused."""
    unit = unit_of_slug(w, slug)
    require(actor(me()), act, matter(w, unit.id))
    return unit


def around(unit: Unit) -> dict[str, Any]:
    """What every page about one unit's results says of it."""
    onward = url_for("procedures.show_unit", slug=unit.slug)
    return {
        "slug": unit.slug,
        "name": unit.name,
        "onward": onward,
        "trail": ((url_for("procedures.show_all"), TITLE, ""), (onward, unit.name, "")),
    }


def _form(slug: str, key: int | None) -> Response:
    with work() as w:
        unit = look(w, slug, Act.REPORT_PROCEDURES)
        row = next((one for one in months_of(w, unit.id) if one.id == key), None)
        if key is not None and row is None:
            raise Refused(Refusal.NO_SUCH_ITEM)
        facts = around(unit)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        months.record(w, slug, form_of(values), by=actor(me()), replaces=key)

    return run(
        Short(
            title="Đính chính số liệu tháng" if row else "Nhập số liệu tháng",
            columns=month_columns(is_correction=row is not None),
            save=save,
            done="Đã đính chính; bản cũ được giữ lại." if row else "Đã ghi số liệu tháng.",
            texts=texts_of(row) if row else {},
            said=(facts["name"],),
            onward=facts["onward"],
            trail=facts["trail"],
            beside=_BESIDE,
        )
    )
