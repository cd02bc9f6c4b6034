"""What can be followed, as addresses name it: found, named, and what belongs to it now."""

from flask import abort

from portal.doors.language import ENGLISH, language
from portal.doors.public.finder import searcher
from portal.doors.public.pages import reading, viewpoint
from portal.record.news.matter import Matter, What, all_of, document_of, matter_of, name_of, parts_of
from portal.record.search.saved import normal_form, saved


def find_matter(written: str) -> Matter:
    """The matter ``written`` so, a search in its normal form. 404 when there is none."""
    found = matter_of(written)
    if found is None:
        abort(404)
    if found.what is What.SEARCH:
        return Matter(What.SEARCH, normal_form(saved(_as_typed(found.name))))
    if found.what is not What.EVERYTHING and document_of(reading(), found) is None:
        abort(404)
    return found


def name_here(matter: Matter) -> str:
    """What the matter is called, in the language of the request."""
    return name_of(reading(), matter)[language() == ENGLISH]


def refs_of(matter: Matter) -> frozenset[str] | None:
    """Every document that belongs to ``matter`` now; None: every one there is."""
    if matter.what is What.EVERYTHING:
        return None
    if matter.what is What.SEARCH:
        view = viewpoint()
        return all_of(reading(), searcher(view).matches(saved(matter.name), today=view.today))
    return all_of(reading(), parts_of(reading(), matter))


def _as_typed(query: str) -> str:
    """``query`` as letters: WSGI hands bytes over as Latin-1, and some readers send no percent signs."""
    try:
        return query.encode("latin-1").decode()
    except UnicodeError:
        return query
