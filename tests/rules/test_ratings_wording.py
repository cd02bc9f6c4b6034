"""Words for ratings: none missing, both languages, no promise the settings do not keep."""

from enum import StrEnum
from string import Formatter
from typing import Any

import pytest

from portal.record.ratings import wording
from portal.record.ratings.figures import Part, part_of
from portal.record.ratings.method import METHOD, method
from portal.record.ratings.showing import Range
from portal.record.ratings.terms import Answer, Group, Relation, Sign, Standing
from portal.record.ratings.wording import NOTICES, Notice, Words

TABLES: list[tuple[Any, type[StrEnum]]] = [
    (wording.ANSWER_WORDS, Answer),
    (wording.RELATION_WORDS, Relation),
    (wording.GROUP_WORDS, Group),
    (wording.STANDING_WORDS, Standing),
    (wording.SIGN_WORDS, Sign),
    (wording.NOTICES, Notice),
]


@pytest.mark.parametrize(("table", "keys"), TABLES)
def test_every_key_has_words_in_both_languages(table: Any, keys: type[StrEnum]) -> None:
    assert table.keys() == set(keys)
    assert all(vi.strip() and en.strip() and vi != en for vi, en in table.values())


@pytest.mark.parametrize("pair", [*NOTICES.values(), *METHOD])
def test_both_languages_say_the_same_figures_and_are_sentences(pair: Words) -> None:
    vi, en = pair
    assert named(vi) == named(en)
    assert vi.endswith(".")
    assert en.endswith(".")


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_method_states_the_settings_in_force() -> None:
    said = method(k=6, min_batch=40, min_days=9)
    assert len(said) == len(METHOD)
    for language in (0, 1):
        text = " ".join(pair[language] for pair in said)
        assert "{" not in text
        assert all(figure in text for figure in ("6", "40", "9", "5"))


def test_few_opinions_names_people_and_the_least() -> None:
    vi, en = wording.few_opinions(25, k=5)
    assert vi.startswith("Có 25 người trả lời, nhưng chưa đến 16 người nêu ý kiến")
    assert en.startswith("25 people answered, but fewer than 16 had an opinion")


def part(*answers: Answer, least: int, most: int) -> Part:
    return part_of(Range(answers=answers, least=least, most=most), 20, k=5)


def test_parts_in_words() -> None:
    merged = part(Answer.UNCLEAR, Answer.NOT_SEEN, least=8, most=8)
    assert wording.label(merged)[0] == "Có làm, chưa rõ kết quả / Chưa thấy làm"
    assert wording.count_in_words(merged) == ("8 trong 20 người", "8 of 20 people")
    range_of = part(Answer.DONE_WELL, least=15, most=20)
    assert wording.count_in_words(range_of) == (
        "từ 15 đến 20 trong 20 người",
        "between 15 and 20 of 20 people",
    )
