"""Replies and themes on their way out: two people, one answer at a time, a duty that shows when it lapses."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from people import CONG, HOA, PHUONG, SOAN
from published_comments import (
    ANSWER,
    BAN,
    DIEU,
    comments,
    group,
    let_out,
    newest,
    publish,
    publish_comment,
    seat,
    state_of_receipt,
    write,
)
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from world import World, who

from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.sealed import Sealed
from portal.office.accounts.acts import add_officer, close_account
from portal.office.accounts.reads import officer
from portal.office.audit.tables import AuditLine
from portal.office.programme.reads import programme
from portal.office.programme.typed import StampTyped
from portal.office.replies import reads as inside
from portal.office.replies.form import ReplyForm, ThemeForm
from portal.office.replies.reminders import letters
from portal.office.replies.tables import Reply, Theme
from portal.publication import commenting
from portal.publication.hours import keep_counts
from portal.publication.replying import return_reply
from portal.publication.theming import add, may_gather, may_publish
from portal.record import reads
from portal.record.documents import Act, CommentDoc
from portal.record.moderation_words import Verdict
from portal.record.verify import verify


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path / "instance").settle_in()) as made:
        for person in (DIEU, BAN):
            seat(made, person)
        yield made


@pytest.fixture
def ref(world: World) -> str:
    """A published programme."""
    made = world.draft(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    world.approve(made)
    world.publish(made)
    return made


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def test_an_office_answers_a_comment_and_a_second_person_publishes_it(world: World, ref: str) -> None:
    [one] = comments(world, ref, 1)
    key = write(world, ref, one)
    before = newest(world, one)
    assert isinstance(before.document, CommentDoc)
    assert before.document.reply is None
    publish(world, ref, key)
    after = newest(world, one)
    assert (after.act, after.number) == (Act.REPLY, 2)
    assert isinstance(after.document, CommentDoc)
    assert after.document.words == before.document.words
    reply = after.document.reply
    assert reply is not None
    assert (reply.text, reply.replied_on) == (ANSWER, date(2026, 11, 24))
    assert reply.by == "Chủ tịch UBND phường, Phường Nhị Chiểu"
    assert state_of_receipt(world, one) == "replied"
    with world.work() as w:
        assert verify(w.session, verifier=world.signer.verifier()).faults == []


def test_nobody_publishes_their_own_answer_nor_the_cadre_any(world: World, ref: str) -> None:
    [one] = comments(world, ref, 1)
    key = write(world, ref, one)
    with world.work() as w:
        add_officer(w, email=SOAN.email, name=SOAN.name, role=Role.PUBLISHER, unit_code=SOAN.unit_code)
    for person, refusal in (
        (SOAN, Refusal.OWN_WORK), (HOA, Refusal.OWN_PROGRAMME), (PHUONG, Refusal.NOT_YOUR_ROLE),
    ):  # fmt: skip
        with refused(refusal):
            publish(world, ref, key, by=person)
    with refused(Refusal.NOT_YOUR_ROLE):
        write(world, ref, one, by=PHUONG)


def test_one_answer_waits_at_a_time_and_a_returned_one_can_be_written_anew(world: World, ref: str) -> None:
    [one] = comments(world, ref, 1)
    key = write(world, ref, one)
    with refused(Refusal.REPLY_WAITS):
        write(world, ref, one)
    with world.work() as w:
        return_reply(w, ref, key, ReplyForm(text="Nêu rõ ngày xong."), by=who(w, CONG))
    with refused(Refusal.NO_SUCH_REPLY):
        publish(world, ref, key)
    with world.work() as w:
        assert [reply.id for reply, _ in inside.replies_in(w, "returned")] == [key]
    world.later(minutes=1)
    second = write(world, ref, one, "Xong trước ngày 15/12/2026 (minh họa).")
    with world.work() as w:
        assert inside.replies_in(w, "returned") == []
        assert [reply.id for reply in inside.replies_of(w, programme(w, ref).id)] == [second, key]
    publish(world, ref, second)
    assert newest(world, one).number == 2


def test_a_better_answer_is_a_correction_that_says_so(world: World, ref: str) -> None:
    [one] = comments(world, ref, 1)
    publish(world, ref, write(world, ref, one))
    publish(world, ref, write(world, ref, one, "Đã xong toàn bộ ngày 01/12/2026 (minh họa)."))
    after = newest(world, one)
    assert (after.act, after.number, bool(after.notice.reason)) == (Act.CORRECT, 3, True)


def test_what_is_not_public_is_not_answered(world: World, ref: str) -> None:
    with world.work() as w:
        commitment = reads.commitments_of(w.session, ref)[0].ref
    stub = publish_comment(world, commitment, "", verdict=Verdict.REFUSE)
    [one] = comments(world, ref, 1)
    waiting = write(world, ref, one)
    with world.work() as w:
        commenting.take_back(w, one, signer=world.signer)
    for about in (stub, one, commitment, ref, "nosuchone"):
        with refused(Refusal.NOT_ANSWERABLE):
            write(world, ref, about)
    with refused(Refusal.NO_LONGER_SHOWN):
        publish(world, ref, waiting)
    other = world.draft(world.read("02-pho-chu-tich-phuong-kinh-mon.xlsx"))
    [two] = comments(world, ref, 1)
    with refused(Refusal.NOT_ANSWERABLE):
        write(world, other, two)


def test_an_answer_says_something_and_no_secret(world: World, ref: str) -> None:
    [one] = comments(world, ref, 1)
    with refused(Refusal.NO_REPLY_TEXT):
        write(world, ref, one, "Đã rõ.")
    with pytest.raises(StampTyped):
        write(world, ref, one, "Theo văn bản TỐI MẬT số 12, việc này đã được giao.")


def test_no_answer_goes_out_under_a_page_that_is_gone(world: World, ref: str) -> None:
    [one] = comments(world, ref, 1)
    key = write(world, ref, one)
    world.withdraw(ref)
    with refused(Refusal.NOT_PUBLISHED):
        publish(world, ref, key)


def test_a_theme_with_enough_comments_begins_a_duty_and_silence_shows(world: World, ref: str) -> None:
    some = comments(world, ref, 7)
    theme = group(world, ref, some[:3])
    document = let_out(world, ref, theme)
    assert (document.title, document.comments) == ("Đèn đường", some[:3])
    assert document.due_on is None
    with world.work() as w:
        assert inside.owed(w) == []
        add(w, ref, theme, ThemeForm(title="", comments=(some[0], *some[3:6])), by=who(w, DIEU))
        assert [one.ref for one, _ in inside.themes_waiting(w)] == [theme]
    assert newest(world, theme).number == 1  # what was added waits for a second person
    document = let_out(world, ref, theme)
    assert document.comments == some[:6]
    assert (document.asked_on, document.due_on) == (date(2026, 11, 24), date(2026, 12, 9))
    assert state_of_receipt(world, some[0]) == "awaiting_reply"
    world.later(days=16)
    with world.office.app_context():
        keep_counts()
    assert state_of_receipt(world, some[0]) == "reply_overdue"
    assert state_of_receipt(world, some[6]) == "shown"
    with world.work() as w:
        add(w, ref, theme, ThemeForm(title="", comments=some[6:]), by=who(w, DIEU))
    assert let_out(world, ref, theme).due_on == date(2026, 12, 9)  # more of the same does not move it
    publish(world, ref, write(world, ref, theme))
    document = newest(world, theme).document  # type: ignore[assignment]
    assert document.reply is not None
    assert {state_of_receipt(world, one) for one in some} == {"replied"}
    last = comments(world, ref, 1)
    with world.work() as w:
        assert inside.owed(w) == []
        add(w, ref, theme, ThemeForm(title="", comments=last), by=who(w, DIEU))
    assert let_out(world, ref, theme).reply == document.reply  # an answer stays


def test_the_author_is_written_to_and_no_name_is_in_the_letter(world: World, ref: str) -> None:
    let_out(world, ref, group(world, ref, comments(world, ref, 5)))
    sent = []
    for _ in range(30):
        with world.work() as w:
            sent += [(w.today.day, letter) for letter in letters(w)]
        world.later(days=1)
    assert [day for day, _ in sent] == [25, 6, 9, 16, 23]
    for _, letter in sent:
        assert letter.to == SOAN.email
        assert "1 nhóm góp ý" in letter.text
        assert not {"Đèn", "Lê Minh Họa", ref} & set(letter.text.split())
    with world.work() as w:
        close_account(w, officer(w, SOAN.email))
        w.session.flush()
        assert letters(w) == []


def test_a_theme_needs_two_people_two_comments_and_a_title(world: World, ref: str) -> None:
    some = comments(world, ref, 2)
    for chosen, title, refusal in (
        (some[:1], "Đèn đường", Refusal.TOO_FEW_COMMENTS),
        (some, " ", Refusal.NO_TITLE),
        ((*some, ref), "Đèn đường", Refusal.NOT_ANSWERABLE),
    ):
        with refused(refusal):
            group(world, ref, chosen, title=title)
    theme = group(world, ref, some)
    with refused(Refusal.OWN_WORK):
        let_out(world, ref, theme, by=DIEU)
    with refused(Refusal.NOT_YOUR_ROLE):
        group(world, ref, some, by=PHUONG)
    with world.work() as w:
        commenting.take_back(w, some[0], signer=world.signer)
    with refused(Refusal.TOO_FEW_COMMENTS):
        let_out(world, ref, theme)
    with refused(Refusal.NO_SUCH_THEME):
        let_out(world, ref, "nosuchone")


def test_nobody_in_the_line_of_command_groups_or_lets_out(world: World, ref: str) -> None:
    some = comments(world, ref, 4)
    theme = group(world, ref, some[:3])
    for person in (SOAN, CONG):  # the cadre's office, and whoever publishes for it
        with refused(Refusal.NOT_YOUR_ROLE):
            group(world, ref, some, by=person)
        with refused(Refusal.NOT_YOUR_ROLE):
            let_out(world, ref, theme, by=person)
    with world.work() as w:
        for person in (CONG, HOA):
            add_officer(
                w, email=person.email, name=person.name, role=Role.MODERATOR, unit_code=person.unit_code
            )
    with refused(Refusal.IN_LINE_OF_COMMAND):
        group(world, ref, some, by=CONG)
    with refused(Refusal.IN_LINE_OF_COMMAND):
        let_out(world, ref, theme, by=CONG)
    with refused(Refusal.IN_LINE_OF_COMMAND), world.work() as w:
        add(w, ref, theme, ThemeForm(title="", comments=some[3:]), by=who(w, CONG))
    with refused(Refusal.OWN_PROGRAMME):
        let_out(world, ref, theme, by=HOA)
    with world.work() as w:
        row = inside.theme_of(w, programme(w, ref).id, theme)
        free = [p for p in (BAN, DIEU, CONG, HOA) if may_gather(w, programme(w, ref), who(w, p))]
        assert free == [BAN, DIEU]
        assert not may_publish(w, programme(w, ref), row, who(w, DIEU))  # who put it together
        assert may_publish(w, programme(w, ref), row, who(w, BAN))
    let_out(world, ref, theme)


def test_a_theme_is_published_once_for_what_is_new(world: World, ref: str) -> None:
    theme = group(world, ref, comments(world, ref, 2))
    let_out(world, ref, theme)
    with refused(Refusal.THEME_WAITS_NOT):
        let_out(world, ref, theme)
    with refused(Refusal.TOO_FEW_COMMENTS), world.work() as w:
        known = tuple(inside.theme_of(w, programme(w, ref).id, theme).comments)
        add(w, ref, theme, ThemeForm(title="", comments=known), by=who(w, DIEU))


def test_the_audit_tells_who_and_which_and_no_word(world: World, ref: str) -> None:
    some = comments(world, ref, 2)
    theme = group(world, ref, some)
    let_out(world, ref, theme)
    key = write(world, ref, some[0])
    publish(world, ref, key)
    wanted = ("ThemeGathered", "ThemePublished", "ReplyWritten", "ReplySettled")
    with world.work() as w:
        lines = w.session.scalars(select(AuditLine).where(AuditLine.event.in_(wanted))).all()
        assert {line.event for line in lines} == set(wanted)
        assert ANSWER not in str([line.facts for line in lines])
        assert "Đèn đường" not in str([line.facts for line in lines])


def test_both_databases_let_one_answer_wait(database_url: str, tmp_path: Path) -> None:
    with closing(World(tmp_path / "instance", database_url=database_url).settle_in()) as world:
        made = world.draft(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
        world.approve(made)
        world.publish(made)
        some = comments(world, made, 5)
        theme = group(world, made, some)
        assert let_out(world, made, theme).due_on is not None
        publish(world, made, write(world, made, theme))
        write(world, made, theme)
        with pytest.raises(IntegrityError):
            write_twin(world)
        with world.work() as w:
            assert w.session.scalars(select(Theme)).one().answered_on == w.today


def write_twin(world: World) -> None:
    """A second answer that waits, past the act that refuses it."""
    with world.work() as w:
        [row] = w.session.scalars(select(Reply).where(Reply.state == "waiting"))
        twin = Reply(
            id=w.ids.key(), programme_id=row.programme_id, about=row.about, text=Sealed("x"),
            note=Sealed(""), written_by_id=row.written_by_id, written_at=w.now,
        )  # fmt: skip
        w.session.add(twin)
