"""One commitment beside others like it: places and deadlines in order, people never ranked."""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request

from portal.doors import readings
from portal.doors.public.likeness import BY_DEADLINE, BY_PLACE, alike
from portal.doors.public.pages import reading, show, viewpoint
from portal.doors.public.pages.commitment import find_revision
from portal.doors.public.pages.gone import gone
from portal.record.documents import CommitmentDoc

pages = Blueprint("compare", __name__, url_prefix="/cam-ket")

_SIZE = 20  # lines a page


@pages.get("/<ref>/doi-chieu")
def show_page(ref: str) -> Response:
    """What was promised elsewhere in the same area, counted in the same unit, in the same direction."""
    rev, newest = find_revision(ref)
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    if newest:
        abort(404)  # only what stands today stands beside others
    doc, view = rev.document, viewpoint()
    order, number = _order(), _number()
    found = alike(reading(), doc, view, order=order)
    last = max(1, -(-len(found.docs) // _SIZE))
    if number > last:
        abort(404)
    carried = {"xep": order} if order != BY_PLACE else {}
    return show(
        "public/compare.html",
        asked=urlencode({**carried, **({"trang": number} if number > 1 else {})}),
        doc=doc,
        rows=[readings.row_of(d, view) for d in found.docs[(number - 1) * _SIZE : number * _SIZE]],
        total=len(found.docs),
        is_cut=found.is_cut,
        order=order,
        by_deadline=BY_DEADLINE,
        carried=carried,
        number=number,
        last=last,
        today=view.today,
        indexed=False,
    )


def _order() -> str:
    return BY_DEADLINE if request.args.get("xep") == BY_DEADLINE else BY_PLACE


def _number() -> int:
    asked = request.args.get("trang", "1")
    return int(asked) if asked.isdecimal() and int(asked[:7]) > 0 else abort(404)
