"""Why a commitment is not clear: every reason the clarity rules can give, and how much it weighs."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """A failure stands in the way of publishing; a warning asks the appraiser to look."""

    FAIL = "fail"
    WARN = "warn"


class Reason(StrEnum):
    """The key of a reason; ``wording`` holds its sentence."""

    PERSON_MISSING = "person_missing"
    PERSON_COLLECTIVE = "person_collective"
    PERSON_SEVERAL = "person_several"
    PERSON_CONCURRENT = "person_concurrent"
    PERSON_UNRECOGNISED = "person_unrecognised"

    TASK_MISSING = "task_missing"
    TASK_SHORT = "task_short"
    TASK_VAGUE = "task_vague"
    INDICATOR_MISSING = "indicator_missing"

    DEADLINE_MISSING = "deadline_missing"
    DEADLINE_VAGUE = "deadline_vague"
    TIME_VAGUE = "time_vague"
    DEADLINE_PAST = "deadline_past"
    DEADLINE_OUTSIDE_MANDATE = "deadline_outside_mandate"
    DEADLINE_DIFFERS = "deadline_differs"
    MILESTONES_MISSING = "milestones_missing"
    FREQUENCY_MISSING = "frequency_missing"

    RESPONSIBLE_MISSING = "responsible_missing"
    COORDINATION_ONLY = "coordination_only"
    COORDINATES_ITSELF = "coordinates_itself"
    MODE_MISSING = "mode_missing"

    TARGET_MISSING = "target_missing"
    DELIVERABLE_MISSING = "deliverable_missing"
    UNIT_MISSING = "unit_missing"
    DIRECTION_MISSING = "direction_missing"
    BASELINE_MISSING = "baseline_missing"
    BASELINE_DATE_MISSING = "baseline_date_missing"
    BASELINE_SOURCE_MISSING = "baseline_source_missing"
    BASELINE_AFTER_DEADLINE = "baseline_after_deadline"
    TARGET_AGAINST_DIRECTION = "target_against_direction"
    TARGET_UNMOVED = "target_unmoved"
    DENOMINATOR_MISSING = "denominator_missing"
    IMPLAUSIBLE = "implausible"
    EVIDENCE_MISSING = "evidence_missing"

    AUTHORITY_MISSING = "authority_missing"
    BEYOND_POWER = "beyond_power"


class Remark(NamedTuple):
    """What one test has to say; ``words`` are the draft's own words or figures it is about."""

    level: Level
    reason: Reason
    words: tuple[str, ...] = ()


def fail(reason: Reason, *words: str) -> Remark:
    """A remark that stands in the way of publishing."""
    return Remark(Level.FAIL, reason, words)


def warn(reason: Reason, *words: str) -> Remark:
    """A remark that asks the appraiser to look."""
    return Remark(Level.WARN, reason, words)
