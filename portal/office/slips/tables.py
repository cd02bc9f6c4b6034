"""What is stored of a slip between its two typings: one locked text, for a few days."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant


class TypedSlip(Base):
    """A first typing that waits for another officer; ``locked`` opens with a key outside the database.

    ``number`` is written on the paper, so that whoever types next finds it.
    """

    __tablename__ = "office_slip"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(String(10))
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    commitment_ref: Mapped[str] = mapped_column(String(20))
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    typed_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    typed_at: Mapped[datetime] = mapped_column(Instant, index=True)
