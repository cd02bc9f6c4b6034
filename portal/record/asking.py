"""Has it really been done? Asked some weeks after a commitment was declared done.

The answers are ratings like any others, in the period in which they are given.
"""

from datetime import date, timedelta

from portal.record import reads
from portal.record.attainment import Layer, may_fall_back
from portal.record.completion import completed_on
from portal.record.documents import CommitmentDoc

ASKED_FOR = timedelta(weeks=13)  # a quarter: everybody can answer in a period of their own


def declared_done_on(doc: CommitmentDoc, *, today: date) -> date | None:
    """The day from which the cadre says the target is reached for good; None: not so far.

    What may fall back before the deadline is not said to be done before it.
    """
    reported = None if doc.ending else completed_on(doc, Layer.SELF_REPORTED, today=today)
    return max(reported, doc.deadline) if reported and may_fall_back(doc) else reported


def asked_from(doc: CommitmentDoc, *, today: date, weeks: int) -> date | None:
    """The day from which people are asked; None while nothing was declared done."""
    declared = declared_done_on(doc, today=today)
    return None if declared is None else declared + timedelta(weeks=weeks)


def is_asked(doc: CommitmentDoc, *, today: date, weeks: int) -> bool:
    """Whether the page asks its readers ``today``."""
    begins = asked_from(doc, today=today, weeks=weeks)
    return begins is not None and begins <= today < begins + ASKED_FOR


def to_be_asked(c: reads.Reader, *, today: date, weeks: int) -> tuple[CommitmentDoc, ...]:
    """The commitments about which followers are to be asked; who sends the letters remembers them."""
    return tuple(doc for doc in reads.commitments(c) if is_asked(doc, today=today, weeks=weeks))
