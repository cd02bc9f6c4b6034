"""What is stored of progress: dated values with their source, objective causes, and who confirmed them.

A report is never changed: whoever corrects it writes a newer row that names the one it replaces.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Figure, Instant
from portal.kernel.sealed import Sealed, SealedType


def _text() -> Mapped[Sealed[str]]:
    return mapped_column(SealedType(Text()), default="")


class Reported:
    """A row that somebody reported and a competent body may confirm.

    ``reporter_id`` None: it came with a workbook. ``reason`` is why it replaces an older row; it is
    published where that one was public. Withheld unless marked public.
    """

    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    recorded_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[Sealed[str]] = _text()
    confirmed_by: Mapped[Sealed[str]] = _text()
    confirmed_document: Mapped[Sealed[str]] = _text()
    confirmer_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    disclosed: Mapped[bool] = mapped_column(default=False)


class Progress(Reported, Base):
    """One progress report on one commitment."""

    __tablename__ = "office_progress"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("office_commitment.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("office_progress.id"), unique=True)
    reported_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))
    state: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    value: Mapped[Sealed[Decimal | None]] = mapped_column(SealedType(Figure()), nullable=True)
    note: Mapped[Sealed[str]] = _text()
    source: Mapped[Sealed[str]] = _text()
    # What a workbook says of a confirmation: its author's word, which confirms nothing.
    claimed_by: Mapped[Sealed[str]] = _text()
    claimed_document: Mapped[Sealed[str]] = _text()


class Cause(Reported, Base):
    """An objective cause that somebody names; it counts for nothing before a body confirmed it."""

    __tablename__ = "office_cause"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("office_commitment.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("office_cause.id"), unique=True)
    text: Mapped[Sealed[str]] = _text()
    from_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))
    to_on: Mapped[Sealed[date | None]] = mapped_column(SealedType(Date()), nullable=True)


class Evidence(Base):
    """The clean copy of a file that proves something of a commitment, or of one report on it.

    The copy lies on the office's shelf under ``sha256``. ``kept_at`` None: it was previewed and nobody
    has said yes to it. ``dropped`` are the keys of what the sender's file held and the copy does not.
    """

    __tablename__ = "office_evidence"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("office_commitment.id"), index=True)
    progress_id: Mapped[int | None] = mapped_column(ForeignKey("office_progress.id"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(Integer)  # bytes
    dropped: Mapped[list[str]] = mapped_column(JSON)
    description: Mapped[Sealed[str]] = _text()
    added_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)
    kept_at: Mapped[datetime | None] = mapped_column(Instant)
    disclosed: Mapped[bool] = mapped_column(default=False)


class Reminder(Base):
    """That an author was reminded of one update that was due; once for each due day."""

    __tablename__ = "office_reminder"

    commitment_id: Mapped[int] = mapped_column(ForeignKey("office_commitment.id"), primary_key=True)
    due_on: Mapped[date] = mapped_column(Date, primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    sent_at: Mapped[datetime] = mapped_column(Instant)
