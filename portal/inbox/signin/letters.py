"""Code letters: printed by the desk of an attesting body, shown once, kept as digests only."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from portal.inbox.signin import rules
from portal.inbox.signin.acts import names_of
from portal.inbox.signin.tables import Attested, CodeLetter
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


@dataclass(frozen=True, slots=True)
class Proof:
    """What a letter attests."""

    group: Group
    unit: str
    body: str


def spend_letter(w: Work, typed: str) -> Proof | None:
    """What the letter attests, which is used up with it; None when it does not hold."""
    printed = rules.tidy_letter(typed)
    if printed is None:
        return None
    # Taken by one statement: a letter passed round serves one person.
    letter = w.session.execute(
        update(CodeLetter)
        .where(
            CodeLetter.code == names_of(w).letter(printed),
            CodeLetter.used.is_(False),
            CodeLetter.until >= w.today,
        )
        .values(used=True)
        .returning(CodeLetter.group, CodeLetter.unit, CodeLetter.body)
    ).first()
    return Proof(Group(letter.group), letter.unit, letter.body) if letter else None


def use_letter(w: Work, account: int, typed: str) -> Attested | None:
    """The capacity the code letter attests, now of ``account``; None when the letter does not hold.

    Which letter became whose standing is not kept.
    """
    proof = spend_letter(w, typed)
    if proof is None:
        return None
    made = Attested(
        account=account, group=proof.group.value, unit=proof.unit, body=proof.body,
        attested_on=w.today, until=rules.lasts_until(w.today, w.settings.standing_days),
    )  # fmt: skip
    return w.session.merge(made)


def issues_of(w: Work, units: set[str]) -> list[Issued]:
    """The issues for ``units``, newest first."""
    rows = select(
        CodeLetter.issue, CodeLetter.group, CodeLetter.unit, CodeLetter.body, CodeLetter.issued_on,
        CodeLetter.until, func.count(), func.count().filter(CodeLetter.used),
    )  # fmt: skip
    grouped = rows.where(CodeLetter.unit.in_(units)).group_by(
        CodeLetter.issue, CodeLetter.group, CodeLetter.unit, CodeLetter.body, CodeLetter.issued_on,
        CodeLetter.until,
    )  # fmt: skip
    found = [Issued(*row) for row in w.session.execute(grouped)]
    return sorted(found, key=lambda one: (one.issued_on, one.issue), reverse=True)
