"""Letters to those who follow: what they say, when they come, and that none comes twice or is lost."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import town as documents
from followed_town import FollowedTown, new_commitment
from mail_server import mail_server

from portal.commands.letters import writing
from portal.doors.public.follow_news import news_for
from portal.record.documents import Act, CommentDoc, CommitmentDoc, Kind
from portal.record.news.matter import Matter, What
from portal.record.voice import CommentKind, CommentState, ReplyDoc

LAN, MAI = "lan@example.vn", "mai@example.vn"
SECRET = "Đặng Văn Bị Gỡ"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FollowedTown]:
    with mail_server() as (box, address):
        made = FollowedTown(tmp_path, box, address)
        yield made
        made.close()


def last(town: FollowedTown) -> str:
    return town.box.texts()[-1]


def test_a_figure_is_told_on_both_databases_and_once(database_url: str, tmp_path: Path) -> None:
    with (
        mail_server() as (box, address),
        closing(FollowedTown(tmp_path, box, address, database_url=database_url)) as town,
    ):
        town.follow(LAN, "cam-ket/ckdt01")
        town.follow(MAI, "don-vi/phuong-nhi-chieu", "weekly")
        assert town.deliver().sent == 0  # nothing happened yet
        town.report("ckdt01", "91.5", confirmed=True)
        assert town.deliver().sent == 1
        (to, letter), text = box.letters[0], last(town)
        assert to == [LAN]
        assert "Đã được xác nhận: 24/11/2026, 91,5%" in text
        assert "Confirmed: 24/11/2026, 91.5%" in text
        assert "http://127.0.0.1:8000/cam-ket/ckdt01" in text
        assert "http://127.0.0.1:8000/en/cam-ket/ckdt01" in text
        for word in ("Họa", "Chủ tịch", "Nhị Chiểu", "Giải ngân"):
            assert word not in letter["Subject"]
        town.later(hours=1)
        assert town.deliver().sent == 0
        town.later(days=6)  # the Monday after, at nine
        assert town.deliver().sent == 1
        assert box.letters[-1][0] == [MAI]
        town.close()


@pytest.mark.parametrize(
    ("changed", "vietnamese", "english"),
    [
        ({"target": documents.Decimal(90)}, "Hạ mức đích: 95% → 90%", "Target lowered: 95% → 90%"),
        ({"target": documents.Decimal(96)}, "Nâng mức đích", "Target raised"),
        ({"deadline": date(2027, 3, 1)}, "Lùi thời hạn: 31/01/2027 → 01/03/2027", "Deadline moved later"),
        ({"text": "Nội dung khác hẳn (minh họa)."}, "Nội dung được sửa", "Its text was changed"),
    ],
)
def test_changes_people_must_notice_are_named(
    town: FollowedTown, changed: dict[str, object], vietnamese: str, english: str
) -> None:
    town.follow(LAN, "chuong-trinh/ct0chairman")
    town.change("ckdt01", Act.AMEND, **changed)
    assert town.deliver().sent == 1
    assert vietnamese in last(town)
    assert english in last(town)


def test_new_things_are_told_to_whoever_follows_their_unit_programme_or_search(town: FollowedTown) -> None:
    town.follow(LAN, "don-vi/phuong-nhi-chieu")
    town.follow(MAI, "tim-kiem?q=moi+toanh")
    town.follow("xa@example.vn", "don-vi/phuong-kinh-mon")
    town.deliver()
    doc = new_commitment("cknew1", text="Việc mới toanh của phường (minh họa).")
    programme = documents.programme("ct0chairman", documents.CHAIR, "101/QĐ-MH", withheld=2)
    task = replace(programme.tasks[0], commitments=(*programme.tasks[0].commitments, doc.ref))
    town.write(
        documents.line(Kind.COMMITMENT, doc),
        documents.line(Kind.PROGRAMME, replace(programme, tasks=(task, *programme.tasks[1:])), Act.AMEND),
    )
    assert town.deliver().sent == 2
    assert {to[0] for to, _ in town.box.letters} == {LAN, MAI}
    for text in town.box.texts():
        assert "Cam kết mới được công khai" in text
        assert "/cam-ket/cknew1" in text


def test_what_comes_into_a_saved_search_without_news_is_told(town: FollowedTown) -> None:
    town.follow(LAN, "tim-kiem?don_vi=phuong-kinh-mon&tinh_trang=overdue")
    town.deliver()
    town.later(days=60)  # deadlines at the end of the year have passed
    assert town.deliver().sent == 1
    assert "Mới có trong kết quả tìm kiếm" in last(town) or "Đã quá hạn" in last(town)
    town.later(days=1)
    assert town.deliver().sent == 0


def test_becoming_late_is_told_once_in_the_morning(town: FollowedTown) -> None:
    town.follow(LAN, "cam-ket/ckxd01")  # due on 31 December, a Thursday; 1 January is a day off
    assert town.deliver().sent == 0
    town.clock.at = town.clock.at.replace(year=2027, month=1, day=3, hour=23)  # six in the morning of Monday
    assert town.deliver().sent == 0
    town.later(hours=2)
    assert town.deliver().sent == 1
    assert "Đã quá hạn, chưa hoàn thành, hạn là ngày: 31/12/2026" in last(town)
    for _ in range(3):
        town.later(days=1)
        assert town.deliver().sent == 0
    town.change("ckxd01", Act.AMEND, deadline=date(2027, 1, 29))
    assert town.deliver().sent == 1
    town.later(days=30)
    assert town.deliver().sent == 1  # the new promise was missed too
    assert "hạn là ngày: 29/01/2027" in last(town)


def test_what_was_late_before_somebody_followed_is_no_news(town: FollowedTown) -> None:
    town.follow(LAN, "cam-ket/cktn02")  # overdue since October
    town.later(days=2)
    assert town.deliver().sent == 0


def test_replies_are_told_and_words_of_residents_never(town: FollowedTown) -> None:
    town.follow(LAN, "cam-ket/ckdt01")
    said = CommentDoc(
        ref="gy1", programme_ref="ct0chairman", commitment_ref="ckdt01", kind=CommentKind.OPINION,
        state=CommentState.SHOWN, words="Lời của dân không vào thư.", shown_as="Người dân",
        received_on=documents.TODAY, decided_on=documents.TODAY,
    )  # fmt: skip
    town.write(documents.line(Kind.COMMENT, said))
    assert town.deliver().sent == 0
    reply = ReplyDoc(text="Đã làm (minh họa).", by="UBND phường", replied_on=documents.TODAY)
    town.write(documents.line(Kind.COMMENT, replace(said, reply=reply), Act.REPLY))
    town.later(minutes=11)
    assert town.deliver().sent == 1
    assert "Đơn vị đã trả lời góp ý" in last(town)
    assert "không vào thư" not in last(town)


def test_a_withdrawn_thing_is_told_by_its_tombstone_and_quoted_nowhere(town: FollowedTown) -> None:
    for n, matter in enumerate(("cam-ket/ckdt01", "chuong-trinh/ct0chairman", "don-vi/phuong-nhi-chieu",
                                "tim-kiem?don_vi=phuong-nhi-chieu")):  # fmt: skip
        town.follow(f"a{n}@example.vn", matter)
    town.deliver()
    town.change("ckdt01", text=f"Việc của {SECRET}.")
    town.withdraw("ckdt01")
    assert town.deliver().sent == 4
    for text in town.box.texts():
        assert "Đã gỡ xuống: Công bố nhầm (minh họa)" in text
        assert SECRET not in text
        assert "Giải ngân" not in text


def test_the_control_a_letter_written_from_the_log_s_own_entries_would_quote_it(town: FollowedTown) -> None:
    town.change("ckdt01", text=f"Việc của {SECRET}.")
    town.follow(LAN, "cam-ket/ckdt01")
    town.change("ckdt01", text=f"Việc của {SECRET}, nói lại.")
    town.deliver()
    assert SECRET in last(town)  # while it stands, it is quoted: so the absence above is no accident


def test_a_whole_programme_taken_down_is_told_to_whoever_follows_it_or_its_unit(town: FollowedTown) -> None:
    town.follow(LAN, "chuong-trinh/ct0chairman")
    town.follow(MAI, "don-vi/phuong-nhi-chieu")
    town.deliver()
    town.later(minutes=11)
    town.report("ckdt01", "93")
    town.deliver()  # the unit's programmes are known from now on
    town.box.letters.clear()
    town.later(minutes=11)
    town.withdraw("ct0chairman")
    assert town.deliver().sent == 2
    assert all("Đã gỡ xuống" in text for text in town.box.texts())


def test_erasing_an_old_revision_is_no_news_and_what_followed_it_is_told_without_it(
    town: FollowedTown,
) -> None:
    town.change("ckdt01", text=f"Việc của {SECRET}.")
    town.follow(LAN, "cam-ket/ckdt01")
    town.follow(MAI, "don-vi/phuong-nhi-chieu", "daily")
    town.change("ckdt01", text="Việc, nói lại.")
    assert town.deliver().sent == 1
    town.later(minutes=11)
    town.erase("ckdt01", 3)
    assert town.deliver().sent == 0
    town.later(days=1)
    assert town.deliver().sent == 1
    assert "Nội dung được sửa" in last(town)
    assert SECRET not in last(town)


def test_digests_come_in_the_morning_and_gather(town: FollowedTown) -> None:
    town.follow(LAN, "chuong-trinh/ct0chairman", "daily")
    town.report("ckdt01", "90")
    town.later(hours=3)
    town.report("ckxd01", "41")
    town.later(hours=18, minutes=29)  # 06:59 in Vietnam
    assert town.deliver().sent == 0
    town.later(minutes=2)
    assert town.deliver().sent == 1
    assert "90%" in last(town)
    assert "1. " in last(town)
    assert "2. " in last(town)


def test_a_mail_server_that_is_down_loses_nothing_and_is_tried_again(town: FollowedTown) -> None:
    own = town.follow(LAN, "cam-ket/ckdt01")
    town.box.is_shut = True
    town.report("ckdt01", "90")
    assert (town.deliver().failed, town.deliver().failed) == (1, 0)  # the second try waits
    town.later(minutes=6)
    town.box.is_shut = False
    assert town.deliver().sent == 1
    assert "90%" in last(town)
    assert "Thư trước có thể chưa đến" not in last(town)
    assert town.get(own).status_code == 200


def test_one_mailbox_that_refuses_holds_up_nobody(town: FollowedTown) -> None:
    readers = [f"a{n}@example.vn" for n in range(6)]
    for reader in readers:
        town.follow(reader, "cam-ket/ckdt01")
    town.box.unknown = set(readers[:4])
    town.report("ckdt01", "90")
    rounds = [town.deliver() for _ in range(3)]
    assert sum(one.sent for one in rounds) == 2
    town.box.unknown = set()
    town.later(minutes=6)
    assert town.deliver().sent == 4


def test_a_fault_in_one_letter_holds_up_nobody(town: FollowedTown, monkeypatch: pytest.MonkeyPatch) -> None:
    town.follow(LAN, "cam-ket/ckdt01")
    town.follow(MAI, "chuong-trinh/ct0chairman")
    town.report("ckdt01", "90")

    def half(sight: object, one: object, matter: object, **how: object) -> object:
        if matter == Matter(What.COMMITMENT, "ckdt01"):
            raise ZeroDivisionError
        return news_for(sight, one, matter, **how)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr("portal.commands.letters.news_for", half)
    assert (town.deliver().sent, [to for to, _ in town.box.letters]) == (1, [[MAI]])
    monkeypatch.undo()
    town.later(minutes=6)
    assert town.deliver().sent == 1
    assert town.box.letters[-1][0] == [LAN]


def test_following_the_log_writes_letters_as_it_goes(town: FollowedTown) -> None:
    town.follow(LAN, "cam-ket/ckdt01")
    town.report("ckdt01", "90")
    arrived = threading.Event()
    town.box.taken = arrived.set
    with writing(town.settings):
        assert arrived.wait(60)
    assert "90%" in last(town)


def follow_once(town: FollowedTown) -> subprocess.Popen[bytes]:
    """The command, in a process of its own."""
    environ = {
        "PORTAL_INSTANCE": str(town.settings.instance),
        "PORTAL_SEARCH_INDEX": str(town.settings.search_index),
        "PORTAL_MAIL_URL": town.settings.mail_url,
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "portal", "follow", "--once", "--no-due"]
    return subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)


def test_killed_between_sending_and_storing_no_letter_comes_twice_and_nothing_is_lost(
    town: FollowedTown,
) -> None:
    town.follow(LAN, "cam-ket/ckdt01")
    town.report("ckdt01", "90")
    running: list[subprocess.Popen[bytes]] = []
    town.box.taken = lambda: os.kill(running[0].pid, signal.SIGKILL)
    running.append(follow_once(town))
    assert running[0].wait() == -signal.SIGKILL
    assert len(town.box.letters) == 1  # it had gone out
    town.box.taken = lambda: None
    assert follow_once(town).wait() == 0
    assert len(town.box.letters) == 1
    town.report("ckdt01", "92", days=1)
    town.later(days=400)  # whatever the clock of the killed process said
    assert town.deliver().sent == 1
    assert "Thư trước có thể chưa đến" in last(town)
    assert "90%" in last(town)
    assert "92%" in last(town)


def test_something_published_while_letters_are_written_is_waited_for(
    town: FollowedTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.follow(LAN, "cam-ket/ckdt01")
    town.report("ckdt01", "90")
    taken: list[object] = []

    def once(*args: object) -> str:
        if not taken:
            taken.append(args)
            town.withdraw("ckdt01")
        return "x@example.vn"

    monkeypatch.setattr("portal.commands.letters.address_of", once)
    assert town.deliver().sent == 0
    assert town.deliver().sent == 1
    assert "90%" not in last(town)
    assert "Đã gỡ xuống" in last(town)


def done(ref: str, town: FollowedTown) -> CommitmentDoc:
    """``ref`` as its cadre declared it done on 1 September."""
    return replace(town.docs[ref], progress=(documents.report(date(2026, 9, 1), "9"),))


def test_followers_are_asked_once_whether_it_has_really_been_done(town: FollowedTown) -> None:
    town.follow(LAN, "cam-ket/ckqh04")
    town.follow(LAN, "chuong-trinh/ct0chairman")
    town.follow(MAI, "cam-ket/ckdt01")
    town.write(documents.line(Kind.COMMITMENT, done("ckqh04", town), Act.PROGRESS))
    town.deliver()
    asked = [(to, letter) for to, letter in town.box.letters if "câu hỏi" in letter["Subject"]]
    assert [to for to, _ in asked] == [[LAN]]
    text = asked[0][1].get_content()
    assert "/cam-ket/ckqh04/gop-y" in text
    assert "/en/cam-ket/ckqh04/gop-y" in text
    assert "List-Unsubscribe" in asked[0][1]
    town.box.letters.clear()
    for _ in range(3):
        town.later(days=1)
        town.deliver()
    assert not [1 for _, letter in town.box.letters if "câu hỏi" in letter["Subject"]]


def test_a_question_the_mail_server_refused_is_asked_later(town: FollowedTown) -> None:
    town.follow(LAN, "cam-ket/ckqh04")
    town.write(documents.line(Kind.COMMITMENT, done("ckqh04", town), Act.PROGRESS))
    town.box.is_shut = True
    assert town.deliver().failed >= 1
    town.box.is_shut = False
    town.later(minutes=6)
    town.deliver()
    town.later(minutes=11)
    town.deliver()
    assert sum("câu hỏi" in letter["Subject"] for _, letter in town.box.letters) == 1


def test_a_host_without_the_key_writes_to_nobody(town: FollowedTown) -> None:
    town.follow(LAN, "cam-ket/ckdt01")
    town.report("ckdt01", "90")
    key = town.settings.instance / "keys" / "following.key"
    kept = key.read_bytes()
    key.unlink()
    assert (town.deliver().sent, town.deliver().failed) == (0, 0)
    key.write_bytes(kept)
    assert town.deliver().sent == 1
