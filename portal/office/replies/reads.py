"""Looking up replies and themes: of one programme, and what waits for whom."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.kernel.policy import Refusal, Refused
from portal.kernel.work import Work
from portal.office.programme.tables import Programme
from portal.office.replies.tables import Reply, Theme


def replies_of(w: Work, programme_id: int) -> Sequence[Reply]:
    """The answers written for a programme, newest first."""
    return w.session.scalars(
        select(Reply).where(Reply.programme_id == programme_id).order_by(Reply.written_at.desc(), Reply.id)
    ).all()


def themes_of(w: Work, programme_id: int) -> Sequence[Theme]:
    """The themes of a programme, oldest first."""
    return w.session.scalars(
        select(Theme).where(Theme.programme_id == programme_id).order_by(Theme.gathered_at, Theme.id)
    ).all()


def waiting_reply(w: Work, programme_id: int, key: int) -> Reply:
    """The answer ``key`` that waits to be published. Raises Refused when there is none."""
    found = w.session.get(Reply, key)
    if found is None or found.programme_id != programme_id or found.state != "waiting":
        raise Refused(Refusal.NO_SUCH_REPLY)
    return found


def reply_about(w: Work, about: str) -> Reply | None:
    """The answer to ``about`` that waits to be published."""
    return w.session.scalar(select(Reply).where(Reply.about == about, Reply.state == "waiting"))


def theme_of(w: Work, programme_id: int, ref: str) -> Theme:
    """The theme ``ref`` of a programme. Raises Refused when there is none."""
    found = w.session.scalar(select(Theme).where(Theme.ref == ref, Theme.programme_id == programme_id))
    if found is None:
        raise Refused(Refusal.NO_SUCH_THEME)
    return found


def owed(w: Work) -> list[tuple[Theme, Programme]]:
    """The themes that must be answered and are not, the most urgent first."""
    rows = w.session.execute(
        select(Theme, Programme)
        .join(Programme, Programme.id == Theme.programme_id)
        .where(Theme.due_on.is_not(None), Theme.answered_on.is_(None), Programme.state == "published")
        .order_by(Theme.due_on, Theme.id)
    ).unique()
    return [(theme, draft) for theme, draft in rows]


def themes_waiting(w: Work) -> list[tuple[Theme, Programme]]:
    """The themes of which something waits to be published, oldest first."""
    rows = w.session.execute(
        select(Theme, Programme)
        .join(Programme, Programme.id == Theme.programme_id)
        .where(Theme.state == "waiting", Programme.state == "published")
        .order_by(Theme.gathered_at, Theme.id)
    ).unique()
    return [(theme, draft) for theme, draft in rows]


def replies_in(w: Work, state: str) -> list[tuple[Reply, Programme]]:
    """The answers in ``state``, oldest first; of those returned only where nothing newer was written."""
    rows = w.session.execute(
        select(Reply, Programme)
        .join(Programme, Programme.id == Reply.programme_id)
        .where(Programme.state == "published")
        .order_by(Reply.written_at, Reply.id)
    ).unique()
    newest = {reply.about: (reply, draft) for reply, draft in rows}
    return [(reply, draft) for reply, draft in newest.values() if reply.state == state]


def overdue(w: Work, today: date) -> list[Theme]:
    """The themes whose answer should have come before ``today``."""
    return [theme for theme, _ in owed(w) if theme.due_on is not None and theme.due_on < today]
