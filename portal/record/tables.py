"""What the record stores: entries of the log, their texts, the Merkle nodes, signed checkpoints."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant


class Entry(Base):
    """One line of the log. Its leaf commits to every column here and, by digest, to the text."""

    __tablename__ = "record_entry"
    __table_args__ = (UniqueConstraint("ref", "number"),)

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(String(120))
    number: Mapped[int] = mapped_column(Integer)
    act: Mapped[str] = mapped_column(String(20))
    cites: Mapped[int | None] = mapped_column(BigInteger)  # a redaction names the entry it erases
    at: Mapped[datetime] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(String(64))
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))


class Content(Base):
    """The salted text of an entry; the only part that a lawful erasure may delete."""

    __tablename__ = "record_content"

    position: Mapped[int] = mapped_column(ForeignKey("record_entry.position"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    body: Mapped[str] = mapped_column(Text)


class Node(Base):
    """The hash of a complete subtree of 2**level leaves (RFC 6962 section 2.1)."""

    __tablename__ = "record_node"

    level: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Checkpoint(Base):
    """A signed statement of the log's size and root, made with every append."""

    __tablename__ = "record_checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text)


class Citation(Base):
    """Which standing document cites which file: an index over the log, rebuilt from it."""

    __tablename__ = "record_evidence"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    ref: Mapped[str] = mapped_column(String(120), primary_key=True, index=True)
    media_type: Mapped[str] = mapped_column(String(100))


class Latest(Base):
    """Where the newest revision of each document stands: an index over the log, rebuilt from it."""

    __tablename__ = "record_latest"

    ref: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    position: Mapped[int] = mapped_column(BigInteger, unique=True)
    number: Mapped[int] = mapped_column(Integer)
    within: Mapped[str | None] = mapped_column(String(120), index=True)
    standing: Mapped[bool] = mapped_column()  # False: withdrawn or erased
