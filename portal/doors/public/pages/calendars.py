"""Deadlines to keep in one's own calendar: of one commitment, a programme, or all programmes of a unit."""

from collections.abc import Iterator

from flask import Blueprint, Response, request

from portal.doors.formats import day
from portal.doors.language import language
from portal.doors.language import say as _
from portal.doors.public import deadlines
from portal.doors.public.cache import KEPT
from portal.doors.public.matters import find_matter, name_here
from portal.doors.public.pages import reading, viewpoint
from portal.doors.readings import Viewpoint, row_of
from portal.kernel.work import house
from portal.record import reads
from portal.record.documents import CommitmentDoc, Revision, TombstoneDoc
from portal.record.news.matter import Matter, What, commitments_ever, document_of, parts_of

pages = Blueprint("calendars", __name__, url_prefix="/lich")


@pages.get("/<any('don-vi', 'chuong-trinh', 'cam-ket'):what>/<name>.ics")
def of_document(what: str, name: str) -> Response:
    """The deadlines that belong to one document."""
    matter, view, here = find_matter(f"{what}/{name}"), viewpoint(), house()
    found = [reads.history(reading(), ref) for ref in _commitments(matter)]
    appointments = sorted(
        (_appointment(revisions, view) for revisions in found if revisions), key=lambda one: (one.on, one.ref)
    )
    body = deadlines.write(
        appointments,
        name=f"{here.settings.site_name}: {name_here(matter)}",
        base=here.settings.base_url.rstrip("/"),
        tongue=language(),
    )
    answer = Response(body, mimetype=deadlines.MIMETYPE)
    answer.headers["Cache-Control"] = "no-cache" if request.query_string else KEPT
    return answer


def _commitments(matter: Matter) -> Iterator[str]:
    """The commitments of ``matter``; of a programme that is gone itself, only that it is."""
    rev = document_of(reading(), matter)
    if matter.what is What.COMMITMENT or (rev and isinstance(rev.document, TombstoneDoc)):
        yield matter.name
    elif matter.what is What.PROGRAMME:
        yield from commitments_ever(reading(), matter.name)
    else:
        for doc in reads.programmes_of(reading(), parts_of(reading(), matter)):
            yield from commitments_ever(reading(), doc.ref)


def _appointment(revisions: tuple[Revision, ...], view: Viewpoint) -> deadlines.Appointment:
    newest = revisions[0]
    doc, folder = newest.document, "cam-ket" if newest.kind == "commitment" else "chuong-trinh"
    if isinstance(doc, CommitmentDoc):
        title, told = _("Hạn: %(what)s", what=doc.text), _told(doc, view)
    elif isinstance(doc, TombstoneDoc):
        title, told = _("Đã gỡ xuống"), _("Đã gỡ ngày %(day)s. Lý do: %(reason)s",
            day=day(doc.withdrawn_on), reason=doc.reason)  # fmt: skip
    else:  # its text was erased
        title, told = _("Đã gỡ xuống"), ""
    return deadlines.appointment_of(revisions, title=title, told=told, page=f"/{folder}/{newest.ref}")


def _told(doc: CommitmentDoc, view: Viewpoint) -> str:
    standing = _(row_of(doc, view).sign.word)
    lines = [
        f"{doc.holder.cadre_name}, {doc.holder.post}, {doc.holder.unit.name}",
        _("Tình trạng ngày %(day)s: %(standing)s", day=day(view.today), standing=standing),
    ]
    if doc.first_deadline != doc.deadline:
        lines.append(_("Hạn công bố lần đầu: %(day)s", day=day(doc.first_deadline)))
    return "\n".join(lines)
