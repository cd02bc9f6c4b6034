"""Money or goods that change hands as a text tells it: who demands, takes, gives, and how soon a sum follows."""

from collections.abc import Iterator, Mapping, Sequence

from portal.inbox.recognition.phrases import Hit, Unit, lexicon

_SUBJECT_REACH = 3  # words before a verb in which its subject is looked for
_WRITER_REACH = 6
_RECIPIENTS = ("ấy", "ta")  # đưa chú ấy ...: given to the accused, whoever gave
GOODS_LESS = 0.5  # points: goods are less clear than a sum
_BY_THE_WRITER = ("gives", "pays")
_BY_THE_ACCUSED = ("takes", "collects")


def transfers(units: Sequence[Unit], hits: Mapping[str, Sequence[Hit]]) -> Iterator[tuple[float, Hit]]:
    """Verbs of taking or giving with their sum or goods, and the points they are worth."""
    for label, verbs in lexicon("accusation")["transfer"].items():
        for verb in hits.get(label, ()):
            for objects, less in (("amount", 0.0), ("goods", GOODS_LESS)):
                thing = _soon_after(verb, hits.get(objects, ()), units)
                if thing and _is_told_of_another(verb, units, hits):
                    yield verbs["points"] - less, Hit(label, verb.phrase, verb.first, thing.last)


def _soon_after(verb: Hit, objects: Sequence[Hit], units: Sequence[Unit]) -> Hit | None:
    """The sum or goods that follow the verb in its sentence."""
    reach = int(lexicon("accusation")["reach"])
    for thing in objects:
        is_soon = verb.first < thing.first < verb.last + reach
        if is_soon and units[thing.first].sentence == units[verb.first].sentence:
            return thing
    return None


def _is_told_of_another(verb: Hit, units: Sequence[Unit], hits: Mapping[str, Sequence[Hit]]) -> bool:
    """Whether the writer gives, or somebody else takes: "tôi nhận tiền hỗ trợ" is neither."""
    writer = _last_before(verb, ("first_person",), units, hits)
    accused = _last_before(verb, tuple(lexicon("accusation")["who"]), units, hits)
    if verb.label in _BY_THE_WRITER:
        is_to_the_accused = verb.phrase.split()[-1] in _RECIPIENTS
        return verb.first - _WRITER_REACH <= writer or is_to_the_accused or _buys(verb, units, hits)
    if writer > accused and verb.first - _SUBJECT_REACH <= writer:
        return False
    return verb.label not in _BY_THE_ACCUSED or accused >= 0


def _last_before(
    verb: Hit, labels: Sequence[str], units: Sequence[Unit], hits: Mapping[str, Sequence[Hit]]
) -> int:
    """Where the last of those phrases before the verb, in its sentence, begins; else far before."""
    here = units[verb.first].sentence
    places = (hit.first for label in labels for hit in hits.get(label, ()) if hit.first < verb.first)
    return max((at for at in places if units[at].sentence == here), default=-_WRITER_REACH)


def _buys(verb: Hit, units: Sequence[Unit], hits: Mapping[str, Sequence[Hit]]) -> bool:
    """Whether the sum is the price of a favour: "đưa 12 triệu là có sổ"."""
    here = units[verb.first].sentence
    return verb.label == "gives" and any(units[hit.first].sentence == here for hit in hits.get("quid", ()))
