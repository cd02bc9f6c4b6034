"""A month's results on their way to the public: append-only, added up, through two people, taken back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from months import NONE, counts, form, open_up, slug_of, tell
from people import CONG, NHI_CHIEU, PHUONG, QUAN, SOAN, Person
from world import World, who

from portal.kernel.policy import Refusal, Refused
from portal.office.audit.tables import AuditLine
from portal.office.procedures.reads import MonthRow, months_of, unit_of_slug
from portal.office.programme.typed import StampTyped
from portal.publication import procedures as valve
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import Act, FigureState, Revision, TombstoneDoc
from portal.record.procedures import ProceduresDoc
from portal.record.verify import verify


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


@pytest.fixture
def slug(world: World) -> str:
    return slug_of(world, NHI_CHIEU)


def rows(world: World, slug: str) -> list[MonthRow]:
    with world.work() as w:
        return months_of(w, unit_of_slug(w, slug).id)


def publish(world: World, slug: str, *, by: Person = CONG, reason: str = "", previewed: str = "") -> None:
    with world.work() as w:
        digest = previewed or valve.preview(w, unit_of_slug(w, slug)).digest
        valve.publish(w, slug, by=who(w, by), signer=world.signer, previewed=digest, reason=reason)


def public(world: World, slug: str) -> Revision | None:
    with world.work() as w:
        return reads.revision(w.session, f"{slug}/thu-tuc")


def shown(world: World, slug: str) -> ProceduresDoc:
    found = public(world, slug)
    assert found is not None
    assert isinstance(found.document, ProceduresDoc)
    return found.document


def refused(call: object, *args: object, **how: object) -> Refusal:
    with pytest.raises(Refused) as caught:
        call(*args, **how)  # type: ignore[operator]
    return caught.value.refusal


def test_the_whole_way(world: World, slug: str) -> None:
    august = tell(world, slug, form(8, counts(3, 2, 1)))
    tell(world, slug, form(9))
    assert refused(publish, world, slug) is Refusal.NOTHING_CHANGED  # nothing is marked public
    open_up(world, slug, august)
    publish(world, slug)
    assert [one.month.month for one in shown(world, slug).months] == [8]
    tell(world, slug, form(10, counts(0, 0, 0), disclosed=True))
    publish(world, slug)
    found = public(world, slug)
    assert found is not None
    assert (found.act, found.number) == (Act.PROGRESS, 2)  # a new month is news, and needs no reason
    assert [one.handled for one in shown(world, slug).months] == [6, 0]
    assert refused(publish, world, slug) is Refusal.NOTHING_CHANGED
    with world.work() as w:
        assert verify(w.session, verifier=load_verifier(world.settings.instance / "keys")).faults == []
        events = {line.event for line in w.session.query(AuditLine)}
    assert {"ProceduresRecorded", "ProceduresPublished"} <= events


def test_a_correction_keeps_the_old_row_and_says_why_in_public(world: World, slug: str) -> None:
    old = tell(world, slug, form(8, counts(3, 2, 1), disclosed=True))
    publish(world, slug)
    mended = form(8, counts(3, 2, 2), reason="Cộng sót một hồ sơ (minh họa)")
    assert refused(tell, world, slug, replace(mended, reason=" "), replaces=old) is Refusal.NO_REASON
    tell(world, slug, mended, replaces=old)
    (row,) = rows(world, slug)
    assert row.replaced is not None
    assert (row.disclosed, row.replaced.counts.late) == (True, 1)  # what was public stays public, corrected
    assert refused(tell, world, slug, mended, replaces=old) is Refusal.CHANGED_MEANWHILE
    assert refused(tell, world, slug, mended, replaces=4711) is Refusal.NO_SUCH_ITEM
    assert refused(open_up, world, slug, old) is Refusal.CHANGED_MEANWHILE
    assert refused(open_up, world, slug, 4711) is Refusal.NO_SUCH_ITEM
    assert refused(publish, world, slug) is Refusal.NO_REASON
    publish(world, slug, reason="Đính chính tháng 8 (minh họa)")
    assert shown(world, slug).months[0].corrected == "Cộng sót một hồ sơ (minh họa)"


def test_the_reason_of_a_withheld_correction_stays_inside(world: World, slug: str) -> None:
    old = tell(world, slug, form(8, counts(3, 2, 1)))
    tell(world, slug, form(8, counts(3, 2, 2), disclosed=True, reason="Nội bộ"), replaces=old)
    publish(world, slug)
    assert shown(world, slug).months[0].corrected == ""


def test_taking_a_month_away_and_then_all(world: World, slug: str) -> None:
    keys = [tell(world, slug, form(number, counts(1, 1, 0), disclosed=True)) for number in (8, 9)]
    publish(world, slug)
    open_up(world, slug, keys[0], disclosed=False)
    open_up(world, slug, keys[0], disclosed=False)  # once more changes nothing
    publish(world, slug, reason="Số liệu chưa đối soát (minh họa)")
    found = public(world, slug)
    assert found is not None
    assert found.act is Act.CORRECT
    open_up(world, slug, keys[1], disclosed=False)
    assert refused(publish, world, slug) is Refusal.NO_REASON
    publish(world, slug, reason="Gỡ để đối soát (minh họa)")
    gone = public(world, slug)
    assert gone is not None
    assert isinstance(gone.document, TombstoneDoc)
    assert gone.document.reason == "Gỡ để đối soát (minh họa)"
    with world.work() as w:
        assert reads.procedures_of(w.session, slug) is None
    open_up(world, slug, keys[1])
    publish(world, slug)
    assert [one.month.month for one in shown(world, slug).months] == [9]


def test_two_people_and_what_was_looked_at(world: World, slug: str) -> None:
    key = tell(world, slug, form(8, counts(1, 0, 0)))
    open_up(world, slug, key, by=CONG)  # who opened it to the public does not publish it either
    for person, why in (
        (CONG, Refusal.OWN_WORK),
        (SOAN, Refusal.NOT_YOUR_ROLE),
        (QUAN, Refusal.NOT_YOUR_ROLE),
    ):
        assert refused(publish, world, slug, by=person) is why
    other = slug_of(world, "10675")
    tell(world, other, form(8, counts(1, 0, 0), disclosed=True))
    assert refused(publish, world, other, previewed="0" * 64) is Refusal.CHANGED_SINCE_PREVIEW
    publish(world, other)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (form(8, counts(1, 1, 1), state=FigureState.NO_DATA), Refusal.FIGURE_TOO_MANY),
        (form(8, NONE, state=FigureState.FIGURE), Refusal.COUNTS_MISSING),
        (form(8, replace(counts(1, 1, 1), handled=4)), Refusal.COUNTS_DO_NOT_ADD_UP),
        (form(12, counts(1, 0, 0), counted_on=date(2026, 11, 24)), Refusal.REPORTED_IN_FUTURE),
        (form(8, counts(1, 0, 0), counted_on=date(2026, 7, 31)), Refusal.COUNTED_OUTSIDE),
        (form(7, counts(1, 0, 0)), Refusal.MONTH_REPORTED),
    ],
)
def test_what_may_not_be_recorded(world: World, slug: str, told: object, why: Refusal) -> None:
    key = tell(world, slug, form(7, counts(1, 0, 0)))
    assert refused(tell, world, slug, told) is why
    assert [row.id for row in rows(world, slug)] == [key]
    assert refused(tell, world, slug, form(6, reason="x"), replaces=key) is Refusal.OTHER_MONTH


def test_stamps_other_units_and_unknown_ones(world: World, slug: str) -> None:
    with pytest.raises(StampTyped):
        tell(world, slug, form(8, counts(1, 0, 0), source="TỐI MẬT"))
    assert refused(tell, world, slug, form(8), by=PHUONG) is Refusal.NOT_YOUR_ROLE
    assert refused(tell, world, "khong-co", form(8)) is Refusal.NO_SUCH_ITEM
    assert rows(world, slug) == []
