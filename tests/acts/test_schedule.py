"""Publications that wait for their hour: approved now by a second person, out later if nothing changed."""

import email
import email.policy
import itertools
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from changes import PAPER, REASON, changed, commitment_of
from click.testing import CliRunner
from people import CONG, HOA, PHUONG, SOAN, THAM, Person
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from world import World, who

from portal.cli import portal
from portal.commands.hours import keep_due
from portal.kernel.policy import Refusal, Refused
from portal.office.accounts.tables import Officer
from portal.office.audit.tables import AuditLine
from portal.office.programme.reads import programme
from portal.office.programme.typed import StampTyped
from portal.publication import rules, schedules
from portal.publication.hours import SUBJECT, Kept
from portal.publication.preview import preview
from portal.publication.rules import Hour
from portal.publication.schedules import Wish
from portal.publication.tables import Schedule
from portal.record import reads
from portal.record.documents import ProgrammeDoc

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
TOMORROW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # eight in the morning in Vietnam


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, mail_url=(tmp_path / "mail").as_uri()).settle_in()


@pytest.fixture
def ref(world: World) -> str:
    """An approved draft."""
    made = world.draft(world.read(BOOK))
    world.approve(made)
    return made


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def wait_for(
    world: World,
    ref: str,
    at: datetime = TOMORROW,
    *,
    by: Person = CONG,
    reason: str = "",
    document: str = "",
) -> None:
    """Look at the preview, then schedule exactly that."""
    with world.work() as w:
        seen = preview(w, programme(w, ref)).digest
    with world.work() as w:
        schedules.schedule(w, programme(w, ref), Wish(at, reason, document), by=who(w, by), previewed=seen)


def the_hour_comes(world: World, *, later: timedelta = timedelta()) -> list[Kept]:
    world.clock.at = TOMORROW + later
    return keep_due(world.office)


def standing(world: World, ref: str) -> tuple[str, str]:
    """What became of the schedule last made."""
    with world.work() as w:
        found = schedules.latest(w, programme(w, ref))
        assert found
        return found.state, found.refusal


def is_public(world: World, ref: str) -> bool:
    return world.reader().get(f"/chuong-trinh/{ref}").status_code == 200


def letters(world: World) -> list[email.message.EmailMessage]:
    folder = world.settings.instance / "mail"
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)  # type: ignore[misc]
        for path in sorted(folder.glob("*.eml"))
    ]


def test_it_goes_out_at_its_hour_and_not_before(world: World, ref: str) -> None:
    wait_for(world, ref)
    world.clock.at = TOMORROW - timedelta(seconds=1)
    assert keep_due(world.office) == []
    assert not is_public(world, ref)
    assert the_hour_comes(world) == [Kept(ref, "")]
    assert standing(world, ref) == ("done", "")
    assert is_public(world, ref)
    with world.work() as w:
        found = reads.revision(w.session, ref)
        assert found
        assert isinstance(found.document, ProgrammeDoc)
        assert found.document.issued_on == world.clock.at.date()  # the day it went out, not that of approval
        assert found.at == TOMORROW
    assert keep_due(world.office) == []
    assert letters(world) == []


def add_a_twin(world: World, ref: str) -> None:
    """A second waiting schedule of the same programme, past every check of ours."""
    with world.work() as w:
        draft, by = programme(w, ref), who(w, CONG)
        twin = {"programme_id": draft.id, "publish_at": TOMORROW, "digest": "0" * 64, "state": "waiting"}
        w.session.add(Schedule(id=1, approved_by_id=by.id, approved_at=w.now, **twin))


def test_the_hours_are_kept_on_both_databases(database_url: str, tmp_path: Path) -> None:
    """Out at its hour; of two that wait at once the database itself refuses the second."""
    with closing(
        World(tmp_path / "instance", database_url=database_url, mail_url=tmp_path.as_uri())
    ) as world:
        world.settle_in()
        ref = world.draft(world.read(BOOK))
        world.approve(ref)
        wait_for(world, ref)
        with pytest.raises(IntegrityError):
            add_a_twin(world, ref)
        assert the_hour_comes(world) == [Kept(ref, "")]
        assert standing(world, ref) == ("done", "")


def test_what_changed_since_does_not_go_out(world: World, ref: str) -> None:
    wait_for(world, ref)
    world.revise(ref, changed(world.read(BOOK), 1, deliverable="Sản phẩm khác (minh họa)"))
    world.approve(ref)
    (kept,) = the_hour_comes(world)
    assert kept.refusal.startswith("Bản thảo đã thay đổi sau khi ông/bà xem trước")
    assert standing(world, ref) == ("refused", "changed_since_preview")
    assert not is_public(world, ref)
    (letter,) = letters(world)
    assert (letter["To"], letter["Subject"]) == (CONG.email, SUBJECT)
    text = letter.get_content()
    assert "Bản thảo đã thay đổi" in text
    assert ref not in text
    assert "Lê Minh Họa" not in text
    assert the_hour_comes(world, later=timedelta(hours=1)) == []


@pytest.mark.parametrize("what", ["role", "account", "state"])
def test_whoever_approved_it_must_still_be_allowed_to(world: World, ref: str, what: str) -> None:
    wait_for(world, ref)
    with world.work() as w:
        officer = w.session.scalars(select(Officer).where(Officer.email == CONG.email)).one()
        if what == "role":
            w.session.delete(officer.appointments[0])
        elif what == "account":
            officer.active = False
        else:
            programme(w, ref).state = "draft"
    (kept,) = the_hour_comes(world)
    refusal = {"role": "not_your_role", "account": "account_closed", "state": "not_appraised"}[what]
    assert kept.refusal
    assert standing(world, ref) == ("refused", refusal)


