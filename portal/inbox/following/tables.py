"""What is kept of people who follow: digests and a sealed address; no name, no account, no machine.

Nothing here is joined with an account or a contribution: the digests are made with a secret of their own.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant

# SQLite numbers the rows of an ordinary table in the order they came, which would tell who came when.
_UNNUMBERED = {"sqlite_with_rowid": False}


class FollowWish(Base):
    """Somebody's wish to follow that waits for the link in their mail; ``token`` is a digest of it.

    ``asker`` is another digest than `Follow.person`, which is locked with the link in ``claim``: whoever sees
    the rows and asks in somebody's name learns nothing of what that address follows already.
    """

    __tablename__ = "door_follow_wish"
    __table_args__ = _UNNUMBERED

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    asker: Mapped[str] = mapped_column(String(64))
    claim: Mapped[bytes] = mapped_column(LargeBinary)
    matter: Mapped[str] = mapped_column(Text)
    rhythm: Mapped[str] = mapped_column(String(10))
    box: Mapped[bytes] = mapped_column(LargeBinary)
    until: Mapped[datetime] = mapped_column(Instant, index=True)


class Follow(Base):
    """One address following one matter. ``person`` is a keyed digest of the address, ``name`` of both.

    ``told`` and ``told_on``: up to which entry of the log and which day the reader was told; ``memory``
    what else was. ``sending`` is the same three of a letter that is on its way: it stays when the sender
    was killed, and that letter is never sent again.
    """

    __tablename__ = "door_follow"
    __table_args__ = _UNNUMBERED

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    person: Mapped[str] = mapped_column(String(64), index=True)
    matter: Mapped[str] = mapped_column(Text)
    rhythm: Mapped[str] = mapped_column(String(10))
    box: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[date] = mapped_column(Date)
    told: Mapped[int] = mapped_column(BigInteger)
    told_on: Mapped[date] = mapped_column(Date)
    memory: Mapped[str] = mapped_column(Text, default="")
    sending: Mapped[str | None] = mapped_column(Text)
    next_at: Mapped[datetime] = mapped_column(Instant, index=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)


class Asked(Base):
    """That somebody was asked whether a commitment has really been done: once, whatever they follow."""

    __tablename__ = "door_follow_asked"
    __table_args__ = _UNNUMBERED

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    ref: Mapped[str] = mapped_column(String(120), primary_key=True)
