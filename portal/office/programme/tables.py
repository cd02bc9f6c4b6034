"""What is stored of drafts. Everything a draft says loads sealed; only marks and dates of ours do not."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.kernel.db import Base, Figure, Instant
from portal.kernel.sealed import Sealed, SealedType

_STATES = "state IN ('draft', 'submitted', 'returned', 'approved', 'published', 'withdrawn')"


def sealed_text() -> Mapped[Sealed[str]]:
    """A sealed column of text; empty when nothing was written."""
    return mapped_column(SealedType(Text()), default="")


class Edited:
    """A row that several people may edit: its version, and who changed it last (None: the operator)."""

    version: Mapped[int] = mapped_column(Integer, default=1)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    changed_at: Mapped[datetime | None] = mapped_column(Instant)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """A stale edit changes nothing."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]  # every table of this mixin has it


class Mandate(Edited, Base):
    """Person x post x unit x fields x period: what a programme belongs to (architecture, 2).

    There is no column for votes, other candidates, verification conclusions or asset declarations.
    """

    __tablename__ = "office_mandate"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"), index=True)
    cadre_officer_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    cadre_name: Mapped[Sealed[str]] = sealed_text()
    post: Mapped[Sealed[str]] = sealed_text()
    assigned_fields: Mapped[Sealed[list[str]]] = mapped_column(SealedType(JSON()))
    track: Mapped[Sealed[str]] = sealed_text()
    decision_number: Mapped[Sealed[str]] = sealed_text()
    decision_issuer: Mapped[Sealed[str]] = sealed_text()
    decided_on: Mapped[Sealed[date | None]] = mapped_column(SealedType(Date()), nullable=True)
    starts_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))
    ends_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))


class Programme(Base):
    """A draft action programme and where it stands on its way to the public."""

    __tablename__ = "office_programme"
    __table_args__ = (CheckConstraint(_STATES, name="programme_state"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[str] = mapped_column(String(20), unique=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("office_mandate.id"), unique=True)
    # None: the operator imported it at the command line, on nobody's behalf.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    state: Mapped[str] = mapped_column(String(20), default="draft")
    version: Mapped[int] = mapped_column(Integer, default=1)
    profile: Mapped[str] = mapped_column(String(20))
    preface: Mapped[Sealed[str]] = sealed_text()
    declared_by: Mapped[Sealed[str]] = sealed_text()  # who declared: no state secret in here
    declared_at: Mapped[datetime] = mapped_column(Instant)
    show_withheld_count: Mapped[bool] = mapped_column(default=True)
    issued_on: Mapped[date | None] = mapped_column(Date)

    mandate: Mapped[Mandate] = relationship(lazy="joined")
    tasks: Mapped[list["KeyTask"]] = relationship(lazy="selectin", order_by="KeyTask.rank, KeyTask.place")
    consultations: Mapped[list["Consultation"]] = relationship(lazy="select")
    appraisals: Mapped[list["Appraisal"]] = relationship(lazy="selectin", order_by="Appraisal.appraised_at")

    # The version of the whole draft: it grows with every change of anything in it.
    __mapper_args__ = {"version_id_col": version}


class Writer(Base):
    """An officer who wrote something of a draft, and so may neither appraise nor publish it."""

    __tablename__ = "office_writer"

    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), primary_key=True)


class KeyTask(Edited, Base):
    """Bottleneck -> objective -> solution -> commitments. Withheld unless marked public.

    ``place`` is its number (STT), which stays; ``rank`` is where it stands among the others. ``part``
    tells the key tasks (``work``) from the moral-training part (``moral``).
    """

    __tablename__ = "office_key_task"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    ref: Mapped[str] = mapped_column(String(20), unique=True)
    place: Mapped[int] = mapped_column(Integer)
    rank: Mapped[int] = mapped_column(Integer, default=0)
    part: Mapped[str] = mapped_column(String(10), default="work")
    title: Mapped[Sealed[str]] = sealed_text()
    bottleneck: Mapped[Sealed[str]] = sealed_text()
    objective: Mapped[Sealed[str]] = sealed_text()
    solution: Mapped[Sealed[str]] = sealed_text()
    areas: Mapped[Sealed[list[str]]] = mapped_column(SealedType(JSON()))
    disclosed: Mapped[bool] = mapped_column(default=False)
    withheld_basis: Mapped[Sealed[str]] = sealed_text()

    commitments: Mapped[list["Commitment"]] = relationship(
        lazy="selectin", order_by="Commitment.rank, Commitment.place"
    )


