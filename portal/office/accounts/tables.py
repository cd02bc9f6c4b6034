"""What is stored of officers: the account, its second factor, its roles, invitations and sessions.

No address of a machine, no browser name and no place is stored, here or anywhere.
"""

import uuid
from datetime import datetime

from flask_security import UserMixin
from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Instant


def new_uniquifier() -> str:
    """A fresh name under which sessions know an officer; a new one ends every older session."""
    return uuid.uuid4().hex


class Officer(UserMixin, Base):
    """An officer's account. ``name`` is compared with the cadre's, to see a conflict of interest.

    The ``fs_``, ``tf_`` and ``mf_`` names are those Flask-Security looks for.
    """

    __tablename__ = "office_officer"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime] = mapped_column(Instant)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_uniquifier)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(Text)  # encrypted
    totp_last_counter: Mapped[int | None] = mapped_column(BigInteger)  # a code works once
    is_sample: Mapped[bool] = mapped_column(default=False)  # invented: its codes may be printed

    # Loaded when asked for: signing in must not take longer for an address that exists.
    appointments: Mapped[list["RoleInUnit"]] = relationship(lazy="select", order_by="RoleInUnit.role")
    recovery_codes: Mapped[list["RecoveryCode"]] = relationship(lazy="select")

    # Flask-Security's own roles stay empty: ours are per unit, and the policy reads them each time.
    roles = ()  # type: ignore[assignment]

    @property
    def has_second_factor(self) -> bool:
        """Whether the officer has enrolled one."""
        return bool(self.tf_totp_secret and self.tf_primary_method)

    @property
    def mf_recovery_codes(self) -> list[str]:  # type: ignore[override]  # a column there, a question here
        """Digests of the recovery codes still unused."""
        return [code.digest for code in self.recovery_codes]


class RoleInUnit(Base):
    """A role an officer holds in a unit and in the units below it."""

    __tablename__ = "office_role_in_unit"

    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("office_unit.id"), primary_key=True)


class RecoveryCode(Base):
    """One unused recovery code, as a keyed digest; the row goes when the code is used."""

    __tablename__ = "office_recovery_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), index=True)


class Invitation(Base):
    """A link by which an officer sets a password; ``digest`` is of the link's secret part."""

    __tablename__ = "office_invitation"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)  # used, or replaced by a newer one

    officer: Mapped[Officer] = relationship(lazy="joined")


class DeskSession(Base):
    """A session at the desk: what its cookie stands for. ``digest`` is of the cookie's value.

    ``signed_in`` is false between the password and the second factor.
    """

    __tablename__ = "office_session"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("office_officer.id"), index=True)
    signed_in: Mapped[bool] = mapped_column()
    began_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(Text)  # JSON: form token, messages, times; the second factor in train
