"""Before the valve opens for the first time: the whole space of state, decision, person and clarity."""

import itertools
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from changes import changed
from people import CITY, CONG, HOA, KINH_MON, PHUONG, QUAN, SOAN, THAM, Person
from world import World, who

from portal.kernel.policy import Actor, Refusal, Refused, Role
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.accounts.acts import add_officer
from portal.office.programme import tables
from portal.office.programme.acts import import_programme, update_programme
from portal.office.programme.reads import programme
from portal.office.programme.tables import Programme
from portal.publication import acts as valve
from portal.record import reads
from portal.record.documents import Act

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
STATES = re.findall(r"'(\w+)'", tables._STATES)
WRITER = replace(SOAN, role=Role.PUBLISHER)  # the author, who was given the publisher's role too
ELSEWHERE = Person("Tạ Thị Khác", "khac@namro.example", Role.PUBLISHER, KINH_MON)

Change = Callable[[Work, Programme], object]

DECISIONS: dict[str, tuple[Refusal | None, Change]] = {
    "recorded": (None, lambda w, p: None),
    "of today": (None, lambda w, p: decide(p, decided_on=w.today)),
    "of tomorrow": (
        Refusal.DECISION_IN_FUTURE,
        lambda w, p: decide(p, decided_on=w.today + timedelta(days=1)),
    ),
    "no day": (Refusal.NO_DECISION, lambda w, p: decide(p, decided_on=None)),
    "no number": (Refusal.NO_DECISION, lambda w, p: decide(p, decision_number="")),
    "a blank number": (Refusal.NO_DECISION, lambda w, p: decide(p, decision_number="  ")),
    "no issuer": (Refusal.NO_DECISION, lambda w, p: decide(p, decision_issuer="")),
}
CONTENTS: dict[str, tuple[Refusal | None, Change]] = {
    "clear": (None, lambda w, p: None),
    "unclear": (Refusal.NOT_CLEAR, lambda w, p: muddle(p, 0)),
    "unclear, but withheld": (None, lambda w, p: (muddle(p, 0), withhold(p, 0))),
    "unclear under a withheld task": (None, lambda w, p: (muddle(p, 0), withhold_task(p, 0))),
    "nothing public": (Refusal.NOTHING_PUBLIC, lambda w, p: [withhold(p, n) for n in range(len(p.tasks))]),
    "no public task": (
        Refusal.NOTHING_PUBLIC,
        lambda w, p: [withhold_task(p, n) for n in range(len(p.tasks))],
    ),
}
PEOPLE: dict[str, tuple[Refusal | None, Callable[[Work, Programme], Actor]]] = {
    "the publisher": (None, lambda w, p: who(w, CONG)),
    "the author": (
        Refusal.NOT_YOUR_ROLE,
        lambda w, p: replace(who(w, SOAN), roles=only(w, SOAN, Role.AUTHOR)),
    ),
    "the author as publisher": (Refusal.OWN_WORK, lambda w, p: who(w, WRITER)),
    "the appraiser": (Refusal.NOT_YOUR_ROLE, lambda w, p: who(w, THAM)),
    "the administrator": (Refusal.NOT_YOUR_ROLE, lambda w, p: who(w, QUAN)),
    "the cadre by name": (Refusal.OWN_PROGRAMME, lambda w, p: who(w, HOA)),
    "the cadre by account": (Refusal.OWN_PROGRAMME, lambda w, p: cadre(w, p)),
    "a publisher elsewhere": (Refusal.NOT_YOUR_ROLE, lambda w, p: who(w, ELSEWHERE)),
    "an author elsewhere": (Refusal.NOT_YOUR_ROLE, lambda w, p: who(w, PHUONG)),
    "a closed account": (Refusal.ACCOUNT_CLOSED, lambda w, p: replace(who(w, CONG), is_active=False)),
}


def decide(p: Programme, **cells: object) -> None:
    for name, value in cells.items():
        setattr(p.mandate, name, Sealed(value))


def muddle(p: Programme, task: int) -> None:
    p.tasks[task].commitments[0].deadline = Sealed(None)


def withhold(p: Programme, task: int) -> None:
    for row in p.tasks[task].commitments:
        row.disclosed = False


def withhold_task(p: Programme, task: int) -> None:
    p.tasks[task].disclosed = False


def cadre(w: Work, p: Programme) -> Actor:
    by = who(w, CONG)
    p.mandate.cadre_officer_id = by.id
    return by


