"""When a presentation may be recorded: it has happened, it came before the decision, step 2 came first.

Pure. Source: the five-step process, facts §2 and R08–R09.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from portal.kernel.policy import Refusal


class Conference(StrEnum):
    """Where a programme is presented before the conference decides."""

    STEP2 = "step2_expanded_leadership"
    COLLECTIVE = "collective_leadership"


# What the version frozen for a presentation is called.
LABELS: dict[Conference, str] = {Conference.STEP2: "step2", Conference.COLLECTIVE: "step5"}


def refusal_to_record(
    kind: Conference,
    held_on: date,
    *,
    is_before_decision: bool,
    others: Mapping[Conference, date],
    today: date,
) -> Refusal | None:
    """Why a presentation at ``kind`` on ``held_on`` may not be recorded; None when it may.

    ``others`` are the days already recorded: step 2 never follows the collective leadership.
    """
    if held_on > today:
        return Refusal.PRESENTED_IN_FUTURE
    if not is_before_decision:
        return Refusal.PRESENTED_AFTER
    days = {**others, kind: held_on}
    if Conference.STEP2 in days and days.get(Conference.COLLECTIVE, today) < days[Conference.STEP2]:
        return Refusal.PRESENTED_OUT_OF_ORDER
    return None


def is_frozen_later(version_made_on: date, held_on: date) -> bool:
    """Whether the version was frozen only after the day it was presented on: the page then says so."""
    return version_made_on > held_on
