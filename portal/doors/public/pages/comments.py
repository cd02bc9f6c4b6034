"""Every comment on one commitment, page by page."""

from flask import Blueprint, Response, abort, request

from portal.doors.public.comments import voices_on
from portal.doors.public.pages import reading, show
from portal.doors.public.pages.gone import gone
from portal.record import reads
from portal.record.documents import CommitmentDoc
from portal.record.voices import COMMENTS_A_PAGE

pages = Blueprint("comments", __name__, url_prefix="/cam-ket")


@pages.get("/<ref>/y-kien")
def show_page(ref: str) -> Response:
    """The comments and stubs, the latest first."""
    rev = reads.revision(reading(), ref)
    if rev is None:
        abort(404)
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    number = page_number()
    found = voices_on(ref, page=number, size=COMMENTS_A_PAGE)
    if number > found.last or (number > 1 and not found.said):
        abort(404)
    return show(
        "public/comments.html",
        asked=f"trang={number}" if number > 1 else "",
        doc=rev.document,
        voices=found,
        number=number,
    )


def page_number() -> int:
    """The page asked for; 404 for what is no number of a page."""
    asked = request.args.get("trang", "1")
    if not asked.isdecimal() or not 1 <= len(asked) <= 7 or int(asked) < 1:
        abort(404)
    return int(asked)
