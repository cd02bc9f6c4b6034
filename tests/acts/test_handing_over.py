"""Who may edit a draft and when: only authors of the line of units, and never while the appraiser has it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from handwritten import COMMITMENT, MANDATE, TASK, refused, seen, stand
from people import CONG, KINH_MON, PHUONG, SOAN, THAM, Person
from world import World, who

from portal.kernel.policy import Actor, Refusal
from portal.kernel.work import Work
from portal.office.programme import arranging, editing, handing_over
from portal.office.programme.acts import appraise, update_programme
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import matter, programme
from portal.office.programme.versions import read, versions
from portal.office.programme.workbook.form import (
    ProgrammeForm,
)


class TestWho:
    """Only authors, only in their own line of units, and never while the appraiser has it."""

    @pytest.mark.parametrize("person", [THAM, CONG, PHUONG])
    def test_others_cannot_edit(self, world: World, ref: str, person: Person) -> None:
        with refused(Refusal.NOT_YOUR_ROLE), world.work() as w:
            editing.add_task(w, ref, TASK, by=who(w, person))

    def test_nobody_begins_a_programme_elsewhere(self, world: World) -> None:
        with refused(Refusal.NOT_YOUR_ROLE), world.work() as w:
            editing.start(w, MANDATE, by=who(w, PHUONG))
        with world.work() as w:
            editing.start(w, replace(MANDATE, unit_code=KINH_MON), by=who(w, PHUONG))

    def test_nobody_moves_a_programme_to_a_unit_that_is_not_theirs(self, world: World) -> None:
        with world.work() as w:
            ref = editing.start(w, replace(MANDATE, unit_code=KINH_MON), by=who(w, PHUONG)).ref
        with refused(Refusal.NOT_YOUR_ROLE), world.work() as w:
            editing.edit_mandate(w, ref, MANDATE, expected=1, by=who(w, PHUONG))

    def test_everybody_who_wrote_is_kept_from_appraising(self, world: World) -> None:
        with world.work() as w:
            ref = editing.start(w, replace(MANDATE, unit_code=KINH_MON), by=who(w, SOAN)).ref
        with world.work() as w:
            editing.add_task(w, ref, TASK, by=who(w, PHUONG))
        with world.work() as w:
            assert matter(w, programme(w, ref)).writer_ids == {who(w, SOAN).id, who(w, PHUONG).id}
        first = replace(act_of(world, SOAN), roles=act_of(world, THAM).roles)  # who got another role since
        with refused(Refusal.OWN_WORK), world.work() as w:
            appraise(w, programme(w, ref), by=first, opinion="Đồng ý với nội dung.")

    def test_with_the_appraiser_it_is_shut_until_taken_back(self, world: World, ref: str) -> None:
        item, version = stand(world, ref)
        with world.work() as w:
            handing_over.hand_over(w, ref, by=who(w, SOAN))
        attempts: tuple[Callable[[Work], object], ...] = (
            lambda w: editing.edit_commitment(w, ref, item, COMMITMENT, expected=version, by=who(w, SOAN)),
            lambda w: editing.add_task(w, ref, TASK, by=who(w, SOAN)),
            lambda w: arranging.remove_commitment(w, ref, item, by=who(w, SOAN)),
            lambda w: arranging.move_commitment(w, ref, item, up=True, by=who(w, SOAN)),
            lambda w: handing_over.hand_over(w, ref, by=who(w, SOAN)),
            lambda w: update_programme(w, programme(w, ref), world_form(w, ref), by=who(w, SOAN)),
        )
        for attempt in attempts:
            with refused(Refusal.IN_APPRAISAL), world.work() as w:
                attempt(w)
        with world.work() as w:
            handing_over.take_back(w, ref, by=who(w, SOAN))
            editing.add_task(w, ref, TASK, by=who(w, SOAN))
        with refused(Refusal.NOT_IN_APPRAISAL), world.work() as w:
            handing_over.take_back(w, ref, by=who(w, SOAN))


def act_of(world: World, person: Person) -> Actor:
    with world.work() as w:
        return who(w, person)


def world_form(w: Work, ref: str) -> ProgrammeForm:
    return portrait(w, programme(w, ref))


class TestHandingOver:
    """What goes to the appraiser is frozen."""

    def test_the_version_is_what_was_written(self, world: World, ref: str) -> None:
        before = seen(world, ref)
        with world.work() as w:
            made = handing_over.hand_over(w, ref, by=who(w, SOAN))
            assert (made.number, made.label) == (1, "submitted")
        with world.work() as w:
            draft = programme(w, ref)
            assert draft.state == "submitted"
            assert read(versions(w, draft)[0]) == before
        world.approve(ref)

    def test_nothing_is_handed_over_when_there_is_nothing(self, world: World) -> None:
        with world.work() as w:
            ref = editing.start(w, MANDATE, by=who(w, SOAN)).ref
        with refused(Refusal.NOTHING_TO_APPRAISE), world.work() as w:
            handing_over.hand_over(w, ref, by=who(w, SOAN))

    def test_an_edit_after_approval_has_to_be_appraised_anew(self, world: World, ref: str) -> None:
        world.approve(ref)
        with world.work() as w:
            editing.add_task(w, ref, TASK, by=who(w, SOAN))
        with world.work() as w:
            assert programme(w, ref).state == "draft"
        with refused(Refusal.NOT_APPRAISED):
            world.publish(ref)
