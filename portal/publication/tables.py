"""What the valve itself stores: publications that wait for their hour, erasures that wait for approval."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant
from portal.kernel.sealed import Sealed
from portal.office.programme.tables import sealed_text

_WAITING = text("state = 'waiting'")


def _one_waiting(name: str) -> Index:
    """No programme has two of them waiting at once, whoever is quicker."""
    return Index(name, "programme_id", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING)


class Schedule(Base):
    """A publication approved now and carried out later, if what was previewed is then still the same.

    ``digest`` is that of the preview; ``refusal`` the rule that stood against it when its hour came.
    """

    __tablename__ = "office_schedule"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'refused', 'cancelled')", name="schedule_state"),
        _one_waiting("ix_office_schedule_waiting"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    publish_at: Mapped[datetime] = mapped_column(Instant, index=True)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[Sealed[str]] = sealed_text()
    document: Mapped[Sealed[str]] = sealed_text()
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    approved_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    refusal: Mapped[str] = mapped_column(String(40), default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)


class Redaction(Base):
    """One officer's request to erase texts from the record, and what another made of it.

    ``positions`` are the log entries; ``words``, if any, are looked for inside the office too and are
    forgotten as soon as the request is settled. ``scrubbed_at``: when the bytes had left the files.
    """

    __tablename__ = "office_redaction"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'declined')", name="redaction_state"),
        _one_waiting("ix_office_redaction_waiting"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    positions: Mapped[list[int]] = mapped_column(JSON)
    words: Mapped[Sealed[str]] = sealed_text()
    reason: Mapped[Sealed[str]] = sealed_text()
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    scrubbed_at: Mapped[datetime | None] = mapped_column(Instant)
