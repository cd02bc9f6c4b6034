"""One search from words and filters to the answer, over a shelf that does not change meanwhile."""

from dataclasses import dataclass, replace
from datetime import date

from portal.record.documents import Kind
from portal.record.search import bits
from portal.record.search.filters import EVERYTHING, UNIT, Filters, counts, dropped, filters_of, names_of
from portal.record.search.matching import FEW_CLAUSES, Match, Matcher, Span
from portal.record.search.parse import Note, ParsedQuery, parse, written
from portal.record.search.results import MOST_PER_PAGE, Found, Query, Sort, UnitHit
from portal.record.search.rows import UnitRow
from portal.record.search.shelf import Shelf
from portal.record.search.spelling import Speller, Typed
from portal.record.search.standings import Judgments

_FEW = 10  # commitments: fewer than a page
_MOST_UNITS = 10
_MOST_PROGRAMMES = 5


@dataclass(frozen=True, slots=True)
class _Answer:
    """What matched, before filters; ``unknown``: the words that nothing has."""

    match: Match
    unknown: tuple[str, ...] = ()
    suggestion: str | None = None
    notes: tuple[Note, ...] = ()


def find(shelf: Shelf, query: Query, judged: Judgments, *, today: date) -> Found:
    """Answer ``query``. ``judged``: commitments by standing and trait today."""
    parsed = parse(query.text)
    answer = _answer(shelf, parsed)
    filters = filters_of(shelf, query, judged)
    refs, total, page, pages = _page(shelf, query, answer.match, filters)
    return Found(
        total=total,
        pages=pages,
        page=page,
        refs=refs,
        units=_units(shelf, parsed, today),
        programmes=_programmes(shelf, parsed, filters.sets.get(UNIT, EVERYTHING)),
        suggestion=answer.suggestion,
        notes=(*parsed.notes, *answer.notes),
        unknown=answer.unknown,
        dropped=() if total else dropped(answer.match.found, filters),
        names=names_of(shelf, query),
        position=shelf.position,
        **counts(shelf, answer.match.found, filters, judged),
    )


def found_by(shelf: Shelf, query: Query, judged: Judgments) -> int:
    """The commitments that have all ``query`` asks for: nothing is guessed, mended or left out."""
    parsed = parse(query.text)
    matcher = matcher_for(shelf, Kind.COMMITMENT, parsed)
    found = matcher.all_of(parsed.clauses)
    if parsed.clauses and not matcher.is_convincing(parsed, found):
        return 0
    return found & filters_of(shelf, query, judged).without()


def order(shelf: Shelf, found: int, slices: list[int], sort: str, start: int, stop: int) -> list[int]:
    """Places ``start`` to ``stop`` of ``found`` in the order asked for."""
    if sort == Sort.DEADLINE:
        return bits.ordered(found, shelf.places.deadlines, start, stop, ascending=True)
    if sort == Sort.NEWEST:
        return bits.ordered(found, shelf.places.firsts, start, stop)
    return bits.ordered(found, [] if sort == Sort.UPDATED else slices, start, stop)


def _answer(shelf: Shelf, parsed: ParsedQuery) -> _Answer:
    matcher = matcher_for(shelf, Kind.COMMITMENT, parsed)
    found = matcher.all_of(parsed.clauses)
    if not parsed.clauses or matcher.is_convincing(parsed, found):
        match = _filled(matcher, parsed, found)
        also = () if match.found == found else (Note.ALSO_MOST,)
        return _Answer(match, notes=(*_succeeded(shelf, parsed), *also))
    return _rescue(shelf, parsed, matcher)


def _filled(matcher: Matcher, parsed: ParsedQuery, found: int) -> Match:
    """What has all the words; when that is little, then the best of what has most of a longer query."""
    missing = _FEW - found.bit_count()
    if len(parsed.clauses) <= FEW_CLAUSES or missing <= 0:
        return matcher.ranked(parsed, found)
    most = matcher.most_of(parsed)
    best = bits.of(bits.ordered(most.found & ~found, most.slices, 0, missing))
    both = matcher.ranked(parsed, found | best)
    return Match(both.found, [*both.slices, found])


def _succeeded(shelf: Shelf, parsed: ParsedQuery) -> tuple[Note, ...]:
    named = shelf.units.named_in(parsed.words)
    return (Note.UNIT_SUCCEEDED,) if any(name.unit.successors for name in named) else ()


