"""Wishes to follow that nobody confirmed go when their link no longer holds."""

from sqlalchemy import delete

from portal.inbox.following.tables import FollowWish
from portal.kernel.work import Work


def sweep_wishes(w: Work) -> None:
    """Delete whatever was not confirmed in time."""
    w.session.execute(delete(FollowWish).where(FollowWish.until < w.now))
