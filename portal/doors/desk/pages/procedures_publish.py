"""Publishing a unit's results: what would go out beside what is public, and the second person's word."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.procedures import around, look, pages
from portal.kernel.policy import Act, Refusal, Refused, refusal_of
from portal.kernel.wording import WORDING, sentence
from portal.kernel.work import work
from portal.office.accounts.reads import actor
from portal.office.procedures.reads import matter
from portal.publication import procedures as valve
from portal.publication.signing import signer_of
from portal.record.documents import Act as Entry

_SHOWN = (Refusal.NO_REASON, Refusal.CHANGED_SINCE_PREVIEW, Refusal.NOTHING_CHANGED)


@pages.route("/<slug>/cong-bo", methods=["GET", "POST"])
@acts(Act.READ_PROCEDURES)
def publish(slug: str) -> Response:
    """See what would go out; send it, as somebody who recorded none of it."""
    if request.method == "GET":
        return _show(slug, 200)
    try:
        with work() as w:
            look(w, slug, Act.PUBLISH_PROCEDURES)
            valve.publish(
                w,
                slug,
                by=actor(me()),
                signer=signer_of(w.settings),
                previewed=request.form.get("previewed", ""),
                reason=request.form.get("reason", ""),
            )
    except Refused as refused:
        if refused.refusal not in _SHOWN:
            raise
        return _show(slug, STATUS.get(refused.refusal, OTHER_REFUSALS), alert=sentence(refused))
    flash("Đã công bố. Số liệu hiện trên trang của đơn vị.", "success")
    return redirect(url_for("procedures.show_unit", slug=slug), 303)


def _show(slug: str, status: int, *, alert: str = "") -> Response:
    with work() as w:
        unit = look(w, slug, Act.READ_PROCEDURES)
        seen, facts = valve.preview(w, unit), around(unit)
        against = refusal_of(actor(me()), Act.PUBLISH_PROCEDURES, matter(w, unit.id))
    values: dict[str, Any] = {
        "seen": seen,
        "going": seen.line.document if seen.line and seen.line.act is not Entry.WITHDRAW else None,
        "alert": alert,
        "against": WORDING[against][0] if against else "",
        "reason": request.form.get("reason", ""),
    }
    return show("desk/procedures/publish.html", status, **values, **facts)
