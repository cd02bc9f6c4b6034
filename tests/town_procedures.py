"""Results of administrative procedures of the town, invented: a figure, a zero, three ways of having none."""

from datetime import date
from typing import Any

from portal.record.documents import FigureState, ProceduresDoc, UnitLink
from portal.record.procedures import ProcedureMonth

SOURCE = "Hệ thống một cửa phường (số liệu minh họa)"


def month(
    year: int, number: int, counts: tuple[int, int, int] | None = None, **changed: Any
) -> ProcedureMonth:
    """One month; ``counts``: early, on time, late; None: no data."""
    early, on_time, late = counts or (None, None, None)
    values: dict[str, Any] = {
        "month": date(year, number, 1),
        "state": FigureState.NO_DATA if counts is None else FigureState.FIGURE,
        "handled": None if counts is None else sum(counts),
        "early": early,
        "on_time": on_time,
        "late": late,
        "source": SOURCE,
        "counted_on": date(year, number, 28),
    }
    return ProcedureMonth(**{**values, **changed})


def results(
    slug: str = "phuong-nhi-chieu", name: str = "Phường Nhị Chiểu", *, few: bool = False
) -> ProceduresDoc:
    """A ward's results; ``few``: as first published. June 2026 was never published."""
    full = (
        month(2026, 4, state=FigureState.NOT_CONNECTED),
        month(2026, 5),
        month(2026, 7, (0, 0, 0), counted_on=date(2026, 7, 31)),
        month(2026, 8, (70, 45, 9), counted_on=date(2026, 8, 31)),
        month(2026, 9, (81, 60, 0), counted_on=date(2026, 9, 30)),
        month(
            2026, 10, (1210, 788, 1), counted_on=date(2026, 10, 31), corrected="Cộng sót một hồ sơ (minh họa)"
        ),
    )
    unit = UnitLink(slug=slug, code="10714", name="Phường Nhị Chiểu", parent_name="Thành phố Hải Phòng")
    return ProceduresDoc(ref=f"{slug}/thu-tuc", unit=unit, months=full[:4] if few else full)
