"""Whom the office has counted, for as long as the period lasts: opaque keys, deleted when it is settled."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base


class Counted(Base):
    """A person whose word on a commitment has gone out in a figure, so that it is never counted again.

    Neither the word, nor the batch, nor the day: the figure tells those, and nobody may join them.
    """

    __tablename__ = "office_counted"

    commitment: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
