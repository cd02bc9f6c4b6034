"""``portal moderate`` and ``portal queue``, over a real installation; the inbox on both databases."""

import json
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from speakers import HAI, MOT, Square
from world import World

from portal.cli import portal
from portal.commands.moderation import figures_due, moderate_due
from portal.kernel.policy import Refusal, Refused
from portal.office.moderation.intake import half_hour
from portal.office.moderation.rules import Decision
from portal.record import voices
from portal.record.checkpoint import load_verifier
from portal.record.verify import verify


@pytest.fixture
def square(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Square]:
    made = Square(World(tmp_path, review_percent=0)).settle_in()
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PORTAL_SEARCH_INDEX", str(tmp_path / "search_index"))
    yield made
    made.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(portal, words)


def refusal(*words: str) -> Refusal:
    found = run(*words).exception
    assert isinstance(found, Refused)
    return found.refusal


@pytest.fixture
def earlier(square: Square) -> Square:
    """The square long before the machine's present, so that edit windows are over."""
    square.world.later(days=-400)
    return square


def test_moderating_by_receipt_code(earlier: Square) -> None:
    code = earlier.submit("Đường vào ngõ 5 vẫn ngập")
    (row,) = json.loads(run("queue", "--json").output)
    assert (row["state"], row["commitment"], "words" in row) == ("waiting", earlier.commitment, False)
    assert refusal("moderate", code, "refuse", "--by", MOT.email) is Refusal.NO_CODED_REASON
    assert run("moderate", code, "refuse", "--by", MOT.email, "--reason", "off_topic").exit_code == 0
    assert refusal("moderate", code, "confirm", "--by", MOT.email) is Refusal.SAME_PERSON
    told = run("moderate", code.lower(), "confirm", "--by", HAI.email, "--json")
    assert json.loads(told.output)["state"] == "refused"
    assert refusal("moderate", "GY.nothing", "confirm", "--by", HAI.email) is Refusal.NO_SUCH_CASE
    assert (
        refusal("moderate", "GY.20261123.7KQ2-M4TX-9BH", "confirm", "--by", HAI.email) is Refusal.NO_SUCH_CASE
    )


def test_an_author_who_asked_for_it_hears_by_mail_and_the_mail_says_nothing(earlier: Square) -> None:
    code = earlier.submit("Đường vào ngõ 5 vẫn ngập", answer_to="nguoigui@namro.example")
    assert run("moderate", code, "publish", "--by", MOT.email).exit_code == 0
    (letter,) = (earlier.world.settings.instance / "mail").glob("*.eml")
    text = message_from_bytes(letter.read_bytes(), policy=default)
    assert text["To"] == "nguoigui@namro.example"
    body = text.get_content()
    assert "/bien-nhan" in body
    assert not [word for word in ("ngập", "Họa", code) if word in body + text["Subject"]]


def test_a_comment_its_author_could_still_change_is_taken_in_by_its_code(square: Square) -> None:
    square.world.clock.at = datetime.now(UTC)
    code, other = square.submit("Đường vào ngõ 5 vẫn ngập"), square.submit("Ý kiến khác")
    rows = json.loads(run("queue", "--json").output)
    assert [(row["case"], row["state"], row["commitment"]) for row in rows] == [
        (None, "editable", square.commitment)
    ] * 2
    until = datetime.fromisoformat(rows[0]["editable_until"])
    assert (until.minute % 30, until.second) == (0, 0)  # no moment at which somebody wrote
    assert timedelta(minutes=29) < until - square.world.clock.at <= timedelta(hours=1)
    assert not [row for row in rows if {"words", "code"} & row.keys()]
    told = run("queue").output
    assert "waiting: 0" in told
    assert told.count("còn sửa được") == 2
    assert run("moderate", code, "publish", "--by", MOT.email).exit_code == 0
    (left,) = json.loads(run("queue", "--json").output)  # the other one may still be changed
    assert left["state"] == "editable"
    assert other != code


@pytest.mark.parametrize(
    ("minute", "second", "ends"), [(0, 0, "10:00"), (0, 1, "10:30"), (29, 59, "10:30"), (30, 1, "11:00")]
)
def test_the_half_hour_in_which_a_window_ends(minute: int, second: int, ends: str) -> None:
    assert f"{half_hour(datetime(2026, 11, 24, 10, minute, second, tzinfo=UTC)):%H:%M}" == ends


def test_keys_for_comparing_texts_lie_in_no_archive(earlier: Square, tmp_path: Path) -> None:
    earlier.submit("Đường vào ngõ 5 vẫn ngập")
    assert run("queue").exit_code == 0
    assert list((earlier.world.settings.instance / "keys").glob("near-*.key"))
    assert run("backup", str(tmp_path / "luu.tar")).exit_code == 0
    with tarfile.open(tmp_path / "luu.tar") as archive:
        names = archive.getnames()
    assert [name for name in names if "near-" in name] == []
    assert [name for name in names if name.endswith("receipts.key")]


def test_the_queue_in_lines(earlier: Square) -> None:
    earlier.submit("Gọi 0912345678 cho tôi")
    told = run("queue").output
    assert "personal_data" in told
    assert "0912345678" not in told
    assert "waiting: 1" in told


def test_the_clock_takes_in_and_publishes_figures_once_a_day(square: Square) -> None:
    square.say()
    square.world.later(seconds=1)
    with square.world.office.app_context():
        assert moderate_due() == 1
        assert moderate_due() == 0
        assert figures_due() == 1
        assert figures_due() == 0
    square.say()
    square.world.later(days=1)
    with square.world.office.app_context():
        assert moderate_due() == 1
        assert figures_due() == 1
    square.world.later(days=1)
    with square.world.office.app_context():
        assert figures_due() == 0  # nothing happened: the day alone is no news
    with square.world.work() as w:
        assert voices.months(w.session)[0].received == 2


def test_from_the_inbox_to_the_record_on_both_databases(tmp_path: Path, database_url: str) -> None:
    made = Square(World(tmp_path, database_url=database_url, review_percent=100)).settle_in()
    try:
        first, again, hidden = made.heard(), made.heard(), made.heard("bọn này ăn hại")
        made.decide(first, Decision.PUBLISH)
        made.decide(again, Decision.MERGE, twin=made.case(first).ref)
        made.decide(hidden, Decision.REFUSE, reason="obscene")
        made.decide(hidden, Decision.CONFIRM, by=HAI)
        made.ask(first, "redact", "ngõ 5")
        made.ask(hidden, "appeal", "phê bình")
        made.take_in()
        made.ask(first, "withdraw")
        made.take_in()
        sealed = made.heard("Ông ấy nhận hối lộ")
        made.decide(sealed, Decision.SEAL)
        with made.world.work() as w:
            found = voices.comments(voices.comments_of(w.session, made.commitment))
            keys = made.world.settings.instance / "keys"
            assert sorted(c.state for c in found) == ["refused", "taken_back"]
            assert verify(w.session, verifier=load_verifier(keys)).faults == []
        assert made.case(hidden).state == "appealed"
    finally:
        made.close()
