"""What waits on the officer's home: the right matters for each role, overdue first, none of other units."""

import html
from collections.abc import Iterator

import pytest
from matrix_world import DYE, MatrixDesk, open_matrix_desk

from portal.doors.desk.waiting import waiting_for_me
from portal.kernel.work import work


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatrixDesk]:
    with open_matrix_desk(tmp_path_factory.mktemp("waiting")) as desk:
        yield desk


def waits(made: MatrixDesk, person: str) -> str:
    """The list on the home of ``person``."""
    page = html.unescape(made.ask(person, "GET", "/van-phong").text)
    return page.partition('<section class="part" aria-labelledby="dang-cho">')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("person", "state", "room"),
    [
        ("author-own", "returned", ""),
        ("appraiser-own", "submitted", "/tham-dinh"),
        ("publisher-own", "approved", "/cong-bo"),
    ],
)
def test_each_role_is_shown_its_step(made: MatrixDesk, person: str, state: str, room: str) -> None:
    wanted = f'href="/van-phong/chuong-trinh/{made.refs[state]}{room}"'
    assert wanted in waits(made, person)
    assert wanted not in waits(made, person.replace("-own", "-other"))
    assert wanted not in waits(made, "evaluator-own")


def test_what_is_overdue_comes_first_and_what_has_no_day_last(made: MatrixDesk) -> None:
    by = made.actors["above"]
    assert by is not None
    made.world.later(days=30)
    try:
        with made.app.test_request_context("/van-phong"), work() as w:
            days, today = [one.due_on for one in waiting_for_me(w, by)], w.today
    finally:
        made.world.later(days=-30)
    known = [one for one in days if one]
    assert known == sorted(known)
    assert known[0] < today
    assert days == [*known, *[None] * (len(days) - len(known))]
    assert None in days


def test_a_theme_waits_for_a_moderator(made: MatrixDesk) -> None:
    assert "Xem và công bố nhóm góp ý" in waits(made, "moderator-own")


def test_nothing_waits_for_an_administrator(made: MatrixDesk) -> None:
    found = waits(made, "admin-own")
    assert "Hiện không có việc nào chờ ông/bà" in found
    assert DYE not in found
