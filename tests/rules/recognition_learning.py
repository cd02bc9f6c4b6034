"""Fits the weights of lexicon/learned.json to the labelled texts, the held-out half apart.

Logistic regression by stochastic gradient descent in a fixed order, so that the same texts give the
same weights: `python tests/rules/recognition_learning.py` writes them.
"""

import json
import math
import random
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from recognition_texts import HELD_OUT, Labelled, labelled

from portal.inbox.recognition import leaning
from portal.inbox.recognition.leaning import features, lean
from portal.inbox.recognition.phrases import units_of
from portal.inbox.recognition.view import view

STORED = Path(leaning.__file__).parent / "lexicon" / "learned.json"
ABOUT = (
    "Made by tests/rules/recognition_learning.py, not by hand: how much a word or pair of words, "
    "typed without accents, speaks for a denunciation (above 0) or against."
)
Example = tuple[frozenset[str], bool]
_ROUNDS = 25
_STEP = 0.1
_SHRINK = 0.15  # of a weight, over one round
_LEAST_WEIGHT = 0.2


@cache
def example(text: str, *, is_denunciation: bool) -> Example:
    """A labelled text as its features."""
    return frozenset(name for name, _, _ in features(units_of(view(text)))), is_denunciation


def fit(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """The weights and the bias, small weights dropped."""
    weights: dict[str, float] = {}
    bias = 0.0
    order = list(range(len(examples)))
    shuffled = random.Random(0)
    for _ in range(_ROUNDS):
        shuffled.shuffle(order)
        for at in order:
            names, is_denunciation = examples[at]
            chance = 1 / (1 + math.exp(-lean(names, weights, bias)))
            slope = _STEP * (chance - is_denunciation)
            bias -= 0.3 * slope
            for name in names:
                kept = weights.get(name, 0.0) * (1 - _SHRINK / len(examples))
                weights[name] = kept - slope / max(1.0, math.sqrt(len(names)))
    kept_names = (name for name in sorted(weights) if abs(weights[name]) >= _LEAST_WEIGHT)
    return {name: round(weights[name], 2) for name in kept_names}, round(bias, 3)


def stored_form(weights: dict[str, float], bias: float) -> str:
    """The file's content, a few weights a line."""
    lines = [""]
    for name, weight in weights.items():
        piece = f"{json.dumps(name)}: {weight}, "
        if len(lines[-1]) + len(piece) > 108:
            lines.append("")
        lines[-1] += piece
    listed = "\n  ".join(line.rstrip() for line in lines).rstrip(",")
    return f'{{\n "about": {json.dumps(ABOUT)},\n "bias": {bias},\n "weights": {{\n  {listed}\n }}\n}}\n'


def learned_from(texts: Iterable[Labelled]) -> str:
    """The file's content as these texts make it."""
    return stored_form(*fit([example(one.text, is_denunciation=one.is_denunciation) for one in texts]))


if __name__ == "__main__":
    STORED.write_text(learned_from(one for one in labelled() if one.part != HELD_OUT), encoding="utf-8")
