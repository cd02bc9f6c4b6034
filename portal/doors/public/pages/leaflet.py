"""The leaflet of a unit (tờ rơi): one sheet of A4, as a print page and, where it can be typeset, a PDF."""

from dataclasses import asdict

from flask import Blueprint, Response, abort

from portal.doors.language import language, path_in
from portal.doors.language import say as _
from portal.doors.public.leaflet import Leaflet, gather
from portal.doors.public.pages import reading, viewpoint
from portal.doors.public.pages.gone import gone
from portal.doors.public.pages.paper import as_pdf, newest_checkpoint, on_paper
from portal.doors.public.promises import promised_at
from portal.kernel.work import house
from portal.record import reads
from portal.record.documents import Revision, UnitDoc

pages = Blueprint("leaflet", __name__, url_prefix="/don-vi")


@pages.get("/<slug>/to-roi")
def show_page(slug: str) -> Response:
    """The leaflet as a page to print."""
    rev = _revision(slug)
    if not isinstance(rev.document, UnitDoc):
        return gone(rev)
    leaflet = _leaflet(rev.document)
    return on_paper("public/leaflet.html", leaflet=leaflet, said=_words(leaflet), slug=slug)


@pages.get("/<slug>/to-roi.pdf")
def show_pdf(slug: str) -> Response:
    """The leaflet as PDF."""
    rev = _revision(slug)
    if not isinstance(rev.document, UnitDoc):
        return gone(rev)
    leaflet = _leaflet(rev.document)
    data = {"leaflet": asdict(leaflet), "words": _words(leaflet)}
    return as_pdf("leaflet.typ", data, name=f"to-roi-{slug}")


def _revision(slug: str) -> Revision:
    found = reads.revision(reading(), slug)
    return found if found is not None else abort(404)


def _leaflet(unit: UnitDoc) -> Leaflet:
    view = viewpoint()
    base = house().settings.base_url.rstrip("/")
    return gather(
        unit,
        promised_at(reading(), unit, view),
        newest_checkpoint(),
        view,
        address=base + path_in(language(), f"/don-vi/{unit.slug}"),
    )


def _words(leaflet: Leaflet) -> dict[str, str]:
    """The fixed words of the sheet; they give figures of ``leaflet``, so that both ways say the same."""
    settings = house().settings
    counted = {"cadres": leaflet.cadres, "count": leaflet.count, "late": leaflet.late, "day": leaflet.as_of}
    return {
        "kind": _("Tờ rơi"),
        "owner": ", ".join(name for name in (settings.site_owner, settings.pilot_label) if name),
        "title": _("Ai cam kết việc gì, có trễ hạn không?"),
        "sum": _(
            "%(cadres)s cán bộ, %(count)s cam kết công khai, %(late)s đang quá hạn; tính đến ngày %(day)s.",
            **counted,
        ),
        "none": _("Chưa có chương trình hành động nào của đơn vị này được công khai."),
        "order": _("Cán bộ xếp theo tên; việc chưa xong trước, hạn sớm trước. "
                   "Không chấm điểm, không xếp hạng."),
        "what": _("Việc cam kết"),
        "said": _("Cán bộ tự báo cáo"),
        "sure": _("Đã xác nhận"),
        "standing": _("Hạn, tình trạng"),
        "more": _("Còn %(left)s cam kết khác, xem ở:", left=leaflet.left_out),
        "sample": _("Số liệu minh họa: người và số liệu trong tờ này là giả định."),
        "code": _("Mã QR dẫn đến"),
        "scan": _("Quét mã để xem đủ và mới nhất"),
        "how": _("Ông/bà có ý kiến?"),
        "web": _("Trên mạng: quét mã hoặc vào %(address)s, mở một cam kết, bấm “Đánh giá, góp ý việc này”.",
                 address=leaflet.address),
        "counter": _("Tại quầy: xin “Phiếu góp ý” ở nơi tiếp nhận hồ sơ của phường, xã; không ghi tên; "
                     "nộp xong nhận biên nhận có mã để theo dõi."),
        "other": _("Khiếu nại, tố cáo không viết vào phiếu: hỏi nơi tiếp công dân để được bảo vệ theo luật."),
    }  # fmt: skip
