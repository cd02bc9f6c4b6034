"""What is stored of officers: the account, and which role it holds in which unit."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Instant


class Officer(Base):
    """An officer's account. ``name`` is compared with the cadre's, to see a conflict of interest."""

    __tablename__ = "office_officer"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime] = mapped_column(Instant)
    appointments: Mapped[list["RoleInUnit"]] = relationship(lazy="selectin", order_by="RoleInUnit.role")


class RoleInUnit(Base):
    """A role an officer holds in a unit and in the units below it."""

    __tablename__ = "office_role_in_unit"

    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"), primary_key=True)
