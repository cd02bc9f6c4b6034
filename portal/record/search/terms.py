"""What of a document is searched: its syllables as written, the weightier ones, and the pairs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from portal.kernel.text import fold, syllables
from portal.record.documents import CommitmentDoc, Document, ProgrammeDoc, RatingsDoc, UnitDoc

LONGEST_TERM = 40  # characters; the longest Vietnamese syllable has seven


class Word(NamedTuple):
    """One syllable or number as written (lower case, today's spelling) and without accents."""

    exact: str
    folded: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms one document is found by, all but pairs as written.

    ``exact``: every syllable. ``core``: those of the promise itself, which count more than who and
    where. ``often``: those in two or more of its texts. ``pairs``: two folded syllables side by side;
    ``twice``: those in two or more of its texts, which tell what it is about. What a word typed without
    accents finds is put together from the forms the vocabulary has.
    """

    exact: frozenset[str]
    core: frozenset[str]
    often: frozenset[str]
    pairs: frozenset[str]
    twice: frozenset[str]


def words(text: str) -> list[Word]:
    """The words of ``text`` in order; "04" is the same number as "4"."""
    return [as_word(syllable) for syllable in syllables(text)]


@lru_cache(maxsize=16384)
def as_word(syllable: str) -> Word:
    """The word that ``syllable``, one of ``kernel.text.syllables``, is."""
    if syllable.isdecimal():
        number = syllable.lstrip("0")[:LONGEST_TERM] or "0"
        return Word(number, number)
    return Word(syllable[:LONGEST_TERM], (fold(syllable) or syllable)[:LONGEST_TERM])


def pair(first: Word, second: Word) -> str:
    """Two words side by side, as one term."""
    return f"{first.folded} {second.folded}"


def terms_of(core: Iterable[str], rest: Iterable[str]) -> Terms:
    """The terms of a document whose heart is ``core`` and which also says ``rest``."""
    heart = [words(text) for text in core]
    texts = [*heart, *(words(text) for text in rest)]
    places = Counter(word for text in texts for word in {word.exact for word in text})
    pairs = Counter(two for text in texts for two in {pair(a, b) for a, b in pairwise(text)})
    return Terms(
        exact=frozenset(places),
        core=frozenset(word.exact for text in heart for word in text),
        often=frozenset(word for word, count in places.items() if count > 1),
        pairs=frozenset(pairs),
        twice=frozenset(two for two, count in pairs.items() if count > 1),
    )


def searched(document: Document | None) -> Terms:
    """The terms ``document`` is found by. Names of predecessor units are resolved when asking.

    Raises TypeError for a tombstone, which nobody may find.
    """
    match document:
        case CommitmentDoc():
            return terms_of(_promise(document), _around(document))
        case ProgrammeDoc():
            holder = document.holder
            return terms_of((holder.cadre_name, holder.post), (holder.unit.name, holder.unit.code))
        case UnitDoc():
            return terms_of((document.name,), (document.code,))
        case RatingsDoc():
            return terms_of((), ())  # it only filters
    raise TypeError("a tombstone has no terms")


def _promise(doc: CommitmentDoc) -> tuple[str, ...]:
    return doc.text, doc.indicator


def _around(doc: CommitmentDoc) -> tuple[str, ...]:
    unit = doc.holder.unit
    return (
        doc.task_title,
        doc.deliverable,
        doc.accountable,
        *(area.label for area in doc.areas),
        *doc.coordinators,
        doc.holder.cadre_name,
        doc.holder.post,
        unit.name,
        unit.code,
        doc.deadline.strftime("%d/%m/%Y"),
    )
