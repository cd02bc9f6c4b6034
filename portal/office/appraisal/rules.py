"""When an appraisal is complete: what is asked of every opinion, and what stands against approving.

Pure. Source: facts R26, R27 (criteria), R31, R32 (written, per commitment), R29 (warnings answered).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.kernel.policy import Refusal
from portal.kernel.text import tidy

LEAST = 10  # characters: a written opinion is more than "OK"
LEAST_ANSWER = 3


class Verdict(StrEnum):
    """What an appraiser finds of one criterion."""

    YES = "yes"
    NO = "no"
    NEEDS_WORK = "needs_work"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionForm:
    """The opinion on one commitment: two criteria, each with a verdict and words; answers to warnings."""

    fit: Verdict | None
    fit_note: str
    feasible: Verdict | None
    feasible_note: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One commitment before the conclusion: its place, its opinion if it is on the present text."""

    place: int
    opinion: OpinionForm | None
    warnings: tuple[str, ...]  # keys


def refusal_to_write(opinion: OpinionForm) -> Refusal | None:
    """Why ``opinion`` is none yet: a verdict is missing, or no words say why."""
    if opinion.fit is None or opinion.feasible is None:
        return Refusal.NO_VERDICT
    doubted = [note for verdict, note in _pairs(opinion) if verdict is not Verdict.YES]
    if doubted:
        is_said = all(_is_written(note) for note in doubted)
    else:
        is_said = any(_is_written(note) for _, note in _pairs(opinion))
    return None if is_said else Refusal.NO_OPINION


def _is_written(note: str) -> bool:
    return len(tidy(note)) >= LEAST


def unanswered(opinion: OpinionForm | None, warnings: Iterable[str]) -> tuple[str, ...]:
    """The warnings nobody has answered in writing."""
    answers = opinion.answers if opinion else {}
    return tuple(key for key in warnings if len(tidy(answers.get(key, ""))) < LEAST_ANSWER)


def refusal_to_conclude(
    standings: Iterable[Standing], *, approve: bool
) -> tuple[Refusal, tuple[int, ...]] | None:
    """Why the appraisal may not be concluded, and the commitments it is about; None when it may.

    Returning asks for nothing more than the opinion on the whole: what is there goes back with it.
    """
    if not approve:
        return None
    known = list(standings)
    for refusal, is_lacking in _TESTS:
        if places := tuple(one.place for one in known if is_lacking(one)):
            return refusal, places
    return None


def _pairs(opinion: OpinionForm) -> tuple[tuple[Verdict | None, str], ...]:
    return (opinion.fit, opinion.fit_note), (opinion.feasible, opinion.feasible_note)


def _is_doubted(one: Standing) -> bool:
    return one.opinion is not None and any(verdict is not Verdict.YES for verdict, _ in _pairs(one.opinion))


_TESTS = (
    (Refusal.NOT_ALL_APPRAISED, lambda one: one.opinion is None or refusal_to_write(one.opinion) is not None),
    (Refusal.NOT_ALL_SOUND, _is_doubted),
    (Refusal.WARNING_UNANSWERED, lambda one: bool(unanswered(one.opinion, one.warnings))),
)
