"""Who may do what, walked through: every act, every role, every conflict is listed here again or refused."""

import itertools
import re

import pytest

from portal.kernel import wording
from portal.kernel.policy import (
    POLICY,
    Act,
    Actor,
    Matter,
    Refusal,
    Refused,
    Role,
    is_the_cadre,
    may_somewhere,
    refusal_of,
    require,
    wrote_it,
)
from portal.kernel.wording import WORDING, english_sentence, sentence

# The decisions, said a second time: a new act must be decided here too.
MAY = {
    Act.IMPORT_UNITS: {Role.ADMIN},
    Act.READ_OFFICERS: {Role.ADMIN},
    Act.ADD_OFFICER: {Role.ADMIN},
    Act.CHANGE_ROLES: {Role.ADMIN},
    Act.SUSPEND_OFFICER: {Role.ADMIN},
    Act.RESET_SECOND_FACTOR: {Role.ADMIN},
    Act.READ_DRAFT: {Role.AUTHOR, Role.APPRAISER, Role.PUBLISHER},
    Act.IMPORT_PROGRAMME: {Role.AUTHOR},
    Act.EDIT_DRAFT: {Role.AUTHOR},
    Act.SUBMIT_DRAFT: {Role.AUTHOR},
    Act.APPRAISE: {Role.APPRAISER},
    Act.PUBLISH: {Role.PUBLISHER},
    Act.CORRECT: {Role.PUBLISHER},
    Act.WITHDRAW: {Role.PUBLISHER},
    Act.READ_PROGRESS: {Role.AUTHOR, Role.APPRAISER, Role.PUBLISHER, Role.EVALUATOR},
    Act.REPORT_PROGRESS: {Role.AUTHOR},
    Act.CONFIRM_PROGRESS: {Role.APPRAISER, Role.EVALUATOR},
    Act.PRESENT: {Role.AUTHOR, Role.APPRAISER},
    Act.DISCLOSE: {Role.AUTHOR, Role.PUBLISHER},
    Act.CANCEL_SCHEDULE: {Role.AUTHOR, Role.PUBLISHER},
    Act.ASK_REDACTION: {Role.AUTHOR, Role.PUBLISHER},
    Act.REDACT: {Role.PUBLISHER},
    Act.POST: {Role.AUTHOR, Role.PUBLISHER},
    Act.READ_GUIDANCE: {Role.AUTHOR, Role.APPRAISER, Role.PUBLISHER, Role.EVALUATOR, Role.ADMIN},
    Act.WRITE_GUIDANCE: {Role.EVALUATOR, Role.ADMIN},
    Act.REVIEW: {Role.EVALUATOR},
    Act.MOVE: {Role.EVALUATOR},
    Act.TAKE_OVER: {Role.AUTHOR},
    Act.READ_PROCEDURES: {Role.AUTHOR, Role.PUBLISHER, Role.EVALUATOR},
    Act.REPORT_PROCEDURES: {Role.AUTHOR},
    Act.PUBLISH_PROCEDURES: {Role.PUBLISHER},
    Act.EXPORT_LISTS: {Role.EVALUATOR},
    Act.REBUILD_INDEX: {Role.ADMIN},
    Act.READ_EVALUATION: {Role.AUTHOR, Role.PUBLISHER, Role.EVALUATOR},
    Act.OPEN_PERIOD: {Role.EVALUATOR},
    Act.WRITE_ACCOUNT: {Role.AUTHOR},
    Act.FREEZE_PERIOD: {Role.EVALUATOR},
    Act.MARK_THEME: {Role.EVALUATOR},
    Act.QUOTE_DECISION: {Role.EVALUATOR},
    Act.PUBLISH_EVALUATION: {Role.PUBLISHER},
    Act.END: {Role.PUBLISHER},
    Act.MODERATE: {Role.MODERATOR},
    Act.OPEN_SEALED: {Role.MODERATOR, Role.EVALUATOR},
    Act.ATTEST: {Role.EVALUATOR, Role.ADMIN},
    Act.ENTER_SLIP: {Role.EVALUATOR, Role.ADMIN},
    Act.READ_REPLIES: {Role.AUTHOR, Role.PUBLISHER, Role.MODERATOR},
    Act.REPLY: {Role.AUTHOR},
    Act.PUBLISH_REPLY: {Role.PUBLISHER},
    Act.GATHER: {Role.MODERATOR},
    Act.PUBLISH_THEME: {Role.MODERATOR},
}
NOT_THE_WRITER = {Act.APPRAISE, Act.PUBLISH, Act.CORRECT, Act.CONFIRM_PROGRESS, Act.PUBLISH_PROCEDURES,
                  Act.MODERATE, Act.OPEN_SEALED, Act.PUBLISH_REPLY, Act.PUBLISH_THEME, Act.MARK_THEME,
                  Act.PUBLISH_EVALUATION, Act.QUOTE_DECISION}  # fmt: skip
