"""What of a commitment its standing may depend on: figures, dates and choices, without the prose.

The standing (đúng tiến độ, quá hạn …) changes with the day, so a worker must be able to work it out
again for every commitment without reading every text.
"""

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any

from portal.record.documents import (
    Appraised,
    CauseDoc,
    CommitmentDoc,
    Confirmation,
    Direction,
    Ending,
    FigureState,
    Frequency,
    Holder,
    MilestoneDoc,
    Mode,
    Origin,
    ProgressDoc,
    UnitLink,
)

# Prose is replaced by these; a standing that looked at it would be wrong, and a test would say so.
_SOMEBODY = Holder(cadre_name="", post="", unit=UnitLink(slug="", code="", name="", parent_name=""))
_CONFIRMED = Confirmation(body="✓", document="✓")


def pack(doc: CommitmentDoc) -> list[Any]:
    """The facts of ``doc`` as JSON values; ``unpack`` is the inverse as far as standings go."""
    return [
        doc.ref,
        doc.measure_unit,
        _day(doc.appraised.appraised_on),
        _figure(doc.baseline),
        _day(doc.baseline_on),
        _figure(doc.target),
        doc.direction,
        _day(doc.deadline),
        _figure(doc.first_target),
        _day(doc.first_deadline),
        doc.mode,
        doc.frequency,
        doc.origin,
        doc.ending,
        _day(doc.ended_on),
        [[_day(m.due_on), _day(m.done_on)] for m in doc.milestones],
        [[_day(p.reported_on), p.state, _figure(p.value), bool(p.confirmation)] for p in doc.progress],
        [[_day(c.from_on), _day(c.to_on)] for c in doc.causes],
    ]


def encode(document: object) -> bytes:
    """The facts of a commitment as JSON bytes; none of anything else."""
    if not isinstance(document, CommitmentDoc):
        return b"null"
    return json.dumps(pack(document), separators=(",", ":")).encode()


def unpack(facts: list[Any]) -> CommitmentDoc:
    """A commitment with the figures, dates and choices of the packed one and no prose."""
    (ref, measure_unit, appraised_on, baseline, baseline_on, target, direction) = facts[:7]
    (deadline, first_target, first_deadline, mode, frequency, origin, ending, ended_on) = facts[7:15]
    (milestones, progress, causes) = facts[15:]
    return CommitmentDoc(
        ref=ref,
        programme_ref="",
        holder=_SOMEBODY,
        task_title="",
        areas=(),
        text="",
        indicator="",
        measure_unit=intern(measure_unit),
        baseline=_decimal(baseline),
        baseline_on=_date(baseline_on),
        baseline_source="",
        target=_decimal(target),
        direction=Direction(direction),
        deadline=date.fromordinal(deadline),
        first_target=_decimal(first_target),
        first_deadline=date.fromordinal(first_deadline),
        accountable="",
        coordinators=(),
        mode=mode and Mode(mode),
        authority="",
        deliverable="",
        evidence_plan="",
        frequency=frequency and Frequency(frequency),
        origin=Origin(origin),
        profile_code="",
        appraised=_appraised(appraised_on),
        milestones=tuple(_milestone(*m) for m in milestones),
        progress=tuple(_progress(*p) for p in progress),
        causes=tuple(_cause(*c) for c in causes),
        ending=ending and Ending(ending),
        ended_on=_date(ended_on),
    )


@lru_cache(maxsize=1024)
def _appraised(on: int) -> Appraised:
    return Appraised(body="", appraised_on=date.fromordinal(on))


def _milestone(due_on: int, done_on: int | None) -> MilestoneDoc:
    return MilestoneDoc(title="", due_on=date.fromordinal(due_on), done_on=_date(done_on))


def _progress(reported_on: int, state: str, value: str | None, confirmed: bool) -> ProgressDoc:
    return ProgressDoc(
        reported_on=date.fromordinal(reported_on),
        state=FigureState(state),
        value=_decimal(value),
        note="",
        source="",
        confirmation=_CONFIRMED if confirmed else None,
    )


def _cause(from_on: int, to_on: int | None) -> CauseDoc:
    return CauseDoc(text="", from_on=date.fromordinal(from_on), to_on=_date(to_on), confirmation=_CONFIRMED)


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: date | None) -> int | None:
    return None if value is None else value.toordinal()


def _date(value: int | None) -> date | None:
    return None if value is None else date.fromordinal(value)
