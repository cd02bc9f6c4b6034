"""Reminders of overdue updates: through a real mail server, once for each due day, naming nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from mail_server import Box, mail_server
from people import SOAN
from world import World, who

from portal.commands.reminders import remind_authors
from portal.office.programme.reads import programme
from portal.office.progress import acts
from portal.office.progress.form import ReportForm
from portal.office.progress.reminding import SUBJECT, Reminded
from portal.record.documents import FigureState

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
NAMES = ("Họa", "Nhị Chiểu", "Chủ tịch", "10714")


@pytest.fixture
def box() -> Iterator[tuple[Box, str]]:
    """A mail server on this machine and its address."""
    with mail_server() as server:
        yield server


def remind(world: World) -> Reminded:
    with world.office.app_context():
        return remind_authors(world.settings)


def test_an_overdue_update_is_told_once_and_by_nobodys_name(box: tuple[Box, str], tmp_path: Path) -> None:
    post, address = box
    world = World(tmp_path, mail_url=address).settle_in()
    world.bring_in(world.read(BOOK))
    assert remind(world) == Reminded(0, 0)  # nothing is overdue yet
    world.later(days=45)
    assert remind(world) == Reminded(1, 0)
    assert remind(world) == Reminded(0, 0)
    ((to, letter),) = post.letters
    assert to == [SOAN.email]
    assert letter["Subject"] == SUBJECT
    text = letter.get_content()
    assert "/van-phong/tien-do" in text
    assert not [name for name in NAMES if name in text + str(letter["Subject"])]
    world.later(days=400)
    assert remind(world).sent == 1  # commitments with longer periods have become overdue


def test_a_letter_that_did_not_go_out_is_tried_again(box: tuple[Box, str], tmp_path: Path) -> None:
    post, address = box
    world = World(tmp_path, mail_url=address).settle_in()
    world.bring_in(world.read(BOOK))
    world.later(days=45)
    post.is_shut = True
    assert remind(world) == Reminded(0, 1)
    post.is_shut = False
    assert remind(world) == Reminded(1, 0)
    assert len(post.letters) == 1


def test_a_report_even_that_there_is_no_figure_ends_the_wait(box: tuple[Box, str], tmp_path: Path) -> None:
    _, address = box
    world = World(tmp_path, mail_url=address).settle_in()
    made = world.bring_in(world.read(BOOK))
    world.later(days=45)
    with world.work() as w:
        by, day = who(w, SOAN), w.today
        for row in [c for t in programme(w, made).tasks for c in t.commitments]:
            nothing = ReportForm(
                reported_on=day, state=FigureState.NO_DATA, value=None, note="", source="Sổ", disclosed=False
            )
            acts.report(w, row.ref, nothing, by=by)
    assert remind(world) == Reminded(0, 0)
