"""What is stored when a post passes on. Personnel matters: what officers write loads sealed."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Figure, Instant
from portal.kernel.sealed import Sealed, SealedType
from portal.office.programme.tables import sealed_text


class Movement(Base):
    """That the mandate behind a programme ends on a day, why, and by which document; once a programme."""

    __tablename__ = "office_movement"
    __table_args__ = (CheckConstraint("state IN ('open', 'ended')", name="movement_state"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    effective_on: Mapped[date] = mapped_column(Date)
    document: Mapped[Sealed[str]] = sealed_text()
    state: Mapped[str] = mapped_column(String(10), default="open")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    items: Mapped[list["MovementItem"]] = relationship(lazy="selectin", order_by="MovementItem.id")


class MovementItem(Base):
    """What becomes of one commitment; ``successor_ref`` is the commitment that goes on with it.

    What is carried over or merged has a successor and nothing else has: the table itself says so. Neither
    commitment can be deleted while this cites it.
    """

    __tablename__ = "office_movement_item"
    __table_args__ = (
        UniqueConstraint("movement_id", "commitment_ref"),
        CheckConstraint("fate IN ('', 'carried', 'ended', 'merged')", name="movement_item_fate"),
        CheckConstraint(
            "(fate IN ('carried', 'merged')) = (successor_programme_id IS NOT NULL)",
            name="movement_item_successor",
        ),
        CheckConstraint("fate <> 'merged' OR successor_ref IS NOT NULL", name="movement_item_target"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    movement_id: Mapped[int] = mapped_column(ForeignKey("office_movement.id"), index=True)
    commitment_ref: Mapped[str] = mapped_column(ForeignKey("office_commitment.ref"))
    fate: Mapped[str] = mapped_column(String(10), default="")
    successor_programme_id: Mapped[int | None] = mapped_column(ForeignKey("office_programme.id"), index=True)
    successor_ref: Mapped[str | None] = mapped_column(ForeignKey("office_commitment.ref"))
    reason: Mapped[Sealed[str]] = sealed_text()
    restated_baseline: Mapped[Sealed[Decimal | None]] = mapped_column(SealedType(Figure()), nullable=True)
    restated_on: Mapped[Sealed[date | None]] = mapped_column(SealedType(Date()), nullable=True)
    restated_note: Mapped[Sealed[str]] = sealed_text()
    accepted: Mapped[Sealed[str]] = sealed_text()  # number and date of the successor's document
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("office_officer.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
