"""A search somebody keeps: one form for equal searches, and only what it truly finds."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_log import TODAY, PaperLog, judge, place, promise

from portal.record.search import Query, Searcher, Sort, Trait, normal_form, parse, saved

FULL = Query(
    text="đầu tư công",
    unit="phuong-nhi-chieu",
    area="dat-dai",
    standing="overdue",
    traits=frozenset({Trait.SILENT, Trait.LATE}),
)


@pytest.mark.parametrize(
    "typed",
    [
        "hòa giải",
        "  Hoà   GIẢI! ",
        unicodedata.normalize("NFD", "Hòa giải"),
        "hòa giải\n",
        "\u200bhòa, giải",
    ],
)
def test_ways_to_type_one_search_have_one_form(typed: str) -> None:
    assert normal_form(Query(text=typed, sort=Sort.NEWEST, page=3)) == normal_form(Query(text="hòa giải"))


@pytest.mark.parametrize(
    ("one", "other"), [("hòa giải", "hoa giai"), ('"hòa giải"', "hòa giải"), ("hòa giải", "giải hòa")]
)
def test_what_finds_otherwise_has_another_form(one: str, other: str) -> None:
    assert normal_form(Query(text=one)) != normal_form(Query(text=other))


def test_a_form_gives_back_the_search_it_stands_for() -> None:
    assert saved(normal_form(FULL)) == FULL
    assert normal_form(Query()) == ""
    assert saved("") == saved("nhiem=1&q=") == Query()


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=260))
def test_a_form_is_stable_and_asks_the_same(typed: str) -> None:
    form = normal_form(Query(text=typed))
    assert normal_form(saved(form)) == form
    again = [clause.spellings[0] for clause in parse(saved(form).text).clauses]
    asked = [clause.spellings[0] for clause in parse(typed).clauses]
    assert again == asked[: len(again)]


@pytest.fixture
def town() -> PaperLog:
    """Two units, three promises about roads, one about schools."""
    new, other = place("Phường Nhị Chiểu", "10714"), place("Xã Phú Thái", "10750")
    return PaperLog(
        new,
        other,
        place("Phường Minh Tân", "10702", into=(new,)),
        promise("a", "Sửa đường trục chính", unit=new),
        promise("b", "Sửa đường liên thôn", unit=other),
        promise("c", "Xây trường học", unit=new, deadline=TODAY.replace(month=1)),
    )


def ask(log: PaperLog) -> Searcher:
    """A searcher over the log alone."""
    return Searcher(Path("/nonexistent"), log, judge)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(text="sửa đường"), {"a", "b"}),
        (Query(text="sua duong", unit="phường-minh-tân-cu"), {"a"}),
        (Query(traits=frozenset({Trait.LATE})), {"c"}),
        (Query(), {"a", "b", "c"}),
        (Query(text="sửa đườg"), set()),  # a slip is mended on the page, not in the mail
        (Query(text="sửa đường khongcotu"), set()),
    ],
)
def test_only_what_has_everything_matches(town: PaperLog, query: Query, found: set[str]) -> None:
    searcher = ask(town)
    assert searcher.matches(query, today=TODAY) == found
    assert searcher.matches(query, ["a", "khong-co"], today=TODAY) == found & {"a"}
