"""How a theme stands towards the duty to answer it, on the day it is read."""

from datetime import date
from enum import StrEnum

from portal.record.voice import ThemeDoc


class ReplyStanding(StrEnum):
    """Whether an answer came, is owed, or is late; silence shows."""

    ANSWERED = "answered"
    LATE = "late"
    OWED = "owed"
    FREE = "free"  # too few comments to oblige anybody


REPLY_WORDS: dict[ReplyStanding, str] = {
    ReplyStanding.ANSWERED: "Đã giải trình",
    ReplyStanding.LATE: "Quá hạn giải trình",
    ReplyStanding.OWED: "Đang chờ giải trình",
    ReplyStanding.FREE: "Chưa đến mức phải giải trình",
}


def reply_standing(theme: ThemeDoc, *, today: date) -> ReplyStanding:
    """How ``theme`` stands ``today``; on the due day itself it is not late yet."""
    if theme.reply is not None:
        return ReplyStanding.ANSWERED
    if theme.due_on is None:
        return ReplyStanding.FREE
    return ReplyStanding.LATE if today > theme.due_on else ReplyStanding.OWED


def days_late(theme: ThemeDoc, *, today: date) -> int:
    """By how many calendar days the answer is or was late; 0 when it is not."""
    if theme.due_on is None:
        return 0
    until = theme.reply.replied_on if theme.reply else today
    return max(0, (until - theme.due_on).days)
