"""What a page says of itself to whoever links to it: Open Graph, schema.org, short address, QR, frame."""

import io
import json
from functools import lru_cache
from typing import Any

import segno
from markupsafe import Markup

from portal.doors.language import language, path_in
from portal.doors.language import say as _
from portal.doors.public.addresses import FOLDERS, page_of
from portal.doors.public.picture import HEIGHT, WIDTH
from portal.kernel.work import house
from portal.record.documents import CommitmentDoc, Kind, Revision, UnitLink

_LOCALES = {"vi": "vi_VN", "en": "en_GB"}
_LONGEST = 200  # characters of a description; readers cut it there
_QUIET = 4  # modules of white around a code, ISO/IEC 18004
_SCALE = 10  # pixels a module
FRAME_HEIGHT, FRAME_WIDTH = 300, 640

# Inside a script element only these could end it or begin another; in JSON they may be written otherwise.
_HARMLESS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_TABLE = str.maketrans(_HARMLESS)


def site() -> str:
    """What every whole address of this site begins with."""
    return house().settings.base_url.rstrip("/")


def short_path(ref: str) -> str:
    """The short address of what is called ``ref``, in the language of the request."""
    return path_in(language(), f"/k/{ref}")


def place_of(newest: Revision) -> str:
    """Where the short address of ``newest`` leads: its page, which tells when it is gone, else its entry."""
    if newest.kind in FOLDERS:
        return f"{FOLDERS[newest.kind]}/{newest.ref}"
    return page_of(newest) or f"/so-cai/{newest.position}"


def head_of(rev: Revision) -> Markup:
    """The lines for the head of a commitment's page; empty for what is none."""
    return _head(rev, language(), site())


@lru_cache(maxsize=512)  # the same until it is published anew; a revision is found by its digest
def _head(rev: Revision, tongue: str, base: str) -> Markup:
    doc, at = rev.document, rev.at.isoformat()
    if not isinstance(doc, CommitmentDoc):
        return Markup("")
    page = base + path_in(tongue, f"/cam-ket/{doc.ref}")
    picture = base + path_in(tongue, f"/anh/cam-ket/{doc.ref}.png")
    about = shorten(f"{doc.holder.cadre_name}, {doc.holder.post}: {doc.indicator}")
    told = {
        "og:type": "article",
        "og:title": shorten(doc.text),
        "og:description": about,
        "og:url": page,
        "og:image": picture,
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:locale": _LOCALES[tongue],
    }
    metas = [Markup('<meta property="{}" content="{}">').format(*pair) for pair in told.items()]
    metas.append(Markup('<meta name="twitter:card" content="summary_large_image">'))
    metas.append(
        Markup('<link rel="alternate" type="application/json+oembed" href="{}/oembed?url={}">').format(
            base, page
        )
    )
    return Markup("\n").join([*metas, as_script(linked_data(doc, at, page=page, base=base, tongue=tongue))])


def linked_data(doc: CommitmentDoc, at: str, *, page: str, base: str, tongue: str) -> dict[str, Any]:
    """The commitment as schema.org knows such things: a published text about an action somebody plans.

    No ``actionStatus``: schema.org has no word for late, and "failed" would be untrue.
    """
    unit = doc.holder.unit
    steps = [
        (path_in(tongue, "/don-vi"), _("Phường, xã")),
        (path_in(tongue, f"/don-vi/{unit.slug}"), unit.name),
        (path_in(tongue, f"/chuong-trinh/{doc.programme_ref}"), doc.holder.cadre_name),
    ]
    trail = [
        {"@type": "ListItem", "position": n, "name": name, "item": base + path}
        for n, (path, name) in enumerate(steps, 1)
    ]
    return {
        "@context": "https://schema.org",
        "@graph": [_work(doc, at, page), {"@type": "BreadcrumbList", "itemListElement": trail}],
    }


def _work(doc: CommitmentDoc, at: str, page: str) -> dict[str, Any]:
    holder = doc.holder
    return {
        "@type": "CreativeWork",
        "url": page,
        "name": doc.text,
        "inLanguage": "vi",
        "dateModified": at,
        "creator": {
            "@type": "Person",
            "name": holder.cadre_name,
            "jobTitle": holder.post,
            "worksFor": _office(holder.unit),
        },
        "about": {
            "@type": "Action",
            "name": doc.indicator,
            "endTime": f"{doc.deadline.isoformat()}T23:59:59+07:00",  # a day is no time
            "agent": {"@type": "Person", "jobTitle": doc.accountable, "worksFor": _office(holder.unit)},
        },
    }


def _office(unit: UnitLink) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": unit.name}


def as_script(data: dict[str, Any]) -> Markup:
    """``data`` for machines, in a script element that runs nothing and that no text can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_TABLE)
    return Markup(f'<script type="application/ld+json">{text}</script>')


def shorten(text: str) -> str:
    """``text`` on one line, cut at a word where it is too long for a description."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def frame_for(title: str, ref: str) -> str:
    """The HTML by which another site shows the card: it can be read and followed, and do nothing else."""
    address = site() + path_in(language(), f"/nhung/cam-ket/{ref}")
    made = Markup(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border:0;max-width:{}px" '
        'sandbox="allow-top-navigation-by-user-activation" referrerpolicy="no-referrer"></iframe>'
    ).format(address, shorten(title), FRAME_HEIGHT, FRAME_WIDTH)
    return str(made)  # a text to copy: shown on a page it must be escaped once more


def qr_svg(address: str, title: str) -> bytes:
    """The QR code of ``address`` as a drawing called ``title``; a quarter of it may be smudged (level Q)."""
    written = io.BytesIO()
    code = segno.make(address, error="q", micro=False)
    code.save(
        written, kind="svg", border=_QUIET, scale=_SCALE, light="#fff", dark="#000", title=title,
        xmldecl=False, svgclass=None, lineclass=None,
    )  # fmt: skip
    return written.getvalue()


def qr_png(address: str) -> bytes:
    """The QR code of ``address`` as black and white pixels."""
    written = io.BytesIO()
    segno.make(address, error="q", micro=False).save(written, kind="png", border=_QUIET, scale=_SCALE)
    return written.getvalue()


KINDS: dict[str, Kind] = {"cam-ket": Kind.COMMITMENT, "chuong-trinh": Kind.PROGRAMME, "don-vi": Kind.UNIT}
"""What has a picture and a code, by the folder of its page."""