def test_an_hour_long_missed_goes_out_no_more(world: World, ref: str) -> None:
    wait_for(world, ref)
    the_hour_comes(world, later=timedelta(days=3, seconds=1))
    assert standing(world, ref) == ("refused", "schedule_lapsed")


def test_an_hour_missed_for_a_day_still_goes_out(world: World, ref: str) -> None:
    wait_for(world, ref)
    the_hour_comes(world, later=timedelta(days=1))
    assert is_public(world, ref)


def test_it_can_be_called_off_by_either_side(world: World, ref: str) -> None:
    for person in (SOAN, CONG):
        wait_for(world, ref)
        with world.work() as w:
            schedules.cancel(w, programme(w, ref), by=who(w, person))
        assert standing(world, ref) == ("cancelled", "")
        with refused(Refusal.NOT_SCHEDULED), world.work() as w:
            schedules.cancel(w, programme(w, ref), by=who(w, person))
        world.later(minutes=1)
    assert the_hour_comes(world) == []
    assert not is_public(world, ref)


def test_one_waits_at_a_time(world: World, ref: str) -> None:
    wait_for(world, ref)
    with refused(Refusal.ALREADY_SCHEDULED):
        wait_for(world, ref)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (SOAN, Refusal.NOT_YOUR_ROLE),
        (THAM, Refusal.NOT_YOUR_ROLE),
        (PHUONG, Refusal.NOT_YOUR_ROLE),
        (HOA, Refusal.OWN_PROGRAMME),
    ],
)
def test_a_second_person_approves_it(world: World, ref: str, person: Person, why: Refusal) -> None:
    with refused(why):
        wait_for(world, ref, by=person)


def test_what_could_not_be_published_now_is_not_scheduled_either(world: World) -> None:
    ref = world.draft(world.read(BOOK))
    with refused(Refusal.NOT_APPRAISED):
        wait_for(world, ref)


def test_another_preview_than_the_present_one_is_refused(world: World, ref: str) -> None:
    with refused(Refusal.CHANGED_SINCE_PREVIEW), world.work() as w:
        schedules.schedule(w, programme(w, ref), Wish(TOMORROW), by=who(w, CONG), previewed="0" * 64)


def test_an_amendment_keeps_its_reason_and_paper_until_then(world: World, ref: str) -> None:
    world.publish(ref)
    form = world.read(BOOK)
    world.revise(ref, changed(form, 1, target=commitment_of(form, 1).target - 1))  # type: ignore[operator]
    world.approve(ref)
    with refused(Refusal.NO_REASON):
        wait_for(world, ref)
    with refused(Refusal.NO_DOCUMENT):
        wait_for(world, ref, reason=REASON)
    with pytest.raises(StampTyped):
        wait_for(world, ref, reason="TỐI MẬT\nSố 4", document=PAPER)
    wait_for(world, ref, reason=REASON, document=PAPER)
    the_hour_comes(world)
    with world.work() as w:
        row = programme(w, ref).tasks[0].commitments[0]
        notices = [reads.revision(w.session, r) for r in (ref, row.ref)]
    assert any(n and n.notice.document == PAPER and n.notice.reason == REASON for n in notices)


def test_the_command_line_keeps_the_hours_too(
    world: World, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for(world, ref)
    with world.work() as w:
        schedules.waiting(w, programme(w, ref)).publish_at = datetime(2020, 1, 1, tzinfo=UTC)  # type: ignore[union-attr]
    monkeypatch.setenv("PORTAL_INSTANCE", str(world.settings.instance))
    monkeypatch.setenv("PORTAL_SEARCH_INDEX", str(world.settings.search_index))
    done = CliRunner().invoke(portal, ["due"])
    assert done.exit_code == 0, done.output
    assert "Lịch hẹn đã quá 3 ngày" in done.output
    assert standing(world, ref) == ("refused", "schedule_lapsed")


def test_what_happens_by_the_clock_is_audited(world: World, ref: str) -> None:
    wait_for(world, ref)
    the_hour_comes(world)
    with world.work() as w:
        told = [x.event for x in w.session.scalars(select(AuditLine).order_by(AuditLine.at))]
    assert {"PublicationScheduled", "ScheduleSettled", "Published"} <= set(told)


HOUR = Hour(state="waiting", publish_at=TOMORROW, approved="a", present="a")


def test_the_rule_over_its_whole_space() -> None:
    """Out it goes in one case only: it waits, its hour has come and is not long gone, nothing changed."""
    moments = {"before": -1, "at": 0, "within": 3 * 86400, "after": 3 * 86400 + 1}
    states = ("waiting", "done", "refused", "cancelled")
    allowed = set()
    for state, (moment, seconds), present in itertools.product(states, moments.items(), ("a", "b")):
        hour = replace(HOUR, state=state, present=present)
        if rules.refusal_to_carry_out(hour, now=TOMORROW + timedelta(seconds=seconds)) is None:
            allowed.add((state, moment, present))
    assert allowed == {("waiting", "at", "a"), ("waiting", "within", "a")}


@pytest.mark.parametrize(
    ("ahead", "why"),
    [
        (timedelta(0), Refusal.SCHEDULED_IN_PAST),
        (timedelta(seconds=-1), Refusal.SCHEDULED_IN_PAST),
        (timedelta(seconds=1), None),
        (timedelta(days=90), None),
        (timedelta(days=90, seconds=1), Refusal.SCHEDULED_TOO_FAR),
    ],
)
def test_how_far_ahead(ahead: timedelta, why: Refusal | None) -> None:
    assert rules.refusal_to_schedule(TOMORROW + ahead, now=TOMORROW) is why
