"""What may become of a comment: every state with every decision is listed here again, or refused."""

import itertools

import pytest

from portal.office.moderation.reasons import (
    RECEIPTS,
    REDIRECT_REASONS,
    REFUSAL_REASONS,
    RETURN_REASONS,
    is_reason,
    verdict_of,
)
from portal.office.moderation.rules import (
    INBOXES,
    MOVES,
    CaseState,
    Decision,
    Need,
    Who,
    decisions_in,
    move_of,
)
from portal.record.moderation_words import REASON_WORDS, Verdict, reason_words

S, D = CaseState, Decision

# Said a second time, by hand, state by state: decision -> where it leads.
SPACE: dict[CaseState, dict[Decision, CaseState]] = {
    S.WAITING: {
        D.PUBLISH: S.SHOWN, D.PUBLISH_MASKED: S.SHOWN, D.RETURN: S.RETURNED, D.REFUSE: S.REFUSAL_PROPOSED,
        D.REDIRECT: S.REDIRECT_PROPOSED, D.SEAL: S.SEALED, D.MERGE: S.MERGED, D.WITHDRAW: S.WITHDRAWN,
        D.REDACT: S.WAITING,
    },
    S.REFUSAL_PROPOSED: {
        D.PUBLISH: S.SHOWN, D.PUBLISH_MASKED: S.SHOWN, D.CONFIRM: S.REFUSED, D.OVERTURN: S.WAITING,
        D.SEAL: S.SEALED, D.WITHDRAW: S.WITHDRAWN, D.REDACT: S.REFUSAL_PROPOSED,
    },
    S.REDIRECT_PROPOSED: {
        D.PUBLISH: S.SHOWN, D.PUBLISH_MASKED: S.SHOWN, D.CONFIRM: S.REDIRECTED, D.OVERTURN: S.WAITING,
        D.SEAL: S.SEALED, D.WITHDRAW: S.WITHDRAWN, D.REDACT: S.REDIRECT_PROPOSED,
    },
    S.RETURNED: {
        D.REWORK: S.WAITING, D.LAPSE: S.LAPSED, D.APPEAL: S.APPEALED, D.WITHDRAW: S.WITHDRAWN,
        D.REDACT: S.RETURNED,
    },
    S.SHOWN: {D.WITHDRAW: S.TAKEN_BACK, D.REDACT: S.SHOWN},
    S.REFUSED: {D.APPEAL: S.APPEALED, D.WITHDRAW: S.WITHDRAWN},
    S.REDIRECTED: {D.APPEAL: S.APPEALED, D.WITHDRAW: S.WITHDRAWN},
    S.MERGED: {D.APPEAL: S.APPEALED, D.WITHDRAW: S.WITHDRAWN},
    S.APPEALED: {
        D.PUBLISH: S.SHOWN, D.PUBLISH_MASKED: S.SHOWN, D.UPHOLD: S.UPHELD, D.SEAL: S.SEALED,
        D.WITHDRAW: S.WITHDRAWN, D.REDACT: S.APPEALED,
    },
    S.UPHELD: {D.WITHDRAW: S.WITHDRAWN},
    S.SEALED: {D.RELEASE: S.WAITING, D.APPEAL: S.SEALED},
    S.LAPSED: {},
    S.WITHDRAWN: {},
    S.TAKEN_BACK: {},
}  # fmt: skip
AUTHORS = {D.REWORK, D.APPEAL, D.WITHDRAW, D.REDACT}


def whose(decision: Decision) -> Who:
    if decision in AUTHORS:
        return Who.AUTHOR
    return {D.LAPSE: Who.CLOCK, D.RELEASE: Who.SEAL_KEEPER}.get(decision, Who.MODERATOR)


def test_every_state_is_spoken_of() -> None:
    assert set(SPACE) == set(CaseState)
    assert sum(map(len, SPACE.values())) == len(MOVES)


@pytest.mark.parametrize("state", CaseState)
def test_each_pair_is_listed_or_refused(state: CaseState) -> None:
    for decision, who in itertools.product(Decision, Who):
        expected = SPACE[state].get(decision) if who is whose(decision) else None
        found = move_of(state, decision, who)
        assert (found.to if found else None) is expected, (state, decision, who)


def test_nothing_is_refused_or_redirected_by_one_person() -> None:
    ways = {(s, d) for (s, d), move in MOVES.items() if move.to in (S.REFUSED, S.REDIRECTED)}
    assert ways == {(S.REFUSAL_PROPOSED, D.CONFIRM), (S.REDIRECT_PROPOSED, D.CONFIRM)}


def test_whatever_keeps_words_from_the_public_can_be_appealed() -> None:
    hidden = {S.REFUSED, S.REDIRECTED, S.MERGED, S.RETURNED, S.SEALED}
    assert {s for (s, d) in MOVES if d is D.APPEAL} == hidden


def test_a_moderator_has_something_to_choose_exactly_where_cases_wait() -> None:
    assert {s for s in CaseState if decisions_in(s)} == set(INBOXES)


def test_every_state_a_receipt_can_see_has_its_word() -> None:
    assert set(CaseState) - set(RECEIPTS) == {S.APPEALED, S.UPHELD}  # there the receipt stays as it was


@pytest.mark.parametrize(
    ("state", "decision", "verdict"),
    [
        (S.SHOWN, D.PUBLISH, Verdict.PUBLISH),
        (S.SHOWN, D.PUBLISH_MASKED, Verdict.PUBLISH_MASKED),
        (S.RETURNED, D.RETURN, Verdict.RETURN),
        (S.REFUSED, D.CONFIRM, Verdict.REFUSE),
        (S.REDIRECTED, D.CONFIRM, Verdict.REDIRECT),
        (S.MERGED, D.MERGE, Verdict.MERGE),
        (S.SEALED, D.SEAL, None),
        (S.WITHDRAWN, D.WITHDRAW, None),
    ],
)
def test_the_ledger_has_a_word_for_each_decision_and_none_for_what_is_sealed(
    state: CaseState, decision: Decision, verdict: Verdict | None
) -> None:
    assert verdict_of(state, decision) is verdict


def test_reasons_are_those_of_the_decision() -> None:
    every = {reason.value for reason in REASON_WORDS} | {"", "criticism", "low_rating", "dialect", "spelling"}
    allowed = {
        (Decision.REFUSE, Need.REFUSAL_REASON): REFUSAL_REASONS,
        (Decision.RETURN, Need.REFUSAL_REASON): RETURN_REASONS,
        (Decision.REDIRECT, Need.REDIRECT_REASON): REDIRECT_REASONS,
        (Decision.PUBLISH, None): {""},
        (Decision.MERGE, Need.TWIN): {""},
    }
    for (decision, need), keys in allowed.items():
        assert {key for key in every if is_reason(key, decision, need)} == keys, decision


@pytest.mark.parametrize("key", sorted(REFUSAL_REASONS | REDIRECT_REASONS))
def test_every_reason_has_words(key: str) -> None:
    assert reason_words(key)


@pytest.mark.parametrize("key", ["criticism", "low_rating", "dialect", "spelling", "missing_accents"])
def test_what_is_no_reason_has_none(key: str) -> None:
    assert key not in REFUSAL_REASONS
    with pytest.raises(KeyError):
        reason_words(key)
