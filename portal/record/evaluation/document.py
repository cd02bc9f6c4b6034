"""What of an evaluation the record holds: the frozen dossier's digest, explanations, how opinions were used.

A grade is no field here. If the competent level decides in writing to publish one, its decision is
quoted as the document it is (`QuotationDoc`); the portal neither computes nor compares it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.record.evaluation.periods import PeriodDoc


class Use(StrEnum):
    """What the evaluation council did with a theme of the public's comments."""

    USED = "used"
    EXPLAINED = "explained"
    OUT_OF_SCOPE = "out_of_scope"


class CauseKind(StrEnum):
    """What an account says held a commitment back; objective only where a competent body confirmed it."""

    NONE = "none"
    SUBJECTIVE = "subjective"
    OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedThemeDoc:
    """One theme and what the council did with it, in a sentence anybody can read."""

    theme_ref: str
    title: str
    use: Use
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDoc:
    """That the dossier of one programme was frozen: its digest, and the checkpoint it was made from.

    ``digest``: hex SHA-256 of the dossier's canonical text. ``log_size`` and ``root_hex`` name the
    checkpoint; from the first ``log_size`` entries anybody can compile the dossier again.
    ``correction`` says why a version follows another; empty in the first.
    """

    ref: str
    programme_ref: str
    period: PeriodDoc
    version: int
    frozen_on: date
    digest: str
    log_size: int
    root_hex: str
    correction: str = ""
    themes: tuple[UsedThemeDoc, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationDoc:
    """A sentence of a decision of the competent level, published because that level so decided in writing.

    Another's words, never ours: ``text`` is quoted as it stands and is read by no rule of this program.
    ``ordered_by`` names the writing that decides on the publication; ``link`` is empty or an https address.
    """

    ref: str
    programme_ref: str
    period: PeriodDoc
    title: str
    number: str
    decided_on: date
    issuer: str
    text: str
    ordered_by: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDoc:
    """What the cadre's office says of one commitment at the end of the period."""

    commitment_ref: str
    account: str
    cause: CauseKind
    confirmed_by: str = ""  # body and document that confirmed the objective cause


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationDoc:
    """The cadre's public self-review of one period (giải trình), commitment by commitment."""

    ref: str
    programme_ref: str
    period: PeriodDoc
    accounts: tuple[AccountDoc, ...]


def dossier_ref(programme: str, code: str) -> str:
    """The reference of the dossier of ``programme`` in the period ``code``."""
    return f"{programme}.ky-{code.lower()}"


def quotation_ref(programme: str, key: str) -> str:
    """The reference of a document quoted beside ``programme``; ``key`` is opaque."""
    return f"{programme}.trich-{key}"


def explanation_ref(programme: str, code: str) -> str:
    """The reference of the self-review of ``programme`` in the period ``code``."""
    return f"{programme}.giai-trinh-{code.lower()}"
