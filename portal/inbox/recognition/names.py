"""Names of persons: after ông, bà, anh, đ/c ..., after "tôi là", or a full name standing alone.

Where capitals can be trusted they mark the name; in shouted or lower-case text the words names are
made of do. Places, streets, posts and the cadre whose page it is (``known``) are not third parties.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.phrases import Hit, Phrases, Unit, lexicon
from portal.inbox.recognition.view import View
from portal.kernel.text import fold, new_tone

_LONGEST = 5  # words of a name


def find_names(seen: View, units: Sequence[Unit], *, known: Sequence[str] = ()) -> list[Found]:
    """The names of persons in the text, without the honorific before them."""
    names_known = frozenset(name for one in known for name in _short_forms(one))
    reader = _Reader(seen, units, names_known, frozenset(hit.last for hit in _places().find(units)))
    spans = [reader.after(hit) for hit in _openers().find(units)] + reader.full_names()
    return [
        Found(*seen.span(units[first].start, units[last - 1].end), Kind.NAME)
        for first, last in spans
        if last > first
    ]


def _short_forms(name: str) -> set[str]:
    """How people call Lương Công Mẫu: the whole, Công Mẫu, Mẫu."""
    words = fold(new_tone(name)).split()
    return {" ".join(words[at:]) for at in range(len(words))}


@dataclass(frozen=True)
class _Reader:
    """One text being read for names."""

    seen: View
    units: Sequence[Unit]
    known: frozenset[str]
    after_places: frozenset[int]  # the words that a word for a place stands right before

    def after(self, opener: Hit) -> tuple[int, int]:
        """The name that begins after an honorific or introduction, or an empty stretch."""
        first = opener.last
        if self._is_no_opener(opener):
            return first, first
        last = self._capitals(first) if self._trusts(first) else 0
        if last <= first and self._may_be_lower(opener):
            last = self._listed(first, alone=self._may_stand_alone(opener))
        return (first, last) if last > first and self._is_third_party(first, last) else (first, first)

    def full_names(self) -> list[tuple[int, int]]:
        """Full names without an honorific: a family name and two or three words more."""
        found: list[tuple[int, int]] = []
        for first in range(len(self.units)):
            last = self._full_name(first)
            if last > first and not self._follows_place(first) and self._is_third_party(first, last):
                found.append((first, last))
        return found

    def _full_name(self, first: int) -> int:
        if not _is_in("families", self.units[first]):
            return 0
        if self._trusts(first):
            last = self._capitals(first)
            return last if last - first >= 3 else 0
        return self._marked_name(first) if _is_in("sure_families", self.units[first]) else 0

    def _trusts(self, at: int) -> bool:
        return at < len(self.units) and not self.seen.is_shouted and self.units[at].token.is_capitalised

    def _capitals(self, first: int) -> int:
        """Where the capitalised words from ``first`` end; a post or place ends them too."""
        last = first
        while last < len(self.units) and last - first < _LONGEST and self._is_name_word(first, last):
            last += 1
        return last if not (last - first == 1 and len(self.units[first].word) == 1) else 0

    def _is_name_word(self, first: int, at: int) -> bool:
        unit = self.units[at]
        is_stop = unit.word in lexicon("names")["not_names"] if at == first else False
        return (
            unit.token.is_capitalised
            and unit.token.typed.isalpha()
            and unit.word == unit.token.word
            and self._runs_on(first, at)
            and not is_stop
            and not self._begins_title(at)
        )

    def _listed(self, first: int, *, alone: bool) -> int:
        """Where a name typed without capitals ends, by the words names are made of."""
        if first >= len(self.units) or self._begins_title(first):
            return 0
        if _is_in("families", self.units[first]):
            last = self._marked_name(first) or self._three_words(first)
            if last:
                return last
        is_given = alone and _is_in("givens", self.units[first])
        return first + 1 if is_given else 0

    def _marked_name(self, first: int) -> int:
        """nguyen van X, tran thi X (or X Y where both are words of names)."""
        middle, given = first + 1, first + 2
        if not (self._runs_on(first, given) and _is_in("middles", self.units[middle])):
            return 0
        if _compounds().find(self.units[middle : given + 1]) or not self.units[given].word.isalpha():
            return 0
        further = given + 1
        is_longer = (
            self.units[middle].plain == "thi"
            and self._runs_on(first, further)
            and _is_in("middles_more", self.units[given])
            and _is_in("givens", self.units[further])
            and not self._begins_title(further)
        )
        return further + 1 if is_longer else given + 1

    def _three_words(self, first: int) -> int:
        """tran bao thi, le duc anh: family, middle and given name, each from its list."""
        middle, given = first + 1, first + 2
        if self._runs_on(first, given) and _is_in("middles_more", self.units[middle]):
            is_name = _is_in("givens", self.units[given]) and not self._begins_title(given)
            return given + 1 if is_name and not self._begins_title(middle) else 0
        return 0

    def _runs_on(self, first: int, at: int) -> bool:
        """Whether the word at ``at`` still belongs to the phrase that began at ``first``."""
        if at >= len(self.units) or self.units[at].clause != self.units[first].clause:
            return False
        return at == first or self.seen.between(self.units[at - 1].token, self.units[at].token).isspace()

    def _begins_title(self, at: int) -> bool:
        return any(hit.first == 0 for hit in _titles().find(self.units[at : at + 3]))

    def _is_no_opener(self, opener: Hit) -> bool:
        """ "anh em", "chú trọng", the street Bà Triệu."""
        return self._follows_place(opener.first) or (
            opener.last < len(self.units)
            and not self._is_clearly_a_name(opener.last)
            and self._is_ordinary(opener.last - 1)
        )

    def _is_ordinary(self, at: int) -> bool:
        """Whether an everyday phrase begins with the honorific at ``at``."""
        hits = _ordinary().find(self.units[at : at + 3])
        can_be_a_name = "accented" if self.units[at].is_loose else ""  # "anh dung" without accents
        return any(hit.first == 0 and hit.label != can_be_a_name for hit in hits)

    def _is_clearly_a_name(self, at: int) -> bool:
        """A capital inside a sentence after a small letter: anh Hùng, not anh hùng."""
        return self._trusts(at) and self.units[at].word not in ("hồ", "trưng", "triệu", "chúa", "công", "địa")

    def _may_be_lower(self, opener: Hit) -> bool:
        return opener.label != "introductions" or opener.phrase != "mình"

    def _may_stand_alone(self, opener: Hit) -> bool:
        """Whether one given name after the opener is enough: "chị hoa" yes, "co hoa" or "em hoa" no."""
        if opener.label != "honorifics" or opener.phrase in lexicon("names")["weak_honorifics"]:
            return False
        alone = lexicon("names")["honorifics_alone_unaccented"]
        return opener.phrase in alone or not self.units[opener.first].is_loose

    def _follows_place(self, first: int) -> bool:
        return first in self.after_places and self._runs_on(first - 1, first)

    def _is_third_party(self, first: int, last: int) -> bool:
        words = self.units[first:last]
        name = " ".join(unit.plain for unit in words)
        is_place = any(hit.last - hit.first == last - first for hit in _place_names().find(words))
        return name not in self.known and not is_place and len(name) > 1


def _is_in(part: str, unit: Unit) -> bool:
    exact, plain = _words(part)
    return unit.word in exact or (unit.is_loose and unit.plain in plain)


@cache
def _words(part: str) -> tuple[frozenset[str], frozenset[str]]:
    words = [new_tone(str(word).lower()) for word in lexicon("names")[part]]
    return frozenset(words), frozenset(fold(word) for word in words)


@cache
def _openers() -> Phrases:
    stored = lexicon("names")
    return Phrases({label: stored[label] for label in ("honorifics", "introductions")})


@cache
def _titles() -> Phrases:
    return Phrases({"titles": lexicon("names")["titles"]})


@cache
def _ordinary() -> Phrases:
    stored = lexicon("names")
    everyday, accented = stored["not_after_honorific"], stored["not_after_honorific_accented"]
    return Phrases({"everyday": everyday, "accented": accented})


@cache
def _compounds() -> Phrases:
    return Phrases({"compounds": lexicon("names")["compounds"]})


@cache
def _places() -> Phrases:
    return Phrases({"heads": lexicon("places")["heads"]})


@cache
def _place_names() -> Phrases:
    return Phrases({"names": lexicon("places")["names"]})
