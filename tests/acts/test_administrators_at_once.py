"""Two administrators at the same moment, on each database: somebody is left, and nobody is made twice."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from people import NHI_CHIEU, Person
from sqlalchemy import func, select
from world import World, who

from portal.kernel.ids import Ids
from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.work import settle
from portal.office.accounts import administering
from portal.office.accounts.acts import add_officer
from portal.office.accounts.administering import OfficerForm
from portal.office.accounts.reads import officer
from portal.office.accounts.tables import Invitation, Officer

ONE = Person("Ngô Văn Một", "mot@namro.example", Role.ADMIN, NHI_CHIEU)
TWO = Person("Ngô Văn Hai", "hai@namro.example", Role.ADMIN, NHI_CHIEU)
ROUNDS = 4


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A ward with two administrators who can sign in, and nobody above them who can."""
    with closing(World(tmp_path / "instance", database_url=database_url)) as made:
        settle(made.office, replace(made.office.extensions["house"], ids=Ids()))
        made.settle_in()
        with made.work() as w:
            for one in (ONE, TWO):
                found = add_officer(w, email=one.email, name=one.name, role=one.role, unit_code=one.unit_code)
                found.password = found.tf_totp_secret = found.tf_primary_method = "x"
        yield made


def at_once(*acts: Callable[[], object]) -> list[Refusal]:
    """Why some of ``acts``, all begun at the same moment, were refused; any other fault is raised."""
    start, faults = threading.Barrier(len(acts)), list[Exception]()

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Exception as fault:  # looked at below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for fault in faults:
        if not isinstance(fault, Refused):
            raise fault
    return [fault.refusal for fault in faults if isinstance(fault, Refused)]


def suspend(world: World, whom: Person, *, by: Person) -> None:
    with world.work() as w:
        administering.suspend(w, officer(w, whom.email).id, by=who(w, by))


def test_of_two_who_suspend_each_other_one_is_left(world: World) -> None:
    for _ in range(ROUNDS):
        (why,) = at_once(lambda: suspend(world, TWO, by=ONE), lambda: suspend(world, ONE, by=TWO))
        assert why in (Refusal.LAST_ADMINISTRATOR, Refusal.ACCOUNT_CLOSED)
        with world.work() as w:
            both = [officer(w, one.email) for one in (ONE, TWO)]
            assert sorted(one.active for one in both) == [False, True]
            for one in both:
                one.active = True


def test_an_account_is_made_once(world: World) -> None:
    """A button pressed twice, or two administrators with the same list: one account, one link that opens."""
    for number in range(ROUNDS):
        form = OfficerForm(
            email=f"moi{number}@namro.example", name="Đỗ Thị Mới", unit_code=NHI_CHIEU,
            roles=frozenset({"author", "appraiser"}),
        )  # fmt: skip

        def enrol(by: Person, form: OfficerForm = form) -> None:
            with world.work() as w:
                administering.enrol(w, form, by=who(w, by))

        assert at_once(lambda enrol=enrol: enrol(ONE), lambda enrol=enrol: enrol(TWO)) == []
        with world.work() as w:
            made = officer(w, form.email)
            opening = select(func.count()).where(
                Invitation.officer_id == made.id, Invitation.closed_at.is_(None)
            )
            assert w.session.scalar(opening) == 1
            assert w.session.query(Officer).filter_by(email=form.email).count() == 1
            assert len(made.appointments) == 2
