"""What is stored of the audit: one row an event, never changed, never deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant


class AuditLine(Base):
    """One event: its kind, its instant, its facts. The facts are identifiers, never content."""

    __tablename__ = "office_audit"
    __table_args__ = (Index("ix_office_audit_officer", "officer_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    event: Mapped[str] = mapped_column(String(60), index=True)
    officer_id: Mapped[int | None] = mapped_column(BigInteger)  # whose account it happened at, if any
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