NOT_THE_CADRE = {
    Act.ENTER_SLIP,
    Act.APPRAISE,
    Act.PUBLISH,
    Act.CORRECT,
    Act.WITHDRAW,
    Act.CONFIRM_PROGRESS,
    Act.REVIEW,
    Act.MOVE,
    Act.END,
    Act.REDACT,
    Act.MODERATE,
    Act.OPEN_SEALED,
    Act.PUBLISH_REPLY,
    Act.PUBLISH_THEME,
    Act.OPEN_PERIOD,
    Act.FREEZE_PERIOD,
    Act.MARK_THEME,
    Act.QUOTE_DECISION,
    Act.PUBLISH_EVALUATION,
}

WARD, CITY, ELSEWHERE = 1, 2, 3
HERE = frozenset({WARD, CITY})

Ties = tuple[bool, bool, bool, bool]  # wrote it all, wrote some of it, cadre by account, cadre by name
TIES = list(itertools.product((False, True), repeat=4))


def actor(*roles: Role, unit: int = WARD, is_active: bool = True, name: str = "nguoicongbo") -> Actor:
    return Actor(id=7, name_key=name, is_active=is_active, roles={role: frozenset({unit}) for role in roles})


def matter(ties: Ties) -> Matter:
    wrote_all, wrote_some, by_account, by_name = ties
    return Matter(
        unit_ids=HERE,
        author_id=7 if wrote_all else 8,
        writer_ids=frozenset({7, 9}) if wrote_some else frozenset({9}),
        cadre_officer_id=7 if by_account else None,
        cadre_name_key="nguoicongbo" if by_name else "nguoikhac",
    )


def expected(act: Act, role: Role, ties: Ties) -> Refusal | None:
    """What the architecture says, without looking at POLICY."""
    if role not in MAY[act]:
        return Refusal.NOT_YOUR_ROLE
    wrote_all, wrote_some, by_account, by_name = ties
    if act in NOT_THE_WRITER and (wrote_all or wrote_some):
        return Refusal.OWN_WORK
    if act in NOT_THE_CADRE and (by_account or by_name):
        return Refusal.OWN_PROGRAMME
    return None


def test_every_act_is_decided() -> None:
    assert set(POLICY) == set(Act)
    assert set(MAY) == set(Act), "decide the new act here too: who may, and what forbids it"


@pytest.mark.parametrize("act", MAY)
def test_every_role_and_every_tie(act: Act) -> None:
    for role, ties in itertools.product(Role, TIES):
        assert refusal_of(actor(role), act, matter(ties)) == expected(act, role, ties), (role, ties)


@pytest.mark.parametrize("act", MAY)
def test_nobody_administers_their_own_account(act: Act) -> None:
    """An administrator makes no publisher of themselves, and locks nobody out by locking themselves out."""
    own, other = Matter(unit_ids=HERE, account_id=7), Matter(unit_ids=HERE, account_id=8)
    forbidden = {Act.ADD_OFFICER, Act.CHANGE_ROLES, Act.SUSPEND_OFFICER, Act.RESET_SECOND_FACTOR}
    assert refusal_of(actor(*Role), act, own) is (Refusal.OWN_ACCOUNT if act in forbidden else None)
    assert refusal_of(actor(*Role), act, other) is None


