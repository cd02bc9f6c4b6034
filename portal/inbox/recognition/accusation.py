"""Whether a text accuses an identifiable person of an illegal act (tố cáo), and what says so.

Points are added for what was done, for who is accused, and for what makes it specific (sum, proof, a
service held back for money). A general remark on corruption names nobody and stays a comment. The
words and their points are in lexicon/accusation.json.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from portal.inbox.recognition.amounts import amount_places
from portal.inbox.recognition.names import find_names
from portal.inbox.recognition.phrases import Hit, Hits, Phrases, Unit, lexicon
from portal.inbox.recognition.transfers import transfers
from portal.inbox.recognition.view import View

_PARTICULARS = ("amount", "quid", "public", "evidence", "charges", "when")
_AROUND = 1  # sentences on each side that are read together
_LOOK_BACK = 3  # sentences in which the accused may have been named before
_NAMED_EARLIER = 0.5  # points less for somebody named only before
_LONGEST = 4  # words of a denial
_REACH = {"negations": 2, "denials": 5}  # words before an act in which it is denied


@dataclass(frozen=True, slots=True)
class Accusation:
    """How strongly a text accuses, and the phrases that count, in the order they are told."""

    points: float
    phrases: tuple[Hit, ...]
    names_someone: bool = False  # a person, a post or "ông ấy" stands somewhere in the text

    @property
    def is_denunciation(self) -> bool:
        """Whether it is to be treated as tố cáo."""
        return self.points >= float(lexicon("accusation")["enough"])

    @property
    def may_be_denunciation(self) -> bool:
        """Whether the sender had better be asked: an act and an accused, little that is specific."""
        return self.points >= float(lexicon("accusation")["perhaps"])


NONE = Accusation(0.0, ())


@dataclass(frozen=True, slots=True)
class _Act:
    """Something told of as done; of one group only the weightiest counts."""

    group: str
    points: float
    hit: Hit


def weigh(seen: View, units: Sequence[Unit], *, known_names: Sequence[str] = ()) -> Accusation:
    """The clearest accusation in the text; ``known_names`` are names of the cadre it is about."""
    found = (*_phrases().find(units), *_sums(units), *_names(seen, units, known_names))
    story = _Story(units, Hits(found))
    last = units[-1].sentence if units else -1
    clearest = max((story.around(at) for at in range(last + 1)), key=lambda one: one.points, default=NONE)
    return replace(clearest, names_someone=story.names_someone())


class _Story:
    """The acts, the accused and the particulars a text tells of, by sentence."""

    def __init__(self, units: Sequence[Unit], hits: Hits) -> None:
        self._units = units
        self._hits = hits
        self._sentences = [unit.sentence for unit in units]
        self._addressed = {hit.last for hit in hits.of("addressed")}
        self._acts: defaultdict[int, list[_Act]] = defaultdict(list)
        for act in self._told():
            self._acts[units[act.hit.first].sentence].append(act)

    def around(self, sentence: int) -> Accusation:
        """The accusation read in one sentence and those beside it."""
        near = range(sentence - _AROUND, sentence + _AROUND + 1)
        acts = _best_of_each(act for at in near for act in self._acts.get(at, ()))
        accused = self._accused(sentence) if acts else None
        if not accused:
            return NONE
        is_sum_told = any(act.group == "transfer" for act in acts)
        particulars = self._particulars(near, is_sum_told=is_sum_told)
        counted = [accused, *((act.points, act.hit) for act in acts), *particulars]
        phrases = sorted((hit for _, hit in counted), key=lambda hit: hit.first)
        return Accusation(sum(points for points, _ in counted), tuple(phrases))

    def names_someone(self) -> bool:
        """Whether anybody is named more closely than "cán bộ"."""
        who = lexicon("accusation")["who"]
        return any(self._hits.of(label) for label in who if label != "generic")

    def _places(self, first: int, last: int) -> tuple[int, int]:
        """The words of the sentences ``first`` to ``last``."""
        return bisect_left(self._sentences, first), bisect_right(self._sentences, last)

    def _told(self) -> Iterator[_Act]:
        """Every act told of as having happened."""
        innocent = {at for hit in self._hits.of("innocent") for at in range(hit.first, hit.last)}
        for act in (*self._worded(), *self._transfers(), *self._blows(), *self._shortfalls()):
            is_undone = self._is_denied(act.hit) or self._is_general(act.hit)
            if act.hit.first not in innocent and not is_undone:
                yield act

    def _worded(self) -> Iterator[_Act]:
        first_person = {hit.first for hit in self._hits.of("first_person")}
        for group, words in lexicon("accusation")["acts"].items():
            for hit in self._hits.of(group):
                if group != "kin" or hit.last not in first_person:  # "em trai tôi" is the writer's own
                    yield _Act(group, words["points"], hit)
            for hit in self._hits.of(f"{group}, accented"):
                if not self._units[hit.first].is_loose:
                    yield _Act(group, words["points"], hit)

    def _transfers(self) -> Iterator[_Act]:
        for points, hit in transfers(self._units, self._hits):
            yield _Act("transfer", points, hit)

    def _blows(self) -> Iterator[_Act]:
        """Somebody struck: "đánh con trai tôi", not "đánh giá" or "đánh trống"."""
        victims = {hit.first for hit in self._hits.of("victims")}
        for hit in self._hits.of("blows"):
            if hit.last in victims and not self._units[hit.first].is_loose:
                yield _Act("blow", lexicon("accusation")["acts"]["illegal"]["points"], hit)

    def _shortfalls(self) -> Iterator[_Act]:
        """Two sums that do not agree: "hằng năm 1.400.000 mà chỉ đưa một triệu"."""
        reach = int(lexicon("accusation")["reach"]) + 3
        for left, right in pairwise(self._hits.of("amount")):
            is_one_sentence = self._sentences[left.first] == self._sentences[right.first]
            if right.first - left.first <= reach and is_one_sentence:
                for hit in self._hits.within("less", left.last, right.first):
                    yield _Act("shortfall", lexicon("accusation")["less_points"], hit)

    def _is_denied(self, act: Hit) -> bool:
        """Whether the text says that it did not happen."""
        clause = self._units[act.first].clause
        return any(
            act.first - reach <= hit.last - 1 < act.first and self._units[hit.first].clause == clause
            for label, reach in _REACH.items()
            for hit in self._hits.within(label, act.first - reach - _LONGEST, act.first)
        )

    def _is_general(self, act: Hit) -> bool:
        """Whether its sentence, with no sum and no proof, speaks of such acts at large or asks of them."""
        here = self._sentences[act.first]
        low, high = self._places(here, here)
        if self._hits.within("amount", low, high) or self._hits.within("evidence", low, high):
            return False
        return bool(self._hits.within("general", low, act.first) or self._hits.within("asks", low, high))

    def _accused(self, sentence: int) -> tuple[float, Hit] | None:
        """Who is accused: somebody in these sentences, or told of just before."""
        best: tuple[float, Hit] | None = None
        low, high = self._places(sentence - _LOOK_BACK, sentence + _AROUND)
        for label, who in lexicon("accusation")["who"].items():
            for hit in self._hits.within(label, low, high):
                is_earlier = sentence - self._sentences[hit.first] > _AROUND
                points = who["points"] - (_NAMED_EARLIER if is_earlier else 0.0)
                if hit.first not in self._addressed and (best is None or points > best[0]):
                    best = points, hit
        return best

    def _particulars(self, near: range, *, is_sum_told: bool) -> list[tuple[float, Hit]]:
        """What makes the act specific; the sum of a transfer has counted already."""
        low, high = self._places(near[0], near[-1])
        found = [(label, self._hits.within(label, low, high)) for label in _PARTICULARS]
        return [
            (lexicon("accusation")[label]["points"], hits[0])
            for label, hits in found
            if hits and not (label == "amount" and is_sum_told)
        ]


def _best_of_each(acts: Iterator[_Act]) -> list[_Act]:
    """The weightiest act of each group."""
    best: dict[str, _Act] = {}
    for act in acts:
        if act.group not in best or act.points > best[act.group].points:
            best[act.group] = act
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
