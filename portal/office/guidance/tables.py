"""What is stored of guidance, version by version, and of the reviews that were held."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.kernel.db import Base, Instant


class Guidance(Base):
    """One version of the guidance of a unit, for it and all units below; never changed, only followed.

    ``body`` is HTML from `portal.kernel.rich`. ``review_every``: a `rules.Every`, or empty where the
    unit above decides. ``duty_titles``: titles with the duty to have a programme; empty likewise.
    """

    __tablename__ = "office_guidance"
    __table_args__ = (UniqueConstraint("unit_id", "version"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[date] = mapped_column(Date)
    body: Mapped[str] = mapped_column(Text)
    review_every: Mapped[str] = mapped_column(String(20), default="")
    duty_titles: Mapped[list[str]] = mapped_column(JSON)
    template_name: Mapped[str] = mapped_column(String(200), default="")
    template: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)


class Review(Base):
    """That a programme was reviewed for one period: when, and by which minutes; never what was said."""

    __tablename__ = "office_review"
    __table_args__ = (UniqueConstraint("programme_id", "period"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    period: Mapped[str] = mapped_column(String(20))
    held_on: Mapped[date] = mapped_column(Date)
    minutes: Mapped[str] = mapped_column(String(200))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
