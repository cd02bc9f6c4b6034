"""From the inbox to a decision everybody can check: two people, reasons, stubs, appeals, the ledger."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from people import CITY, NHI_CHIEU, Person
from speakers import BA, BENCH, HAI, MOT, TINH, Square
from sqlalchemy import select
from world import World, who

from portal.inbox.feedback.tables import Comment, Request
from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.sealed import Reason
from portal.office.accounts.acts import add_officer, close_account, take_role
from portal.office.accounts.reads import officer
from portal.office.audit.tables import AuditLine
from portal.office.moderation.acts import claim, recuse
from portal.office.moderation.clock import keep_clock
from portal.office.moderation.intake import case_by_code
from portal.office.moderation.rules import Decision
from portal.record import reads, voices
from portal.record.checkpoint import load_verifier
from portal.record.documents import CommentDoc, ModerationDoc
from portal.record.verify import verify
from portal.record.voice import CommentState

D = Decision
HARSH = "Bọn này chỉ ăn hại, làm thì láo báo cáo thì hay"


@pytest.fixture
def square(tmp_path: Path) -> Iterator[Square]:
    made = Square(World(tmp_path, review_percent=0, mail_url=(tmp_path / "mail").as_uri())).settle_in()
    yield made
    made.close()


def shown(square: Square) -> list[CommentDoc]:
    with square.world.work() as w:
        return list(voices.comments(voices.comments_of(w.session, square.commitment)))


def ledger(square: Square) -> list[ModerationDoc]:
    with square.world.work() as w:
        return list(voices.lines(voices.ledger(w.session)))


def faults_of(square: Square) -> list[str]:
    with square.world.work() as w:
        return verify(w.session, verifier=load_verifier(square.world.settings.instance / "keys")).faults


def refused_as(refusal: Refusal, square: Square, code: str, decision: Decision, **more: object) -> None:
    with pytest.raises(Refused) as told:
        square.decide(code, decision, **more)  # type: ignore[arg-type]
    assert told.value.refusal is refusal


def test_a_comment_is_taken_in_when_its_author_can_no_longer_change_it(square: Square) -> None:
    code = square.say("Lần đầu", window=15)
    assert square.take_in() == 0
    square.world.later(minutes=5)
    square.say("Lần sau", code=code)
    square.world.later(minutes=11)
    assert square.take_in() == 1
    assert square.take_in() == 0  # once
    case = square.case(code)
    with square.world.work():
        assert case.words.open(reason=Reason.PROOF) == "Lần sau"
    assert case.assigned_id is not None
    assert (square.receipt(code).state, square.receipt(code).due_on) == ("moderating", "2026-11-26")


def test_one_withdrawn_in_time_is_never_seen(square: Square) -> None:
    code = square.say(window=15)
    square.ask(code, "withdraw")
    square.take_in()
    square.world.later(minutes=20)
    assert square.take_in() == 0
    assert square.receipt(code).state == "withdrawn"
    with square.world.work() as w:
        assert w.session.scalars(select(Comment)).all() == []
        assert w.session.scalars(select(Request)).all() == []


def test_a_late_comment_is_not_passed_over(square: Square) -> None:
    """One that is still open holds the mark, and so does the slack for works that commit late."""
    early = square.say("Còn sửa được", window=60)
    square.world.later(minutes=1)
    square.heard("Đã xong")
    square.world.later(minutes=90)
    square.take_in()
    assert square.case(early).state == "waiting"


def test_publishing_shows_the_words_and_a_ledger_line(square: Square) -> None:
    code = square.heard()
    square.decide(code, D.PUBLISH)
    (comment,), (line,) = shown(square), ledger(square)
    assert (comment.state, comment.words[:5], comment.shown_as) == (
        "shown",
        "Đường",
        "Người dân, Tổ dân phố số 3",
    )
    assert (line.decision, line.in_time, line.second_person, line.comment_ref) == (
        "publish", True, False, comment.ref,
    )  # fmt: skip
    assert (square.receipt(code).state, square.receipt(code).comment_ref) == ("shown", comment.ref)
    case = square.case(code)
    with square.world.work():
        assert case.words.open(reason=Reason.PROOF) == ""  # kept nowhere but in the record


def test_masked_words_go_out_masked(square: Square) -> None:
    code = square.heard("Gọi tôi số 0912345678 để xem đường ngập")
    refused_as(
        Refusal.NOT_MASKED, square, code, D.PUBLISH_MASKED, words="Gọi tôi số 0912345678 để xem đường ngập"
    )
    refused_as(Refusal.NOT_MASKED, square, code, D.PUBLISH_MASKED)
    square.decide(code, D.PUBLISH_MASKED, words="Gọi tôi [đã che: số điện thoại] để xem đường ngập")
    assert "0912345678" not in shown(square)[0].words
    assert (shown(square)[0].state, ledger(square)[0].decision) == ("masked", "publish_masked")


@pytest.mark.parametrize("kind", ["opinion", "question", "evidence", "praise"])
def test_a_refusal_has_reason_second_person_stub_appeal_and_ledger_line(square: Square, kind: str) -> None:
    code = square.heard(HARSH, kind=kind)
    refused_as(Refusal.NO_CODED_REASON, square, code, D.REFUSE)
    refused_as(Refusal.NO_CODED_REASON, square, code, D.REFUSE, reason="criticism")
    square.decide(code, D.REFUSE, reason="defamation", note="ghi chú ZQX")
    assert (shown(square), ledger(square)) == ([], [])
    assert square.receipt(code).state == "moderating"
    refused_as(Refusal.SAME_PERSON, square, code, D.CONFIRM)
    square.decide(code, D.CONFIRM, by=HAI, message="Xin bỏ lời xúc phạm")
    (stub,), (line,), receipt = shown(square), ledger(square), square.receipt(code)
    assert (stub.state, stub.words, stub.shown_as, stub.reason) == ("refused", "", "", "defamation")
    assert (line.decision, line.reason, line.second_person, line.comment_ref) == (
        "refuse", "defamation", True, stub.ref,
    )  # fmt: skip
    assert (receipt.state, receipt.reason, receipt.note) == ("refused", "defamation", "Xin bỏ lời xúc phạm")
    assert receipt.appeal_until == "2026-12-09"


def test_a_second_person_may_overturn_and_publish(square: Square) -> None:
    code = square.heard(HARSH)
    square.decide(code, D.REFUSE, reason="obscene")
    square.decide(code, D.OVERTURN, by=HAI)
    assert square.case(code).state == "waiting"
    assert square.case(code).assigned_id not in {square.case(code).first_id, square.case(code).second_id}
    square.decide(code, D.PUBLISH, by=BA)
    other = square.heard(HARSH + " nữa")
    square.decide(other, D.REFUSE, reason="obscene")
    square.decide(other, D.PUBLISH, by=HAI)
    assert [c.state for c in shown(square)] == [CommentState.SHOWN] * 2
    assert ledger(square)[0].second_person


@pytest.mark.parametrize(
    ("last", "state", "appeal", "public"),
    [(D.PUBLISH, "shown", "overturned", "shown"), (D.UPHOLD, "refused", "upheld", "refused")],
)
def test_an_appeal_is_decided_once_by_a_third(
    square: Square, last: Decision, state: str, appeal: str, public: str
) -> None:
    code = square.heard(HARSH)
    square.decide(code, D.REFUSE, reason="defamation")
    square.decide(code, D.CONFIRM, by=HAI)
    square.ask(code, "appeal", "Tôi chỉ phê bình việc làm")
    square.take_in()
    assert (square.case(code).state, square.receipt(code).appeal) == ("appealed", "asked")
    assert square.receipt(code).due_on == "2026-11-27"  # a clock of its own
    for person in (MOT, HAI):
        refused_as(Refusal.SAME_PERSON, square, code, last, by=person)
    square.decide(code, last, by=BA)
    (comment,), (line,), receipt = shown(square), ledger(square), square.receipt(code)
    assert (comment.state, comment.appealed) == (public, True)
    assert (line.decision, line.reason, line.appeal) == ("refuse", "defamation", appeal)
    assert (receipt.state, receipt.appeal, receipt.appeal_until) == (state, appeal, None)
    square.ask(code, "appeal", "Lần nữa")
    square.take_in()
    assert square.case(code).state != "appealed"
    assert faults_of(square) == []


def test_an_appeal_after_its_time_changes_nothing(square: Square) -> None:
    code = square.heard(HARSH)
    square.decide(code, D.REFUSE, reason="defamation")
    square.decide(code, D.CONFIRM, by=HAI)
    square.world.later(days=16)
    square.ask(code, "appeal")
    square.take_in()
    assert square.case(code).state == "refused"
    with square.world.work() as w:
        keep_clock(w)
    case = square.case(code)
    with square.world.work():
        assert case.words.open(reason=Reason.PROOF) == ""  # nobody can appeal, so nobody needs them


def test_returned_and_reworked(square: Square) -> None:
    code = square.heard("Ông Tạ Văn Nào ở ngõ 5 đổ rác ra đường")
    refused_as(Refusal.NO_CODED_REASON, square, code, D.RETURN, reason="spam")
    square.decide(code, D.RETURN, reason="personal_data", message="Xin bỏ tên người khác")
    receipt = square.receipt(code)
    assert (receipt.state, receipt.reason, receipt.note) == (
        "returned",
        "personal_data",
        "Xin bỏ tên người khác",
    )
    assert receipt.editable_until is not None
    square.world.later(days=1)
    square.say("Có người đổ rác ra đường ở ngõ 5", code=code)
    square.take_in()
    assert square.case(code).state == "waiting"
    assert square.case(code).assigned_id != square.case(code).first_id
    square.decide(code, D.PUBLISH, by=HAI)
    assert [line.decision for line in ledger(square)] == ["publish", "return"]


def test_returned_and_never_reworked_lapses(square: Square) -> None:
    code = square.heard()
    square.decide(code, D.RETURN, reason="off_topic")
    square.world.later(days=11)
    with square.world.work() as w:
        assert keep_clock(w).lapsed == 1
    assert (square.receipt(code).state, square.receipt(code).reason) == ("withdrawn", "not_reworked")


def test_another_channel_is_told_by_two_and_shows_no_stub(square: Square) -> None:
    code = square.heard("Đề nghị sửa đèn đường ngõ 5")
    square.decide(code, D.REDIRECT, reason="petition")
    square.decide(code, D.CONFIRM, by=HAI)
    assert (square.receipt(code).state, square.receipt(code).reason) == ("redirected", "petition")
    assert shown(square) == []
    assert [(line.decision, line.comment_ref) for line in ledger(square)] == [("redirect", None)]


def test_a_duplicate_is_merged_into_what_is_shown(square: Square) -> None:
    first, again = square.heard(), square.heard()
    assert square.case(again).cluster == square.case(first).id
    refused_as(Refusal.NO_TWIN, square, again, D.MERGE, twin=square.case(first).ref)  # not shown yet
    square.decide(first, D.PUBLISH)
    square.decide(again, D.MERGE, twin=square.case(first).ref)
    assert (square.receipt(again).state, square.receipt(again).comment_ref) == (
        "shown",
        square.case(first).ref,
    )
    assert len(shown(square)) == 1
    assert [line.decision for line in ledger(square)] == ["merge", "publish"]


def test_the_author_takes_public_words_back_and_every_proof_holds(square: Square) -> None:
    code = square.heard("Nhà tôi ở ngõ 5 bị ngập")
    square.decide(code, D.PUBLISH)
    square.ask(code, "redact", "ngõ 5\n\nkhông có")
    square.take_in()
    assert [(c.state, "ngõ 5" in c.words) for c in shown(square)] == [("masked", False)]
    square.ask(code, "withdraw")
    square.take_in()
    assert [(c.state, c.words, c.reason) for c in shown(square)] == [("taken_back", "", "by_author")]
    ref = square.case(code).ref
    with square.world.work() as w:
        texts = [str(r.document) for r in reads.history(w.session, ref)]
    assert not [text for text in texts if "ngập" in text]
    assert faults_of(square) == []


def test_words_are_blacked_out_before_anybody_judges_them(square: Square) -> None:
    code = square.heard("Nhà tôi ở ngõ 5 bị ngập")
    square.ask(code, "redact", "ngõ 5")
    square.take_in()
    square.decide(code, D.PUBLISH)
    assert "ngõ 5" not in shown(square)[0].words
    again = square.heard("Một ý khác")
    square.decide(again, D.PUBLISH)
    square.ask(again, "redact", "không có chữ này")
    square.take_in()
    assert shown(square)[0].state == "shown"


@pytest.mark.parametrize("state", ["waiting", "refused"])
def test_withdrawn_before_it_was_public(square: Square, state: str) -> None:
    code = square.heard(HARSH)
    if state == "refused":
        square.decide(code, D.REFUSE, reason="defamation")
        square.decide(code, D.CONFIRM, by=HAI)
    square.ask(code, "withdraw")
    square.take_in()
    assert square.receipt(code).state == "withdrawn"
    assert [c.state for c in shown(square)] == (["refused"] if state == "refused" else [])  # the stub stays


def test_a_request_without_a_case_or_a_move_does_nothing(square: Square) -> None:
    code = square.heard()
    square.decide(code, D.PUBLISH)
    square.ask(code, "appeal")
    square.ask("khong-co", "appeal")
    square.ask(code, "dance")
    square.take_in()
    assert square.case(code).state == "shown"
    with square.world.work() as w:
        assert w.session.scalars(select(Request)).all() == []


def test_a_request_waits_for_its_comment(square: Square) -> None:
    code = square.say("Nhà tôi ở ngõ 5", window=15)
    square.ask(code, "redact", "ngõ 5")
    square.take_in()
    square.world.later(minutes=20)
    square.take_in()
    square.decide(code, D.PUBLISH)
    assert "ngõ 5" not in shown(square)[0].words


def test_nobody_in_the_line_of_command_decides(square: Square) -> None:
    """The cadre, a colleague who publishes for the ward, and an appraiser above who also moderates."""
    staff = [
        Person("Lê Minh Họa", "hoa@namro.example", Role.MODERATOR, NHI_CHIEU),
        Person("Khúc Văn Bạn", "ban@namro.example", Role.AUTHOR, NHI_CHIEU),
        Person("Bùi Văn Thẩm", "tham@namro.example", Role.MODERATOR, CITY),
    ]
    with square.world.work() as w:
        for person in staff:
            add_officer(w, email=person.email, name=person.name, role=person.role, unit_code=person.unit_code)
        add_officer(w, email=staff[1].email, name=staff[1].name, role=Role.MODERATOR, unit_code=NHI_CHIEU)
    code = square.heard()
    for person in staff:
        with pytest.raises(Refused) as told:
            square.decide(code, D.PUBLISH, by=person)
        assert told.value.refusal in (Refusal.IN_LINE_OF_COMMAND, Refusal.OWN_PROGRAMME, Refusal.OWN_WORK)
    bench = set()
    for n in range(12):
        bench.add(square.case(square.heard(f"Ý kiến số {n}")).assigned_id)
    with square.world.work() as w:
        free = {who(w, person).id for person in BENCH}
        out = w.session.scalars(select(AuditLine.facts).where(AuditLine.event == "CaseTakenIn")).first()
    assert bench <= free
    assert len(bench) > 1  # at random
    assert out is not None
    assert out["excluded"] == 3


def test_a_claim_holds_for_a_while_and_recusal_hands_on(square: Square) -> None:
    code = square.heard()
    with square.world.work() as w:
        claim(w, case_by_code(w, code).id, by=who(w, MOT))
    refused_as(Refusal.CASE_TAKEN, square, code, D.PUBLISH, by=HAI)
    with square.world.work() as w:
        recuse(w, case_by_code(w, code).id, by=who(w, MOT))
    refused_as(Refusal.IN_LINE_OF_COMMAND, square, code, D.PUBLISH, by=MOT)
    with square.world.work() as w:
        assert case_by_code(w, code).assigned_id != who(w, MOT).id
    square.decide(code, D.PUBLISH, by=HAI)
    refused_as(Refusal.NOT_A_MOVE, square, code, D.PUBLISH, by=BA)
    with square.world.work() as w, pytest.raises(Refused, match="not_a_move"):
        claim(w, case_by_code(w, code).id, by=who(w, BA))


def test_late_cases_are_escalated_once(square: Square) -> None:
    code = square.heard()
    first = square.case(code).assigned_id
    square.world.later(days=4)
    with square.world.work() as w:
        assert keep_clock(w).breached == 1
    with square.world.work() as w:
        assert keep_clock(w).breached == 0
    case = square.case(code)
    assert case.is_breached
    assert case.assigned_id != first
    letters = [p.read_bytes().decode() for p in (square.world.settings.instance / "mail").glob("*.eml")]
    assert any(TINH.email in letter for letter in letters)
    assert not [letter for letter in letters if "ngập" in letter]
    square.decide(code, D.PUBLISH)
    assert not ledger(square)[0].in_time
    assert ledger(square)[0].decided_on == date(2026, 11, 28)


def test_a_case_nobody_is_free_for_waits_until_somebody_is(square: Square) -> None:
    with square.world.work() as w:
        for person in BENCH:
            found = officer(w, person.email)
            for one in list(found.appointments):
                take_role(w, found, role=one.role, unit_id=one.unit_id)
    code = square.heard()
    assert square.case(code).assigned_id is None
    with square.world.work() as w:
        add_officer(w, email=MOT.email, name=MOT.name, role=MOT.role, unit_code=MOT.unit_code)
    with square.world.work() as w:
        keep_clock(w)
    assert square.case(code).assigned_id is not None


def test_cases_of_a_closed_account_go_to_somebody_else(square: Square) -> None:
    code = square.heard()
    with square.world.work() as w:
        case_by_code(w, code).assigned_id = who(w, MOT).id
        close_account(w, officer(w, MOT.email))
    with square.world.work() as w:
        keep_clock(w)
    with square.world.work() as w:
        assert case_by_code(w, code).assigned_id not in (None, who(w, MOT).id)


def test_a_comment_on_no_programme_of_this_house_is_left_alone(square: Square) -> None:
    square.programme = "khong-co"
    assert square.say()
    square.world.later(minutes=5)
    assert square.take_in() == 0
