"""Feeds, read by a real parser: stable names, conditional answers, nothing of what was taken down."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import pytest
import town as town_data
from followed_town import FollowedTown
from mail_server import Box
from open_files import DAY
from townhall import NOW, write

from portal.doors.public.feed import ATOM, TOMBSTONES
from portal.record.append import Line
from portal.record.documents import Act, Kind, ModerationDoc
from portal.record.news.entries import MOST, REMEMBERED

FEEDS = (
    "/feeds/tat-ca.atom",
    "/feeds/don-vi/phuong-nhi-chieu.atom",
    "/feeds/chuong-trinh/ct0chairman.atom",
    "/feeds/cam-ket/ckdt01.atom",
    "/feeds/tim-kiem.atom?q=" + quote("giải ngân"),
    "/feeds/tim-kiem.atom?don_vi=phuong-nhi-chieu",
)
SECRET = "Đặng Văn Bị Gỡ"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FollowedTown]:
    made = FollowedTown(tmp_path, Box(), (tmp_path / "mail").as_uri())
    yield made
    made.close()


def parsed(town: FollowedTown, path: str) -> feedparser.FeedParserDict:
    """The feed at ``path``, which must be sound."""
    answer = town.get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "application/atom+xml"
    found = feedparser.parse(answer.data)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def deleted(town: FollowedTown, path: str) -> set[str]:
    """The entries the feed at ``path`` says are gone."""
    root = ElementTree.fromstring(town.get(path).data)
    return {element.attrib["ref"] for element in root.iter(f"{{{TOMBSTONES}}}deleted-entry")}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", FEEDS)
def test_every_feed_is_sound_and_says_where_it_is(town: FollowedTown, prefix: str, path: str) -> None:
    found = parsed(town, prefix + path)
    assert found.entries
    links = {link.rel: link.href for link in found.feed.links}
    assert town.get(links["self"].removeprefix("http://127.0.0.1:8000")).data == town.get(prefix + path).data
    assert town.get(links["alternate"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert len({entry.id for entry in found.entries}) == len(found.entries) <= MOST
    assert [e.published for e in found.entries] == sorted((e.published for e in found.entries), reverse=True)
    assert found.feed.updated == max(entry.updated for entry in found.entries)
    for entry in found.entries:
        page = entry.link.removeprefix("http://127.0.0.1:8000")
        assert page.startswith("/en/") is bool(prefix)
        assert town.get(page).status_code in (200, 302, 410)


@pytest.mark.parametrize(
    "path", ["/feeds/cam-ket/khong-co.atom", "/feeds/don-vi/ckdt01.atom", "/feeds/x.atom"]
)
def test_what_is_not_there_has_no_feed(town: FollowedTown, path: str) -> None:
    assert town.get(path).status_code == 404


@pytest.mark.parametrize("path", FEEDS)
def test_a_reader_who_has_it_is_told_so_until_something_happens(town: FollowedTown, path: str) -> None:
    client = town.door.test_client()
    first = client.get(path)
    asked = {"If-None-Match": first.headers["ETag"]}
    assert client.get(path, headers=asked).status_code == 304
    town.report("ckdt01", "93")
    again = client.get(path, headers=asked)
    assert again.status_code == 200
    assert "93%" in again.text


def test_names_stay_and_new_entries_come_on_top(town: FollowedTown) -> None:
    path = FEEDS[3]
    before = [entry.id for entry in parsed(town, path).entries]
    town.later(hours=1)
    town.change("ckdt01", Act.AMEND, target=None)
    after = [entry.id for entry in parsed(town, path).entries]
    assert after[1:] == before
    assert "Hạ mức đích" in parsed(town, path).entries[0].title
    assert "Target lowered" in parsed(town, "/en" + path).entries[0].title


def test_a_withdrawn_thing_is_gone_from_every_feed_and_readers_are_told_to_forget_it(
    town: FollowedTown,
) -> None:
    town.change("ckdt01", text=f"Giải ngân của {SECRET}.")
    ids = {path: {entry.id for entry in parsed(town, path).entries} for path in FEEDS}
    shown = [path for path in FEEDS if SECRET in town.get(path).text]
    assert shown == list(FEEDS)  # the control: while it stands every one of them shows it
    asked = {path: {"If-None-Match": town.get(path).headers["ETag"]} for path in FEEDS}
    town.later(minutes=1)
    town.withdraw("ckdt01")
    for path in FEEDS:
        answer = town.door.test_client().get(path, headers=asked[path])
        assert answer.status_code == 200, path
        assert SECRET not in answer.text
        mine = {name for name in ids[path] if ":ckdt01/" in name}
        replaced = {e.id for e in parsed(town, path).entries if e.title.startswith("Đã gỡ xuống")}
        assert mine <= replaced | deleted(town, path), path


def test_a_withdrawal_is_not_told_for_ever(town: FollowedTown) -> None:
    assert "tag:127.0.0.1,2026:ckgone/1" in deleted(town, FEEDS[3])
    town.clock.at += REMEMBERED + timedelta(days=1)
    assert deleted(town, FEEDS[3]) == set()


def test_pages_lead_to_their_feed(town: FollowedTown) -> None:
    for page, feed in (
        ("/", "/feeds/tat-ca.atom"),
        ("/cam-ket/ckdt01", "/feeds/cam-ket/ckdt01.atom"),
        ("/chuong-trinh/ct0chairman", "/feeds/chuong-trinh/ct0chairman.atom"),
        ("/en/don-vi/phuong-nhi-chieu", "/en/feeds/don-vi/phuong-nhi-chieu.atom"),
        ("/tim-kiem?q=a%26b&xep=newest", "/feeds/tim-kiem.atom?q=a+b"),
    ):
        assert f'<link rel="alternate" type="application/atom+xml" href="{feed}">' in town.get(page).text


def test_markup_is_text(town: FollowedTown) -> None:
    town.change("ckdt01", text="<script>alert(1)</script> & Giải ngân")
    root = ElementTree.fromstring(town.get(FEEDS[3]).data)
    titles = [title.text or "" for title in root.iter(f"{{{ATOM}}}title")]
    assert any("<script>alert(1)</script> & Giải ngân" in title for title in titles)
    assert b"<script>" not in town.get(FEEDS[3]).data


def test_of_an_erased_revision_only_that_is_told(town: FollowedTown) -> None:
    path = FEEDS[3]
    town.change("ckdt01", text=f"Giải ngân của {SECRET}.")
    town.change("ckdt01", text="Giải ngân, nói lại.")
    assert SECRET in town.get("/cam-ket/ckdt01?ban=3").text  # the control
    town.erase("ckdt01", 3)
    told = {entry.id.rpartition("/")[2]: entry.title for entry in parsed(town, path).entries}
    assert "Văn bản của bản này không còn" in told["3"]
    assert "Văn bản của bản này không còn" in told["5"]  # the entry that erased it
    assert "Nội dung được sửa" in told["4"]  # what it said before is not there to compare with
    assert SECRET not in town.get(path).text
    assert town.get("/lich/cam-ket/ckdt01.ics").status_code == 200
    town.erase("ckdt01", 4)  # the newest: the whole document is gone
    assert all("Đã gỡ xuống" in entry.title for entry in parsed(town, path).entries)


def decision(ref: str, **changed: Any) -> Line:
    """A line of the moderation ledger."""
    told = {"decision": "publish", "reason": None, "hours": 3, "in_time": True, "second_person": False}
    return town_data.line(Kind.MODERATION, ModerationDoc(ref=ref, decided_on=DAY, **{**told, **changed}))


def test_decisions_of_moderators_have_a_feed(town: FollowedTown) -> None:
    assert parsed(town, "/feeds/kiem-duyet.atom").entries == []
    for days, lines in enumerate(([decision("kd1")], [decision("kd2", decision="refuse", reason="spam")])):
        write(town.settings, lines, NOW + timedelta(days=days))
    found = parsed(town, "/feeds/kiem-duyet.atom")
    assert [entry.title for entry in found.entries] == [
        "Quyết định kiểm duyệt: Không đăng; Thư rác, gửi hàng loạt",
        "Quyết định kiểm duyệt: Đăng nguyên văn",
    ]
    assert found.entries[0].link == "http://127.0.0.1:8000/kiem-duyet"
    english = parsed(town, "/en/feeds/kiem-duyet.atom").entries
    assert english[0].title.startswith("Moderation decision: ")
    assert "feeds/kiem-duyet.atom" in town.get("/kiem-duyet").text
    appealed = decision("kd2", decision="refuse", reason="spam", appeal="overturned")
    write(town.settings, [appealed], NOW + timedelta(days=3))
    newest = parsed(town, "/feeds/kiem-duyet.atom").entries[0]
    assert newest.title.endswith("Xem lại: quyết định chưa đúng, ý kiến được đăng")
    assert newest.id != found.entries[0].id  # a reader is told of it anew
