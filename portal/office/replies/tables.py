"""What is stored of replies before anybody reads them, and of themes with the duty they begin."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant
from portal.kernel.sealed import Sealed, SealedType

_WAITING = text("state = 'waiting'")


class Reply(Base):
    """One answer to a comment or a theme (``about``: its public reference), waiting for a second person."""

    __tablename__ = "office_reply"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'published', 'returned')", name="reply_state"),
        Index(
            "ix_office_reply_waiting",
            "about",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    about: Mapped[str] = mapped_column(String(40))
    text: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    note: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))  # why it was returned; stays inside
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"), default=None)
    settled_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class Theme(Base):
    """Comments on one programme that say the same; ``waiting`` while not all of it is public.

    The duty to answer begins with publication: ``asked_on``, ``due_on``; ``answered_on`` ends it.
    """

    __tablename__ = "office_theme"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'published')", name="theme_state"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[str] = mapped_column(String(20), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    title: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    comments: Mapped[list[str]] = mapped_column(JSON)  # public references
    gathered_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))  # who changed it last
    gathered_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    asked_on: Mapped[date | None] = mapped_column(Date, default=None)
    due_on: Mapped[date | None] = mapped_column(Date, default=None, index=True)
    answered_on: Mapped[date | None] = mapped_column(Date, default=None)
