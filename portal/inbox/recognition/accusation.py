"""Whether a text accuses an identifiable person of an illegal act (tố cáo), and what says so.

Points are added for the act, for who is accused, and for what makes it specific (sum, proof, a
service held back for money). A general remark on corruption names nobody and stays a comment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from portal.inbox.recognition.amounts import amount_places
from portal.inbox.recognition.names import find_names
from portal.inbox.recognition.phrases import Hit, Phrases, Unit, lexicon
from portal.inbox.recognition.view import View

ENOUGH = 5.0
_POINTS = {"strong": 3.0, "accuses": 3.0, "blow": 3.0, "weak": 2.0, "taking": 2.0}
_WHO = {"name": 2.0, "posts": 2.0, "pronouns": 2.0, "generic": 1.0}
_PARTICULARS = {  # what makes an act specific; a mere date does so only for an act illegal by itself
    "strong": ("amount", "specific", "evidence", "charges", "when"),
    "accuses": ("amount", "evidence", "when"),
    "blow": ("evidence", "charges", "when"),
    "weak": ("amount", "specific", "evidence", "charges"),
    "taking": ("specific", "evidence", "charges"),
}
_SOFTER = 3.0  # taken off where the sentence speaks of corruption in general
_MONEY_REACH = 9  # words from the verb of taking to the sum
_LOOK_BACK = 2  # sentences in which the accused may have been named before


@dataclass(frozen=True, slots=True)
class Act:
    """An act a text tells of, at ``units[first:last]``."""

    how: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Accusation:
    """How strongly a text accuses: the points of its clearest act, and the places that count."""

    points: float
    places: tuple[tuple[str, int, int], ...]  # reason, first word, word after the last

    @property
    def is_denunciation(self) -> bool:
        """Whether it is to be treated as tố cáo."""
        return self.points >= ENOUGH


NONE = Accusation(0.0, ())


def weigh(seen: View, units: Sequence[Unit], *, known_names: Sequence[str] = ()) -> Accusation:
    """The clearest accusation in the text; ``known_names`` are names of the cadre it is about."""
    story = _Story.of(seen, units, known_names)
    return max((story.weigh(act) for act in story.acts()), key=lambda one: one.points, default=NONE)


@dataclass(frozen=True)
class _Story:
    """The units of a text with every phrase that bears on an accusation, by list."""

    units: Sequence[Unit]
    hits: dict[str, list[Hit]]

    @classmethod
    def of(cls, seen: View, units: Sequence[Unit], known_names: Sequence[str]) -> "_Story":
        hits: dict[str, list[Hit]] = {}
        sums = [Hit("amount", "", at, at + 1) for at in amount_places(units)]
        for hit in (*_phrases().find(units), *sums, *_names(seen, units, known_names)):
            hits.setdefault(hit.label, []).append(hit)
        return cls(units, hits)

    def acts(self) -> Iterator[Act]:
        """Every act told of as having happened."""
        innocent = {at for hit in self._of("innocent") for at in range(hit.first, hit.last)}
        for act in (*self._told(), *self._takings(), *self._blows()):
            if act.first not in innocent and not self._is_denied(act):
                yield act

    def _told(self) -> Iterator[Act]:
        for how in ("strong", "weak"):
            accented = (hit for hit in self._of(f"{how}_accented") if not self.units[hit.first].is_loose)
            yield from (Act(how, hit.first, hit.last) for hit in (*self._of(how), *accented))
        yield from (Act("accuses", hit.first, hit.last) for hit in self._of("accuses"))

    def weigh(self, act: Act) -> Accusation:
        """The points of one act with its accused and its particulars."""
        accused = self._accused(act)
        if not accused:
            return NONE
        who, who_points = accused
        particulars = [hit for label in _PARTICULARS[act.how] if (hit := self._near(label, act))]
        softer = _SOFTER if self._is_general(act) else 0.0
        points = _POINTS[act.how] + who_points + len(particulars) - softer
        places = [(hit.label, hit.first, hit.last) for hit in (who, *particulars)]
        return Accusation(points, ((act.how, act.first, act.last), *places))

    def _of(self, label: str) -> list[Hit]:
        return self.hits.get(label, [])

    def _near(self, label: str, act: Act) -> Hit | None:
        """A phrase of the list in the act's sentence, or in one beside it."""
        here = self.units[act.first].sentence
        outside = (hit for hit in self._of(label) if hit.last <= act.first or hit.first >= act.last)
        return next((hit for hit in outside if abs(self.units[hit.first].sentence - here) <= 1), None)

    def _is_general(self, act: Act) -> bool:
        """Whether the sentence speaks of such acts at large, or asks how they are reported."""
        here = self.units[act.first].sentence
        before = (hit for hit in self._of("general") if hit.first < act.first)
        return any(self.units[hit.first].sentence == here for hit in (*before, *self._of("asks")))

    def _accused(self, act: Act) -> tuple[Hit, float] | None:
        """Who is accused: somebody in the same sentence, or told of just before."""
        here = self.units[act.first].sentence
        candidates: list[tuple[float, Hit]] = []
        for label, points in _WHO.items():
            for hit in self._of(label):
                back = here - self.units[hit.first].sentence
                if 0 <= back <= _LOOK_BACK:
                    candidates.append((points - (0.5 if back else 0.0), hit))
        best = max(candidates, key=lambda one: one[0], default=None)
        return (best[1], best[0]) if best else None

    def _takings(self) -> Iterator[Act]:
        """Money that changes hands: a verb of taking or giving, and a sum soon after it."""
        for label in ("takes", "gives"):
            for hit in self._of(label):
                money = self._sum_after(hit)
                if money and not (label == "takes" and self._is_first_person(hit.first)):
                    yield Act("taking", hit.first, money)

    def _sum_after(self, verb: Hit) -> int:
        """Where the sum that follows the verb ends, or 0."""
        for money in self._of("amount"):
            is_soon = verb.last <= money.first < verb.last + _MONEY_REACH
            if is_soon and self.units[money.first].sentence == self.units[verb.first].sentence:
                return money.last
        return 0

    def _is_first_person(self, at: int) -> bool:
        """Whether the one who takes is the writer: "tôi nhận tiền hỗ trợ"."""
        clause = self.units[at].clause
        return any(
            at - 3 <= hit.first < at and self.units[hit.first].clause == clause
            for hit in self._of("first_person")
        )

    def _blows(self) -> Iterator[Act]:
        """Somebody struck: "đánh con trai tôi", not "đánh giá" or "đánh trống"."""
        victims = {hit.first for hit in self._of("victims")}
        for hit in self._of("blows"):
            if hit.last in victims and not self.units[hit.first].is_loose:
                yield Act("blow", hit.first, hit.last + 1)

    def _is_denied(self, act: Act) -> bool:
        """Whether the text says that it did not happen."""
        clause = self.units[act.first].clause
        reach = {"negations": 1, "denials": 5}
        return any(
            act.first - reach[label] <= hit.last - 1 < act.first and self.units[hit.first].clause == clause
            for label in reach
            for hit in self._of(label)
        )


def _names(seen: View, units: Sequence[Unit], known_names: Sequence[str]) -> Iterator[Hit]:
    """The persons named, the cadre of the page among them."""
    at_start = {seen.span(unit.start, unit.end)[0]: at for at, unit in enumerate(units)}
    for one in find_names(seen, units):
        yield Hit("name", "", at_start[one.start], at_start[one.start] + 1)
    yield from Phrases({"name": known_names}).find(units)


@cache
def _phrases() -> Phrases:
    stored = lexicon("accusation")
    return Phrases({label: phrases for label, phrases in stored.items() if label != "about"})