def _rescue(shelf: Shelf, parsed: ParsedQuery, matcher: Matcher) -> _Answer:
    """Nothing has all the words: read them otherwise, leave out unknown ones, or ask for most."""
    known = tuple(clause for clause in parsed.clauses if matcher.satisfying(clause))
    unknown = tuple(written(clause.spellings[0]) for clause in parsed.clauses if clause not in known)
    suggestion = _suggest(shelf, parsed, matcher)
    if suggestion and unknown:
        again = _answer(shelf, parse(suggestion))
        notes = (Note.WORDS_CORRECTED, *again.notes)
        return replace(again, suggestion=suggestion, notes=notes, unknown=unknown)
    left = _Answer(Match(0, []), unknown, suggestion, (Note.WORDS_UNKNOWN,) if unknown else ())
    if not known:
        return left
    rest = replace(parsed, clauses=known)
    found = matcher.all_of(known)
    if matcher.is_convincing(rest, found):
        return replace(left, match=_filled(matcher, rest, found))
    most = matcher.most_of(rest)
    return replace(left, match=most, notes=(*left.notes, Note.MATCHED_MOST)) if most.found else left


def _suggest(shelf: Shelf, parsed: ParsedQuery, matcher: Matcher) -> str | None:
    """A query that finds something, certainly."""
    typed = [
        Typed(word, matcher.satisfying(clause))
        for clause in parsed.clauses
        for word in parsed.words[clause.start : clause.stop]
    ]
    speller = Speller(shelf.postings, shelf.places.live[Kind.COMMITMENT])
    suggestion = speller.suggest(typed, accented=parsed.is_accented)
    if suggestion is None:
        return None
    again = parse(suggestion)
    finder = matcher_for(shelf, Kind.COMMITMENT, again)
    finds = finder.is_convincing(again, finder.all_of(again.clauses))
    return suggestion if finds and again.words != parsed.words else None


def matcher_for(shelf: Shelf, kind: Kind, parsed: ParsedQuery) -> Matcher:
    """A matcher within the documents of ``kind`` that knows the units ``parsed`` names."""
    units = [
        Span(name.start, name.stop, shelf.places.within(shelf.units.covered(name.unit.slug)))
        for name in shelf.units.named_in(parsed.words)
    ]
    return Matcher(shelf.postings, shelf.places.live[kind], parsed, units)


def _page(
    shelf: Shelf, query: Query, match: Match, filters: Filters
) -> tuple[tuple[str, ...], int, int, int]:
    found = match.found & filters.without()
    size = min(max(1, query.size), MOST_PER_PAGE)
    total = found.bit_count()
    pages = -(-total // size)
    page = min(max(1, query.page), max(1, pages))
    numbers = order(shelf, found, match.slices, query.sort, (page - 1) * size, page * size)
    return tuple(shelf.places.refs[n] for n in numbers), total, page, pages


def _units(shelf: Shelf, parsed: ParsedQuery, today: date) -> tuple[UnitHit, ...]:
    """Units named in the query, the longest name first; then those that have all its words."""
    named = sorted(shelf.units.named_in(parsed.words), key=lambda name: name.start - name.stop)
    slugs = [name.unit.slug for name in named]
    if parsed.clauses:
        matcher = Matcher(shelf.postings, shelf.places.live[Kind.UNIT], parsed)
        slugs += _best(shelf, parsed, matcher, -1, _MOST_UNITS)
    rows = [row for slug in dict.fromkeys(slugs) if (row := shelf.units.get(slug))]
    return tuple(unit_hit(row, today) for row in rows[:_MOST_UNITS])


def unit_hit(row: UnitRow, today: date) -> UnitHit:
    """``row`` as it is shown."""
    return UnitHit(
        slug=row.slug,
        name=row.name,
        code=row.code,
        is_current=row.valid_to is None or row.valid_to >= today,
        successors=row.successors,
    )


def _programmes(shelf: Shelf, parsed: ParsedQuery, within: int) -> tuple[str, ...]:
    if not parsed.clauses:
        return ()
    matcher = matcher_for(shelf, Kind.PROGRAMME, parsed)
    return tuple(_best(shelf, parsed, matcher, within, _MOST_PROGRAMMES))


def _best(shelf: Shelf, parsed: ParsedQuery, matcher: Matcher, within: int, most: int) -> list[str]:
    match = matcher.ranked(parsed, matcher.all_of(parsed.clauses) & within)
    return [shelf.places.refs[n] for n in bits.ordered(match.found, match.slices, 0, most)]
