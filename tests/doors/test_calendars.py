"""Deadlines as a calendar, read by a real parser: whole days, names that stay, moved and cancelled ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import town as documents
from followed_town import FollowedTown
from icalendar import Calendar, Event
from mail_server import Box

from portal.record.documents import Act, Kind

ONE = "/lich/cam-ket/ckdt01.ics"
ALL = (ONE, "/lich/chuong-trinh/ct0chairman.ics", "/lich/don-vi/phuong-nhi-chieu.ics")
SECRET = "Đặng Văn Bị Gỡ"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FollowedTown]:
    made = FollowedTown(tmp_path, Box(), (tmp_path / "mail").as_uri())
    yield made
    made.close()


def events(town: FollowedTown, path: str) -> dict[str, Event]:
    """The events of the calendar at ``path`` by their names."""
    answer = town.get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "text/calendar"
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.data)
    assert isinstance(calendar, Calendar)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ALL)
def test_every_deadline_is_a_whole_day_with_its_page(town: FollowedTown, prefix: str, path: str) -> None:
    event = events(town, prefix + path)["ckdt01@127.0.0.1"]
    deadline = town.docs["ckdt01"].deadline
    assert (event["dtstart"].dt, event["dtend"].dt) == (deadline, deadline + timedelta(days=1))
    assert event["url"] == f"http://127.0.0.1:8000{prefix}/cam-ket/ckdt01"
    assert town.docs["ckdt01"].text in str(event["summary"])
    assert (event["sequence"], str(event["status"])) == (0, "CONFIRMED")
    assert not event.errors


def test_a_programme_has_all_its_deadlines_and_a_unit_those_of_its_programmes(town: FollowedTown) -> None:
    mine = {f"{doc.ref}@127.0.0.1" for doc in town.docs.values() if doc.programme_ref == "ct0chairman"}
    assert set(events(town, ALL[1])) == mine
    assert set(events(town, ALL[2])) == mine
    assert events(town, "/lich/don-vi/hai-phong.ics") == {}


def test_a_moved_deadline_is_the_same_event_with_a_higher_sequence(town: FollowedTown) -> None:
    seen = [events(town, ONE)["ckdt01@127.0.0.1"]["sequence"]]
    first = town.docs["ckdt01"].deadline
    for day in (date(2027, 5, 5), first):
        town.change("ckdt01", Act.AMEND, deadline=day)
        town.report("ckdt01", "94")  # a figure moves nothing
        event = events(town, ONE)["ckdt01@127.0.0.1"]
        assert event["dtstart"].dt == day
        seen.append(event["sequence"])
    assert seen == sorted(set(seen))


def test_what_was_taken_down_is_cancelled_and_its_text_gone(town: FollowedTown) -> None:
    town.change("ckdt01", text=f"Việc của {SECRET}.", deadline=date(2027, 5, 5))
    before = {path: town.get(path) for path in ALL}
    assert all(SECRET in answer.text.replace("\r\n ", "") for answer in before.values())  # the control
    town.withdraw("ckdt01")
    for path in ALL:
        answer = town.door.test_client().get(path, headers={"If-None-Match": before[path].headers["ETag"]})
        assert answer.status_code == 200
        assert SECRET not in answer.text.replace("\r\n ", "")
        event = events(town, path)["ckdt01@127.0.0.1"]
        assert str(event["status"]) == "CANCELLED"
        assert event["sequence"] >= 2
        assert event["dtstart"].dt == town.clock.at.date()


def test_a_programme_without_a_commitment_has_an_empty_calendar(town: FollowedTown) -> None:
    empty = documents.programme("ct0trong", documents.CHAIR, "103/QĐ-MH", withheld=1)
    town.write(documents.line(Kind.PROGRAMME, empty))
    assert events(town, "/lich/chuong-trinh/ct0trong.ics") == {}
    assert "ckdt01@127.0.0.1" in events(town, ALL[2])


def test_of_a_programme_that_is_gone_only_that_is_left(town: FollowedTown) -> None:
    town.withdraw("ct0chairman")
    (event,) = events(town, ALL[1]).values()
    assert str(event["status"]) == "CANCELLED"
    assert "minh họa" in str(event["description"])
    assert events(town, ALL[2]) == {}


@pytest.mark.parametrize(
    "path", ["/lich/cam-ket/khong-co.ics", "/lich/tat-ca.ics", "/lich/don-vi/ckdt01.ics"]
)
def test_what_is_not_there_has_no_calendar(town: FollowedTown, path: str) -> None:
    assert town.get(path).status_code == 404
