"""What is stored of appraisal besides its outcome: opinions on single commitments, tasks assigned.

Both name a commitment by its reference and not by its key: an author may drop what was found unfit.
"""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant
from portal.kernel.sealed import Sealed, SealedType
from portal.office.programme.tables import Edited, sealed_text


class Opinion(Edited, Base):
    """What appraisers wrote about one commitment; with ``appraisal_id`` it is final, without it at work.

    ``commitment_version`` is the version that was read: an opinion on an older text does not count.
    ``answers`` holds the written answer to each warning of the clarity report, by the warning's key.
    """

    __tablename__ = "office_opinion"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    appraisal_id: Mapped[int | None] = mapped_column(ForeignKey("office_appraisal.id"), index=True)
    commitment_ref: Mapped[str] = mapped_column(String(20))
    commitment_version: Mapped[int] = mapped_column(Integer)
    fit: Mapped[Sealed[str]] = sealed_text()
    fit_note: Mapped[Sealed[str]] = sealed_text()
    feasible: Mapped[Sealed[str]] = sealed_text()
    feasible_note: Mapped[Sealed[str]] = sealed_text()
    answers: Mapped[Sealed[dict[str, str]]] = mapped_column(SealedType(JSON()))


class Assignment(Base):
    """That an appraiser assigned a commitment into a programme, and why (facts R31)."""

    __tablename__ = "office_assignment"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    commitment_ref: Mapped[str] = mapped_column(String(20))
    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    reason: Mapped[Sealed[str]] = sealed_text()
    assigned_at: Mapped[datetime] = mapped_column(Instant)
