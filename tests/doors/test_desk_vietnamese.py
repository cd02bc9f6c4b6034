"""Every page of the desk and every answer to an empty form is Vietnamese: no key, no name of a field."""

import re
from collections.abc import Iterator

import matrix_rules as rules
import pytest
from matrix_world import DYE, NOBODY, MatrixDesk, open_matrix_desk
from seated import said_on
from vietnamese import foreign_words
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.kernel.policy import Role

PEOPLE = (
    "author-own",
    "appraiser-own",
    "publisher-own",
    "moderator-own",
    "evaluator-own",
    "admin-own",
    NOBODY,
)
# What is data here and no word of the desk: made-up names, and the officers' names.
NAMES = (DYE, "Authenticator", "English", *(f"{role}-{where}" for role in Role for where in ("own", "other")))
OTHERS = ("above", "closed", "bare", "writer", "cadre")
READ_ALOUD = re.compile(r'\s(?:aria-label|title|alt|placeholder)="([^"]*)"')
CODE = re.compile(r"<code>[^<]*</code>")
REFUSED = (302, 303, 403, 404)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatrixDesk]:
    with open_matrix_desk(tmp_path_factory.mktemp("words")) as desk:
        yield desk


def read_out(page: str) -> str:
    """All that is read on a page, and all that is read out of it."""
    page = CODE.sub(" ", page)
    return " ".join([said_on(page), *READ_ALOUD.findall(page)])


def pages(made: MatrixDesk, rule: Rule, method: str) -> Iterator[TestResponse]:
    """What is answered about a programme in some states, by whoever is answered more than a refusal."""
    for state in ("draft", "submitted", "published") if rules.is_about_a_programme(rule) else ("draft",):
        answer = None
        for person in PEOPLE:
            path, _ = rules.address(made, rule, person, made.refs[state])
            answer = made.ask(person, method, path)
            if answer.status_code not in REFUSED:
                break
        if method == "POST":
            made.restore()
        if answer is not None and answer.mimetype == "text/html" and answer.status_code not in (302, 303):
            yield answer


def test_no_page_and_no_refusal_has_a_foreign_word(made: MatrixDesk) -> None:
    count, found, names = 0, set(), (*NAMES, *OTHERS, *made.refs.values())
    for rule, method in rules.routes(made):
        for answer in pages(made, rule, method) if rule.endpoint != "static" else ():
            count += 1
            words = foreign_words(read_out(answer.text), names=names)
            found |= {f"{method} {rule.rule} {answer.status_code}: {word}" for word in words}
    assert not found, "\n".join(sorted(found))
    assert count > 300


@pytest.mark.parametrize(
    "word", ["draft", "objective_cause", "None", "Published", "withheld", "key", "state", "undefined", "Save"]
)
def test_what_is_foreign_is_seen(word: str) -> None:
    assert foreign_words(f"Tình trạng: {word}.") == [word]


def test_what_is_vietnamese_is_let_through() -> None:
    said = (
        "Ông/bà theo dõi tiến độ khu dân cư, UBND phường; nghiêm túc, quyết, khoanh, xem tep mau.xlsx, 12 km"
    )
    assert foreign_words(said) == []
