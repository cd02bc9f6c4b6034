"""When an office owes an answer, what an answer and a theme must be, and how silence shows."""

from datetime import date, timedelta

import pytest

from portal.kernel.policy import Refusal
from portal.office.replies.rules import Duty, duty, is_day_to_write, refusal_to_gather, refusal_to_reply
from portal.record.replies import REPLY_WORDS, ReplyStanding, days_late, reply_standing
from portal.record.voice import ReplyDoc, ThemeDoc

TODAY = date(2026, 11, 24)
BEGUN = Duty(date(2026, 11, 1), date(2026, 11, 16))


@pytest.mark.parametrize(
    ("known", "comments", "owed"),
    [
        (Duty(), 4, Duty()),
        (Duty(), 5, Duty(TODAY, TODAY + timedelta(days=15))),
        (Duty(), 9, Duty(TODAY, TODAY + timedelta(days=15))),
        (BEGUN, 12, BEGUN),  # more of the same does not begin it anew
        (BEGUN, 2, BEGUN),  # nor do authors who take theirs back end it
    ],
)
def test_a_duty_begins_with_enough_comments_and_stays(known: Duty, comments: int, owed: Duty) -> None:
    assert duty(known, comments, threshold=5, days=15, today=TODAY) == owed


@pytest.mark.parametrize(
    ("day", "wanted"),
    [(1, False), (2, True), (3, False), (13, True), (15, False), (16, True), (17, False), (23, True)],
)
def test_the_office_is_written_to_on_these_days(day: int, wanted: bool) -> None:
    assert is_day_to_write(BEGUN, today=date(2026, 11, day)) == wanted
    assert not is_day_to_write(Duty(), today=date(2026, 11, day))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal.NO_REPLY_TEXT),
        ("  đã tiếp thu       ", Refusal.NO_REPLY_TEXT),
        ("Đã sửa xong ngày 20/11.", None),
        ("x" * 5_000, None),
        ("x" * 5_001, Refusal.TOO_LONG),
    ],
)
def test_a_reply_says_something_and_ends(text: str, refusal: Refusal | None) -> None:
    assert refusal_to_reply(text) == refusal


@pytest.mark.parametrize(
    ("title", "chosen", "known", "refusal"),
    [
        ("", "ab", "", Refusal.NO_TITLE),
        ("x" * 201, "ab", "", Refusal.NO_TITLE),
        ("Đèn đường", "a", "", Refusal.TOO_FEW_COMMENTS),
        ("Đèn đường", "aa", "", Refusal.TOO_FEW_COMMENTS),
        ("Đèn đường", "ab", "", None),
        ("Đèn đường", "ab", "ab", Refusal.TOO_FEW_COMMENTS),
        ("Đèn đường", "c", "ab", None),
    ],
)
def test_a_theme_has_a_title_and_something_in_common(
    title: str, chosen: str, known: str, refusal: Refusal | None
) -> None:
    assert refusal_to_gather(title, tuple(chosen), tuple(known)) == refusal


def theme(due_on: date | None, replied_on: date | None = None) -> ThemeDoc:
    reply = ReplyDoc(text="Đã làm.", by="Chủ tịch, Phường", replied_on=replied_on) if replied_on else None
    return ThemeDoc(
        ref="t", programme_ref="p", title="Đèn đường", comments=("a", "b"), asked_on=due_on, due_on=due_on,
        reply=reply,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "standing", "late"),
    [
        (theme(None), ReplyStanding.FREE, 0),
        (theme(TODAY), ReplyStanding.OWED, 0),
        (theme(TODAY - timedelta(days=1)), ReplyStanding.LATE, 1),
        (theme(TODAY, TODAY), ReplyStanding.ANSWERED, 0),
        (theme(TODAY - timedelta(days=9), TODAY - timedelta(days=2)), ReplyStanding.ANSWERED, 7),
        (theme(None, TODAY), ReplyStanding.ANSWERED, 0),
    ],
)
def test_silence_shows_the_day_after(found: ThemeDoc, standing: ReplyStanding, late: int) -> None:
    assert reply_standing(found, today=TODAY) is standing
    assert days_late(found, today=TODAY) == late


def test_every_standing_has_a_word() -> None:
    assert REPLY_WORDS.keys() == set(ReplyStanding)
