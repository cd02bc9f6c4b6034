"""What is stored of moderation: cases, second looks, what is sealed. No case says who wrote it.

Words load sealed. Moments are exact, because clocks run on them; officers are shown days.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant
from portal.kernel.sealed import Sealed, SealedType


def sealed_words() -> Mapped[Sealed[str]]:
    """A sealed column of text; empty when nothing was written or it is gone."""
    return mapped_column(SealedType(Text()), default="")


def officer_key() -> Mapped[int | None]:
    """An officer; None while nobody."""
    return mapped_column(ForeignKey("office_officer.id"), default=None)


class Case(Base):
    """One contribution on its way to a decision; ``ref`` is its public name once it has one."""

    __tablename__ = "office_case"
    __table_args__ = (
        # The queue: one officer's cases in one state, by deadline. Nothing is counted or sorted.
        Index("office_case_queue", "assigned_id", "state", "due_at", "id"),
        Index("office_case_clock", "state", "due_at", "id"),
        Index("office_case_day", "commitment", "received_on"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[str] = mapped_column(String(20), unique=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)  # keyed digest of the receipt's code
    comment_key: Mapped[int] = mapped_column(BigInteger)  # the version of the comment that was taken in
    programme: Mapped[str] = mapped_column(String(40), index=True)
    commitment: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    shown_as: Mapped[str] = mapped_column(String(120))
    has_personal: Mapped[bool] = mapped_column(Boolean)
    words: Mapped[Sealed[str]] = sealed_words()
    signals: Mapped[list[Any]] = mapped_column(JSON)  # kinds only: they label and never decide
    cluster: Mapped[int] = mapped_column(BigInteger, index=True)  # the first case of near duplicates

    received_at: Mapped[datetime] = mapped_column(Instant)  # from here the clock runs
    received_on: Mapped[date] = mapped_column(Date)
    due_at: Mapped[datetime] = mapped_column(Instant)
    is_breached: Mapped[bool] = mapped_column(Boolean, default=False)

    state: Mapped[str] = mapped_column(String(20))
    assigned_id: Mapped[int | None] = officer_key()
    claimed_until: Mapped[datetime | None] = mapped_column(Instant, default=None)
    first_id: Mapped[int | None] = officer_key()
    second_id: Mapped[int | None] = officer_key()
    third_id: Mapped[int | None] = officer_key()
    verdict: Mapped[str | None] = mapped_column(String(20), default=None)
    reason: Mapped[str | None] = mapped_column(String(40), default=None)
    note: Mapped[Sealed[str]] = sealed_words()  # from one moderator to the next; never public
    decided_at: Mapped[datetime | None] = mapped_column(Instant, default=None, index=True)
    hours: Mapped[int | None] = mapped_column(Integer, default=None)  # working hours it took
    in_time: Mapped[bool | None] = mapped_column(Boolean, default=None)
    ledger_ref: Mapped[str | None] = mapped_column(String(20), default=None)
    twin_ref: Mapped[str | None] = mapped_column(String(20), default=None)
    appeal: Mapped[str | None] = mapped_column(String(20), default=None)
    plea: Mapped[Sealed[str]] = sealed_words()  # what the author says against the decision
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__ = {"version_id_col": version}


class Recusal(Base):
    """An officer who said, or of whom the rules found, that a case is not theirs to decide."""

    __tablename__ = "office_recusal"

    case_id: Mapped[int] = mapped_column(ForeignKey("office_case.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), primary_key=True)
    recused_at: Mapped[datetime] = mapped_column(Instant)


class Review(Base):
    """A decision made once more by somebody who does not see the first one."""

    __tablename__ = "office_second_look"
    __table_args__ = (Index("office_second_look_queue", "reviewer_id", "reviewed_at", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("office_case.id"), unique=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    first_verdict: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str | None] = mapped_column(String(20), default=None)
    words: Mapped[Sealed[str]] = sealed_words()  # until it was reviewed

    @property
    def agrees(self) -> bool:
        """Whether the second look came to the same decision."""
        return self.verdict == self.first_verdict


class SealedText(Base):
    """A denunciation, out of every queue; only a designated officer outside the unit may open it."""

    __tablename__ = "office_sealed"

    case_id: Mapped[int] = mapped_column(ForeignKey("office_case.id"), primary_key=True)
    words: Mapped[Sealed[str]] = sealed_words()
    sealed_at: Mapped[datetime] = mapped_column(Instant, index=True)
    sealed_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    is_contested: Mapped[bool] = mapped_column(Boolean, default=False)  # its author says it is none
    passed_on: Mapped[Sealed[str]] = sealed_words()  # to which body, when: the officer's words
    passed_on_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class Trace(Base):
    """A band of a text's keyed print, to find near duplicates by until the key expires."""

    __tablename__ = "office_trace"
    __table_args__ = (Index("office_trace_band", "band", "commitment"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("office_case.id"), primary_key=True)
    band: Mapped[str] = mapped_column(String(30), primary_key=True)
    commitment: Mapped[str] = mapped_column(String(40))
    sketch: Mapped[list[Any]] = mapped_column(JSON)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Intake(Base):
    """How far the inbox has been read: one row."""

    __tablename__ = "office_intake"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    comments_from: Mapped[datetime] = mapped_column(Instant)
