"""One action programme: who, on what basis, which tasks, and where each commitment stands."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, url_for

from portal.doors import readings
from portal.doors.language import say as _
from portal.doors.public.pages import reading, show, viewpoint
from portal.doors.public.pages.commitment import find_revision
from portal.doors.public.pages.gone import gone
from portal.doors.public.pages.history import show_history
from portal.doors.public.pages.themes import late_in
from portal.doors.readings import Viewpoint
from portal.record import reads
from portal.record.documents import CommitmentDoc, Kind, ProgrammeDoc, Revision
from portal.record.standing import ENDING_WORDS

pages = Blueprint("programme", __name__, url_prefix="/chuong-trinh")


@pages.get("/<ref>")
def show_page(ref: str) -> Response:
    """The programme as it stands, or as revision ``?ban=N`` had it; commitments as they stand."""
    rev, newest = find_revision(ref)
    if not isinstance(rev.document, ProgrammeDoc):
        return gone(rev)
    themes = reads.themes_of(reading(), ref)
    facts = facts_of(rev, reads.commitments_of(reading(), ref), viewpoint(), late=late_in(themes))
    return show("public/programme.html", asked=f"ban={rev.number}" if newest else "", newest=newest, **facts)


def facts_of(
    rev: Revision, commitments: Iterable[CommitmentDoc], view: Viewpoint, *, late: int = 0
) -> dict[str, Any]:
    """What the page of a programme shows, but for whether there is a newer revision."""
    doc = rev.document
    assert isinstance(doc, ProgrammeDoc)
    deeds = {c.ref: readings.row_of(c, view) for c in commitments}
    return {
        "rev": rev,
        "doc": doc,
        "deeds": deeds,
        "standings": readings.tally(deeds.values()),
        "ending_word": ENDING_WORDS[doc.ending] if doc.ending else "",
        "today": view.today,
        "late": late,  # answers to themes that are overdue
    }


@pages.get("/<ref>/lich-su")
def history(ref: str) -> Response:
    """Every revision, and field by field what it changed."""
    return show_history(
        ref, Kind.PROGRAMME, url_for("programme.show_page", ref=ref), _("Chương trình hành động")
    )
