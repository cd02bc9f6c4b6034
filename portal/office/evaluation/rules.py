"""When a period may be opened, written in and frozen, and what an account or a mark must say. Pure."""

from collections.abc import Iterable
from datetime import date, datetime

from portal.kernel.policy import Refusal
from portal.record.documents import CauseDoc
from portal.record.evaluation.document import CauseKind
from portal.record.evaluation.outcome import Due
from portal.record.evaluation.periods import OF_A_MANDATE, PeriodKind, is_over

LONGEST_CODE = 20
LONGEST_TEXT = 2000  # characters of an account or a council's sentence
_OF_A_CODE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


def is_code(code: str) -> bool:
    """Whether ``code`` can name a period: letters, digits and strokes, so that it can stand in an address."""
    return 0 < len(code) <= LONGEST_CODE and set(code) <= _OF_A_CODE


def refusal_to_open(
    code: str, kind: PeriodKind, first: date, last: date, *, known: Iterable[str], of_programme: bool
) -> Refusal | None:
    """Why this period cannot be opened; ``known`` are the codes its unit has already."""
    if not is_code(code):
        return Refusal.NOT_A_PERIOD_CODE
    if last < first:
        return Refusal.ENDS_BEFORE_IT_BEGINS
    if code.lower() in {one.lower() for one in known}:
        return Refusal.PERIOD_KNOWN
    if kind in OF_A_MANDATE and not of_programme:
        return Refusal.PERIOD_OF_A_MANDATE
    return None


def refusal_to_freeze(last: date, *, now: datetime) -> Refusal | None:
    """Why the period cannot be frozen yet: not before the last moment of its last day in Vietnam."""
    return None if is_over(last, now=now) else Refusal.PERIOD_RUNNING


def refusal_to_account(due: Due, text: str, cause: CauseKind, causes: Iterable[CauseDoc]) -> Refusal | None:
    """Why the cadre's account cannot be kept; an objective cause is one that a competent body confirmed."""
    if due is Due.NOT_DUE:
        return Refusal.NOT_DUE
    if refusal := refusal_of_text(text):
        return refusal
    if cause is CauseKind.OBJECTIVE and not list(causes):
        return Refusal.CAUSE_NOT_CONFIRMED
    return None


def refusal_of_text(text: str) -> Refusal | None:
    """Why a sentence for the public cannot stand as it is."""
    if not text.strip():
        return Refusal.NOTHING_SAID
    return Refusal.TOO_LONG if len(text) > LONGEST_TEXT else None


def refusal_to_quote(said: Iterable[str], decided_on: date, link: str, *, today: date) -> Refusal | None:
    """Why a document of the competent level cannot be entered; ``said`` are its words, all of them needed."""
    words = list(said)
    if not all(word.strip() for word in words):
        return Refusal.QUOTATION_INCOMPLETE
    if any(len(word) > LONGEST_TEXT for word in (*words, link)):
        return Refusal.TOO_LONG
    if decided_on > today:
        return Refusal.DECISION_IN_FUTURE
    is_link = not link or (link.startswith("https://") and len(link.split()) == 1 and "." in link)
    return None if is_link else Refusal.NOT_A_LINK


def confirmed_by(cause: CauseKind, causes: Iterable[CauseDoc]) -> str:
    """Who confirmed the objective cause, and by which document; empty for any other cause."""
    if cause is not CauseKind.OBJECTIVE:
        return ""
    named = (f"{one.confirmation.body}, {one.confirmation.document}" for one in causes)
    return "; ".join(dict.fromkeys(named))