class Commitment(Edited, Base):
    """One draft commitment. Withheld unless marked public, and its task with it."""

    __tablename__ = "office_commitment"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    task_id: Mapped[int] = mapped_column(ForeignKey("office_key_task.id"), index=True)
    ref: Mapped[str] = mapped_column(String(20), unique=True)
    place: Mapped[int] = mapped_column(Integer)
    rank: Mapped[int] = mapped_column(Integer, default=0)
    text: Mapped[Sealed[str]] = sealed_text()
    indicator: Mapped[Sealed[str]] = sealed_text()
    measure_unit: Mapped[Sealed[str]] = sealed_text()
    baseline: Mapped[Sealed[Decimal | None]] = mapped_column(SealedType(Figure()), nullable=True)
    baseline_on: Mapped[Sealed[date | None]] = mapped_column(SealedType(Date()), nullable=True)
    baseline_source: Mapped[Sealed[str]] = sealed_text()
    target: Mapped[Sealed[Decimal | None]] = mapped_column(SealedType(Figure()), nullable=True)
    direction: Mapped[Sealed[str]] = sealed_text()
    deadline: Mapped[Sealed[date | None]] = mapped_column(SealedType(Date()), nullable=True)
    # Those of the first publication, set once: a moved deadline stays beside the promised one.
    first_target: Mapped[Sealed[Decimal | None]] = mapped_column(SealedType(Figure()), nullable=True)
    first_deadline: Mapped[Sealed[date | None]] = mapped_column(SealedType(Date()), nullable=True)
    accountable: Mapped[Sealed[str]] = sealed_text()
    coordinators: Mapped[Sealed[list[str]]] = mapped_column(SealedType(JSON()))
    mode: Mapped[Sealed[str]] = sealed_text()
    authority: Mapped[Sealed[str]] = sealed_text()
    deliverable: Mapped[Sealed[str]] = sealed_text()
    evidence_plan: Mapped[Sealed[str]] = sealed_text()
    frequency: Mapped[Sealed[str]] = sealed_text()
    origin: Mapped[Sealed[str]] = sealed_text()
    standard: Mapped[Sealed[str]] = sealed_text()  # of moral training; the code in standards.json
    disclosed: Mapped[bool] = mapped_column(default=False)
    withheld_basis: Mapped[Sealed[str]] = sealed_text()

    milestones: Mapped[list["Milestone"]] = relationship(lazy="selectin", order_by="Milestone.place")
    progress: Mapped[list[Any]] = relationship("Progress", lazy="selectin", order_by="Progress.place")
    causes: Mapped[list[Any]] = relationship("Cause", lazy="selectin", order_by="Cause.place")
    evidence: Mapped[list[Any]] = relationship("Evidence", lazy="selectin", order_by="Evidence.added_at")


class Milestone(Base):
    """A dated step on the way."""

    __tablename__ = "office_milestone"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("office_commitment.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)
    title: Mapped[Sealed[str]] = sealed_text()
    due_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))
    done_on: Mapped[Sealed[date | None]] = mapped_column(SealedType(Date()), nullable=True)


class Consultation(Edited, Base):
    """Whose advice was asked while drafting: a role, a day, the gist. No name is asked for (facts R16)."""

    __tablename__ = "office_consultation"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    role: Mapped[Sealed[str]] = sealed_text()
    held_on: Mapped[Sealed[date | None]] = mapped_column(SealedType(Date()), nullable=True)
    gist: Mapped[Sealed[str]] = sealed_text()


class Version(Base):
    """The whole draft as it stood at one moment, never changed: what a presentation or appraisal cites.

    ``content`` is the canonical JSON of ``workbook.form.ProgrammeForm``, withheld items included;
    ``digest`` its SHA-256 in hex. An ordered erasure leaves the digest and empties the content.
    """

    __tablename__ = "office_programme_version"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))


class Typing(Base):
    """What an officer typed into one form and has not saved yet; only that officer gets it back."""

    __tablename__ = "office_typing"

    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), primary_key=True)  # the form's address
    kept_at: Mapped[datetime] = mapped_column(Instant, index=True)
    content: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))


class Upload(Base):
    """A sound workbook between its preview and the officer's word; gone within the hour."""

    __tablename__ = "office_upload"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("office_programme.id"))
    kept_at: Mapped[datetime] = mapped_column(Instant, index=True)
    content: Mapped[Sealed[bytes]] = mapped_column(SealedType(LargeBinary()))


class Appraisal(Base):
    """A written opinion on a programme: returned or approved, by an officer for a body.

    ``of_version`` is the number of the frozen version it is about.
    """

    __tablename__ = "office_appraisal"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    programme_version: Mapped[int] = mapped_column(Integer)
    of_version: Mapped[int] = mapped_column(Integer)
    appraiser_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    body_unit_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    opinion: Mapped[Sealed[str]] = sealed_text()
    appraised_at: Mapped[datetime] = mapped_column(Instant)
