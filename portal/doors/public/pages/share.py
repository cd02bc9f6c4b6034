"""Sharing: the page that hands out a card, short addresses, QR codes, pictures, what others embed."""

import json
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, redirect, request
from limits import parse as limit

from portal.doors.headers import policy
from portal.doors.language import language, path_in
from portal.doors.language import say as _
from portal.doors.looks import Looks
from portal.doors.public import sharing
from portal.doors.public.cache import KEPT
from portal.doors.public.card import Card, card_of
from portal.doors.public.pages import reading, show, viewpoint
from portal.doors.public.pages.gone import gone
from portal.doors.public.picture import draw
from portal.doors.public.visiting import Ration, is_allowed, place, refuse_haste
from portal.doors.stage import page
from portal.kernel.work import house
from portal.record import reads
from portal.record.documents import CommitmentDoc, ProgrammeDoc, Revision, UnitDoc

pages = Blueprint("share", __name__)

LOOKS = "card_looks"  # the style of the card alone
_ANYWHERE = {"Cross-Origin-Resource-Policy": "cross-origin", "X-Robots-Tag": "noindex"}


@pages.get("/cam-ket/<ref>/chia-se")
def show_page(ref: str) -> Response:
    """Everything to pass a commitment on with: address, code, picture, HTML for another site."""
    rev = _revision(ref, "cam-ket")
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    return show(
        "public/share.html",
        doc=rev.document,
        short=sharing.site() + sharing.short_path(ref),
        frame=sharing.frame_for(rev.document.text, ref),
        indexed=False,
    )


@pages.get("/nhung/cam-ket/<ref>")
def show_card(ref: str) -> Response:
    """The card for other sites: may be framed by anybody, sets nothing, runs nothing."""
    rev = _revision(ref, "cam-ket")
    is_gone = not isinstance(rev.document, CommitmentDoc)
    looks: Looks = current_app.extensions[LOOKS]
    answer = page(
        "public/embed.html",
        status=410 if is_gone else 200,
        card=card_of(rev, viewpoint()),
        style=looks.style,
        address=sharing.site() + path_in(language(), sharing.place_of(rev)),
    )
    over_tls = house().settings.base_url.startswith("https://")
    kept = not is_gone and not request.query_string
    answer.headers["Content-Security-Policy"] = policy(looks.style_source, over_tls=over_tls, framed=True)
    answer.headers["X-Frame-Options"] = ""  # no such header: the policy above says who may frame it
    answer.headers["Cache-Control"] = KEPT if kept else "no-cache"
    answer.headers.update(_ANYWHERE)
    return answer


@pages.get("/k/<path:ref>")
def lead_on(ref: str) -> Response:
    """The short address of anything: to its page, or to what is left of it."""
    newest = reads.revision(reading(), ref)
    if newest is None:
        abort(404)
    answer = redirect(request.environ.get("SCRIPT_NAME", "") + sharing.place_of(newest), 303)
    answer.headers["Cache-Control"] = "no-cache"
    return answer  # type: ignore[return-value]  # werkzeug promises less than it gives


@pages.get("/qr/<folder>/<ref>.svg")
def code_as_drawing(folder: str, ref: str) -> Response:
    """The QR code of a short address, for print."""
    rev = _revision(ref, folder)
    if not _stands(rev):
        return gone(rev)
    address = sharing.site() + sharing.short_path(ref)
    drawn = sharing.qr_svg(address, _("Mã QR dẫn đến %(address)s", address=address))
    return _file(drawn, "image/svg+xml", f"qr-{ref}.svg")


@pages.get("/qr/<folder>/<ref>.png")
def code_as_picture(folder: str, ref: str) -> Response:
    """The QR code of a short address, for a message."""
    rev = _revision(ref, folder)
    if not _stands(rev):
        return gone(rev)
    return _file(sharing.qr_png(sharing.site() + sharing.short_path(ref)), "image/png", f"qr-{ref}.png")


@pages.get("/anh/<folder>/<ref>.png")
def picture(folder: str, ref: str) -> Response:
    """The card as a picture. What is not kept in memory is drawn for so many a minute and place only."""
    rev = _revision(ref, folder)
    if not _stands(rev):
        return gone(rev)
    drawings = Ration("picture", limit(f"{house().settings.pictures_per_minute} per 1 minute"))
    if not is_allowed((drawings, place())):
        refuse_haste()
    address = sharing.site() + sharing.short_path(ref)
    drawn = draw(_card(rev), site=house().settings.site_name, address=address)
    return _file(drawn, "image/png", f"{folder}-{ref}.png")


@pages.get("/oembed")
def embed() -> Response:
    """How to embed the commitment at ``?url=`` (oembed.com), JSON only."""
    if request.args.get("format", "json") != "json":
        abort(501)
    rev = _at(request.args.get("url", ""))
    doc = rev.document if rev else None
    if rev is None or not isinstance(doc, CommitmentDoc):
        abort(404)
    told = {
        "version": "1.0",
        "type": "rich",
        "title": doc.text,
        "author_name": f"{doc.holder.cadre_name}, {doc.holder.post}",
        "provider_name": house().settings.site_name,
        "provider_url": sharing.site() + "/",
        "html": sharing.frame_for(doc.text, rev.ref),
        "width": _most(request.args.get("maxwidth", ""), sharing.FRAME_WIDTH),
        "height": _most(request.args.get("maxheight", ""), sharing.FRAME_HEIGHT),
    }
    answer = Response(json.dumps(told, ensure_ascii=False), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers.update(_ANYWHERE)
    return answer


def _revision(ref: str, folder: str) -> Revision:
    """What is at ``ref`` now. 404 when it never was of the kind of ``folder``."""
    kind, found = sharing.KINDS.get(folder), reads.revision(reading(), ref)
    if found is None or found.kind is not kind:
        abort(404)
    return found


def _stands(rev: Revision) -> bool:
    return isinstance(rev.document, CommitmentDoc | ProgrammeDoc | UnitDoc)


def _card(rev: Revision) -> Card:
    """The card of ``rev`` with the commitments it counts."""
    c, refs = reading(), []
    match rev.document:
        case ProgrammeDoc():
            refs = [rev.ref]
        case UnitDoc() as unit:
            slugs = [unit.slug, *(old.unit.slug for old in unit.predecessors)]
            refs = [programme.ref for programme in reads.programmes_of(c, slugs)]
    return card_of(rev, viewpoint(), within=[doc for ref in refs for doc in reads.commitments_of(c, ref)])


def _file(body: bytes, mimetype: str, name: str) -> Response:
    answer = Response(body, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "no-cache" if request.query_string else KEPT
    answer.headers.update(_ANYWHERE)
    return answer


def _at(address: str) -> Revision | None:
    """The commitment whose page or short address ``address`` is; None for any other."""
    base = sharing.site()
    path = urlsplit(address).path if address.startswith(base + "/") else ""
    folder, _sep, ref = path.removeprefix(urlsplit(base).path).removeprefix("/en").strip("/").rpartition("/")
    is_ours = folder in ("cam-ket", "k", "nhung/cam-ket") and ref.isprintable()
    return reads.revision(reading(), ref) if is_ours else None


def _most(asked: str, ours: int) -> int:
    return min(int(asked), ours) if asked.isdecimal() and len(asked) < 6 and int(asked) >= 1 else ours
