"""The tests of the result: figure, unit, baseline, product, and whether the figure can be believed."""

import re
from datetime import date
from decimal import Decimal

from portal.office.commitment.phrases import begins_with, count_syllables, find
from portal.office.commitment.reasons import Reason, Remark, fail, warn
from portal.office.commitment.shape import CommitmentDraft
from portal.office.commitment.yardstick import Yardstick

_A_YEAR = Decimal("365.25")  # days
_A_HUNDRED = Decimal(100)
_SHARE_OF = re.compile(r"%\s*([^\W\d_]+)")
_GROWTH = re.compile(r"(?i)\btăng\s+(?:thêm\s+)?(?:ít nhất\s+|trên\s+)?(\d+(?:[.,]\d+)?)\s*%")


def a_target(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A figure to reach. With a product named its absence only warns."""
    if draft.target is not None or draft.is_product:
        return None
    return warn(Reason.TARGET_MISSING) if draft.deliverable else fail(Reason.TARGET_MISSING)


def a_deliverable(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Something to show. With a target named its absence only warns."""
    if draft.deliverable:
        return None
    is_counted = draft.target is not None
    return warn(Reason.DELIVERABLE_MISSING) if is_counted else fail(Reason.DELIVERABLE_MISSING)


def a_unit(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """What the target counts."""
    is_bare = draft.target is not None and not draft.measure_unit
    return fail(Reason.UNIT_MISSING) if is_bare else None


def a_direction(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Which way it must move, for without it neither progress nor completion can be told."""
    return None if draft.direction else fail(Reason.DIRECTION_MISSING)


def a_baseline(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Where it starts, with the day (facts R25); a product or a kept level needs none."""
    if draft.is_product or draft.is_kept:
        return None
    if draft.baseline is None:
        return fail(Reason.BASELINE_MISSING)
    return None if draft.baseline_on else fail(Reason.BASELINE_DATE_MISSING)


def a_baseline_source(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Where the baseline comes from: every public figure has a source."""
    is_bare = draft.baseline is not None and not draft.baseline_source
    return warn(Reason.BASELINE_SOURCE_MISSING) if is_bare else None


def a_baseline_before_the_deadline(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Time to move between the two."""
    if draft.baseline_on is None or draft.deadline is None or draft.baseline_on < draft.deadline:
        return None
    return warn(Reason.BASELINE_AFTER_DEADLINE)


def a_target_ahead(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A target on the promised side of the baseline."""
    if draft.target is None or draft.baseline is None or not draft.heading:
        return None
    way = (draft.target - draft.baseline) * draft.heading
    if way < 0:
        return fail(Reason.TARGET_AGAINST_DIRECTION, _figure(draft.baseline), _figure(draft.target))
    return None if way else warn(Reason.TARGET_UNMOVED, _figure(draft.target))


def a_denominator(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A percentage says of what: in the indicator, or as "95% kế hoạch vốn"."""
    if not _is_percentage(draft) and "%" not in draft.text:
        return None
    said = f"{draft.text} {draft.indicator}"
    if find(said, by.words.denominators) or _names_a_share(draft, by):
        return None
    is_short = count_syllables(draft.indicator) < by.limits.shortest_share_indicator
    return warn(Reason.DENOMINATOR_MISSING) if is_short else None


def a_believable_change(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A change that others have managed; beyond that the appraiser asks back (facts R27).

    The change is relative to the baseline and divided by the years it may take, at least one: the
    limit is a bound on what is asked about, not on what is allowed. A share up to 100% has none.
    """
    change, limit = _change_a_year(draft, by.today), _limit(draft, by)
    if change is not None and limit is not None and change > limit:
        return warn(Reason.IMPLAUSIBLE, _figure(draft.baseline), _figure(draft.target))
    grown = [Decimal(percent.replace(",", ".")) for percent in _GROWTH.findall(draft.text)]
    if grown and max(grown) / _A_HUNDRED > by.limits.yearly_change_of_money_or_percent:
        return warn(Reason.IMPLAUSIBLE, f"+{_figure(max(grown))}%")
    return None


def evidence_planned(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """What the public will be shown."""
    return None if draft.evidence_plan else warn(Reason.EVIDENCE_MISSING)


def _is_percentage(draft: CommitmentDraft) -> bool:
    return draft.measure_unit.strip().startswith("%")


def _names_a_share(draft: CommitmentDraft, by: Yardstick) -> bool:
    """Whether a percentage in the text is followed by what it is a share of."""
    followers = _SHARE_OF.findall(draft.text)
    return any(not begins_with(follower, by.words.not_nouns) for follower in followers)


def _change_a_year(draft: CommitmentDraft, today: date) -> Decimal | None:
    if draft.target is None or not draft.baseline or draft.deadline is None:
        return None
    begins_on = draft.baseline_on or draft.begins_on or today
    years = max(Decimal(1), (draft.deadline - begins_on).days / _A_YEAR)
    return abs((draft.target - draft.baseline) / draft.baseline) / years


def _limit(draft: CommitmentDraft, by: Yardstick) -> Decimal | None:
    if _is_percentage(draft) and draft.target is not None and draft.target <= _A_HUNDRED:
        return None
    is_rate = _is_percentage(draft) or bool(find(draft.measure_unit, by.words.money))
    return by.limits.yearly_change_of_money_or_percent if is_rate else by.limits.yearly_change_of_counts


def _figure(value: Decimal | None) -> str:
    """1.234,5"""
    whole, _, decimals = f"{value or 0:,f}".partition(".")
    return whole.replace(",", ".") + (f",{decimals}" if decimals.strip("0") else "")
