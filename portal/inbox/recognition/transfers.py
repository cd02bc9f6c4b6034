"""Money or goods that change hands as a text tells it: who demands, takes, gives, and how soon a sum follows."""

from collections.abc import Iterator, Mapping, Sequence

from portal.inbox.recognition.phrases import Hit, Unit, lexicon

_FIRST_PERSON_REACH = {"takes": 3, "gives": 6}  # words before the verb
GOODS_LESS = 0.5  # points: goods are less clear than a sum
_BY_THE_WRITER = ("gives", "pays")
_BY_THE_ACCUSED = ("takes", "collects")


def transfers(
    units: Sequence[Unit], hits: Mapping[str, Sequence[Hit]]
) -> Iterator[tuple[float, Hit]]:
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
    if verb.label in _BY_THE_WRITER:
        return _stands_before(verb, "first_person", _FIRST_PERSON_REACH["gives"], units, hits)
    if _stands_before(verb, "first_person", _FIRST_PERSON_REACH["takes"], units, hits):
        return False
    return verb.label not in _BY_THE_ACCUSED or any(
        hit.first < verb.first for label in lexicon("accusation")["who"] for hit in hits.get(label, ())
    )


def _stands_before(
    verb: Hit, label: str, reach: int, units: Sequence[Unit], hits: Mapping[str, Sequence[Hit]]
) -> bool:
    clause = units[verb.first].clause
    return any(
        verb.first - reach <= hit.first < verb.first and units[hit.first].clause == clause
        for hit in hits.get(label, ())
    )
