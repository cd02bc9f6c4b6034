"""When a commitment was completed: the first figure that reached the target and was not lost again."""

from datetime import date
from itertools import takewhile

from portal.record.attainment import (
    Figure,
    Layer,
    figures,
    is_beyond,
    is_reached,
    may_fall_back,
)
from portal.record.documents import CommitmentDoc


def completed_on(doc: CommitmentDoc, layer: Layer, *, today: date) -> date | None:
    """The day on which ``layer`` shows the target reached for good, as known ``today``.

    That is the first figure of ``layer``, by date, that reaches the target and from which no later
    figure of *any* layer falls back: a confirmed result does not outlive the cadre's own report
    that it was lost. What may fall back is concluded only once the deadline has come, by the
    figures up to the deadline; what happens to it afterwards belongs to another period.
    """
    if not may_fall_back(doc):
        return _start_of_run(doc, layer, by=today)
    if today < doc.deadline:
        return None
    return _start_of_run(doc, layer, by=doc.deadline) or _start_of_run(doc, layer, by=today)


def is_exceeded(doc: CommitmentDoc, *, completed: date) -> bool:
    """Whether the newest confirmed figure of the period is better than the target.

    The period ends with the deadline, or with the day of confirmed completion if that came later.
    """
    newest = _known(doc, Layer.CONFIRMED, by=max(doc.deadline, completed))[-1]
    return is_beyond(doc, newest.value)


def _known(doc: CommitmentDoc, layer: Layer, *, by: date) -> list[Figure]:
    return [figure for figure in figures(doc, layer) if figure.row.reported_on <= by]


def _start_of_run(doc: CommitmentDoc, layer: Layer, *, by: date) -> date | None:
    """The first day in ``layer`` of the unbroken run of reaching figures that stands at ``by``."""
    known = _known(doc, Layer.SELF_REPORTED, by=by)
    run = takewhile(lambda figure: is_reached(doc, figure.value), reversed(known))
    everything = layer is Layer.SELF_REPORTED
    days = [f.row.reported_on for f in run if everything or f.row.confirmation is not None]
    return days[-1] if days else None
