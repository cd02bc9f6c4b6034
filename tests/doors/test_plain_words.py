"""Our own sentences are short enough to be read once: at most so many words, in both languages."""

import re
from collections.abc import Iterable

import pytest
from babel.messages.pofile import read_po
from test_catalogue import tabled, written

from portal.doors.language import CATALOGUES

# Vietnamese writes a space between syllables: 30 of them are about 20 English words.
MOST_VIETNAMESE, MOST_ENGLISH = 30, 25
LONG_ON_AVERAGE = 15

# Rules so exact that cutting them up would make them wrong; each is said briefly elsewhere on its page.
EXACT = ("cả khoảng tin cậy của “Chưa thấy làm”", "the whole confidence interval of “Not seen done”")

_END = re.compile(r"(?<=[.!?…:;])[”\")]?\s+")
_WORD = re.compile(r"[^\W_]+(?:[-/.,’'][^\W_]+)*|%\(\w+\)s")


def sentences(texts: Iterable[str]) -> list[str]:
    """The sentences of ``texts``."""
    return [one for text in texts for one in _END.split(text) if one]


def length(sentence: str) -> int:
    """How many words (in Vietnamese: syllables) ``sentence`` has."""
    return len(_WORD.findall(sentence))


def too_long(some: list[str], most: int) -> list[str]:
    """The sentences of ``some`` with more than ``most`` words, but for what must be exact."""
    return [one for one in some if length(one) > most and not any(exact in one for exact in EXACT)]


@pytest.fixture(scope="module")
def vietnamese() -> list[str]:
    """Every sentence the public door may say."""
    return sentences({m if isinstance(m, str) else m[0] for m in (*written(), *tabled())})


@pytest.fixture(scope="module")
def english() -> list[str]:
    """The same in English."""
    with (CATALOGUES / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="en")
    texts = [m.string for m in catalogue if m.id]
    return sentences(s for text in texts for s in ([text] if isinstance(text, str) else text))


def test_no_vietnamese_sentence_is_too_long(vietnamese: list[str]) -> None:
    assert too_long(vietnamese, MOST_VIETNAMESE) == []


def test_no_english_sentence_is_too_long(english: list[str]) -> None:
    assert too_long(english, MOST_ENGLISH) == []


def test_most_sentences_are_shorter_by_far(vietnamese: list[str], english: list[str]) -> None:
    for some in (vietnamese, english):
        whole = [length(one) for one in some if length(one) > 3]  # not the labels
        assert sum(whole) / len(whole) <= LONG_ON_AVERAGE


def test_a_long_sentence_would_be_found(vietnamese: list[str], english: list[str]) -> None:
    assert len(vietnamese) > 1000 < len(english)
    assert too_long(["việc " * 30 + "này."], MOST_VIETNAMESE)
    assert not too_long(["việc " * 29 + "này. "], MOST_VIETNAMESE)
    assert sentences(["Một câu. Hai câu: ba “câu.” Bốn"]) == ["Một câu.", "Hai câu:", "ba “câu.", "Bốn"]
    used = [exact for exact in EXACT if any(exact in one for one in (*vietnamese, *english))]
    assert used == list(EXACT), "take it off EXACT"
