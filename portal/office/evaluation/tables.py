"""What is stored of evaluations: periods, accounts, frozen dossiers, the council's marks."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant
from portal.kernel.sealed import Sealed, SealedType
from portal.record.evaluation.periods import PeriodDoc, PeriodKind


class Period(Base):
    """One evaluation period of a unit and all units below, or of one programme alone."""

    __tablename__ = "office_period"
    __table_args__ = (UniqueConstraint("unit_id", "code"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("office_programme.id"))
    code: Mapped[str] = mapped_column(String(20), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def told(self) -> PeriodDoc:
        """The period as documents name it."""
        return PeriodDoc(code=self.code, kind=PeriodKind(self.kind), first=self.first, last=self.last)


class SelfReview(Base):
    """What the cadre's office says of one commitment due in a period; sealed until it is published."""

    __tablename__ = "office_self_review"
    __table_args__ = (
        UniqueConstraint("period_id", "programme_id", "commitment_ref"),
        CheckConstraint("cause IN ('none', 'subjective', 'objective')", name="self_review_cause"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    period_id: Mapped[int] = mapped_column(ForeignKey("office_period.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    commitment_ref: Mapped[str] = mapped_column(String(20))
    account: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    cause: Mapped[str] = mapped_column(String(20))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__ = {"version_id_col": version}


class FrozenDossier(Base):
    """One frozen version of a dossier: its canonical text and the log entry that carries its digest.

    Rows are only ever added. The text is made of the published record, so nothing in it is withheld.
    """

    __tablename__ = "office_dossier"
    __table_args__ = (UniqueConstraint("period_id", "programme_id", "version"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    period_id: Mapped[int] = mapped_column(ForeignKey("office_period.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(BigInteger)
    frozen_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    frozen_at: Mapped[datetime] = mapped_column(Instant)


class ThemeUse(Base):
    """What the evaluation council did with one theme; its sentence is sealed until it is published."""

    __tablename__ = "office_theme_use"
    __table_args__ = (
        UniqueConstraint("period_id", "programme_id", "theme_ref"),
        CheckConstraint("use IN ('used', 'explained', 'out_of_scope')", name="theme_use"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    period_id: Mapped[int] = mapped_column(ForeignKey("office_period.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    theme_ref: Mapped[str] = mapped_column(String(40))
    use: Mapped[str] = mapped_column(String(20))
    sentence: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    marked_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    marked_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__ = {"version_id_col": version}


class Quotation(Base):
    """A document of the competent level that may be quoted in public because that level so decided.

    Everything it says is sealed until a second person publishes it.
    """

    __tablename__ = "office_quotation"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'published', 'withdrawn', 'dropped')", name="quotation_state"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ref: Mapped[str] = mapped_column(String(60), unique=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("office_period.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    title: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    number: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    decided_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))
    issuer: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    text: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    ordered_by: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    link: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__ = {"version_id_col": version}
