"""Code letters: printed by the desk of an attesting body, shown once, kept as digests only."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from portal.inbox.signin import rules
from portal.inbox.signin.acts import names_of
from portal.inbox.signin.tables import CodeLetter
from portal.kernel.work import Work
from portal.record.voice import Group

MOST_LETTERS = 500  # in one issue


@dataclass(frozen=True, slots=True)
class Issued:
    """One issue of letters as the desk sees it later: how many, and how many were used; never by whom."""

    issue: int
    group: str
    unit: str
    body: str
    issued_on: date
    until: date
    letters: int
    used: int


def issue_letters(w: Work, count: int, *, group: Group, unit: str, body: str) -> tuple[int, list[str]]:
    """The number of a new issue, and its ``count`` codes, which nobody can read again."""
    issue, names = w.ids.key(), names_of(w)
    until = rules.lasts_until(w.today, w.settings.letter_days)
    codes = [rules.letter_as_printed(w.ids.ref() + w.ids.ref()) for _ in range(min(count, MOST_LETTERS))]
    w.session.add_all(
        CodeLetter(
            code=names.letter(code), issue=issue, group=group.value, unit=unit, body=body,
            issued_on=w.today, until=until, used=False,
        )
        for code in codes
    )  # fmt: skip
    return issue, codes


def issues_of(w: Work, units: set[str]) -> list[Issued]:
    """The issues for ``units``, newest first."""
    rows = select(
        CodeLetter.issue, CodeLetter.group, CodeLetter.unit, CodeLetter.body, CodeLetter.issued_on,
        CodeLetter.until, func.count(), func.sum(CodeLetter.used.cast(CodeLetter.issue.type)),
    )  # fmt: skip
    grouped = rows.where(CodeLetter.unit.in_(units)).group_by(
        CodeLetter.issue, CodeLetter.group, CodeLetter.unit, CodeLetter.body, CodeLetter.issued_on,
        CodeLetter.until,
    )  # fmt: skip
    found = [Issued(*row) for row in w.session.execute(grouped)]
    return sorted(found, key=lambda one: (one.issued_on, one.issue), reverse=True)
