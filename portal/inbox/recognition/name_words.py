"""Where a person's name ends: by its capitals, or by the words names are made of."""

from collections.abc import Sequence
from functools import cache

from portal.inbox.recognition.phrases import Phrases, Unit, lexicon
from portal.inbox.recognition.view import View
from portal.kernel.text import fold, new_tone

_LONGEST = 5  # words of a name


class NameWords:
    """The words of one text, read for names; every method answers with the word after the name, or 0."""

    def __init__(self, seen: View, units: Sequence[Unit]) -> None:
        self._seen = seen
        self._units = units

    def trusts(self, at: int) -> bool:
        """Whether a capital at this word tells something."""
        return at < len(self._units) and not self._seen.is_shouted and self._units[at].token.is_capitalised

    def runs_on(self, first: int, at: int) -> bool:
        """Whether the word at ``at`` still belongs to the phrase that began at ``first``."""
        if at >= len(self._units) or self._units[at].clause != self._units[first].clause:
            return False
        return at == first or self._seen.between(self._units[at - 1].token, self._units[at].token).isspace()

    def capitals(self, first: int) -> int:
        """The end of the capitalised words; a post or place ends them too."""
        last = first
        while last < len(self._units) and last - first < _LONGEST and self._is_name_word(first, last):
            last += 1
        return 0 if self._has_placeholder(last) else last

    def full(self, first: int) -> int:
        """The end of a full name that no honorific announces."""
        family = self._units[first]
        if not is_in("families", family):
            return 0
        if family.is_loose and _is_place_word(family):  # truong, duong: a school, a street
            return 0
        last = self.capitals(first) if self.trusts(first) else 0
        if last - first >= 3:
            return last
        if not is_in("sure_families", family):
            return 0
        is_compound = bool(_compounds().find(self._units[first + 1 : first + 3]))
        marked = 0 if is_compound else self._with_marker(first)
        return marked or (self._three_words(first) if self._seen.is_shouted else 0)

    def listed(self, first: int) -> int:
        """The end of a full name after an honorific, typed without telling capitals."""
        if not self.runs_on(first, first) or self._begins_title(first):
            return 0
        if not is_in("families", self._units[first]):
            return 0
        return self._with_marker(first) or self._three_words(first)

    def given(self, first: int, *, bare_list: str) -> int:
        """The end of a given name alone; without accents only names that are hardly another word."""
        if not self.runs_on(first, first) or self._begins_title(first):
            return 0
        unit = self._units[first]
        if unit.word != unit.token.word:  # teencode, no name
            return 0
        if unit.is_loose:
            return first + 1 if is_in(bare_list, unit) else 0
        return first + 1 if is_in("givens", unit) and not is_in("words_too", unit) else 0

    def _with_marker(self, first: int) -> int:
        """nguyen van X, tran thi X (or X Y where both are words of names)."""
        middle, given = first + 1, first + 2
        if not (self.runs_on(first, given) and is_in("middles", self._units[middle])):
            return 0
        if not self._is_word(given):
            return 0
        further = given + 1
        is_longer = (
            self._units[middle].plain == "thi"
            and self.runs_on(first, further)
            and is_in("middles_more", self._units[given])
            and is_in("givens", self._units[further])
            and not self._begins_title(further)
        )
        return further + 1 if is_longer else given + 1

    def _three_words(self, first: int) -> int:
        """trần bảo thí: family, middle and given name; without accents each must be on its list."""
        middle, given = first + 1, first + 2
        if not (self.runs_on(first, given) and is_in("middles_more", self._units[middle])):
            return 0
        if self._begins_title(middle) or self._begins_title(given) or not self._is_word(given):
            return 0
        is_bare = self._units[first].is_loose
        is_sure = is_in("sure_families", self._units[first]) and is_in("givens", self._units[given])
        return 0 if is_bare and not is_sure else given + 1

    def _is_word(self, at: int) -> bool:
        return self._units[at].word.isalpha() and len(self._units[at].token.typed) > 1

    def _is_name_word(self, first: int, at: int) -> bool:
        unit = self._units[at]
        return (
            unit.token.is_capitalised
            and unit.token.typed.isalpha()
            and unit.word == unit.token.word
            and self.runs_on(first, at)
            and not (at == first and unit.word in lexicon("names")["not_names"])
            and not self._begins_title(at)
        )

    def _has_placeholder(self, last: int) -> bool:
        """Whether a letter stands for the name: Nguyễn Văn A, ông B."""
        near = (at for at in (last - 1, last) if 0 < at < len(self._units))
        return any(
            len(self._units[at].token.typed) == 1
            and self._units[at].token.is_capitalised
            and self._seen.between(self._units[at - 1].token, self._units[at].token) == " "
            for at in near
        )

    def _begins_title(self, at: int) -> bool:
        return any(hit.first == 0 for hit in _titles().find(self._units[at : at + 3]))


def is_in(part: str, unit: Unit) -> bool:
    """Whether ``unit`` is on the list ``part`` of names.json."""
    exact, plain = _words(part)
    return unit.word in exact or (unit.is_loose and unit.plain in plain)


@cache
def _words(part: str) -> tuple[frozenset[str], frozenset[str]]:
    words = [new_tone(str(word).lower()) for word in lexicon("names")[part]]
    return frozenset(words), frozenset(fold(word) for word in words)


def _is_place_word(unit: Unit) -> bool:
    return unit.plain in {fold(str(head)) for head in lexicon("places")["heads"]}


@cache
def _titles() -> Phrases:
    return Phrases({"titles": lexicon("names")["titles"]})


@cache
def _compounds() -> Phrases:
    return Phrases({"compounds": lexicon("names")["compounds"]})
