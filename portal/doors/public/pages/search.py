"""Search: words and filters in the address, so that a result can be shared and needs no script."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from markupsafe import Markup, escape

from portal.doors import readings
from portal.doors.public.finder import searcher
from portal.doors.public.narrowing import NOTES, SORTS, area_lines, drop_lines, trait_lines
from portal.doors.public.pages import reading, show, viewpoint
from portal.kernel.text import fold
from portal.record import reads
from portal.record.documents import CommitmentDoc, ProgrammeDoc, Revision
from portal.record.search import Count, Found, Note, Query, Sort, highlight
from portal.record.search.saved import normal_form, parameters, query_of
from portal.record.standing_words import StandingKey

pages = Blueprint("search", __name__)

OURSELVES = frozenset({"5 ro", "nam ro", "5ro"})  # folded: who asks for these may want to know what they are


@pages.get("/tim-kiem", endpoint="show_page")
def show_search() -> Response:
    """What was found, with the filters that would narrow it; or what would be found otherwise."""
    query, view = read_query(), viewpoint()
    found = searcher(view).search(query, today=view.today)
    documents = reads.documents(reading(), [*found.refs, *found.programmes])
    return show(
        "public/search.html",
        "search",
        asked=_asked(query, found),
        query=query,
        carried=carried(query),
        form=normal_form(_understood(query, found)),
        found=found,
        asks_what=fold(query.text).strip() in OURSELVES,
        rows=list(_rows(found, documents, query, view)),
        programmes=list(_programmes(found, documents)),
        units=_choices(found.counts_by_unit, query.unit, found.names),
        areas=_choices(found.counts_by_area, query.area, found.names),
        standings=standings_of(found),
        traits=trait_lines(found, query),
        drops=drop_lines(found, query),
        other_areas=[] if found.total else _other_areas(view, query),
        notes=[NOTES[note] for note in found.notes if note is not Note.WORDS_UNKNOWN or not found.unknown],
        sorts=SORTS.items(),
        today=view.today,
    )


def _understood(query: Query, found: Found) -> Query:
    """What is followed when somebody follows this search: a slip that was mended is not kept."""
    if found.suggestion and Note.WORDS_CORRECTED in found.notes:
        return replace(query, text=found.suggestion)
    return query


def standings_of(found: Found) -> list[tuple[readings.Sign, int]]:
    """How many commitments have each standing, in the fixed order of the words."""
    count = {c.code: c.n for c in found.counts_by_standing}
    return [(readings.sign_of(key), count[key]) for key in StandingKey if count.get(key)]


def read_query() -> Query:
    """The search in the address."""
    return query_in(request.args)


def query_in(asked: Mapping[str, str]) -> Query:
    """The search that ``asked`` means; what makes no sense there is as if it were not there."""
    page, sort = asked.get("trang", ""), asked.get("xep", "")
    return query_of(
        asked,
        sort=sort if sort in list(Sort) else Sort.RELEVANCE,
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )


def carried(query: Query) -> dict[str, str]:
    """``query`` as address parameters, without the page number and without empty ones."""
    sort = {} if query.sort == Sort.RELEVANCE else {"xep": str(query.sort)}
    return {**parameters(query), **sort}


def _asked(query: Query, found: Found) -> str:
    """The normal form of this search. Words are free, so a search with words is never kept."""
    if query.text or not found.total or query.page != found.page:
        return "?"
    page = {"trang": str(query.page)} if query.page > 1 else {}
    return urlencode({**carried(query), **page})


def _choices(counts: Iterable[Count], chosen: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The lines of a filter; what is chosen stays in it when nothing is left there."""
    lines = [(c.code, f"{c.label} ({c.n})") for c in counts]
    if chosen and all(code != chosen for code, _ in lines):
        lines.append((chosen, f"{names.get(chosen, chosen)} (0)"))
    return lines


def _other_areas(view: readings.Viewpoint, query: Query) -> list[tuple[str, str, int]]:
    """Where one may look around instead: the areas of the same unit, or of every unit."""
    near = searcher(view).search(Query(unit=query.unit, size=1), today=view.today)
    return list(area_lines(near, query))


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
