"""Signals for the moderator's desk: abuse, threats, advertising, links, personal data, accusations.

A signal routes a comment to an eye and never decides. Sharp words about work are not abuse.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from portal.inbox.recognition.channels import channel_of
from portal.inbox.recognition.contacts import links
from portal.inbox.recognition.disguise import disguised
from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.personal import find_personal
from portal.inbox.recognition.phrases import Phrases, Unit, lexicon, units_of
from portal.inbox.recognition.view import View, view

Span = tuple[int, int]
_ADVERT_WITH_CONTACT = 0.5  # weight added when an offer comes with a link or a telephone number


class SignalKind(StrEnum):
    """What a signal points at."""

    ABUSE = "abuse"
    THREAT = "threat"
    ADVERT = "advert"
    LINK = "link"
    PERSONAL_DATA = "personal_data"
    OTHER_CHANNEL = "other_channel"
    SECRET_STAMP = "secret_stamp"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing to look at: its places in the original, and how grave it is (0 to 1)."""

    kind: SignalKind
    spans: tuple[Span, ...]
    weight: float


def signals(
    text: str,
    *,
    known_names: Sequence[str] = (),
    find_stamp: Callable[[str], str | None] | None = None,
) -> tuple[Signal, ...]:
    """Everything in ``text`` that a moderator should see at a glance, gravest first.

    ``find_stamp`` tells a stamp of state secrecy; the desk passes its own.
    """
    seen = view(text)
    units = units_of(seen)
    personal = find_personal(text, known_names=known_names)
    found = [*_words(seen, units, personal), *_data(personal), *_channel(text, known_names)]
    if spans := tuple(seen.span(*link) for link in links(seen)):
        found.append(Signal(SignalKind.LINK, spans, 0.5))
    if find_stamp and find_stamp(text):
        found.append(Signal(SignalKind.SECRET_STAMP, ((0, len(text)),), 1.0))
    return tuple(sorted(found, key=lambda one: (-one.weight, one.kind)))


def _words(seen: View, units: Sequence[Unit], personal: Sequence[Found]) -> Iterator[Signal]:
    """Abuse, threats and offers, by the word lists."""
    weighed: dict[SignalKind, list[tuple[Span, float]]] = {}
    for hit in _phrases().find(units):
        if units[hit.first].is_loose and hit.phrase in lexicon("language")["accented"]:
            continue  # "mat cho" is mất chỗ as well
        kind, weight = _lists()[hit.label]
        span = seen.span(units[hit.first].start, units[hit.last - 1].end)
        weighed.setdefault(kind, []).append((span, weight))
    for start, end in disguised(seen):
        weighed.setdefault(SignalKind.ABUSE, []).append((seen.span(start, end), 1.0))
    for kind, places in weighed.items():
        spans = tuple(sorted({span for span, _ in places}))
        weight = max(weight for _, weight in places)
        is_reachable = links(seen) or any(one.kind is Kind.PHONE for one in personal)
        if kind is SignalKind.ADVERT and is_reachable:
            weight += _ADVERT_WITH_CONTACT
        yield Signal(kind, spans, weight)


def _data(personal: Sequence[Found]) -> Iterator[Signal]:
    if personal:
        only_names = all(one.kind is Kind.NAME for one in personal)
        spans = tuple((one.start, one.end) for one in personal)
        yield Signal(SignalKind.PERSONAL_DATA, spans, 0.4 if only_names else 0.7)


def _channel(text: str, known_names: Sequence[str]) -> Iterator[Signal]:
    routing = channel_of(text, known_names=known_names)
    if routing.is_held or routing.may_be_denunciation:
        spans = tuple((reason.start, reason.end) for reason in routing.reasons)
        yield Signal(SignalKind.OTHER_CHANNEL, spans, 0.9 if routing.is_held else 0.5)


@cache
def _lists() -> dict[str, tuple[SignalKind, float]]:
    """What each word list stands for and how grave it is."""
    stored = lexicon("language")
    abuse = {name: (SignalKind.ABUSE, float(words["weight"])) for name, words in stored["abuse"].items()}
    others = {kind: (SignalKind(kind), float(stored[kind]["weight"])) for kind in ("threat", "advert")}
    return {**abuse, **others}


@cache
def _phrases() -> Phrases:
    stored = lexicon("language")
    lists = {name: words["words"] for name, words in stored["abuse"].items()}
    lists.update({kind: stored[kind]["words"] for kind in ("threat", "advert")})
    return Phrases(lists, typed_bare=frozenset(stored["typed_bare"]))
