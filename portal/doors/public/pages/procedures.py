"""Results of administrative procedures of one unit: the box on its page, every month, every correction."""

from datetime import date

from flask import Blueprint, Response, url_for

from portal.doors.language import say as _
from portal.doors.public.pages import show, today
from portal.doors.public.pages.commitment import find_revision
from portal.doors.public.pages.gone import gone
from portal.doors.public.pages.history import show_history
from portal.doors.public.procedure_view import Box, make_box
from portal.record.documents import Kind, ProceduresDoc, Revision

pages = Blueprint("procedures", __name__, url_prefix="/don-vi")

A_YEAR = 12  # months
_ALL = 1200  # months: a hundred years


def box_of(rev: Revision | None, *, today: date) -> Box | None:
    """The box on the unit's page: the last year; None where nothing was ever published, or it is gone."""
    if rev is None or not isinstance(rev.document, ProceduresDoc):
        return None
    return make_box(rev, rev.document, today=today, length=A_YEAR)


@pages.get("/<slug>/thu-tuc")
def show_page(slug: str) -> Response:
    """Every month, as it stands or as revision ``?ban=N`` had it."""
    rev, newest = find_revision(f"{slug}/thu-tuc")
    if not isinstance(rev.document, ProceduresDoc):
        return gone(rev)
    box = make_box(rev, rev.document, today=today(), length=_ALL)
    return show(
        "public/procedures.html",
        "units",
        asked=f"ban={rev.number}" if newest else "",
        newest=newest,
        rev=rev,
        unit=rev.document.unit,
        box=box,
    )


@pages.get("/<slug>/thu-tuc/lich-su")
def history(slug: str) -> Response:
    """Every revision, and month by month what it changed."""
    href = url_for("procedures.show_page", slug=slug)
    return show_history(f"{slug}/thu-tuc", Kind.PROCEDURES, href, _("Kết quả giải quyết thủ tục hành chính"))
