"""What is stored of progress: dated values with their source, and who confirmed them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Figure
from portal.kernel.sealed import Sealed, SealedType


class Progress(Base):
    """One progress report on one commitment. Withheld unless marked public."""

    __tablename__ = "office_progress"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("office_commitment.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)
    reported_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))
    state: Mapped[Sealed[str]] = mapped_column(SealedType(Text()))
    value: Mapped[Sealed[Decimal | None]] = mapped_column(SealedType(Figure()), nullable=True)
    note: Mapped[Sealed[str]] = mapped_column(SealedType(Text()), default="")
    source: Mapped[Sealed[str]] = mapped_column(SealedType(Text()), default="")
    confirmed_by: Mapped[Sealed[str]] = mapped_column(SealedType(Text()), default="")
    confirmed_document: Mapped[Sealed[str]] = mapped_column(SealedType(Text()), default="")
    disclosed: Mapped[bool] = mapped_column(default=False)
