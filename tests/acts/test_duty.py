"""The duty to have a programme: lists of what is late cover exactly the posts with the duty, no volunteer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from people import CITY, CONG, KINH_MON, Person
from world import World, who

from portal.kernel.calendar import vietnam
from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer
from portal.office.guidance.acts import GuidanceForm, record_review, write
from portal.office.guidance.duty import unpublished_for, voluntary_for
from portal.office.guidance.reads import bears_duty, reviews_due, reviews_due_for
from portal.office.posting.reads import Task, due_for
from portal.office.programme.reads import programme
from portal.office.programme.workbook.form import ProgrammeForm

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
DANH = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)
WARD = Person("Phan Thị Phường", "phan@namro.example", Role.EVALUATOR, KINH_MON)
DUTY, OTHER = "Chủ tịch UBND phường", "Chuyên viên Văn phòng"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path).settle_in()
    with made.work() as w:
        for one in (DANH, WARD):
            add_officer(w, email=one.email, name=one.name, role=one.role, unit_code=one.unit_code)
    yield made
    made.close()


def form(world: World, post: str, **changed: object) -> ProgrammeForm:
    return replace(world.read(BOOK), post=post, **changed)  # type: ignore[arg-type]  # a form's own fields


def approved(world: World, post: str, **changed: object) -> str:
    ref = world.draft(form(world, post, **changed))
    world.approve(ref)
    return ref


def test_unpublished_is_told_of_posts_with_the_duty_alone(world: World) -> None:
    late, free = approved(world, DUTY), approved(world, OTHER)
    undecided = world.draft(form(world, DUTY, decision_number="", decision_on=None, decision_issuer=""))
    future = world.draft(form(world, DUTY, decision_on=date(2027, 1, 1)))
    with world.work() as w:
        by = who(w, DANH)
        assert {ref: bears_duty(w, programme(w, ref)) for ref in (late, free, undecided, future)} == {
            late: True, free: False, undecided: True, future: True,
        }  # fmt: skip
        (one,) = unpublished_for(w, by, calendar=vietnam())
        assert (one.programme_name.split(" – ")[0], one.state, one.is_overdue) == (DUTY, "approved", True)
        assert [one.programme_ref for one in voluntary_for(w, by)] == [free]
        assert unpublished_for(w, who(w, WARD), calendar=vietnam()) == []
        assert voluntary_for(w, who(w, WARD)) == []
        publish = [due for due in due_for(w, who(w, CONG), calendar=vietnam()) if due.task is Task.PUBLISH]
        assert [due.programme_ref for due in publish] == [late]
    world.publish(late)
    with world.work() as w:
        assert unpublished_for(w, who(w, DANH), calendar=vietnam()) == []


def test_reviews_are_overdue_where_there_is_a_duty_and_possible_everywhere(world: World) -> None:
    late, free = (world.bring_in(form(world, post)) for post in (DUTY, OTHER))
    world.later(days=60)  # the quarter has ended, and ten working days of grace
    with world.work() as w:
        by = who(w, DANH)
        for due in (reviews_due_for(w, by, calendar=vietnam()), reviews_due(w, calendar=vietnam())):
            assert [one.programme_ref for one in due] == [late]
        (one,) = voluntary_for(w, by)
        assert [period.code for period in one.periods] == ["2026-Q4"]
        record_review(w, free, "2026-Q4", held_on=date(2027, 1, 5), minutes="Biên bản số 1", by=by)
    with world.work() as w:
        (one,) = voluntary_for(w, who(w, DANH))
        assert one.periods == ()


def test_guidance_of_the_unit_decides_from_its_day(world: World) -> None:
    free = approved(world, OTHER)
    with world.work() as w:
        write(
            w,
            GuidanceForm(
                unit_code=CITY, title="Hướng dẫn số 5 (minh họa)", valid_from=date(2026, 12, 1),
                body="Nội dung minh họa.", duty_titles=("Chuyên viên",),
            ),
            by=who(w, DANH),
        )  # fmt: skip
    for days, has_duty in ((0, False), (7, True)):
        world.later(days=days)
        with world.work() as w:
            assert bears_duty(w, programme(w, free)) is has_duty
            assert len(unpublished_for(w, who(w, DANH), calendar=vietnam())) == has_duty
