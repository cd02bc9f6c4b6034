"""Suggestions while typing, for the script beside the search field; the form works without them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from json import dumps
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask_babel import gettext, ngettext  # type: ignore[import-untyped]

from portal.doors.language import language, path_in
from portal.doors.public.finder import searcher
from portal.doors.public.pages import reading, viewpoint
from portal.record import reads
from portal.record.documents import CommitmentDoc
from portal.record.search import UnitHit
from portal.record.search.filters import AREA
from portal.record.search.parse import parse
from portal.record.search.phrases import completions
from portal.record.search.saved import NAME_OF, WORDS, printable

pages = Blueprint("suggest", __name__)

_MOST_PHRASES, _MOST_COMMITMENTS = 3, 3
_LONGEST = 90  # characters of a commitment's text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: where it leads, what it says, what more there is to say; ``kind`` is its heading."""

    kind: str
    label: str
    note: str
    href: str


@pages.get("/goi-y")
def suggest() -> Response:
    """What the words so far may become, as JSON; kept nowhere."""
    typed = printable(request.args.get("q", ""))
    found = list(_suggestions(typed))
    said = (
        ngettext("Có %(num)d gợi ý.", "Có %(num)d gợi ý.", len(found))
        if found
        else gettext("Không có gợi ý.")
    )
    body = dumps({"said": said, "items": [asdict(one) for one in found]}, ensure_ascii=False)
    answer = Response(body, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _suggestions(typed: str) -> Iterator[Suggestion]:
    view = viewpoint()
    begun = searcher(view).begin(typed, today=view.today)
    found = reads.documents(reading(), begun.refs)
    standing = (found[ref].document for ref in begun.refs if ref in found)
    documents = [document for document in standing if isinstance(document, CommitmentDoc)]
    texts = (text for doc in documents for text in (doc.indicator, doc.text, *(a.label for a in doc.areas)))
    for phrase in completions(texts, typed, _MOST_PHRASES):
        yield Suggestion(gettext("Tìm"), phrase, "", _at(f"/tim-kiem?{urlencode({WORDS: phrase})}"))
    for unit in begun.units:
        yield Suggestion(gettext("Phường, xã"), unit.name, _note(unit), _at(f"/don-vi/{unit.slug}"))
    for code, label in begun.areas:
        yield Suggestion(gettext("Lĩnh vực"), label, "", _at(f"/tim-kiem?{urlencode({NAME_OF[AREA]: code})}"))
    if len(parse(typed).words) > 1:  # one word is too little to mean one commitment
        for doc in documents[:_MOST_COMMITMENTS]:
            yield Suggestion(
                gettext("Cam kết"), _cut(doc.text), doc.holder.unit.name, _at(f"/cam-ket/{doc.ref}")
            )


def _note(unit: UnitHit) -> str:
    if unit.is_current or not unit.successors:
        return ""
    note: str = gettext("tên cũ, nay thuộc %(units)s", units=", ".join(into.name for into in unit.successors))
    return note


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"


def _at(path: str) -> str:
    root: str = request.environ.get("portal.root", "")
    return root + path_in(language(), path)
