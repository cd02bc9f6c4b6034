"""Sample commitments on a day, written short: for tables of cases that were worked out by hand."""

import json
from calendar import monthrange
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.record.documents import (
    Appraised,
    CauseDoc,
    CommitmentDoc,
    Confirmation,
    Direction,
    FigureState,
    Frequency,
    Holder,
    Mode,
    Origin,
    ProgressDoc,
    UnitLink,
)
from portal.record.evaluation.periods import PeriodDoc, PeriodKind, kind_of

SAMPLES = Path(__file__).parents[1] / "samples" / "commitments_sample.json"
ROWS = {row["code"]: row for row in json.loads(SAMPLES.read_text(encoding="utf-8"))}
UNIT = UnitLink(slug="don-vi-mau", code="00000", name="Đơn vị mẫu", parent_name="Thành phố mẫu")
CONFIRMED = Confirmation(body="Phòng chuyên môn", document="BC-01 (số liệu minh họa)")

_TEXTS: dict[str, Any] = {field.name: "" for field in fields(CommitmentDoc) if field.type is str}
BLANK = CommitmentDoc(
    **_TEXTS, areas=(), coordinators=(), milestones=(), progress=(), causes=(), mode=None,
    holder=Holder(cadre_name="Lê Minh Họa", post="Chủ tịch UBND xã", unit=UNIT),
    baseline=Decimal(10), baseline_on=date(2026, 1, 1), target=Decimal(20), direction=Direction.UP,
    deadline=date(2027, 6, 30), first_target=Decimal(20), first_deadline=date(2027, 6, 30),
    frequency=Frequency.QUARTERLY, origin=Origin.SELF_PROPOSED,
    appraised=Appraised(body="", appraised_on=date(2026, 1, 1)),
)  # fmt: skip
"""From 10 up to 20 by 30/06/2027, told of every quarter, without a word: for cases that change one thing."""


def sample(code: str, **changes: Any) -> CommitmentDoc:
    """The sample ``code`` as first published, appraised on 01/07/2026, with ``changes``."""
    row = ROWS[code]
    target, deadline = Decimal(str(row["target"])), date.fromisoformat(row["deadline"])
    doc = CommitmentDoc(
        ref=code, programme_ref="P",
        holder=Holder(cadre_name="Lê Minh Họa", post=row["lead_role"], unit=UNIT),
        task_title=row["title"], areas=(), text=row["text"], indicator=row["indicator"],
        measure_unit=row["unit"], baseline=Decimal(str(row["baseline"])),
        baseline_on=date.fromisoformat(row["baseline_at"]), baseline_source="số liệu minh họa",
        target=target, direction=Direction(row["direction"]), deadline=deadline,
        first_target=target, first_deadline=deadline, accountable=row["lead_role"], coordinators=(),
        mode=Mode.LEAD, authority=row["authority"], deliverable=row["product"],
        evidence_plan=row["evidence"], frequency=Frequency(row["update_frequency"]),
        origin=Origin.SELF_PROPOSED, profile_code="5ro",
        appraised=Appraised(body="Ban Xây dựng Đảng", appraised_on=date(2026, 7, 1)),
        milestones=(), progress=(), causes=(),
    )  # fmt: skip
    return replace(doc, **changes)


def day(text: str) -> date:
    """2/9/26 as a date."""
    d, m, y = (int(part) for part in text.split("/"))
    return date(2000 + y, m, d)


def reports(text: str) -> tuple[ProgressDoc, ...]:
    """ "30/9/26 s 4.1, 15/11/26 c 5.9": self-reported, confirmed; "-" no data, "x" not connected."""
    return tuple(_report(*part.split()) for part in text.split(", ") if part)


def _report(on: str, layer: str, value: str) -> ProgressDoc:
    states = {"-": FigureState.NO_DATA, "x": FigureState.NOT_CONNECTED}
    return ProgressDoc(
        reported_on=day(on), state=states.get(value, FigureState.FIGURE),
        value=None if value in states else Decimal(value), note="", source="số liệu minh họa",
        confirmation=CONFIRMED if layer == "c" else None,
    )  # fmt: skip


def cause(first: str, last: str = "") -> CauseDoc:
    """A confirmed objective cause over these days."""
    return CauseDoc(
        text="Bão số 3 (số liệu minh họa)", from_on=day(first), to_on=day(last) if last else None,
        confirmation=CONFIRMED,
    )  # fmt: skip


def period(code: str) -> PeriodDoc:
    """ "2026-Q4", "2026-H2", "2026", or any days: "1/7/26-30/9/26"."""
    if "/" in code:
        first, last = (day(part) for part in code.split("-"))
        return PeriodDoc(code="ky", kind=PeriodKind.OTHER, first=first, last=last)
    year = int(code[:4])
    months = {"Q": 3, "H": 6}.get(code[5:6], 12)
    begin = months * (int(code[6:] or 1) - 1) + 1
    end = begin + months - 1
    first, last = date(year, begin, 1), date(year, end, monthrange(year, end)[1])
    return PeriodDoc(code=code, kind=kind_of(first, last), first=first, last=last)
