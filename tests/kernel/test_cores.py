"""The serving threads stay on one core, each server on its own, and nobody else is moved."""

import os
import threading

import pytest

from portal.kernel import cores
from portal.kernel.cores import Core, claim, stay

NAME = f"namro-test-{os.getpid()}"  # a portal that runs beside the tests has its own claims
TWO = {0, 1}


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, set[int]]]:
    """A machine that allows two cores; what threads asked of it, and whether it was the main one."""
    asked: list[tuple[int, set[int]]] = []
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: TWO)
    monkeypatch.setattr(os, "sched_setaffinity", lambda who, to: asked.append((who, to)))
    return asked


def answer(core: Core | None, *, times: int = 1) -> list[str]:
    """What an application on ``core`` answers in a thread of its own."""
    told: list[str] = []

    def app(environ: dict[str, str], _start: object) -> list[bytes]:
        told.append(environ["PATH_INFO"])
        return []

    staying = stay(app, core)
    thread = threading.Thread(
        target=lambda: [staying({"PATH_INFO": "/"}, lambda *_: None) for _ in range(times)]
    )
    thread.start()
    thread.join()
    return told


def test_each_server_has_a_core_of_its_own_and_the_third_none() -> None:
    first, second = claim(NAME), claim(NAME)
    assert first
    assert second
    assert {first.number, second.number} == TWO
    assert claim(NAME) is None
    given_back = second.number
    del second
    again = claim(NAME)
    assert again
    assert again.number == given_back


def test_a_thread_settles_once(two_cores: list[tuple[int, set[int]]]) -> None:
    core = claim(NAME)
    assert core
    assert answer(core, times=3) == ["/", "/", "/"]
    assert answer(core) == ["/"]
    assert two_cores == [(0, {core.number})] * 2  # two threads


@pytest.mark.parametrize("allowed", [{0}, {3}, set()])
def test_where_there_is_no_choice_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch, allowed: set[int]
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: allowed)
    assert claim(NAME) is None


def test_other_systems_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, two_cores: list[tuple[int, set[int]]]
) -> None:
    monkeypatch.delattr(cores.os, "sched_setaffinity")
    core = claim(NAME)
    assert core is None
    assert answer(core) == ["/"]
    assert two_cores == []


def test_a_core_taken_away_meanwhile_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_who: int, _to: set[int]) -> None:
        raise OSError

    monkeypatch.setattr(os, "sched_setaffinity", refuse)
    assert answer(claim(NAME)) == ["/"]
