"""Retention: how long the inbox keeps what people said and asked. A setting, and it runs."""

from datetime import timedelta

from sqlalchemy import delete

from portal.inbox.feedback.tables import Comment, Rating, Receipt, Request, Wish
from portal.kernel.work import Work

_WISH_DAYS = 30  # an answered wish nobody came for


def sweep_inbox(w: Work) -> None:
    """Delete what is older than the settings allow; what is published stays where it is published."""
    kept_from = w.now - timedelta(days=w.settings.words_days)
    for table in (Comment, Rating, Request):
        w.session.execute(delete(table).where(table.at < kept_from))
    w.session.execute(delete(Receipt).where(Receipt.received_on < kept_from.date().isoformat()))
    w.session.execute(delete(Wish).where(Wish.asked_on < w.today - timedelta(days=_WISH_DAYS)))