def only(w: Work, person: Person, role: Role) -> dict[Role, frozenset[int]]:
    return {role: who(w, person).roles[role]}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The town with a draft on its way, and nothing published but the units."""
    made = World(tmp_path_factory.mktemp("world")).settle_in()
    with made.work() as w:
        for person in (WRITER, ELSEWHERE):
            add_officer(w, email=person.email, name=person.name, role=person.role, unit_code=person.unit_code)
    return made


@pytest.fixture(scope="module")
def ref(world: World) -> str:
    """An approved draft."""
    made = world.draft(world.read(BOOK))
    world.approve(made)
    return made


class Undone(Exception):
    """Ends a unit of work that only tried something."""


def outcome(
    world: World, ref: str, by: Callable[[Work, Programme], Actor], *changes: Change
) -> Refusal | None:
    """What stands against publishing after ``changes``; nothing of it remains."""
    found: Refusal | None = None
    with suppress(Undone), world.work() as w:
        draft = programme(w, ref)
        for change in changes:
            change(w, draft)
        actor = by(w, draft)
        w.session.flush()
        before = reads.head(w.session)
        try:
            sent = valve.publish(w, draft, by=actor, signer=world.signer)
        except Refused as refused:
            found = refused.refusal
            assert reads.head(w.session) == before
        else:
            assert set(sent.acts) == {Act.PUBLISH}
            assert reads.head(w.session) == before + len(sent.positions)
        raise Undone
    return found


def expected(
    person: Refusal | None, state: str, decision: Refusal | None, content: Refusal | None
) -> Refusal | None:
    """The rules in the order an officer meets them: who, where the draft stands, the decision, the words."""
    return person or (None if state == "approved" else Refusal.NOT_APPRAISED) or decision or content


@pytest.mark.parametrize("state", STATES)
def test_every_state_decision_person_and_content(world: World, ref: str, state: str) -> None:
    def in_state(w: Work, p: Programme) -> None:
        p.state = state

    wrong, seen = [], set()
    # Who is refused is refused whatever the draft says: a draft that could go out is enough to see it.
    people = [(p, "recorded", "clear") for p in PEOPLE]
    drafts = [("the publisher", d, c) for d, c in itertools.product(DECISIONS, CONTENTS)]
    few = itertools.product(
        ("the author as publisher", "a closed account"), DECISIONS, ("unclear", "nothing public")
    )
    for person, decision, content in (*people, *drafts, *few):
        rules = PEOPLE[person][0], state, DECISIONS[decision][0], CONTENTS[content][0]
        said = outcome(world, ref, PEOPLE[person][1], in_state, DECISIONS[decision][1], CONTENTS[content][1])
        seen.add(said)
        if said != expected(*rules):
            wrong.append((person, state, decision, content, said, expected(*rules)))
    assert wrong == []
    assert None in seen or state != "approved"
    assert len(seen) >= 5


def test_there_are_states_to_walk_through() -> None:
    assert {"draft", "returned", "approved", "published", "withdrawn"} <= set(STATES)


def test_an_unclear_programme_says_which_commitment_and_why(world: World) -> None:
    ref = world.draft(world.read("05-chua-dat-5-ro.xlsx"))
    world.approve(ref)
    with pytest.raises(Refused) as caught:
        world.publish(ref)
    assert caught.value.refusal is Refusal.NOT_CLEAR
    lines = caught.value.detail.splitlines()
    assert len(lines) >= 8
    assert all(line.startswith("Cam kết ") for line in lines)


def test_whoever_wrote_some_of_it_may_not_publish_it(world: World) -> None:
    """Two authors: the second one's import does not wash the first one's hands."""
    form = world.read(BOOK)
    with world.work() as w:
        second = Person("Lý Văn Nhì", "nhi@namro.example", Role.AUTHOR, CITY)
        add_officer(w, email=second.email, name=second.name, role=second.role, unit_code=CITY)
    ref = world.draft(form, by=WRITER)
    world.revise(ref, changed(form, 1, deliverable="Báo cáo khác (minh họa)"), by=second)
    world.approve(ref)
    with pytest.raises(Refused) as caught:
        world.publish(ref, by=WRITER)
    assert caught.value.refusal is Refusal.OWN_WORK
    assert world.publish(ref).acts


def test_what_the_operator_imported_anybody_else_may_publish(world: World) -> None:
    form = world.read(BOOK)
    with world.work() as w:
        ref = import_programme(w, form, by=None).ref
    world.approve(ref)
    assert set(world.publish(ref).acts) == {Act.PUBLISH}


def test_a_changed_draft_must_be_approved_anew(world: World) -> None:
    form = world.read(BOOK)
    ref = world.draft(form)
    world.approve(ref)
    with world.work() as w:
        update_programme(w, programme(w, ref), changed(form, 1, deliverable="Khác"), by=who(w, SOAN))
    with pytest.raises(Refused) as caught:
        world.publish(ref)
    assert caught.value.refusal is Refusal.NOT_APPRAISED


def test_what_was_refused_left_nothing(tmp_path: Path) -> None:
    world = World(tmp_path).settle_in()
    ref = world.draft(world.read(BOOK))
    with world.work() as w:
        before = reads.head(w.session)
    for by in (CONG, SOAN):
        with pytest.raises(Refused):
            world.publish(ref, by=by)
    with world.work() as w:
        assert reads.head(w.session) == before
        assert reads.revision(w.session, ref) is None
        assert programme(w, ref).issued_on is None
