"""What is stored of presentations: that the programme was heard, when, where, in exactly which version.

There is no column for votes, other candidates, verification conclusions or asset declarations, and
nothing here is ever composed into a document.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant
from portal.kernel.sealed import Sealed, SealedType
from portal.office.programme.tables import sealed_text

_KINDS = "kind IN ('step2_expanded_leadership', 'collective_leadership')"


class Presentation(Base):
    """One presentation of one frozen version; ``preceded``: it came before the conference decided."""

    __tablename__ = "office_presentation"
    __table_args__ = (
        CheckConstraint(_KINDS, name="presentation_kind"),
        CheckConstraint("preceded", name="presentation_order"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("office_programme.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("office_programme_version.id"))
    kind: Mapped[str] = mapped_column(String(40))
    held_on: Mapped[Sealed[date]] = mapped_column(SealedType(Date()))
    conference: Mapped[Sealed[str]] = sealed_text()
    preceded: Mapped[bool] = mapped_column()
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
