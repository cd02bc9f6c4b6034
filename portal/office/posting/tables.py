"""What is stored of postings. All of it but who signed goes out with the programme: a board is public."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant


class Posting(Base):
    """One copy of a programme on one board; ``signers`` are roles, never names."""

    __tablename__ = "office_posting"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    place: Mapped[str] = mapped_column(String(300))
    posted_on: Mapped[date] = mapped_column(Date)
    planned_until: Mapped[date] = mapped_column(Date)
    minutes: Mapped[str] = mapped_column(String(200), default="")  # number and date
    signers: Mapped[str] = mapped_column(String(300), default="")
    taken_down_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(500), default="")  # of taking it down early
    taken_minutes: Mapped[str] = mapped_column(String(200), default="")
    taken_signers: Mapped[str] = mapped_column(String(300), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
