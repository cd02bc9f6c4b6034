"""What the public door keeps of people who take part: no name, no address, no machine, days only.

An account is a keyed digest of the address it signs in with. Nothing here is joined with a
contribution: that carries ``vault.person_key``, and the way from an account to it leads through a key
outside the database that is destroyed when the period has closed.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant

# SQLite numbers the rows of an ordinary table in the order they came, which would tell who came when.
_UNNUMBERED = {"sqlite_with_rowid": False}


class Account(Base):
    """Somebody who takes part. ``name`` is a keyed digest of the address, or of provider and subject.

    ``bound`` is a keyed digest of both: whoever can write here and has no key cannot make one person's
    account another's, and so ask for a copy of what somebody else said.
    """

    __tablename__ = "door_account"
    __table_args__ = _UNNUMBERED

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    bound: Mapped[str] = mapped_column(String(64))


class SignInCode(Base):
    """A one-time code that waits for its ten minutes; ``code`` is a keyed digest.

    ``name`` is a digest of the address and of a secret of the browser that asked. A code may be asked for in
    anybody's name: it is not in the way of that person's own, and no row tells whether they have an account.
    """

    __tablename__ = "door_code"
    __table_args__ = _UNNUMBERED

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime] = mapped_column(Instant, index=True)
    tries: Mapped[int] = mapped_column(Integer, default=0)


class Visit(Base):
    """A visitor who is signed in; ``token`` is a digest of what the cookie says.

    ``address`` is locked with that token: whoever has the database and not the cookie cannot read it.
    ``bound`` is a keyed digest of token and account, as in `Account`.
    """

    __tablename__ = "door_session"
    __table_args__ = _UNNUMBERED

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[int] = mapped_column(BigInteger, index=True)
    bound: Mapped[str] = mapped_column(String(64))
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    until: Mapped[date] = mapped_column(Date, index=True)


class Attested(Base):
    """A capacity a body attested: of whom, for which unit, until when."""

    __tablename__ = "door_standing"
    __table_args__ = _UNNUMBERED

    account: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    group: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit: Mapped[str] = mapped_column(String(80), primary_key=True)  # the unit's public address
    body: Mapped[str] = mapped_column(String(200))
    attested_on: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date, index=True)


class CodeLetter(Base):
    """A code handed out on paper by an attesting body, as a digest; who got it nobody here knows."""

    __tablename__ = "door_letter"
    __table_args__ = _UNNUMBERED

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    issue: Mapped[int] = mapped_column(BigInteger, index=True)  # the letters printed at one time
    group: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(String(200))
    issued_on: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date, index=True)  # the last day to use it
    used: Mapped[bool] = mapped_column(Boolean, default=False)
