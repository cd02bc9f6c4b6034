"""Presentations: dated, before the decision, each citing the exact words; none of it ever outside."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from changes import changed
from people import CONG, PHUONG, SOAN, Person
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from world import World, who

from portal.kernel.db import Base
from portal.kernel.policy import Refusal, Refused
from portal.kernel.sealed import Reason
from portal.migrations import metadata
from portal.office.presentation import acts
from portal.office.presentation.acts import PresentationForm
from portal.office.presentation.rules import Conference, is_frozen_later
from portal.office.presentation.tables import Presentation
from portal.office.programme.reads import programme
from portal.office.programme.tables import Version
from portal.office.programme.versions import read, versions

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
STEP2 = PresentationForm(
    kind=Conference.STEP2, held_on=date(2026, 11, 20), conference="Hội nghị bước 2 (minh họa)", version=0,
    is_before_decision=True,
)  # fmt: skip
LAST = replace(STEP2, kind=Conference.COLLECTIVE, held_on=date(2026, 11, 23))

# What may have no column anywhere in the office (facts §2, 4).
NEVER = re.compile(
    r"vote|ballot|phieu|candidate|ung_vien|rival|verification|xac_minh|conclusion|ket_luan|asset|tai_san"
    r"|income|thu_nhap|kiem_phieu|turnout|tally"
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


@pytest.fixture
def ref(world: World) -> str:
    return world.draft(world.read(BOOK))


def record(world: World, ref: str, form: PresentationForm, *, by: Person = SOAN) -> int:
    with world.work() as w:
        return acts.record(w, programme(w, ref), form, by=who(w, by)).id


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def test_each_cites_the_exact_words_that_were_presented(world: World, ref: str) -> None:
    record(world, ref, STEP2)
    world.later(hours=1)
    later = changed(world.read(BOOK), 1, deliverable="Sản phẩm khác (minh họa)")
    world.revise(ref, later)
    record(world, ref, LAST)
    with world.work() as w:
        draft = programme(w, ref)
        assert [v.label for v in versions(w, draft)] == ["step2", "step5"]
        cited = [w.session.get_one(Version, one.version_id) for one in acts.presentations(w, draft)]
        said = [read(v).commitments[0].deliverable for v in cited]
    assert said == [world.read(BOOK).commitments[0].deliverable, "Sản phẩm khác (minh họa)"]


def test_a_version_frozen_before_can_be_cited(world: World, ref: str) -> None:
    record(world, ref, STEP2)
    record(world, ref, replace(LAST, version=1))
    with refused(Refusal.NO_SUCH_VERSION):
        record(world, ref, replace(LAST, version=7))
    with world.work() as w:
        assert len(versions(w, programme(w, ref))) == 1


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (replace(STEP2, held_on=date(2026, 11, 25)), Refusal.PRESENTED_IN_FUTURE),
        (replace(STEP2, is_before_decision=False), Refusal.PRESENTED_AFTER),
        (replace(LAST, held_on=date(2026, 11, 19)), Refusal.PRESENTED_OUT_OF_ORDER),
    ],
)
def test_what_cannot_have_been_is_refused(
    world: World, ref: str, form: PresentationForm, why: Refusal
) -> None:
    record(world, ref, STEP2)
    with refused(why):
        record(world, ref, form)


def test_step_2_cannot_be_added_after_the_last_one(world: World, ref: str) -> None:
    record(world, ref, LAST)
    with refused(Refusal.PRESENTED_OUT_OF_ORDER):
        record(world, ref, replace(STEP2, held_on=date(2026, 11, 24)))
    record(world, ref, STEP2)


def test_only_who_prepares_it_records_it(world: World, ref: str) -> None:
    for person in (CONG, PHUONG):
        with refused(Refusal.NOT_YOUR_ROLE):
            record(world, ref, STEP2, by=person)


def test_a_mistake_can_be_taken_back_and_leaves_its_trace(world: World, ref: str) -> None:
    key = record(world, ref, STEP2)
    with world.work() as w:
        acts.remove(w, programme(w, ref), key, by=who(w, SOAN))
    with refused(Refusal.NO_SUCH_ITEM), world.work() as w:
        acts.remove(w, programme(w, ref), key, by=who(w, SOAN))
    with world.work() as w:
        draft = programme(w, ref)
        assert acts.presentations(w, draft) == []
        assert len(versions(w, draft)) == 1


def test_a_version_frozen_after_the_day_says_so() -> None:
    assert is_frozen_later(date(2026, 11, 24), date(2026, 11, 20))
    assert not is_frozen_later(date(2026, 11, 20), date(2026, 11, 20))


def test_the_database_itself_knows_no_presentation_after_the_decision(world: World, ref: str) -> None:
    key = record(world, ref, STEP2)
    with pytest.raises(DatabaseError, match="presentation_order"), world.work() as w:
        w.session.execute(update(Presentation).where(Presentation.id == key).values(preceded=False))


def test_a_conference_is_sealed(world: World, ref: str) -> None:
    key = record(world, ref, STEP2)
    with world.work() as w:
        found = w.session.get_one(Presentation, key)
        assert found.conference.open(reason=Reason.PROOF) == STEP2.conference


def forbidden_columns() -> list[str]:
    """Every column of the whole schema whose name speaks of what may not be kept."""
    assert metadata.ROOMS
    return [
        f"{name}.{column.name}"
        for name, table in Base.metadata.tables.items()
        for column in table.columns
        if NEVER.search(column.name) or NEVER.search(name)
    ]


def test_no_table_has_a_column_for_votes_rivals_verifications_or_assets() -> None:
    assert "office_presentation" in Base.metadata.tables
    assert forbidden_columns() == []


@pytest.mark.parametrize("name", ["votes_for", "so_phieu", "other_candidates", "asset_declaration"])
def test_such_a_column_would_be_seen(name: str) -> None:
    assert NEVER.search(name)
