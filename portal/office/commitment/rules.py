"""Whether a draft commitment is clear: each criterion's tests, and the report they give together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.office.commitment import criteria, results
from portal.office.commitment.profiles import Profile, Words
from portal.office.commitment.reasons import Level, Reason
from portal.office.commitment.shape import CommitmentDraft
from portal.office.commitment.yardstick import Test, Yardstick

TESTS: dict[str, tuple[Test, ...]] = {
    "person": (criteria.one_person,),
    "task": (criteria.a_task, criteria.an_indicator, criteria.no_slogans),
    "time": (
        criteria.a_deadline,
        criteria.a_deadline_ahead,
        criteria.a_deadline_in_the_mandate,
        criteria.the_deadline_written,
        criteria.milestones_on_a_long_way,
        criteria.a_frequency,
    ),
    "responsibility": (
        criteria.somebody_responsible,
        criteria.more_than_help,
        criteria.apart_from_helpers,
    ),
    "authority": (criteria.an_authority, criteria.within_power),
    "result": (
        results.a_target,
        results.a_deliverable,
        results.a_unit,
        results.a_direction,
        results.a_baseline,
        results.a_baseline_source,
        results.a_baseline_before_the_deadline,
        results.a_target_ahead,
        results.a_denominator,
        results.a_believable_change,
        results.evidence_planned,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not clear, under the criterion it belongs to."""

    criterion: str
    level: Level
    reason: Reason
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarityReport:
    """What the tests of one profile found in one commitment, in the profile's order."""

    profile_code: str
    findings: tuple[Finding, ...]

    @property
    def failing(self) -> tuple[str, ...]:
        """The criteria that are not met, each once, in the profile's order."""
        failed = (f.criterion for f in self.findings if f.level is Level.FAIL)
        return tuple(dict.fromkeys(failed))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What an appraiser should look at; none of it stands in the way."""
        return tuple(f for f in self.findings if f.level is Level.WARN)

    @property
    def is_clear(self) -> bool:
        """Whether every criterion of the profile is met."""
        return not self.failing


def assess(draft: CommitmentDraft, profile: Profile, words: Words, *, today: date) -> ClarityReport:
    """The clarity report of ``draft`` under ``profile``.

    Criteria of the profile can fail; its advisory criteria are tested too and only warn. Word lists
    only ever warn, except that words are no date and a group is no person (facts §3).
    """
    by = Yardstick(limits=profile.limits, words=words, today=today)
    findings = [
        *(f for criterion in profile.criteria for f in _findings(criterion.code, draft, by)),
        *(
            Finding(criterion=f.criterion, level=Level.WARN, reason=f.reason, words=f.words)
            for criterion in profile.advisory
            for f in _findings(criterion.code, draft, by)
        ),
    ]
    return ClarityReport(profile_code=profile.code, findings=tuple(findings))


def _findings(criterion: str, draft: CommitmentDraft, by: Yardstick) -> Iterator[Finding]:
    for test in TESTS[criterion]:
        remark = test(draft, by)
        if remark is not None:
            yield Finding(criterion=criterion, level=remark.level, reason=remark.reason, words=remark.words)
