"""One commitment: its page, an older revision of it, and what changed when."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from portal.doors import readings
from portal.doors.language import say as _
from portal.doors.parts import number_in
from portal.doors.public import sharing
from portal.doors.public.comments import latest_on
from portal.doors.public.finder import record_log
from portal.doors.public.pages import reading, show, viewpoint
from portal.doors.public.pages.gone import gone
from portal.doors.public.pages.history import show_history
from portal.doors.readings import Viewpoint
from portal.kernel.work import house
from portal.record import reads
from portal.record.asking import is_asked
from portal.record.departed import departed
from portal.record.documents import CommitmentDoc, Kind, Revision, TombstoneDoc

pages = Blueprint("commitment", __name__, url_prefix="/cam-ket")


@pages.get("/<ref>")
def show_page(ref: str) -> Response:
    """The commitment as it stands, or as revision ``?ban=N`` had it."""
    rev, newest = find_revision(ref) if request.query_string else (record_log().newest(ref), None)
    if rev is None:
        abort(404)
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    facts = _facts_of(rev, viewpoint())
    voices = latest_on(ref)
    asked = f"ban={rev.number}" if newest else ""
    gone_files = departed(reading(), rev) if newest else {}
    return show(
        "public/commitment.html",
        asked=asked, newest=newest, voices=voices, departed=gone_files, **facts,
    )  # fmt: skip


def facts_of(rev: Revision, view: Viewpoint) -> dict[str, Any]:
    """What the page of a commitment shows, but for whether there is a newer revision."""
    doc = rev.document
    assert isinstance(doc, CommitmentDoc)
    row = readings.row_of(doc, view)
    left = view.calendar.working_days_between(view.today, doc.deadline)
    return {
        "rev": rev,
        "doc": doc,
        "row": row,
        "standing": row.standing,
        "days_left": left if left >= 0 and not row.standing.reached_on and not doc.ending else None,
        "course_line": readings.draw_course(doc, today=view.today),
        "today": view.today,
        "share": sharing.head_of,
        "is_asked": is_asked(doc, today=view.today, weeks=house().settings.done_question_weeks),
    }


_facts_of = lru_cache(maxsize=512)(facts_of)  # a revision stands where it stands all day


@pages.get("/<ref>/lich-su")
def history(ref: str) -> Response:
    """Every revision, and field by field what it changed."""
    return show_history(ref, Kind.COMMITMENT, url_for("commitment.show_page", ref=ref), _("Cam kết"))


def find_revision(ref: str) -> tuple[Revision, int | None]:
    """The revision asked for; the newest one's number when it is an older one. 404 when there is none."""
    newest = reads.revision(reading(), ref)
    asked = request.args.get("ban", "")
    number = number_in(asked)
    if newest is None or (asked and number is None):
        abort(404)
    if number is None or number == newest.number:
        return newest, None
    older = reads.revision(reading(), ref, number)
    if older is None:
        abort(404)
    if isinstance(newest.document, TombstoneDoc):
        return newest, None  # the tombstone says when and why, for every revision
    return older, newest.number
