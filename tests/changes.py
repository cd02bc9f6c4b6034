"""What officers change in a workbook between two imports, one change at a time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from portal.office.programme.workbook.form import CommitmentForm, ProgrammeForm, ProgressForm
from portal.record.documents import FigureState

REASON = "Cấp trên giao lại chỉ tiêu năm (minh họa)"
PAPER = "Quyết định số 15/QĐ-MH ngày 20/11/2026 của UBND phường (minh họa)"


def commitment_of(form: ProgrammeForm, number: int) -> CommitmentForm:
    """The commitment with this STT."""
    return next(c for c in form.commitments if c.number == number)


def changed(form: ProgrammeForm, number: int, **fields: Any) -> ProgrammeForm:
    """``form`` with other ``fields`` in the commitment with this STT."""
    row = commitment_of(form, number)
    rows = tuple(replace(c, **fields) if c is row else c for c in form.commitments)
    return replace(form, commitments=rows)


def changed_task(form: ProgrammeForm, number: int, **fields: Any) -> ProgrammeForm:
    """``form`` with other ``fields`` in the key task with this STT."""
    return replace(form, tasks=tuple(replace(t, **fields) if t.number == number else t for t in form.tasks))


def reported(form: ProgrammeForm, number: int, value: str, *, on: date = date(2026, 11, 23)) -> ProgrammeForm:
    """``form`` with one more public progress report on the commitment with this STT."""
    report = ProgressForm(
        row=0, commitment_number=number, reported_on=on,
        value=Decimal(value), figure_state=FigureState.FIGURE,
        note="Kết quả mới (số liệu minh họa).", source="Báo cáo tháng", confirmed_by="",
        confirmed_document="", disclosed=True,
    )  # fmt: skip
    return replace(form, progress=(*form.progress, report))
