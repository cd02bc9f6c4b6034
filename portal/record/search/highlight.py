"""Which pieces of a text a query found: whole syllables, accents or not."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from portal.record.search.parse import ParsedQuery, parse
from portal.record.search.terms import Word, words

# A word of any Unicode form: letters and digits with the marks that stand on them.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_JOINTS = " \u00a0/-"

Pieces = tuple[tuple[str, bool], ...]


def highlight(text: str, query_text: str) -> Pieces:
    """``text`` in pieces that join to exactly ``text``, each with whether the query found it.

    A word is marked where it stands beside another word of the query; elsewhere only when the text
    has no such place for it. With accents typed, look-alikes are marked only when nothing matches
    exactly. The pieces are raw text: the template escapes them.
    """
    query = _parsed(query_text)
    if not query.words:
        return ((text, False),) if text else ()
    spots = list(_WORD.finditer(text))
    marked = _marked([_read(spot.group()) for spot in spots], query)
    return tuple(_pieces(text, spots, marked))


@lru_cache(maxsize=64)
def _parsed(query_text: str) -> ParsedQuery:
    return parse(query_text)


@lru_cache(maxsize=16384)
def _read(spot: str) -> Word:
    found = words(spot)
    return found[0] if found else Word("", "")


def _marked(text: Sequence[Word], query: ParsedQuery) -> set[int]:
    """The places of ``text`` to mark: the words as typed, and those known to mean the same."""
    beside = set(pairwise(word.folded for word in query.words))
    found: set[int] = set()
    for clause in query.clauses:
        typed, *others = clause.spellings
        if len(typed) == 1:
            found.update(_places(text, typed[0], beside, accented=query.is_accented))
        else:
            found.update(_phrases([w.folded for w in text], [w.folded for w in typed]))
        for spelling in (*others, *clause.kin):
            found.update(_phrases([w.exact for w in text], [w.exact for w in spelling]))
    return found


def _phrases(text: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    """Where the words of ``wanted`` stand one after another."""
    for start in range(len(text) - len(wanted) + 1):
        if text[start : start + len(wanted)] == wanted:
            yield from range(start, start + len(wanted))


def _places(text: Sequence[Word], wanted: Word, beside: set[tuple[str, str]], *, accented: bool) -> list[int]:
    """Where one word stands: the exact form, and the neighbours of the query, if there are any."""
    found = [n for n, word in enumerate(text) if word.folded == wanted.folded]
    if accented:
        found = [n for n in found if text[n].exact == wanted.exact] or found
    return [n for n in found if _has_company(text, n, beside)] or found


def _has_company(text: Sequence[Word], n: int, beside: set[tuple[str, str]]) -> bool:
    around = pairwise(word.folded for word in text[max(0, n - 1) : n + 2])
    return any(two in beside for two in around)


def _pieces(text: str, spots: Sequence[re.Match[str]], marked: set[int]) -> Iterator[tuple[str, bool]]:
    """Cut ``text``; marked words with only a space or a stroke between them are one piece."""
    done = 0
    for start, stop in _stretches(text, spots, sorted(marked)):
        if start > done:
            yield text[done:start], False
        yield text[start:stop], True
        done = stop
    if done < len(text):
        yield text[done:], False


def _stretches(text: str, spots: Sequence[re.Match[str]], marked: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = stop = -1
    for n in marked:
        if start >= 0 and not text[stop : spots[n].start()].strip(_JOINTS):
            stop = spots[n].end()
            continue
        if start >= 0:
            yield start, stop
        start, stop = spots[n].span()
    if start >= 0:
        yield start, stop