@pytest.mark.parametrize("act", MAY)
def test_nobody_without_a_role_or_with_a_closed_account(act: Act) -> None:
    free = matter((False, False, False, False))
    assert refusal_of(actor(), act, free) is Refusal.NOT_YOUR_ROLE
    assert refusal_of(actor(*Role, is_active=False), act, free) is Refusal.ACCOUNT_CLOSED
    assert refusal_of(actor(*Role, unit=ELSEWHERE), act, free) is Refusal.NOT_YOUR_ROLE


@pytest.mark.parametrize("act", MAY)
def test_a_role_above_reaches_down(act: Act) -> None:
    free = matter((False, False, False, False))
    assert refusal_of(actor(*Role, unit=CITY), act, free) is None
    assert refusal_of(actor(*Role, unit=WARD), act, free) is None


@pytest.mark.parametrize("act", MAY)
def test_more_roles_never_forbid(act: Act) -> None:
    for ties in TIES:
        alone = {refusal_of(actor(role), act, matter(ties)) for role in MAY[act]}
        assert {refusal_of(actor(*Role), act, matter(ties))} == alone


def test_screens_are_shown_to_those_who_may_somewhere() -> None:
    for act, role in itertools.product(MAY, Role):
        assert may_somewhere(actor(role, unit=ELSEWHERE), act) == (role in MAY[act])
        assert not may_somewhere(actor(role, is_active=False), act)
        empty = Actor(id=7, name_key="", is_active=True, roles={role: frozenset()})
        assert not may_somewhere(empty, act)


def test_require_raises_the_refusal() -> None:
    free = matter((False, False, False, False))
    require(actor(Role.PUBLISHER), Act.PUBLISH, free)
    with pytest.raises(Refused) as caught:
        require(actor(Role.AUTHOR), Act.PUBLISH, free)
    assert caught.value.refusal is Refusal.NOT_YOUR_ROLE
    assert str(caught.value) == "not_your_role"


def test_people_without_a_name_are_not_everybodys_namesake() -> None:
    nameless = Matter(unit_ids=HERE, cadre_name_key="")
    assert not is_the_cadre(actor(name=""), nameless)
    assert not wrote_it(actor(), nameless)


# --- wording ---------------------------------------------------------------------------------------

# Words an English sentence can hardly do without, none of them a Vietnamese syllable.
_ENGLISH = re.compile(r"\b(the|is|are|was|you|your|not|this|there|and|of|cannot|must|please|has)\b", re.I)
_VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I)


def test_every_refusal_has_its_sentences_and_nothing_else_has() -> None:
    assert set(WORDING) == set(Refusal)
    assert len({text for text, _ in WORDING.values()}) == len(WORDING)


@pytest.mark.parametrize("refusal", Refusal)
def test_the_sentences_are_whole_and_in_their_own_language(refusal: Refusal) -> None:
    vietnamese, english = WORDING[refusal]
    for text in (vietnamese, english):
        assert text == text.strip()
        assert text.endswith(".")
        assert "  " not in text
        assert text[0].isupper() or text[0].isdigit()
    assert _VIETNAMESE.search(vietnamese)
    assert not _ENGLISH.search(vietnamese), vietnamese
    assert not _VIETNAMESE.search(english), english
    assert not re.search(r"\b(bạn|mày|anh ta|tụi)\b", vietnamese, re.I)  # officers are ông/bà


def test_a_foreign_sentence_is_seen() -> None:
    """The positive control of the two patterns."""
    assert all(_ENGLISH.search(english) for _, english in list(WORDING.values())[:5])
    assert not _VIETNAMESE.search("A sentence.")


def test_what_it_concerns_stands_below_the_sentence() -> None:
    plain, detailed = Refused(Refusal.NOT_CLEAR), Refused(Refusal.NOT_CLEAR, "Cam kết 3: chưa rõ người.")
    assert sentence(plain) == WORDING[Refusal.NOT_CLEAR][0]
    assert sentence(detailed).splitlines() == [WORDING[Refusal.NOT_CLEAR][0], "Cam kết 3: chưa rõ người."]
    assert english_sentence(plain) == WORDING[Refusal.NOT_CLEAR][1]
    assert english_sentence(detailed).splitlines()[0] == WORDING[Refusal.NOT_CLEAR][1]
    assert wording.__doc__
