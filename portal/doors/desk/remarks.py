"""The clarity report on a page: what stands beside each field, and how each criterion is met."""

from dataclasses import dataclass

from portal.doors.desk.screens import Remark
from portal.office.commitment.places import FIELD_OF
from portal.office.commitment.profiles import profiles
from portal.office.commitment.reasons import Level
from portal.office.commitment.rules import ClarityReport
from portal.office.commitment.wording import sentence


@dataclass(frozen=True, slots=True)
class Criterion:
    """One "rõ" and how it stands: met, warned (the appraiser looks), failing, or not looked at yet."""

    code: str
    label: str
    state: str
    is_needed: bool


def remarks_of(report: ClarityReport | None) -> dict[str, list[Remark]]:
    """The findings of ``report`` by the field they are told beside."""
    found: dict[str, list[Remark]] = {}
    for finding in report.findings if report else ():
        remark = Remark(sentence(finding), finding.level is Level.FAIL)
        beside = found.setdefault(FIELD_OF[finding.reason], [])
        if remark not in beside:
            beside.append(remark)
    return found


def criteria_of(report: ClarityReport | None, profile_code: str = "5ro") -> list[Criterion]:
    """Every criterion of the report's profile, the needed ones first."""
    profile = profiles()[report.profile_code if report else profile_code]
    needed = {criterion.code for criterion in profile.criteria}
    return [
        Criterion(one.code, one.label, _state(report, one.code), one.code in needed)
        for one in (*profile.criteria, *profile.advisory)
    ]


def _state(report: ClarityReport | None, code: str) -> str:
    if report is None:
        return "unknown"
    if code in report.failing:
        return "failing"
    return "warned" if any(finding.criterion == code for finding in report.warnings) else "met"
