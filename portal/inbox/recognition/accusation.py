"""Whether a text accuses an identifiable person of an illegal act (tố cáo), and what says so.

Points are added for what was done, for who is accused, and for what makes it specific (sum, proof, a
service held back for money). A general remark on corruption names nobody and stays a comment. The
words and their points are in lexicon/accusation.json.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from portal.inbox.recognition.amounts import amount_places
from portal.inbox.recognition.names import find_names
from portal.inbox.recognition.phrases import Hit, Phrases, Unit, lexicon
from portal.inbox.recognition.transfers import transfers
from portal.inbox.recognition.view import View

_PARTICULARS = ("amount", "quid", "public", "evidence", "charges", "when")
_AROUND = 1  # sentences on each side that are read together
_LOOK_BACK = 3  # sentences in which the accused may have been named before
_NAMED_EARLIER = 0.5  # points less for somebody named only before
_REACH = {"negations": 2, "denials": 5}  # words before an act in which it is denied


@dataclass(frozen=True, slots=True)
class Accusation:
    """How strongly a text accuses, and the phrases that count, in the order they are told."""

    points: float
    phrases: tuple[Hit, ...]

    @property
    def is_denunciation(self) -> bool:
        """Whether it is to be treated as tố cáo."""
        return self.points >= float(lexicon("accusation")["enough"])

    @property
    def may_be_denunciation(self) -> bool:
        """Whether the sender had better be asked: an act and an accused, little that is specific."""
        return self.points >= float(lexicon("accusation")["perhaps"])


NONE = Accusation(0.0, ())


def weigh(seen: View, units: Sequence[Unit], *, known_names: Sequence[str] = ()) -> Accusation:
    """The clearest accusation in the text; ``known_names`` are names of the cadre it is about."""
    hits: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in (*_phrases().find(units), *_sums(units), *_names(seen, units, known_names)):
        hits[hit.label].append(hit)
    story = _Story(units, hits)
    last = units[-1].sentence if units else -1
    return max((story.around(at) for at in range(last + 1)), key=lambda one: one.points, default=NONE)


class _Story:
    """The acts, the accused and the particulars a text tells of, by sentence."""

    def __init__(self, units: Sequence[Unit], hits: Mapping[str, Sequence[Hit]]) -> None:
        self._units = units
        self._hits = hits
        self._acts: defaultdict[int, list[tuple[str, float, Hit]]] = defaultdict(list)
        for group, points, hit in self._told():
            self._acts[units[hit.first].sentence].append((group, points, hit))

    def around(self, sentence: int) -> Accusation:
        """The accusation read in one sentence and those beside it."""
        near = range(sentence - _AROUND, sentence + _AROUND + 1)
        acts = _best_of_each(act for at in near for act in self._acts.get(at, ()))
        accused = self._accused(sentence)
        if not acts or not accused:
            return NONE
        particulars = self._particulars(near, is_sum_told=any(group == "transfer" for group, _, _ in acts))
        counted = [accused, *((points, hit) for _, points, hit in acts), *particulars]
        phrases = sorted((hit for _, hit in counted), key=lambda hit: hit.first)
        return Accusation(sum(points for points, _ in counted), tuple(phrases))

    def _told(self) -> Iterator[tuple[str, float, Hit]]:
        """Every act told of as having happened: its group, its points, its words."""
        innocent = {at for hit in self._hits["innocent"] for at in range(hit.first, hit.last)}
        for group, points, hit in (*self._worded(), *self._transfers(), *self._blows(), *self._shortfalls()):
            if hit.first not in innocent and not self._is_denied(hit) and not self._is_general(hit):
                yield group, points, hit

    def _worded(self) -> Iterator[tuple[str, float, Hit]]:
        for group, words in lexicon("accusation")["acts"].items():
            for hit in self._hits[group]:
                if group != "kin" or not self._is_the_writers(hit):
                    yield group, words["points"], hit
            for hit in self._hits[f"{group}, accented"]:
                if not self._units[hit.first].is_loose:
                    yield group, words["points"], hit

    def _is_the_writers(self, kin: Hit) -> bool:
        """ "em trai tôi": of the writer's family, not the official's."""
        return kin.last in {hit.first for hit in self._hits["first_person"]}

    def _transfers(self) -> Iterator[tuple[str, float, Hit]]:
        for points, hit in transfers(self._units, self._hits):
            yield "transfer", points, hit

    def _blows(self) -> Iterator[tuple[str, float, Hit]]:
        """Somebody struck: "đánh con trai tôi", not "đánh giá" or "đánh trống"."""
        victims = {hit.first for hit in self._hits["victims"]}
        for hit in self._hits["blows"]:
            is_certain = not self._units[hit.first].is_loose or hit.phrase != "đánh"
            if hit.last in victims and is_certain:
                yield "blow", lexicon("accusation")["acts"]["illegal"]["points"], hit

    def _shortfalls(self) -> Iterator[tuple[str, float, Hit]]:
        """Two sums that do not agree: "hằng năm 1.400.000 mà chỉ đưa một triệu"."""
        sums = self._hits["amount"]
        for left, right in pairwise(sums):
            is_near = right.first - left.first <= int(lexicon("accusation")["reach"]) + 3
            between = (hit for hit in self._hits["less"] if left.last <= hit.first < right.first)
            if is_near and self._units[left.first].sentence == self._units[right.first].sentence:
                yield from (("shortfall", lexicon("accusation")["less_points"], hit) for hit in between)

    def _is_denied(self, act: Hit) -> bool:
        """Whether the text says that it did not happen."""
        clause = self._units[act.first].clause
        return any(
            act.first - reach <= hit.last - 1 < act.first and self._units[hit.first].clause == clause
            for label, reach in _REACH.items()
            for hit in self._hits[label]
        )

    def _is_general(self, act: Hit) -> bool:
        """Whether its sentence, with no sum and no proof, speaks of such acts at large or asks of them."""
        here = self._units[act.first].sentence
        proof = (*self._hits["amount"], *self._hits["evidence"])
        if any(self._units[hit.first].sentence == here for hit in proof):
            return False
        before = (hit for hit in self._hits["general"] if hit.first < act.first)
        return any(self._units[hit.first].sentence == here for hit in (*before, *self._hits["asks"]))

    def _accused(self, sentence: int) -> tuple[float, Hit] | None:
        """Who is accused: somebody in these sentences, or told of just before."""
        candidates: list[tuple[float, Hit]] = []
        for label, who in lexicon("accusation")["who"].items():
            for hit in self._hits[label]:
                back = sentence - self._units[hit.first].sentence
                if -_AROUND <= back <= _LOOK_BACK and not self._is_addressed(hit):
                    earlier = _NAMED_EARLIER if back > _AROUND else 0.0
                    candidates.append((who["points"] - earlier, hit))
        return max(candidates, key=lambda one: one[0], default=None)

    def _is_addressed(self, who: Hit) -> bool:
        """Whether help is asked of them: "mong công an điều tra"."""
        return any(hit.last == who.first for hit in self._hits["addressed"])

    def _particulars(self, near: range, *, is_sum_told: bool) -> list[tuple[float, Hit]]:
        """What makes the act specific; the sum of a transfer has counted already."""
        found: list[tuple[float, Hit]] = []
        for label in _PARTICULARS:
            hit = next((hit for hit in self._hits[label] if self._units[hit.first].sentence in near), None)
            if hit and not (label == "amount" and is_sum_told):
                found.append((lexicon("accusation")[label]["points"], hit))
        return found


def _best_of_each(acts: Iterator[tuple[str, float, Hit]]) -> list[tuple[str, float, Hit]]:
    """The weightiest act of each group."""
    best: dict[str, tuple[str, float, Hit]] = {}
    for act in acts:
        if act[0] not in best or act[1] > best[act[0]][1]:
            best[act[0]] = act
    return list(best.values())


def _sums(units: Sequence[Unit]) -> list[Hit]:
    return [Hit("amount", "", at, at + 1) for at in amount_places(units)]


def _names(seen: View, units: Sequence[Unit], known_names: Sequence[str]) -> Iterator[Hit]:
    """The persons named, the cadre of the page among them."""
    at_start = {seen.span(unit.start, unit.end)[0]: at for at, unit in enumerate(units)}
    for one in find_names(seen, units):
        yield Hit("names", "", at_start[one.start], at_start[one.start] + 1)
    yield from Phrases({"names": known_names}).find(units)


@cache
def _phrases() -> Phrases:
    stored = lexicon("accusation")
    lists = {label: words for label, words in stored.items() if isinstance(words, list)}
    lists.update({label: words["words"] for label, words in stored["transfer"].items()})
    for label, who in stored["who"].items():
        made = [f"{first} {then}" for first in who.get("first", ()) for then in who.get("then", ())]
        lists[label] = [*who.get("words", ()), *made]
    for group, words in stored["acts"].items():
        lists.update({group: words["words"], f"{group}, accented": words["accented"]})
    lists.update({label: stored[label]["words"] for label in _PARTICULARS if label != "amount"})
    return Phrases(lists, typed_bare=frozenset(stored["typed_bare"]))
