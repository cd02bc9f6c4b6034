"""The tests of who, what, when, whose responsibility and whose power. Each gives one remark or none."""

import re
from datetime import date

from portal.office.commitment.people import Named, who
from portal.office.commitment.phrases import addressed, before, begins_with, count_syllables, find
from portal.office.commitment.reasons import Reason, Remark, fail, warn
from portal.office.commitment.shape import CommitmentDraft
from portal.office.commitment.yardstick import Yardstick

_WRITTEN_DEADLINE = re.compile(
    r"(?i)\b(?:trước|đến|hết|chậm nhất)\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
)
_MONTHS_A_YEAR = 12


def one_person(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Exactly one accountable post-holder; when the field is empty, a group named by the text."""
    named = draft.accountable or before(draft.text, by.words.responsibility)
    match who(named, by.words):
        case Named.COLLECTIVE:
            return fail(Reason.PERSON_COLLECTIVE, named)
        case Named.SEVERAL:
            return fail(Reason.PERSON_SEVERAL, named)
        case Named.NOBODY:
            return fail(Reason.PERSON_MISSING)
        case _ if not draft.accountable:
            return fail(Reason.PERSON_MISSING)
        case Named.CONCURRENT:
            return warn(Reason.PERSON_CONCURRENT, named)
        case Named.UNRECOGNISED:
            return warn(Reason.PERSON_UNRECOGNISED, named)
    return None


def a_task(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A sentence that says what will be done."""
    length = count_syllables(draft.text)
    if not length:
        return fail(Reason.TASK_MISSING)
    return warn(Reason.TASK_SHORT, draft.text) if length < by.limits.shortest_text else None


def an_indicator(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """What is counted, unless a product is promised."""
    return None if draft.indicator or draft.is_product else fail(Reason.INDICATOR_MISSING)


def no_slogans(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A list of words only warns: "Đẩy mạnh ..." may be followed by a figure (facts §3)."""
    vague = find(draft.text, by.words.vague, except_in=by.words.innocent)
    return warn(Reason.TASK_VAGUE, *vague) if vague else None


def a_deadline(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A date; words like "trong thời gian tới" are none, and beside a date they only warn."""
    vague = find(draft.text, by.words.vague_time, except_in=by.words.innocent)
    if draft.deadline is not None:
        return warn(Reason.TIME_VAGUE, *vague) if vague else None
    return fail(Reason.DEADLINE_VAGUE, *vague) if vague else fail(Reason.DEADLINE_MISSING)


def a_deadline_ahead(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A date that is still to come."""
    is_past = draft.deadline is not None and draft.deadline < by.today
    return warn(Reason.DEADLINE_PAST, _day(draft.deadline)) if is_past else None


def a_deadline_in_the_mandate(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A date on which the person still holds the post."""
    if draft.deadline is None:
        return None
    is_early = draft.mandate_from is not None and draft.deadline < draft.mandate_from
    is_late = draft.mandate_to is not None and draft.deadline > draft.mandate_to
    return warn(Reason.DEADLINE_OUTSIDE_MANDATE, _day(draft.deadline)) if is_early or is_late else None


def the_deadline_written(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """The text does not promise another day; days before the beginning are about other things."""
    written = _last_written_deadline(draft.text)
    if written is None or draft.deadline is None or written == draft.deadline:
        return None
    begins_on = draft.begins_on
    is_about_the_past = begins_on is not None and written <= begins_on
    return None if is_about_the_past else warn(Reason.DEADLINE_DIFFERS, _day(written), _day(draft.deadline))


def milestones_on_a_long_way(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Steps in between, when it takes long and nothing else shows how far it has come."""
    if draft.deadline is None or draft.milestones or draft.shows_the_way:
        return None
    begins_on = draft.begins_on or by.today
    is_long = _takes_longer(begins_on, draft.deadline, months=by.limits.months_without_milestones)
    return warn(Reason.MILESTONES_MISSING, _day(draft.deadline)) if is_long else None


def a_frequency(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """How often progress is reported."""
    return None if draft.frequency else warn(Reason.FREQUENCY_MISSING)


def somebody_responsible(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Somebody who answers for it, not only people who help."""
    if draft.accountable:
        helps = begins_with(draft.accountable, by.words.coordination)
        return fail(Reason.COORDINATION_ONLY, draft.accountable) if helps else None
    if draft.coordinators:
        return fail(Reason.COORDINATION_ONLY, *draft.coordinators)
    return fail(Reason.RESPONSIBLE_MISSING)


def more_than_help(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """A mode, the more so when the text itself only promises to help."""
    if draft.mode:
        return None
    helps = begins_with(draft.text, by.words.coordination)
    return warn(Reason.COORDINATION_ONLY, helps) if helps else warn(Reason.MODE_MISSING)


def apart_from_helpers(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """The accountable person is not also listed as helping."""
    is_helper = draft.accountable in draft.coordinators and draft.accountable
    return warn(Reason.COORDINATES_ITSELF, draft.accountable) if is_helper else None


def an_authority(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Who decides: the post itself, a higher level, or others it works with."""
    return None if draft.authority else fail(Reason.AUTHORITY_MISSING)


def within_power(draft: CommitmentDraft, by: Yardstick) -> Remark | None:
    """Nothing that only a body above can give: a promise outside the post's power (facts §3)."""
    words = by.words
    body = addressed(draft.text, words.asks, words.beyond_bodies)
    act = find(draft.text, words.beyond_acts)
    body = body or begins_with(draft.text, words.beyond_bodies) or _only_decided_above(draft, by)
    found = tuple(word for word in (body, *act) if word)
    return fail(Reason.BEYOND_POWER, *found) if found else None


def _only_decided_above(draft: CommitmentDraft, by: Yardstick) -> str:
    """The body that decides, when nobody else does anything."""
    clauses = [clause for clause in draft.authority.split(";") if clause.strip()]
    bodies = [begins_with(clause, by.words.beyond_bodies) for clause in clauses]
    return bodies[0] if bodies and all(bodies) else ""


def _last_written_deadline(text: str) -> date | None:
    found = None
    for day, month, year in _WRITTEN_DEADLINE.findall(text):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue  # 31/02 is no day; the workbook reports such input
    return found


def _takes_longer(start: date, end: date, *, months: int) -> bool:
    whole = (end.year - start.year) * _MONTHS_A_YEAR + end.month - start.month
    return (whole, end.day) > (months, start.day)


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
