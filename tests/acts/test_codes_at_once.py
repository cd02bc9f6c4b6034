"""Codes asked for and people coming in at the same instant, on both databases: everybody is answered."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select
from world import World

from portal.inbox.signin import acts
from portal.inbox.signin.tables import Account, SignInCode
from portal.kernel.work import work

HANDS, ROUNDS = 4, 10  # fewer hands than a code has tries


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path / "instance", database_url=database_url)) as made:
        yield made


def together(world: World, call: Callable[[int], None]) -> list[BaseException]:
    """Do ``call`` in so many threads at the same instant, again and again; what went wrong."""
    gate, faults = threading.Barrier(HANDS), list[BaseException]()

    def hand() -> None:
        for n in range(ROUNDS):
            gate.wait()
            try:
                with world.office.app_context():
                    call(n)
            except Exception as fault:  # whatever it is, the test tells it
                faults.append(fault)

    threads = [threading.Thread(target=hand) for _ in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_codes_for_one_address_never_collide(world: World) -> None:
    told: dict[tuple[str, int], str] = {}

    def ask(n: int) -> None:
        address = f"nguoi{n}@example.vn"
        with work() as w:
            code = acts.ask_code(w, address, mark="x")
        told[address, threading.get_ident()] = code

    assert together(world, ask) == []
    with world.work() as w:
        assert w.session.scalar(select(func.count()).select_from(SignInCode)) == ROUNDS
    for n in range(ROUNDS):  # one of the codes that were sent holds, and comes in once
        address = f"nguoi{n}@example.vn"
        sent = {code for (name, _), code in told.items() if name == address}
        tokens = []
        for code in sent:
            with world.work() as w:
                tokens.append(acts.enter(w, address, code, mark="x"))
        assert sum(token is not None for token in tokens) == 1


def test_one_person_who_comes_in_twice_at_once_has_one_account(world: World) -> None:
    def come(n: int) -> None:
        with work() as w:
            acts.sign_in(w, acts.names_of(w).account(f"nguoi{n}@example.vn"), f"nguoi{n}@example.vn")

    assert together(world, come) == []
    with world.work() as w:
        assert w.session.scalar(select(func.count()).select_from(Account)) == ROUNDS
