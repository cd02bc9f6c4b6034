"""Many people at one commitment: every word is there in the end, on SQLite and PostgreSQL."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from handwritten import COMMITMENT, MANDATE, TASK, seen, stand
from people import SOAN
from servers import Postgres
from world import World, who

from portal.kernel.policy import Refusal, Refused
from portal.office.programme import editing
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import programme


class TestTogether:
    """Many people at one commitment: each adds a word, and every word is there in the end."""

    @pytest.mark.parametrize("edits", [200, pytest.param(1000, marks=pytest.mark.proof)])
    def test_no_update_is_lost(self, world: World, ref: str, edits: int) -> None:
        item, _ = stand(world, ref)
        all_edit(world, ref, item, edits, checked=True)
        assert len(seen(world, ref).commitments[0].coordinators) == edits + 1

    @pytest.mark.proof
    def test_no_update_is_lost_on_postgresql(self, tmp_path: Path, postgres: Postgres) -> None:
        world = World(tmp_path, database_url=postgres.database()).settle_in()
        with world.work() as w:
            by = who(w, SOAN)
            ref = editing.start(w, MANDATE, by=by).ref
            editing.add_task(w, ref, TASK, by=by)
            item = editing.add_commitment(w, ref, COMMITMENT, by=by).ref
        all_edit(world, ref, item, 1000, checked=True)
        assert len(seen(world, ref).commitments[0].coordinators) == 1001
        world.close()

    def test_without_the_check_they_would_be(self, world: World, ref: str) -> None:
        """The positive control: the same people, the newest version taken as read."""
        item, _ = stand(world, ref)
        all_edit(world, ref, item, 40, checked=False)
        assert len(seen(world, ref).commitments[0].coordinators) == 11, "of every round one edit is left"


PEOPLE = 4
PATIENCE = 120.0  # seconds for the others, on a busy machine


def all_edit(world: World, ref: str, item: str, edits: int, *, checked: bool) -> None:
    """``edits`` edits by four people: in every round all have read the same before any of them writes."""
    together = threading.Barrier(PEOPLE)
    faults: list[BaseException] = []

    def work_at_it(person: int) -> None:
        try:
            for number in range(person, edits, PEOPLE):
                meeting: threading.Barrier | None = together
                while not _add_word(world, ref, item, f"Đơn vị {number}", meeting, checked=checked):
                    meeting = None  # who was overtaken tries again alone
        except BaseException as fault:
            faults.append(fault)
            together.abort()
            raise

    threads = [threading.Thread(target=work_at_it, args=(person,)) for person in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def _add_word(
    world: World, ref: str, item: str, word: str, meeting: threading.Barrier | None, *, checked: bool
) -> bool:
    with world.work() as w:
        draft = programme(w, ref)
        version = draft.tasks[0].commitments[0].version
        read_then = portrait(w, draft).commitments[0]
    wanted = replace(read_then, coordinators=(*read_then.coordinators, word))
    if meeting:
        meeting.wait(PATIENCE)
    try:
        with world.work() as w:
            if not checked:
                version = programme(w, ref).tasks[0].commitments[0].version
            editing.edit_commitment(w, ref, item, wanted, expected=version, by=who(w, SOAN))
    except Refused as fault:
        if fault.refusal is not Refusal.CHANGED_MEANWHILE:
            raise
        return False
    return True
