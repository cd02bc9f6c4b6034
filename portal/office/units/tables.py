"""What is stored of units: a code names a unit only together with the day it began."""

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base


class Unit(Base):
    """An administrative unit. Codes are recycled, so (code, valid_from) is what is unique."""

    __tablename__ = "office_unit"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    code: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(200))
    unit_type: Mapped[str] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("office_unit.id"))
    valid_from: Mapped[date | None] = mapped_column(Date)  # None: since before the records here
    valid_to: Mapped[date | None] = mapped_column(Date)  # last day; None: still there


class UnitSuccession(Base):
    """One arrow from a unit that ended to one that took over all or part of it."""

    __tablename__ = "office_unit_succession"

    from_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"), primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"), primary_key=True)
    whole: Mapped[bool] = mapped_column()
    effective_on: Mapped[date] = mapped_column(Date)
