"""Search: words and filters in the address, so that a result can be shared and needs no script."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from markupsafe import Markup, escape

from portal.doors import readings
from portal.doors.public.finder import searcher
from portal.doors.public.pages import reading, show, viewpoint
from portal.kernel.text import tidy
from portal.record import reads
from portal.record.documents import CommitmentDoc, ProgrammeDoc, Revision
from portal.record.search import Count, Found, Note, Query, Sort, highlight
from portal.record.standing_words import StandingKey

pages = Blueprint("search", __name__)

# Vietnamese sentences for what the parser did; every one is in the catalogue
NOTES: dict[Note, str] = {
    Note.QUERY_SHORTENED: "Câu tìm dài quá 200 ký tự nên chỉ tìm phần đầu.",
    Note.TERMS_DROPPED: "Câu tìm dài quá 12 từ nên chỉ tìm 12 từ đầu.",
    Note.WORDS_UNKNOWN: "Có từ không gặp trong nội dung nào nên đã bỏ qua.",
    Note.WORDS_CORRECTED: "Không có nội dung nào khớp đúng như đã gõ, nên tìm theo cách viết gần nhất.",
    Note.MATCHED_MOST: "Không có nội dung nào chứa đủ mọi từ; dưới đây là những nội dung chứa gần đủ.",
    Note.UNIT_SUCCEEDED: "Ông/bà tìm theo tên cũ; dưới đây là cam kết của đơn vị hiện nay.",
}

SORTS: dict[Sort, str] = {
    Sort.RELEVANCE: "Khớp nhất trước",
    Sort.DEADLINE: "Hạn gần nhất trước",
    Sort.UPDATED: "Mới cập nhật trước",
    Sort.NEWEST: "Mới công bố trước",
}


@pages.get("/tim-kiem", endpoint="show_page")
def show_search() -> Response:
    """What was found, with the filters that would narrow it."""
    query, view = read_query(), viewpoint()
    found = searcher(view).search(query, today=view.today)
    documents = reads.documents(reading(), [*found.refs, *found.programmes])
    return show(
        "public/search.html",
        "search",
        indexed=False,
        asked=_asked(query, found),
        query=query,
        carried=carried(query),
        found=found,
        rows=list(_rows(found, documents, query, view)),
        programmes=list(_programmes(found, documents)),
        units=_choices(found.counts_by_unit, query.unit),
        areas=_choices(found.counts_by_area, query.area),
        standings=standings_of(found),
        notes=[NOTES[note] for note in found.notes],
        sorts=SORTS.items(),
        today=view.today,
    )


def standings_of(found: Found) -> list[tuple[readings.Sign, int]]:
    """How many commitments have each standing, in the fixed order of the words."""
    count = {c.code: c.n for c in found.counts_by_standing}
    return [(readings.sign_of(key), count[key]) for key in StandingKey if count.get(key)]


def read_query() -> Query:
    """The search in the address; what makes no sense there is as if it were not there."""
    asked = request.args
    page, sort = asked.get("trang", ""), asked.get("xep", "")
    return Query(
        text=_printable(asked.get("q", "")),
        unit=asked.get("don_vi", ""),
        area=asked.get("linh_vuc", ""),
        standing=asked.get("tinh_trang", ""),
        sort=sort if sort in list(Sort) else Sort.RELEVANCE,
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )


def _printable(typed: str) -> str:
    """``typed`` on one line, without what no keyboard makes (controls, unassigned characters)."""
    return "".join(c for c in " ".join(tidy(typed).split()) if c.isprintable())


def carried(query: Query) -> dict[str, str]:
    """``query`` as address parameters, without the page number and without empty ones."""
    said = {
        "q": query.text,
        "don_vi": query.unit,
        "linh_vuc": query.area,
        "tinh_trang": query.standing,
        "xep": "" if query.sort == Sort.RELEVANCE else str(query.sort),
    }
    return {name: value for name, value in said.items() if value}


def _asked(query: Query, found: Found) -> str:
    """The normal form of this search. Words are free, so a search with words is never kept."""
    if query.text or not found.total or query.page != found.page:
        return "?"
    page = {"trang": str(query.page)} if query.page > 1 else {}
    return urlencode({**carried(query), **page})


def _choices(counts: Iterable[Count], chosen: str) -> list[tuple[str, str]]:
    """The lines of a filter; what is chosen stays in it when nothing is left there."""
    lines = [(c.code, f"{c.label} ({c.n})") for c in counts]
    if chosen and all(code != chosen for code, _ in lines):
        lines.append((chosen, f"{chosen} (0)"))
    return lines


def _rows(
    found: Found, documents: Mapping[str, Revision], query: Query, view: readings.Viewpoint
) -> Iterator[readings.Row]:
    for ref in found.refs:
        document = documents[ref].document if ref in documents else None
        if isinstance(document, CommitmentDoc):  # it may have been taken down a moment ago
            yield readings.row_of(document, view, text=_marked(document.text, query.text))


def _programmes(found: Found, documents: Mapping[str, Revision]) -> Iterator[ProgrammeDoc]:
    for ref in found.programmes:
        document = documents[ref].document if ref in documents else None
        if isinstance(document, ProgrammeDoc):
            yield document


def _marked(text: str, words: str) -> Markup:
    """``text`` with what ``words`` found in ``mark`` elements."""
    pieces = (
        Markup("<mark>{}</mark>").format(piece) if hit else escape(piece)
        for piece, hit in highlight(text, words)
    )
    return Markup("").join(pieces)
