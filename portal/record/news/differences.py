"""What is new in a document beside what was told of it before: pure, and nothing of what is gone again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from portal.record.change_words import show
from portal.record.changes import changes_between
from portal.record.documents import (
    CommentDoc,
    CommitmentDoc,
    Document,
    DossierDoc,
    ExplanationDoc,
    FigureState,
    ProceduresDoc,
    ProgrammeDoc,
    ProgressDoc,
    RatingsDoc,
    ThemeDoc,
    TombstoneDoc,
    UnitDoc,
)
from portal.record.news.kinds import News, NewsKind, Said
from portal.record.standing_words import DATA_WORDS
from portal.record.voice import CommentState

_DATA_EN = {FigureState.NO_DATA: "no data", FigureState.NOT_CONNECTED: "not connected"}
_MOVED = {
    "target_lowered": NewsKind.TARGET_LOWERED,
    "target_raised": NewsKind.TARGET_RAISED,
    "deadline_moved_later": NewsKind.DEADLINE_LATER,
    "deadline_moved_earlier": NewsKind.DEADLINE_EARLIER,
}
_ADDED = {"causes": NewsKind.CAUSE, "evidence": NewsKind.EVIDENCE, "ending": NewsKind.ENDED}
_TOLD_OTHERWISE = {"progress", "ended_on"}
_ALONE: dict[type, NewsKind] = {
    RatingsDoc: NewsKind.RATED,
    DossierDoc: NewsKind.EVALUATED,
    ExplanationDoc: NewsKind.EVALUATED,
    ProceduresDoc: NewsKind.PROCEDURES,
    UnitDoc: NewsKind.UNIT,
}


def news_between(before: Document | None, now: Document) -> tuple[News, ...]:
    """What ``now`` tells that ``before`` did not; ``before`` is None for what is new altogether.

    Words of residents are never told, only that there are some. Empty: nothing worth telling.
    """
    if before == now:
        return ()
    match now:
        case TombstoneDoc():
            return (News(NewsKind.WITHDRAWN, (now.reason, now.reason)),)
        case CommitmentDoc():
            return _of_commitment(before, now)
        case ProgrammeDoc():
            return _of_programme(before, now)
        case CommentDoc():
            return _of_comment(before, now)
        case ThemeDoc():
            return _of_theme(before, now)
    kind = _ALONE.get(type(now))
    return (News(kind),) if kind else ()


def title_of(document: Document | None) -> str:
    """What ``document`` is called in a list, in Vietnamese; empty where it is read on another's page."""
    match document:
        case CommitmentDoc():
            return document.text
        case ProgrammeDoc():
            return f"{document.holder.cadre_name}, {document.holder.post}, {document.holder.unit.name}"
        case UnitDoc():
            return document.name
        case ProceduresDoc():
            return document.unit.name
        case ThemeDoc():
            return document.title
    return ""


def _of_programme(before: Document | None, now: ProgrammeDoc) -> tuple[News, ...]:
    if not isinstance(before, ProgrammeDoc):
        return (News(NewsKind.PROGRAMME),)
    if now.ending and not before.ending:
        return (News(NewsKind.ENDED),)
    # A board it was posted on is news for whoever passes it, and its page tells.
    return () if replace(before, postings=now.postings) == now else (News(NewsKind.CHANGED),)


def _of_comment(before: Document | None, now: CommentDoc) -> tuple[News, ...]:
    if now.reply and not (isinstance(before, CommentDoc) and before.reply):
        return (News(NewsKind.REPLIED),)
    is_new = not isinstance(before, CommentDoc)
    is_shown = now.state in (CommentState.SHOWN, CommentState.MASKED)
    return (News(NewsKind.COMMENTED),) if is_new and is_shown else ()


def _of_theme(before: Document | None, now: ThemeDoc) -> tuple[News, ...]:
    if now.reply and not (isinstance(before, ThemeDoc) and before.reply):
        return (News(NewsKind.REPLIED),)
    return () if isinstance(before, ThemeDoc) else (News(NewsKind.THEME),)


def _of_commitment(before: Document | None, now: CommitmentDoc) -> tuple[News, ...]:
    if not isinstance(before, CommitmentDoc):
        return (News(NewsKind.COMMITMENT),)
    return tuple(dict.fromkeys([*_of_promise(before, now), *_of_progress(before, now)]))


def _of_promise(before: CommitmentDoc, now: CommitmentDoc) -> Iterator[News]:
    for change in changes_between(before, now):
        if kind := _MOVED.get(change.kind):
            old, new = getattr(before, change.field), getattr(now, change.field)
            yield News(kind, _way(_value(old, before.measure_unit), _value(new, now.measure_unit)))
        elif change.field in _ADDED and change.kind == "added":
            yield News(_ADDED[change.field])
        elif change.field not in _TOLD_OTHERWISE:
            yield News(NewsKind.CHANGED)


def _of_progress(before: CommitmentDoc, now: CommitmentDoc) -> Iterator[News]:
    was = {row.reported_on: row for row in before.progress}
    for row in reversed(now.progress):  # what is newest is told first
        old, told = was.pop(row.reported_on, None), _report(row, now.measure_unit)
        is_confirmed = row.confirmation is not None and (old is None or old.confirmation is None)
        if old is not None and (old.value, old.state) != (row.value, row.state):
            yield News(NewsKind.CORRECTED, told)
        if is_confirmed:
            yield News(NewsKind.CONFIRMED, told)
        elif old is None:
            yield News(NewsKind.REPORTED, told)
    if was:
        yield News(NewsKind.CHANGED)


def _report(row: ProgressDoc, unit: str) -> Said:
    on = show(row.reported_on)
    if row.state is not FigureState.FIGURE or row.value is None:
        state = FigureState.NO_DATA if row.state is FigureState.FIGURE else row.state
        return f"{on}, {DATA_WORDS[state].lower()}", f"{on}, {_DATA_EN[state]}"
    vi, en = _value(row.value, unit)
    return f"{on}, {vi}", f"{on}, {en}"


def _value(value: Decimal | date | None, unit: str) -> Said:
    """A figure in its unit or a day, as each language writes it."""
    if not isinstance(value, Decimal):
        return show(value) or "không nêu", show(value) or "none"
    between = "" if unit.startswith("%") else " "
    written = show(value)
    return f"{written}{between}{unit}", f"{written.translate(_TO_ENGLISH)}{between}{unit}"


_TO_ENGLISH = str.maketrans(",.", ".,")


def _way(old: Said, new: Said) -> Said:
    return f"{old[0]} → {new[0]}", f"{old[1]} → {new[1]}"
