"""How the words of a text lean: towards denunciations or other texts, by weights learned from examples.

The weights (lexicon/learned.json) come from `tests/rules/recognition_learning.py`, which fits them to
the labelled texts, the held-out half apart. They catch what no word list foresees; alone they hold a
text only when they are very sure, and otherwise have the sender asked.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from portal.inbox.recognition.phrases import Hit, Unit, lexicon

_MOST_TELLING = 3


def features(units: Sequence[Unit]) -> list[tuple[str, int, int]]:
    """The words and pairs of words of a text, without accents, each with its place; figures are "#"."""
    words = ["#" if unit.word.isdecimal() else unit.plain for unit in units]
    single = [(word, at, at + 1) for at, word in enumerate(words)]
    return single + [(f"{left} {right}", at, at + 2) for at, (left, right) in enumerate(pairwise(words))]


def lean(names: Iterable[str], weights: dict[str, float], bias: float) -> float:
    """The lean of a text with these features (each counts once): above 0 towards denunciation."""
    each = set(names)
    return bias + sum(weights.get(name, 0.0) for name in each) / max(1.0, math.sqrt(len(each)))


def leaning(units: Sequence[Unit]) -> float:
    """How far the text leans towards denunciations."""
    stored = lexicon("learned")
    return lean((name for name, _, _ in features(units)), stored["weights"], stored["bias"])


def most_telling(units: Sequence[Unit]) -> tuple[Hit, ...]:
    """The words that speak most for a denunciation, in the order they stand."""
    weights = lexicon("learned")["weights"]
    ranked = sorted(features(units), key=lambda one: -weights.get(one[0], 0.0))[:_MOST_TELLING]
    hits = (Hit("leaning", name, first, last) for name, first, last in ranked if weights.get(name, 0.0) > 0)
    return tuple(sorted(hits, key=lambda hit: hit.first))
