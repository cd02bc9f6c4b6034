"""What the inbox keeps of what people say. Append-only from the public door; nothing here names anybody.

``person`` is an opaque key, HMAC(vault key of the period, account, programme); the vault key lies
outside the database and is destroyed when the period has closed, after which nobody can link.
``code`` is a keyed digest of the receipt code: whoever holds the code may change, withdraw or appeal.
Moments are exact because the last word counts; officers are shown days only.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant


class Rating(Base):
    """One word on one commitment. ``answer`` NULL takes the word back. The last word of a person counts."""

    __tablename__ = "inbox_rating"
    __table_args__ = (Index("inbox_rating_by_matter", "commitment", "period", "person"),)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    period: Mapped[str] = mapped_column(String(20))  # "2026-Q4"
    programme: Mapped[str] = mapped_column(String(40))
    commitment: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(BigInteger)  # the entry of the log that was read
    person: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(String(20))
    relation: Mapped[str] = mapped_column(String(20))
    group: Mapped[str] = mapped_column(String(20))
    standing: Mapped[str] = mapped_column(String(20))
    via: Mapped[str] = mapped_column(String(10))  # "web", or "slip" entered by an officer


class Comment(Base):
    """One comment as its author sent it; another with the same ``code`` supersedes it (the edit window)."""

    __tablename__ = "inbox_comment"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    period: Mapped[str] = mapped_column(String(20))
    programme: Mapped[str] = mapped_column(String(40))
    commitment: Mapped[str] = mapped_column(String(40), index=True)
    position: Mapped[int] = mapped_column(BigInteger)
    person: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    shown_as: Mapped[str] = mapped_column(String(120))
    has_personal: Mapped[bool] = mapped_column(Boolean)  # the sender was told and chose to send it so
    answer_to: Mapped[bytes | None] = mapped_column(LargeBinary)  # address sealed for the mail follower only
    via: Mapped[str] = mapped_column(String(10))


class Request(Base):
    """What a receipt's holder asks later: ``withdraw``, ``redact`` (words to black out) or ``appeal``."""

    __tablename__ = "inbox_request"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    code: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)


class Receipt(Base):
    """Where a contribution stands, as its receipt tells: never the words before they are public.

    Made by the public door with the contribution, moved on by the desk. ``state`` and ``reason`` are keys.
    """

    __tablename__ = "door_receipt"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(40))
    commitment: Mapped[str] = mapped_column(String(40))
    comment_ref: Mapped[str | None] = mapped_column(String(40))  # the public document, once there is one
    note: Mapped[str] = mapped_column(Text, default="")  # what the moderator tells the author, no quotation
    received_on: Mapped[str] = mapped_column(String(10))  # a day, not a moment
    due_on: Mapped[str | None] = mapped_column(String(10))
    editable_until: Mapped[datetime | None] = mapped_column(Instant)
    appeal_until: Mapped[str | None] = mapped_column(String(10))
    appeal: Mapped[str | None] = mapped_column(String(20))
    # What another version of the comment carries over, locked with the code itself: with the database
    # alone nobody learns from it who wrote what.
    box: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)


class Wish(Base):
    """What somebody asks about their data: ``export`` or ``erase``; nothing says whose it is.

    ``sealed`` holds the person keys of the living periods, for the follower only. ``answer`` is the
    export, locked with the one-time link of which ``link`` is a digest.
    """

    __tablename__ = "door_wish"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    asked_on: Mapped[date] = mapped_column(Date)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    link: Mapped[str | None] = mapped_column(String(64), unique=True)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
