"""What a resident typed, as clauses to look for. Nothing in it is an operator but quotation marks.

At most 200 characters and 12 terms are looked at; there are no wildcards, fields, ranges or regular
expressions, so no query costs more than twelve terms do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.kernel.text import tidy
from portal.record.search.equivalents import (
    Other,
    Spelling,
    is_filler,
    other_spellings,
    parted_spellings,
    question_places,
)
from portal.record.search.terms import Word, words

LONGEST = 200  # characters
MOST_TERMS = 12
_RAW = 4 * LONGEST  # decomposed text (NFD) is longer; beyond this nothing is even normalised

_QUOTED = re.compile(r'["“”„«»]')


class Note(StrEnum):
    """What the page must tell about how a query was understood."""

    QUERY_SHORTENED = "query_shortened"  # beyond 200 characters
    TERMS_DROPPED = "terms_dropped"  # beyond 12 terms
    WORDS_UNKNOWN = "words_unknown"  # words no document has were left out
    WORDS_CORRECTED = "words_corrected"  # the suggestion was searched instead
    MATCHED_MOST = "matched_most"  # nothing has all the words; these have most of them
    ALSO_MOST = "also_most"  # few have all the words; after them come some that have most
    UNIT_SUCCEEDED = "unit_succeeded"  # an old unit was named; its successors are shown


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing to find: any of ``spellings``, the words of a spelling side by side.

    It stands for words ``start`` to ``stop`` of the query. ``kin``: what texts about it say instead.
    """

    start: int
    stop: int
    spellings: tuple[Spelling, ...]
    kin: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``start`` to ``stop`` of the query can also be said otherwise."""

    start: int
    stop: int
    other: Other
    is_parted: bool = False  # small words stand between its own

    def covers(self, start: int, stop: int) -> bool:
        """Whether words ``start`` to ``stop`` are among those said otherwise."""
        return self.start <= start and stop <= self.stop


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query: its words as typed, what to find, and what else its words may be called."""

    words: tuple[Word, ...] = ()
    clauses: tuple[Clause, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    notes: tuple[Note, ...] = ()
    asking: frozenset[int] = frozenset()  # the places of words that only make it a question

    @property
    def is_accented(self) -> bool:
        """Whether anything was typed with accents: then accents count before nearness."""
        return any(word.exact != word.folded for word in self.words)

    def without_fillers(self) -> "ParsedQuery":
        """The same query, asking for nothing that only makes it a sentence; itself if nothing is left."""
        telling = tuple(clause for clause in self.clauses if not self._is_filler(clause))
        return replace(self, clauses=telling) if telling else self

    def _is_filler(self, clause: Clause) -> bool:
        whole = (stretch for stretch in self.stretches if not stretch.is_parted)
        is_part = any(stretch.covers(clause.start, clause.stop) for stretch in whole)
        if is_part or len(clause.spellings[0]) > 1:
            return False
        return clause.start in self.asking or is_filler(clause.spellings[0][0], accented=self.is_accented)

    def joints(self) -> list[int]:
        """The places n whose word and the next are both looked for, and ought to be neighbours."""
        sought = {n for clause in self.clauses for n in range(clause.start, clause.stop)}
        return [n for n in sorted(sought) if n + 1 in sought]


def parse(text: str) -> ParsedQuery:
    """The query in ``text``; never raises, whatever it holds."""
    clean = tidy(text[:_RAW])
    shortened_text = clean[:LONGEST]
    groups = list(_groups(shortened_text))
    kept = _first_terms(groups)
    notes = [Note.QUERY_SHORTENED] if len(clean) > LONGEST or len(text) > _RAW else []
    if sum(map(len, kept)) < sum(map(len, groups)):
        notes.append(Note.TERMS_DROPPED)
    typed = tuple(word for group in kept for word in group)
    stretches = (
        *(Stretch(*found) for found in other_spellings(typed)),
        *(Stretch(*found, is_parted=True) for found in parted_spellings(typed)),
    )
    clauses = tuple(_clauses(kept, stretches))
    query = ParsedQuery(typed, clauses, stretches, tuple(notes), question_places(typed))
    return query.without_fillers()


def chunks(text: str) -> list[str]:
    """The words of ``text`` that are looked for, so written that, joined by spaces, they ask the same."""
    found: list[str] = []
    for group in _first_terms(list(_groups(tidy(text[:_RAW])[:LONGEST]))):
        found.append(written(group))
        if len(" ".join(found)) > LONGEST:
            return found[:-1]
    return found


def written(group: Sequence[Word]) -> str:
    """Words that must stand together, as one types them."""
    if all(word.exact.isdecimal() for word in group):
        return "/".join(word.exact for word in group)  # a date
    together = " ".join(word.exact for word in group)
    return together if len(group) == 1 else f'"{together}"'


def _groups(text: str) -> Iterator[list[Word]]:
    """Words that must stand together: a quoted phrase, a date, a document number; else one word."""
    parts = _QUOTED.split(text)
    for place, part in enumerate(parts):
        is_quoted = place % 2 == 1 and place < len(parts) - 1
        if is_quoted:
            yield words(part)
            continue
        for chunk in part.split():
            together = words(chunk)
            if any(word.folded.isdecimal() for word in together):
                yield together
            else:
                yield from ([word] for word in together)


def _first_terms(groups: Sequence[list[Word]]) -> list[list[Word]]:
    kept: list[list[Word]] = []
    room = MOST_TERMS
    for group in groups:
        if group[:room]:
            kept.append(group[:room])
            room -= len(kept[-1])
    return kept


def _clauses(groups: Sequence[list[Word]], stretches: Sequence[Stretch]) -> Iterator[Clause]:
    seen = set()
    start = 0
    for group in groups:
        stop = start + len(group)
        others = [s.other for s in stretches if s.covers(start, stop)]
        same = (other.spelling for other in others if other.is_same)
        kin = (other.spelling for other in others if not other.is_same)
        clause = Clause(start, stop, tuple(dict.fromkeys((tuple(group), *same))), tuple(dict.fromkeys(kin)))
        if clause.spellings not in seen:
            yield clause
        seen.add(clause.spellings)
        start = stop
