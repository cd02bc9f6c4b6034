"""Names of persons: after ông, bà, anh, đ/c ..., after "tôi là", or a full name standing alone.

Where capitals can be trusted they mark the name; in shouted or lower-case text the words names are
made of do. Places, streets, posts and the cadre whose page it is (``known``) are not third parties.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.name_words import NameWords, is_in
from portal.inbox.recognition.phrases import Hit, Phrases, Unit, lexicon
from portal.inbox.recognition.view import View

_INTRODUCES = "introductions"


def find_names(seen: View, units: Sequence[Unit], *, known: Sequence[str] = ()) -> list[Found]:
    """The names of persons in the text, without the honorific before them."""
    reader = _Reader(seen, units)
    known_at = {hit.first: hit.last for hit in _known(known).find(units)}
    return [
        Found(*seen.span(units[first].start, units[last - 1].end), Kind.NAME)
        for first, last in (*reader.announced(), *reader.standing_alone())
        if known_at.get(first, first) < last and not _is_place(units[first:last])
    ]


def _known(names: Sequence[str]) -> Phrases:
    """How people call Lương Công Mẫu: the whole, Công Mẫu, Mẫu."""
    forms = [" ".join(name.split()[at:]) for name in names for at in range(len(name.split()))]
    return Phrases({"known": forms})


class _Reader:
    """One text being read for names, as stretches of its words."""

    def __init__(self, seen: View, units: Sequence[Unit]) -> None:
        self._units = units
        self._words = NameWords(seen, units)
        self._after_places = {hit.last for hit in _places().find(units)}

    def announced(self) -> Iterator[tuple[int, int]]:
        """The names that an honorific or introduction announces."""
        for opener in _openers().find(self._units):
            first = opener.last
            if self._words.runs_on(first - 1, first) and self._announces(opener):
                last = self._end(opener)
                if last > first:
                    yield first, last

    def standing_alone(self) -> Iterator[tuple[int, int]]:
        """Full names without an honorific, unless a word for a place stands before."""
        for first in range(len(self._units)):
            last = self._words.full(first)
            if last > first and not self._follows_place(first):
                yield first, last

    def _end(self, opener: Hit) -> int:
        """Where the name after the opener ends, or 0."""
        first = opener.last
        by_capitals = self._words.capitals(first) if self._words.trusts(first) else 0
        if by_capitals > first + 1 or opener.phrase == "mình":
            return by_capitals
        full = max(self._words.listed(first), by_capitals)
        if full > first or not self._may_precede_given(opener):
            return full
        bare_list = "givens_bare_men" if opener.phrase in lexicon("names")["men"] else "givens_bare_women"
        return self._words.given(first, bare_list=bare_list)

    def _announces(self, opener: Hit) -> bool:
        """Whether a name may follow: not after "anh em", "chú trọng", nor in Bà Triệu street."""
        if self._follows_place(opener.first) or not self._is_clear(opener):
            return False
        return self._is_surely_a_name(opener.last) or not self._is_everyday(opener.last - 1)

    def _is_clear(self, opener: Hit) -> bool:
        """Typed with its accents, or hardly anything else without them, or before a capital."""
        if not self._is_bare(opener) or " " in opener.phrase:
            return True
        stored = lexicon("names")
        if opener.phrase in stored["honorifics_bare"]:
            return True
        is_before_name = self._words.trusts(opener.last) and is_in("givens", self._units[opener.last])
        return is_before_name and opener.phrase in stored["honorifics_bare_before_capital"]

    def _is_bare(self, opener: Hit) -> bool:
        words = [unit.word for unit in self._units[opener.first : opener.last]]
        return words != opener.phrase.split()

    def _is_everyday(self, at: int) -> bool:
        """Whether an everyday phrase begins with the honorific at ``at``."""
        hits = _everyday().find(self._units[at : at + 3])
        can_be_a_name = "accented" if self._units[at].is_loose else ""  # "anh dung" without accents
        return any(hit.first == 0 and hit.label != can_be_a_name for hit in hits)

    def _is_surely_a_name(self, at: int) -> bool:
        """A capital after an honorific: anh Hùng, not anh hùng; but Bác Hồ is no third party."""
        return self._words.trusts(at) and not is_in("revered", self._units[at])

    def _may_precede_given(self, opener: Hit) -> bool:
        """Whether one given name after the opener is enough: "chị hoa" yes, "em hoa" no."""
        is_weak = opener.phrase in lexicon("names")["weak_honorifics"]
        return opener.label != _INTRODUCES and not is_weak

    def _follows_place(self, first: int) -> bool:
        return first in self._after_places and self._words.runs_on(first - 1, first)


def _is_place(words: Sequence[Unit]) -> bool:
    """Whether the whole is the name of a place or street."""
    return any(hit.last - hit.first == len(words) for hit in _place_names().find(words))


@cache
def _openers() -> Phrases:
    stored = lexicon("names")
    return Phrases({label: stored[label] for label in ("honorifics", _INTRODUCES)})


@cache
def _everyday() -> Phrases:
    stored = lexicon("names")
    everyday, accented = stored["not_after_honorific"], stored["not_after_honorific_accented"]
    return Phrases({"everyday": everyday, "accented": accented})


@cache
def _places() -> Phrases:
    return Phrases({"heads": lexicon("places")["heads"]})


@cache
def _place_names() -> Phrases:
    return Phrases({"names": lexicon("places")["names"]})
