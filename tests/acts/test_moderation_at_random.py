"""Whatever moderators and authors do, in whatever order: no conflict, nothing hidden without its trace."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from people import CITY, NHI_CHIEU, Person
from speakers import BENCH, Square
from sqlalchemy import select
from world import World, who

from portal.inbox.feedback.tables import Receipt
from portal.kernel.policy import Refused, Role
from portal.office.accounts.acts import add_officer
from portal.office.moderation.acts import Choice, decide
from portal.office.moderation.reasons import REDIRECT_REASONS, REFUSAL_REASONS
from portal.office.moderation.rules import INBOXES, CaseState, Decision, decisions_in
from portal.office.moderation.tables import Case
from portal.office.programme.reads import programme
from portal.publication.theming import may_gather
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import CommentDoc, ModerationDoc
from portal.record.verify import verify

# In the line of command of the cadre of the first sample: each must be refused, always.
LINE = (
    Person("Lê Minh Họa", "hoa@namro.example", Role.MODERATOR, NHI_CHIEU),
    Person("Kiều Văn Cấp", "cap@namro.example", Role.MODERATOR, NHI_CHIEU),
    Person("Ông Trên", "tren@namro.example", Role.MODERATOR, CITY),
)


@pytest.fixture
def square(tmp_path: Path) -> Iterator[Square]:
    made = Square(World(tmp_path, review_percent=20)).settle_in()
    with made.world.work() as w:
        for person in LINE:
            add_officer(w, email=person.email, name=person.name, role=person.role, unit_code=person.unit_code)
        add_officer(w, email=LINE[1].email, name="", role=Role.PUBLISHER, unit_code=NHI_CHIEU)
        add_officer(w, email=LINE[2].email, name="", role=Role.APPRAISER, unit_code=CITY)
    yield made
    made.close()


def walk(square: Square, chance: random.Random, decisions: int) -> int:
    """Comments, decisions and requests in no order; how many decisions were carried out."""
    codes: list[str] = []
    done = 0
    for n in range(decisions):
        if not codes or chance.random() < 0.3:
            codes.append(square.say(f"Lời thứ {n} {chance.random()}"))
            square.world.later(seconds=1)
        if chance.random() < 0.2:
            square.ask(chance.choice(codes), chance.choice(["appeal", "appeal", "withdraw", "redact"]), "Lời")
        square.take_in()
        done += one(square, chance)
        square.world.later(hours=chance.choice([1, 2, 7, 30]))
    return done


def one(square: Square, chance: random.Random) -> bool:
    """Somebody decides something about some case; whether the rules let it happen."""
    person = chance.choice((*BENCH, *BENCH, *LINE))
    try:
        with square.world.work() as w:
            cases = w.session.scalars(select(Case).order_by(Case.id)).all()
            case = chance.choice([c for c in cases if c.state in INBOXES] or cases)
            choice = chosen(chance, CaseState(case.state))
            decide(w, case.id, choice, by=who(w, person), signer=square.world.signer)
    except Refused:
        return False
    assert person not in LINE
    return True


def chosen(chance: random.Random, state: CaseState) -> Choice:
    """Mostly what the state allows, with a reason that may or may not be one."""
    possible = decisions_in(state)
    decision = chance.choice(possible if possible and chance.random() < 0.8 else tuple(Decision))
    wants_reason = decision in (Decision.REFUSE, Decision.RETURN, Decision.REDIRECT)
    reasons = ["criticism", *sorted(REDIRECT_REASONS if decision is Decision.REDIRECT else REFUSAL_REASONS)]
    return Choice(
        decision=decision,
        reason=chance.choice(reasons) if wants_reason else "",
        words="[đã che: tên người]",
    )


def check(square: Square) -> None:
    """Every trace that must be there, case by case."""
    with square.world.work() as w:
        line_ids = {who(w, person).id for person in LINE}
        for case in w.session.scalars(select(Case)):  # nor does the line put words together under a title
            draft = programme(w, case.programme)
            assert not any(may_gather(w, draft, who(w, person)) for person in LINE)
            assert all(may_gather(w, draft, who(w, person)) for person in BENCH)
        for case in w.session.scalars(select(Case)):
            hands = [key for key in (case.first_id, case.second_id, case.third_id) if key]
            assert not line_ids & {*hands, case.assigned_id}
            assert len(set(hands)) == len(hands), "one person, one step"
            receipt = w.session.get_one(Receipt, case.code)
            line = reads.revision(w.session, case.ledger_ref) if case.ledger_ref else None
            stub = reads.revision(w.session, case.ref)
            if case.state == CaseState.REFUSED:
                assert case.second_id
                assert case.reason in REFUSAL_REASONS
                assert receipt.reason == case.reason
                assert receipt.appeal_until or case.appeal
                assert stub
                assert isinstance(stub.document, CommentDoc)
                assert (stub.document.state, stub.document.words) == ("refused", "")
                assert line
                assert isinstance(line.document, ModerationDoc)
                assert line.document.second_person
            if case.state == CaseState.SEALED and not case.ledger_ref:
                assert (line, stub) == (None, None)
                assert receipt.state == "redirected"
            if case.state == CaseState.UPHELD:
                assert case.third_id
                assert line
                assert line.document.appeal == "upheld"  # type: ignore[union-attr]
        found = verify(w.session, verifier=load_verifier(square.world.settings.instance / "keys"))
        assert found.faults == []


def test_random_decisions_leave_every_trace(square: Square) -> None:
    assert walk(square, random.Random(5), 70) > 20
    check(square)


@pytest.mark.proof
def test_two_thousand_random_decisions_leave_every_trace(square: Square) -> None:
    assert walk(square, random.Random(6), 2000) > 300
    check(square)
