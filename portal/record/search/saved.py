"""A search somebody keeps: one stable text for every way to ask the same thing, and back.

Who follows a search stores its normal form; `Searcher.matches` says what it finds.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from portal.kernel.text import tidy
from portal.record.search.filters import AREA, STANDING, UNIT
from portal.record.search.parse import chunks, parse
from portal.record.search.results import Query, Sort
from portal.record.search.traits import Trait

# The parameters of a search, in the order of its normal form: as in the address of the results page.
WORDS, YES = "q", "1"
NAME_OF: dict[str, str] = {
    UNIT: "don_vi",
    AREA: "linh_vuc",
    STANDING: "tinh_trang",
    Trait.LATE: "tre_han",
    Trait.DISPUTED: "trai_chieu",
    Trait.SILENT: "cham_cap_nhat",
    Trait.CHANGED: "da_doi",
}
NAMES = (WORDS, *NAME_OF.values())
LONGEST = 3000  # characters of a normal form: Vietnamese letters take nine each in an address


def normal_form(query: Query) -> str:
    """``query`` as text: what is found, not how it is shown. Equal searches have equal forms.

    The words in lower case, NFC, today's spelling, single spaces; no sorting, no page. Empty when the
    search asks for nothing. `saved` is the inverse, and the form of what it gives is the same again.
    """
    return urlencode(parameters(query, words=plain_words(query.text)))


def saved(form: str) -> Query:
    """The search a normal form stands for; what makes no sense in ``form`` is as if it were not there."""
    return query_of(dict(reversed(parse_qsl(form[:LONGEST]))))


def query_of(given: Mapping[str, str], *, sort: str = Sort.RELEVANCE, page: int = 1) -> Query:
    """The words and filters in the parameters ``given``, shown as ``sort`` and ``page`` say."""
    return Query(
        text=printable(given.get(WORDS, "")),
        unit=given.get(NAME_OF[UNIT], ""),
        area=given.get(NAME_OF[AREA], ""),
        standing=given.get(NAME_OF[STANDING], ""),
        traits=frozenset(trait for trait in Trait if given.get(NAME_OF[trait]) == YES),
        sort=sort,
        page=page,
    )


def parameters(query: Query, *, words: str | None = None) -> dict[str, str]:
    """The parameters of ``query``, without empty ones; ``words`` in place of its text, if any."""
    said = {
        WORDS: query.text if words is None else words,
        NAME_OF[UNIT]: query.unit,
        NAME_OF[AREA]: query.area,
        NAME_OF[STANDING]: query.standing,
        **{NAME_OF[trait]: YES for trait in Trait if trait in query.traits},
    }
    return {name: value for name, value in said.items() if value}


def plain_words(text: str) -> str:
    """``text`` in one spelling that asks for the same clauses: no case, no stray marks, no odd spaces."""
    return " ".join(chunks(text))


def is_empty(query: Query) -> bool:
    """Whether ``query`` asks for nothing, so that it finds everything."""
    return not parse(query.text).clauses and not parameters(query, words="")


def printable(typed: str) -> str:
    """``typed`` on one line, without what no keyboard makes (controls, unassigned characters)."""
    return "".join(c for c in " ".join(tidy(typed).split()) if c.isprintable())
