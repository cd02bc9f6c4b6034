"""What is stored of long work: who asked for what, how far it is, how it ended, which file it made."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant
from portal.kernel.sealed import Sealed, SealedType


class Job(Base):
    """One piece of long work. Only its runner, named in ``runner``, moves it while it runs.

    ``about`` holds keys and references, never words; ``outcome`` may tell of a draft, so it is sealed.
    ``beat_at`` is when the runner last showed that it lives.
    """

    __tablename__ = "office_job"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("office_unit.id"))
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), index=True)
    steps_done: Mapped[int] = mapped_column(Integer, default=0)
    steps_total: Mapped[int] = mapped_column(Integer, default=0)  # 0: not known yet
    outcome: Mapped[Sealed[str]] = mapped_column(SealedType(Text()), default="")
    file: Mapped[str] = mapped_column(String(64), default="")  # its name on the shelf; empty: none
    runner: Mapped[str] = mapped_column(String(40), default="")
    asked_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    beat_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__ = {"version_id_col": version}
