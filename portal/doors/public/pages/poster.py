"""The poster of a programme (niêm yết): a print page and, where it can be typeset, a PDF; A4 or A3."""

from flask import Blueprint, Response, abort, request

from portal.doors.language import language, path_in
from portal.doors.language import say as _
from portal.doors.public.cache import KEPT
from portal.doors.public.pages import reading, viewpoint
from portal.doors.public.pages.gone import gone
from portal.doors.public.pages.paper import newest_checkpoint, on_paper
from portal.doors.public.poster import SIZES, Poster, gather
from portal.doors.public.poster_pdf import can_typeset, typeset
from portal.kernel.work import house
from portal.record import reads
from portal.record.documents import ProgrammeDoc, Revision
from portal.record.reads import Checkpoint

pages = Blueprint("poster", __name__, url_prefix="/chuong-trinh")


@pages.get("/<ref>/niem-yet")
def show_page(ref: str) -> Response:
    """The sheet as a page to print; ``?kho=a3`` for the larger paper."""
    rev = _revision(ref)
    if not isinstance(rev.document, ProgrammeDoc):
        return gone(rev)
    size, asked = _size()
    poster = _poster(rev.document, newest_checkpoint())
    return on_paper("public/poster.html", asked=asked, poster=poster, said=_words(poster), size=size, ref=ref)


@pages.get("/<ref>/niem-yet.pdf")
def show_pdf(ref: str) -> Response:
    """The sheet as PDF; 404 where PDFs cannot be made, 410 when the programme was taken down."""
    rev = _revision(ref)
    if not isinstance(rev.document, ProgrammeDoc):
        return gone(rev)
    if not can_typeset():
        abort(404)
    size, asked = _size()
    checkpoint = newest_checkpoint()
    poster = _poster(rev.document, checkpoint)
    made = typeset(poster, _words(poster), size=size, tongue=language(), at=checkpoint.at)
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="niem-yet-{rev.ref}-{size}.pdf"'
    answer.headers["Cache-Control"] = KEPT if request.query_string.decode() == asked else "no-cache"
    return answer


def _revision(ref: str) -> Revision:
    found = reads.revision(reading(), ref)
    return found if found is not None else abort(404)


def _size() -> tuple[str, str]:
    """The paper asked for, and the query that asks for it in its normal form."""
    asked = request.args.get("kho", "").lower()
    if asked and asked not in SIZES:
        abort(404)
    return asked or SIZES[0], f"kho={asked}" if asked else ""


def _poster(doc: ProgrammeDoc, checkpoint: Checkpoint) -> Poster:
    base = house().settings.base_url.rstrip("/")
    return gather(
        doc,
        reads.commitments_of(reading(), doc.ref),
        checkpoint,
        viewpoint(),
        address=base + path_in(language(), f"/chuong-trinh/{doc.ref}"),
    )


def _words(poster: Poster) -> dict[str, str]:
    """The fixed words of the sheet."""
    return {
        "kind": _("Bản niêm yết"),
        "owner": house().settings.site_owner,
        "term": _("Thời hạn"),
        "appraised": _("Thẩm định"),
        "what": _("Việc cam kết"),
        "goal": _("Kết quả phải đạt"),
        "deadline": _("Hạn hoàn thành"),
        "standing": _("Tình hình"),
        "accountable": _("Chịu trách nhiệm"),
        "sum": _("%(count)s cam kết công khai; tình hình tính đến ngày", count=poster.count),
        "withheld": _("%(count)s nội dung không công khai theo quy định.", count=poster.withheld),
        "code": _("Mã QR dẫn đến"),
        "scan": _("Quét mã để xem số liệu mới nhất, minh chứng và từng thay đổi"),
        "address": _("Không quét được mã, mời vào:"),
        "place": _("Niêm yết tại"),
        "from": _("Niêm yết từ ngày"),
        "to": _("đến ngày"),
        "signed": _("Người niêm yết (chức vụ, ký tên)"),
    }
