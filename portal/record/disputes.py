"""Where the record holds two words about one commitment that cannot both be right.

It speaks of figures and answers that are published, never of a person, and says not who is right.
"""

from portal.record.attainment import Figure, Layer, figures, is_reached, may_fall_back
from portal.record.documents import CommitmentDoc
from portal.record.ratings.document import RatingsDoc
from portal.record.ratings.figures import Part, Row
from portal.record.ratings.terms import Answer

MOST_OF_THEM = 50  # per cent: where the whole interval lies from here on, it is most of who answered


def has_contradicted_figures(doc: CommitmentDoc) -> bool:
    """Whether the newest confirmed figure contradicts a figure that is only reported.

    It does when both are of one day and differ, or when the report says that the target was reached
    for good and the confirmed figure, no older, that it was not.
    """
    sure = figures(doc, Layer.CONFIRMED)
    said = (figure for figure in figures(doc, Layer.SELF_REPORTED) if figure.row.confirmation is None)
    return bool(sure) and any(_contradicts(doc, sure[-1], figure) for figure in said)


def _contradicts(doc: CommitmentDoc, sure: Figure, said: Figure) -> bool:
    if said.row.reported_on == sure.row.reported_on:
        return said.value != sure.value
    is_older = said.row.reported_on < sure.row.reported_on
    claims_more = is_reached(doc, said.value) and not is_reached(doc, sure.value)
    return is_older and claims_more and not may_fall_back(doc)


def is_mostly_not_seen(ratings: RatingsDoc) -> bool:
    """Whether, in some group, most of who answered see nothing done ("Chưa thấy làm").

    Told by released figures alone, leaving out answers that came in an unusual way: the whole 95 %
    interval of the share must lie at half or above. Too few answers have no share and say nothing.
    """
    return any(part.low >= MOST_OF_THEM for row in ratings.figures.rows for part in _not_seen(row))


def _not_seen(row: Row) -> list[Part]:
    return [part for part in row.without_unusual.parts if part.answers == (Answer.NOT_SEEN,)]
