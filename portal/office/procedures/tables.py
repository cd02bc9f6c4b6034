"""What is stored of the results of administrative procedures: one row a unit and month.

A row is never changed: whoever corrects it writes a newer one that names the one it replaces.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant
from portal.kernel.sealed import Sealed, SealedType


def _count() -> Mapped[Sealed[int | None]]:
    return mapped_column(SealedType(Integer()), nullable=True)


class ProcedureRow(Base):
    """The results of one unit in one month; withheld unless marked public.

    ``month`` is its first day. ``reason`` is why it replaces an older row; it is published where that
    one was public. ``opened_by_id``: who marked it public, and therefore does not publish it.
    """

    __tablename__ = "office_procedure_month"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"), index=True)
    month: Mapped[date] = mapped_column(Date)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("office_procedure_month.id"), unique=True)
    state: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    handled: Mapped[Sealed[int | None]] = _count()
    early: Mapped[Sealed[int | None]] = _count()
    on_time: Mapped[Sealed[int | None]] = _count()
    late: Mapped[Sealed[int | None]] = _count()
    source: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    counted_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))
    reason: Mapped[Sealed[str]] = mapped_column(SealedType(Text()), default="")
    reporter_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    disclosed: Mapped[bool] = mapped_column(default=False)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
