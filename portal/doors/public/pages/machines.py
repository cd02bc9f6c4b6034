"""For search engines: what may be read, and every address worth reading."""

from flask import Blueprint, Response
from sqlalchemy import bindparam, text

from portal.doors.language import LANGUAGES, path_in
from portal.doors.public.addresses import FOLDERS
from portal.doors.public.cache import KEPT
from portal.doors.public.pages import reading
from portal.kernel.work import house
from portal.record.documents import Kind

pages = Blueprint("machines", __name__)

_STANDING = text(
    "SELECT kind, ref FROM record_latest WHERE standing AND kind IN :kinds ORDER BY position LIMIT :most"
).bindparams(bindparam("kinds", expanding=True, value=list(FOLDERS)))
_STILL = ("/", "/don-vi", "/so-cai", "/kiem-duyet", "/du-lieu", "/phuong-phap", "/tro-giup", "/tiep-can")
_MOST = 50_000 // len(LANGUAGES) - len(_STILL)  # 50,000 addresses a site map, sitemaps.org


@pages.get("/robots.txt")
def robots() -> Response:
    """Everything public may be read; searches and old revisions need not be."""
    lines = ["User-agent: *", "Disallow: /tim-kiem?", "Disallow: /en/tim-kiem?", "Disallow: /*?ban="]
    return _kept("\n".join([*lines, f"Sitemap: {_base()}/sitemap.xml", ""]), "text/plain")


@pages.get("/sitemap.xml")
def site_map() -> Response:
    """Every standing page in both languages."""
    rows = reading().execute(_STANDING, {"most": _MOST}).all()
    paths = [*_STILL, *(f"{FOLDERS[Kind(row.kind)]}/{row.ref}" for row in rows)]
    urls = "".join(_url(path, tongue) for path in paths for tongue in LANGUAGES)
    return _kept(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n',
        "application/xml",
    )


def _base() -> str:
    return house().settings.base_url.rstrip("/")


def _url(path: str, tongue: str) -> str:
    return f"<url><loc>{_base()}{path_in(tongue, path)}</loc></url>\n"


def _kept(body: str, mimetype: str) -> Response:
    answer = Response(body, mimetype=mimetype)
    answer.headers["Cache-Control"] = KEPT
    return answer
