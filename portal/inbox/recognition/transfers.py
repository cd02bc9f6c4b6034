"""Money or goods that change hands as a text tells it: who demands, takes or gives, and what."""

from collections.abc import Iterator, Sequence

from portal.inbox.recognition.phrases import Hit, Hits, Unit, lexicon

_SUBJECT_REACH = 3  # words before a verb in which its subject is looked for
_WRITER_REACH = 6
_RECIPIENTS = ("ấy", "ta")  # đưa chú ấy ...: given to the accused, whoever gave
_GOODS_LESS = 0.5  # points: goods are less clear than a sum
_BY_THE_WRITER = ("gives", "pays")
_BY_THE_ACCUSED = ("takes", "collects")
_NOWHERE = -1


def transfers(units: Sequence[Unit], hits: Hits) -> Iterator[tuple[float, Hit]]:
    """Verbs of taking or giving with their sum or goods, and the points they are worth."""
    for label, verbs in lexicon("accusation")["transfer"].items():
        for verb in hits.of(label):
            for objects, less in (("amount", 0.0), ("goods", _GOODS_LESS)):
                thing = _soon_after(verb, objects, units, hits)
                if thing and _is_told_of_another(verb, units, hits):
                    yield verbs["points"] - less, Hit(label, verb.phrase, verb.first, thing.last)


def _soon_after(verb: Hit, objects: str, units: Sequence[Unit], hits: Hits) -> Hit | None:
    """The sum or goods that follow the verb in its sentence."""
    reach = int(lexicon("accusation")["reach"])
    things = hits.within(objects, verb.first + 1, verb.last + reach)
    here = units[verb.first].sentence
    return next((thing for thing in things if units[thing.first].sentence == here), None)


def _is_told_of_another(verb: Hit, units: Sequence[Unit], hits: Hits) -> bool:
    """Whether the writer gives, or somebody else takes: "tôi nhận tiền hỗ trợ" is neither."""
    writer = _last_before(verb, ("first_person",), units, hits)
    accused = _last_before(verb, tuple(lexicon("accusation")["who"]), units, hits)
    if verb.label in _BY_THE_WRITER:
        is_by_writer = writer >= max(0, verb.first - _WRITER_REACH)
        return is_by_writer or verb.phrase.split()[-1] in _RECIPIENTS or _buys(verb, units, hits)
    if writer > accused and verb.first - writer <= _SUBJECT_REACH:
        return False
    return verb.label not in _BY_THE_ACCUSED or accused > _NOWHERE


def _last_before(verb: Hit, labels: Sequence[str], units: Sequence[Unit], hits: Hits) -> int:
    """Where the last of those phrases before the verb, in its sentence, begins; or nowhere."""
    here = units[verb.first].sentence
    last = (hits.last_before(label, verb.first) for label in labels)
    return max((hit.first for hit in last if hit and units[hit.first].sentence == here), default=_NOWHERE)


def _buys(verb: Hit, units: Sequence[Unit], hits: Hits) -> bool:
    """Whether the sum is the price of a favour told of soon after: "đưa 12 triệu là có sổ"."""
    soon = hits.within("quid", verb.last, verb.last + 2 * int(lexicon("accusation")["reach"]))
    here = units[verb.first].sentence
    return verb.label == "gives" and any(units[hit.first].sentence == here for hit in soon)
