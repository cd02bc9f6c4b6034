"""Long work: every move of a job is listed or refused; a silent runner is taken for dead."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from portal.kernel.policy import POLICY
from portal.office.jobs import rules
from portal.office.jobs.rules import ACTS, BEAT, MOVES, PATIENCE, SILENCE, JobKind, JobState

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
MAY = {
    (JobState.WAITING, JobState.RUNNING),
    (JobState.RUNNING, JobState.DONE),
    (JobState.RUNNING, JobState.FAILED),
    (JobState.RUNNING, JobState.INTERRUPTED),
    (JobState.FAILED, JobState.WAITING),
    (JobState.INTERRUPTED, JobState.WAITING),
}


def test_every_move_is_decided() -> None:
    assert set(MOVES) == set(JobState)
    for pair in product(JobState, JobState):
        assert rules.may_move(*pair) is (pair in MAY), pair


def test_every_kind_needs_an_act_of_the_policy() -> None:
    assert set(ACTS) == set(JobKind)
    assert set(ACTS.values()) <= set(POLICY)


@pytest.mark.parametrize("state", JobState)
def test_only_a_running_job_can_be_cut_off_by_silence(state: JobState) -> None:
    long_ago, lately = NOW - SILENCE - timedelta(seconds=1), NOW - SILENCE
    is_running = state is JobState.RUNNING
    assert rules.seen(state, lately, now=NOW) is state
    for beat in (long_ago, None):
        assert rules.is_silent(state, beat, now=NOW) is is_running
        assert rules.seen(state, beat, now=NOW) is (JobState.INTERRUPTED if is_running else state)
    assert rules.is_over(state) is (state not in (JobState.WAITING, JobState.RUNNING))


def test_a_runner_shows_that_it_lives_often_enough() -> None:
    assert SILENCE >= 5 * BEAT


@pytest.mark.parametrize("state", JobState)
def test_waiting_in_vain(state: JobState) -> None:
    late = NOW - PATIENCE - timedelta(seconds=1)
    assert rules.waits_in_vain(state, late, now=NOW) is (state is JobState.WAITING)
    assert not rules.waits_in_vain(state, NOW - PATIENCE, now=NOW)
