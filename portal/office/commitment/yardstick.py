"""What every clarity test measures by: limits, words and the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.office.commitment.profiles import Limits, Words
from portal.office.commitment.reasons import Remark
from portal.office.commitment.shape import CommitmentDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """The limits and words of the profile in use, and today."""

    limits: Limits
    words: Words
    today: date


Test = Callable[[CommitmentDraft, Yardstick], Remark | None]
