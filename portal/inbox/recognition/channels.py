"""Which way a text belongs: an opinion, a question, or one of the channels the law gives a form of its own.

The rule is asked before anything is saved. It only guides: what a text is in law, the body that
receives it decides (facts: what must be routed away from comments).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from portal.inbox.recognition.accusation import weigh
from portal.inbox.recognition.leaning import leaning, most_telling
from portal.inbox.recognition.phrases import Hit, Phrases, Unit, lexicon, units_of
from portal.inbox.recognition.view import View, view


class Channel(StrEnum):
    """Góp ý, câu hỏi, phản ánh kiến nghị (PAKN), khiếu nại, tố cáo, tin báo tội phạm."""

    COMMENT = "comment"
    QUESTION = "question"
    PETITION = "petition"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    CRIME_REPORT = "crime_report"


HELD = frozenset((Channel.DENUNCIATION, Channel.CRIME_REPORT))  # no word of it may be saved here
_TAIL = 3  # words that may follow the question word of an unmarked question: "khi nào vậy ạ"
OFFERED = frozenset((Channel.PETITION, Channel.COMPLAINT))  # the sender hears of a better way and chooses


@dataclass(frozen=True, slots=True)
class Reason:
    """What in the text speaks for the channel: the list it is on, and its place in the original."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Routing:
    """The channel of a text and why."""

    channel: Channel
    reasons: tuple[Reason, ...] = ()
    may_be_denunciation: bool = False  # not held, but the sender is shown the guidance on tố cáo too

    @property
    def is_held(self) -> bool:
        """Whether the text must not be saved here but guided to its lawful channel."""
        return self.channel in HELD


def channel_of(text: str, *, known_names: Sequence[str] = ()) -> Routing:
    """The channel of ``text``; ``known_names`` are names of the cadre it is written about."""
    seen = view(text)
    units = units_of(seen)
    accusation = weigh(seen, units, known_names=known_names)
    lean = leaning(units)
    bars = lexicon("accusation")
    if accusation.is_denunciation:
        return Routing(Channel.DENUNCIATION, _reasons(accusation.phrases, seen, units))
    if lean >= bars["leaning_enough"] and accusation.names_someone:
        return Routing(Channel.DENUNCIATION, _reasons(most_telling(units), seen, units))
    is_doubtful = accusation.may_be_denunciation or lean >= bars["leaning_perhaps"]
    return _without_accusation(seen, units, may_be_denunciation=is_doubtful)


def _without_accusation(seen: View, units: Sequence[Unit], *, may_be_denunciation: bool) -> Routing:
    signs = _Signs(seen, units)
    for channel, hits in (
        (Channel.CRIME_REPORT, signs.of_crime()),
        (Channel.COMPLAINT, signs.of_complaint()),
        (Channel.QUESTION, signs.of_question()),
        (Channel.PETITION, signs.of_petition()),
    ):
        if hits:
            return Routing(channel, _reasons(hits, seen, units), may_be_denunciation)
    return Routing(Channel.COMMENT, (), may_be_denunciation)


def _reasons(hits: Sequence[Hit], seen: View, units: Sequence[Unit]) -> tuple[Reason, ...]:
    return tuple(
        Reason(hit.label, *seen.span(units[hit.first].start, units[hit.last - 1].end)) for hit in hits
    )


class _Signs:
    """The phrases of a text that speak for one channel or another."""

    def __init__(self, seen: View, units: Sequence[Unit]) -> None:
        self._seen = seen
        self._units = units
        self._hits: dict[str, list[Hit]] = {}
        for hit in _phrases().find(units):
            self._hits.setdefault(hit.label, []).append(hit)

    def of_crime(self) -> list[Hit]:
        """A crime, with a sign that it happens here and now and not in a report or plan."""
        return [] if self._has("crime_at_large") else self._together("crimes", "crime_signs")

    def of_complaint(self) -> list[Hit]:
        """A decision on the sender's own case, contested; not the handling of complaints at large."""
        if self._has("about_complaints"):
            return []
        return self._hits.get("complains", []) or self._together("contests", "decisions", "own")

    def of_question(self) -> list[Hit]:
        """A question: announced as one, with its mark at the end, or a question word at either end."""
        if self._has("asks"):
            return self._hits["asks"]
        last = len(self._units)
        if last and self._seen.chars.rstrip(' \n)"”').endswith("?"):
            return [Hit("question_mark", "?", last - 1, last)]
        words = self._hits.get("question_words", [])
        return [hit for hit in words if hit.first == 0 or hit.last >= last - _TAIL]

    def of_petition(self) -> list[Hit]:
        """Something to be put right by the administration, and the wish that it be done."""
        if self._has("about_programme"):
            return []
        return self._together("requests", "remedies", "matters")

    def _has(self, label: str) -> bool:
        return label in self._hits

    def _together(self, *labels: str) -> list[Hit]:
        """One phrase of each list, when the text holds them all."""
        return [self._hits[label][0] for label in labels] if all(map(self._has, labels)) else []


@cache
def _phrases() -> Phrases:
    stored = lexicon("channels")
    lists = {label: phrases for label, phrases in stored.items() if label not in ("about", "typed_bare")}
    return Phrases(lists, typed_bare=frozenset(stored["typed_bare"]))
