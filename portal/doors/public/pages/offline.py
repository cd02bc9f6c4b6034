"""Reading without a network: the manifest, the icons, the worker that keeps pages, the list of them."""

import hashlib
import json
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app

from portal.doors.language import ENGLISH, LANGUAGES, catalogue, language, path_in
from portal.doors.language import say as _
from portal.doors.looks import Looks
from portal.doors.public.cache import KEPT
from portal.doors.public.icon import draw_icon
from portal.doors.public.pages import show
from portal.kernel.work import house

pages = Blueprint("offline", __name__)

LOOKS = "kept_looks"
LIST = "/ngoai-tuyen"
ICONS = {"192": (192, "any"), "512": (512, "any"), "512-day": (512, "maskable")}  # name -> size, purpose
MOST, DAYS = 60, 30  # pages a device keeps, and for how long
# Never kept and never touched by the worker: the desk, pages for one person, cards in other sites' frames.
NEVER = (
    *("/van-phong", "/dang-nhap", "/dang-xuat", "/tai-khoan", "/bien-nhan", "/theo-doi"),
    *("/api", "/nhung", "/oembed", "/goi-y", "/k/"),
)
# Answered from the network as ever, with the list of kept pages when there is none; never kept:
# they tell what somebody looked for or was about to say.
UNKEPT = ("/tim-kiem", "/tinh-trang", "/gop-y")

# What the worker says; each in the English catalogue.
WORDS = {
    "banner": "Ông/bà đang xem bản đã lưu lúc %s. Nội dung có thể đã thay đổi hoặc đã gỡ.",
    "all": "Các trang đã lưu trên máy này",
    "missing": "Máy đang không có mạng và trang này chưa được lưu.",
    "none": "Máy này chưa lưu trang nào.",
    "when": "lưu lúc %s",
}


@pages.get("/sw.js")
def worker() -> Response:
    """The worker, with what it must know of this installation written in front."""
    looks: Looks = current_app.extensions[LOOKS]
    root = _root()
    told = {
        "root": root,
        "lists": {tongue: root + path_in(tongue, LIST) for tongue in LANGUAGES},
        "words": {tongue: _words(tongue) for tongue in LANGUAGES},
        "most": MOST,
        "days": DAYS,
        "never": NEVER,
        "unkept": UNKEPT,
        # another style, another worker: it fetches the list of kept pages anew
        "style": hashlib.sha256(looks.style.encode()).hexdigest()[:10],
    }
    setup = f"const SETUP = {json.dumps(told, ensure_ascii=False)};\n"
    return _kept(setup + looks.files["js/worker.js"].decode(), "text/javascript")


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    """What a phone needs to put the portal on its home screen (W3C, Web App Manifest)."""
    site, root, tongue = house().settings.site_name, _root(), language()
    top = root + path_in(tongue, "")
    icons = [_icon(root, name, *shape) for name, shape in ICONS.items()]
    told = {
        "id": f"{root}/",
        "name": site,
        "short_name": site,
        "description": _("Chương trình hành động của cán bộ, để Nhân dân giám sát."),
        "lang": tongue,
        "dir": "ltr",
        "start_url": f"{top}/",
        "scope": f"{root}/",
        "display": "minimal-ui",
        "background_color": "#fbfaf6",
        "theme_color": "#24347f",
        "icons": icons,
    }
    return _kept(json.dumps(told, ensure_ascii=False), "application/manifest+json")


@pages.get("/bieu-tuong/<name>.png")
def icon(name: str) -> Response:
    """The mark as PNG: ``192``, ``512``, or ``512-day``, which a system may cut to any shape."""
    if name not in ICONS:
        abort(404)
    size, purpose = ICONS[name]
    answer = Response(draw_icon(size, maskable=purpose == "maskable"), mimetype="image/png")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


@pages.get(LIST)
def show_list() -> Response:
    """What this device keeps; the worker writes the list, for only it knows."""
    return show("public/offline.html", indexed=False, most=MOST, days=DAYS)


def _icon(root: str, name: str, size: int, purpose: str) -> dict[str, str]:
    src = f"{root}/bieu-tuong/{name}.png"
    return {"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _words(tongue: str) -> dict[str, str]:
    said = catalogue(tongue).ugettext if tongue == ENGLISH else str
    return {key: said(text) for key, text in WORDS.items()}


def _root() -> str:
    return urlsplit(house().settings.base_url).path.rstrip("/")


def _kept(body: str, mimetype: str) -> Response:
    answer = Response(body, mimetype=mimetype)
    answer.headers["Cache-Control"] = KEPT
    return answer
