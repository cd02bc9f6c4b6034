"""When an office owes an answer, and what an answer and a theme must be. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from portal.kernel.policy import Refusal

SHORTEST, LONGEST, LONGEST_TITLE = 20, 5_000, 200  # characters
BEFORE = 3  # days ahead of the due day
FEWEST = 2  # comments that can have something in common


@dataclass(frozen=True, slots=True)
class Duty:
    """From when on an answer is owed and by when; both None: it is not owed."""

    asked_on: date | None = None
    due_on: date | None = None


def duty(known: Duty, comments: int, *, threshold: int, days: int, today: date) -> Duty:
    """The duty of a theme that goes out with so many ``comments``.

    It begins once ``threshold`` of them say it and is due ``days`` calendar days later (facts §5.4). A
    duty that has begun stays as it is, whatever is added or taken back.
    """
    if known.asked_on is not None or comments < threshold:
        return known
    return Duty(today, today + timedelta(days=days))


def is_day_to_write(owed: Duty, *, today: date) -> bool:
    """Whether the office is written to ``today``.

    The day after the duty began, some days before it is due, on the day itself, and then once a week.
    """
    if owed.asked_on is None or owed.due_on is None:
        return False
    left = (owed.due_on - today).days
    return (today - owed.asked_on).days == 1 or left == BEFORE or (left <= 0 and left % 7 == 0)


def refusal_to_reply(text: str) -> Refusal | None:
    """Why ``text`` is no reply; None when it is one."""
    said = text.strip()
    if len(said) < SHORTEST:
        return Refusal.NO_REPLY_TEXT
    return Refusal.TOO_LONG if len(said) > LONGEST else None


def refusal_to_gather(title: str, chosen: Collection[str], known: Collection[str] = ()) -> Refusal | None:
    """Why the comments ``chosen`` cannot be a theme of that title, or be added to ``known`` ones."""
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        return Refusal.NO_TITLE
    together = set(chosen) | set(known)
    is_new = len(together) > len(set(known))
    return None if is_new and len(together) >= FEWEST else Refusal.TOO_FEW_COMMENTS
