"""A whole series of months from a file: choose it, see what would be stored, say yes."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.procedures import around, look, pages
from portal.doors.desk.pages.series import NO_FILE
from portal.kernel.policy import Act, Refusal, Refused
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.audit.events import SecretStampRefused
from portal.office.procedures import acts as months
from portal.office.procedures.form import MonthForm
from portal.office.procedures.reads import months_of
from portal.office.procedures.rules import Counts
from portal.office.procedures.series import Series, marked, read_months
from portal.office.programme.keeping import forget_typing, keep_typing, kept_typing
from portal.office.programme.workbook import SecretStampFound, WorkbookRefused
from portal.office.programme.workbook.sole_table import MOST_BYTES
from portal.record.documents import FigureState


@pages.url_value_preprocessor
def widen_for_months(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Where a series is taken in, a request may be as large as one."""
    if endpoint == "procedures.import_months":
        request.max_content_length = MOST_BYTES + 1024 * 1024


@pages.route("/<slug>/nhap", methods=["GET", "POST"])
@acts(Act.REPORT_PROCEDURES)
def import_months(slug: str) -> Response:
    """Choose a file, then see what would be stored."""
    with work() as w:
        facts = around(look(w, slug, Act.REPORT_PROCEDURES))
    if request.method == "GET":
        return _ask(200, facts)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _ask(422, facts, said=NO_FILE)
    try:
        with work() as w:
            found = _read(w, slug, sent.read(), sent.filename)
            found = marked(found, disclosed=request.form.get("disclosed") == "1")
            keep_typing(w, me().id, _place(slug), _packed(found))
    except WorkbookRefused as refused:
        return _ask(422, facts, faults=refused.faults)
    except SecretStampFound as stamp:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where=stamp.where))
        return _ask(422, facts, said=str(stamp))
    return show("desk/procedures/preview.html", found=found, digest=_digest(_packed(found)), **facts)


@pages.post("/<slug>/nhap/luu")
@acts(Act.REPORT_PROCEDURES)
def store_months(slug: str) -> Response:
    """Store the series that was previewed, all of it or nothing."""
    with work() as w:
        look(w, slug, Act.REPORT_PROCEDURES)
        kept = kept_typing(w, me().id, _place(slug))
        if kept is None or _digest(list(kept.texts)) != request.form.get("digest", ""):
            raise Refused(Refusal.UPLOAD_GONE)
        forms = [_unpacked(text) for _, text in kept.texts]
        stored = months.record_series(w, slug, forms, by=actor(me()))
        forget_typing(w, me().id, _place(slug))
    flash(f"Đã ghi số liệu của {stored} tháng.", "success")
    return redirect(url_for("procedures.show_unit", slug=slug), 303)


def _ask(status: int, facts: dict[str, Any], *, said: str = "", faults: tuple[Any, ...] = ()) -> Response:
    most = MOST_BYTES // (1024 * 1024)
    return show("desk/procedures/import.html", status, said=said, faults=faults, most=most, **facts)


def _read(w: Work, slug: str, data: bytes, filename: str) -> Series:
    unit = look(w, slug, Act.REPORT_PROCEDURES)
    reported = {row.month for row in months_of(w, unit.id)}
    return read_months(data, filename=filename, today=w.today, reported=reported)


def _place(slug: str) -> str:
    return f"/van-phong/thu-tuc/{slug}/nhap"


def _packed(found: Series) -> list[tuple[str, str]]:
    """The months as texts to be kept, sealed, until the officer says yes."""
    return [(f"{one.month:%Y-%m}", json.dumps(_values(one), ensure_ascii=False)) for one in found.months]


def _values(one: MonthForm) -> list[Any]:
    days = (one.month.isoformat(), one.counted_on.isoformat())
    return [*days, one.state, list(one.counts.all), one.source, one.disclosed]


def _unpacked(text: str) -> MonthForm:
    month, counted_on, state, counts, source, disclosed = json.loads(text)
    handled, early, on_time, late = counts
    return MonthForm(
        month=date.fromisoformat(month),
        state=FigureState(state),
        counts=Counts(handled=handled, early=early, on_time=on_time, late=late),
        source=source,
        counted_on=date.fromisoformat(counted_on),
        disclosed=disclosed,
    )


def _digest(packed: list[tuple[str, str]]) -> str:
    return sha256(json.dumps(packed, ensure_ascii=False).encode()).hexdigest()
