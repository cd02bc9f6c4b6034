"""While somebody types: units, areas and commitments that begin as what stands there so far.

The last word may be unfinished. Whatever is typed, the same bounded number of words is looked up.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import islice
from operator import or_

from portal.record.documents import Kind
from portal.record.search import bits, schema
from portal.record.search.finding import matcher_for, unit_hit
from portal.record.search.parse import LONGEST, Clause, parse
from portal.record.search.results import UnitHit
from portal.record.search.shelf import Shelf
from portal.record.search.terms import Word, pair, words

FEWEST = 2  # letters; one says nothing yet
_MOST_UNITS, _MOST_AREAS, _MOST_DOCUMENTS = 4, 2, 24
_NAMES = 60  # names of units looked at
_READINGS = 400  # words the unfinished one may become: more than begin with any one letter


@dataclass(frozen=True, slots=True)
class Begun:
    """``areas``: code and label. ``refs``: commitments, the best first, to be read for their words."""

    units: tuple[UnitHit, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    refs: tuple[str, ...] = ()


def begun(shelf: Shelf, typed: str, *, today: date) -> Begun:
    """What ``typed`` may become; nothing while there are fewer than two letters."""
    text = typed[:LONGEST]
    said = list(parse(text).words)
    if sum(len(word.folded) for word in said) < FEWEST:
        return Begun()
    return Begun(
        units=_units(shelf, said, today),
        areas=tuple(islice(_areas(shelf, said), _MOST_AREAS)),
        refs=_commitments(shelf, said),
    )


def _units(shelf: Shelf, said: list[Word], today: date) -> tuple[UnitHit, ...]:
    """Those whose accents are as typed first, then those of today, then by name."""
    rows = shelf.units.beginning_with([word.folded for word in said], _NAMES)
    exact = [word.exact for word in said]

    def place(hit: UnitHit) -> tuple[bool, bool, str]:
        return not _says(hit.name, exact), not hit.is_current, hit.name

    hits = {row.slug: unit_hit(row, today) for row in rows}
    return tuple(sorted(hits.values(), key=place)[:_MOST_UNITS])


def _says(name: str, typed: list[str]) -> bool:
    return " ".join(typed) in " ".join(word.exact for word in words(name))


def _areas(shelf: Shelf, said: list[Word]) -> list[tuple[str, str]]:
    typed = " ".join(word.folded for word in said)
    live = shelf.places.live[Kind.COMMITMENT]
    known = {code: shelf.places.labels[code] for code, some in shelf.places.of_area.items() if some & live}
    return sorted(
        (code, label)
        for code, label in known.items()
        if f" {typed}" in " " + " ".join(word.folded for word in words(label))
    )


def _commitments(shelf: Shelf, said: list[Word]) -> tuple[str, ...]:
    """Those that have every finished word and, beside the last of them, some reading of the unfinished."""
    before, last = said[:-1], said[-1]
    query = parse(" ".join(word.exact for word in before))
    query = replace(query, clauses=tuple(Clause(n, n + 1, ((word,),)) for n, word in enumerate(before)))
    matcher = matcher_for(shelf, Kind.COMMITMENT, query)
    postings = shelf.postings
    readings = postings.beginning_with(last.folded, _READINGS)
    if before:
        having = (postings.get(schema.PAIRS, pair(before[-1], Word(word, word))) for word in readings)
    else:
        having = (postings.folded(schema.EXACT, word) for word in readings)
    found = matcher.all_of(query.clauses) & reduce(or_, having, 0)
    slices = matcher.ranked(query, found).slices
    return tuple(shelf.places.refs[n] for n in bits.ordered(found, slices, 0, _MOST_DOCUMENTS))
