"""What people say has been done about a commitment: figures of closed batches, on a page of their own.

Not on the commitment's page, so that nobody is led by a running average before answering.
"""

from flask import Blueprint, Response

from portal.doors.public.opinions import in_words, period_shown, told
from portal.doors.public.pages import reading, show, today
from portal.doors.public.pages.commitment import find_revision
from portal.doors.public.pages.gone import gone
from portal.kernel.work import house
from portal.record import reads
from portal.record.documents import CommitmentDoc, RatingsDoc
from portal.record.ratings.showing import fewest_raters
from portal.record.ratings.wording import QUESTION, SIGN_WORDS, Notice

pages = Blueprint("ratings", __name__, url_prefix="/cam-ket")


@pages.get("/<ref>/danh-gia")
def show_page(ref: str) -> Response:
    """Every period, the newest first; groups side by side, never blended."""
    rev, _ = find_revision(ref)
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    found = reads.ratings_of(reading(), ref)
    return show(
        "public/ratings.html",
        doc=rev.document,
        question=in_words(QUESTION),
        periods=[
            period_shown(r.document, today=today()) for r in found if isinstance(r.document, RatingsDoc)
        ],
        newest=found[0] if found else None,
        too_few=told(Notice.TOO_FEW, min_batch=min_batch()),
        unusual=told(Notice.UNUSUAL),
        jump=told(Notice.JUMP),
        signs=[in_words(words) for words in SIGN_WORDS.values()],
        not_everybody=told(Notice.NOT_EVERYBODY),
    )


def min_batch() -> int:
    """How many people of one group must wait before a batch is counted."""
    settings = house().settings
    return max(settings.rating_batch, fewest_raters(settings.minimum_cell))
