"""Evaluation at the desk: from an open period to what authors read on their receipts."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from evaluated import DANH, gather_theme, published
from people import CONG, SOAN
from published_comments import state_of_receipt
from seated import Office, Seat, said_on
from world import World

from portal.commands.jobs import Runner
from portal.office.evaluation.reads import calendar_of, judged, period_of
from portal.office.jobs.rules import JobState
from portal.office.programme.reads import programme
from portal.record.evaluation.outcome import Due
from portal.record.moderation_words import ReceiptState

ROOM = "/van-phong/danh-gia"
AFTER = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
OBJECTIVE = "nguyên nhân khách quan, đã xác nhận"
FORM = {"code": "2026-Q4", "first": "01/10/2026", "last": "31/12/2026"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path).settle_in()) as made:
        yield made


def due_in(world: World, ref: str) -> str:
    """A commitment due in the period."""
    with world.work() as w:
        draft = programme(w, ref)
        seen = judged(w, draft, period_of(w, draft, "2026-Q4"), calendar=calendar_of(w))
        return next(one.verdict.ref for one in seen if one.verdict.due is not Due.NOT_DUE)


def opened(evaluator: Seat) -> str:
    """The address of the period, opened by form."""
    assert "Chưa có kỳ đánh giá nào" in evaluator.open(ROOM)
    evaluator.open(f"{ROOM}/moi")
    evaluator.send(f"{ROOM}/moi", 422, **{**FORM, "code": "quý bốn"})
    assert "Mã kỳ chỉ gồm" in evaluator.page
    evaluator.send(f"{ROOM}/moi", **FORM)
    evaluator.open(ROOM)
    [period] = {one for one in evaluator.page.split('"') if one.startswith(f"{ROOM}/ky/")}
    assert "23 giờ 59 phút 59 giây" in evaluator.open(period)
    evaluator.send(f"{period}/chot", 422)
    return period


def explained(author: Seat, publisher: Seat, one: str, item: str) -> None:
    """The account is written by one and published by another."""
    assert "Ghi giải trình" in author.open(one)
    form = f"{one}/tu-kiem-diem/{item}"
    author.open(form)
    author.send(form, 422, account="Chậm (minh họa)", cause=OBJECTIVE)
    assert "cơ quan có thẩm quyền đã xác nhận" in author.page
    author.send(form, account="Đã bố trí thêm người (minh họa).", cause="nguyên nhân chủ quan")
    assert "Đã bố trí thêm người" in author.open(form)
    author.open(one)
    author.send(f"{one}/tu-kiem-diem", 403)
    publisher.open(one)
    publisher.send(f"{one}/tu-kiem-diem")


def frozen(world: World, evaluator: Seat, period: str) -> JobState | None:
    """How the long work of freezing ended."""
    evaluator.open(period)
    job = evaluator.send(f"{period}/chot").location
    state = Runner(world.settings, world.office).look()
    if state is JobState.DONE:
        assert "Đã chốt: 1 bản tổng hợp" in said_on(evaluator.open(job))
    return state


def taken(evaluator: Seat, one: str) -> None:
    """The dossier is read and taken along."""
    page = said_on(evaluator.open(one))
    assert "Bốn số liệu" in page
    assert "Đã bố trí thêm người" in page
    for ending in ("json", "docx", "xlsx"):
        answer = evaluator.ask("GET", f"{one}/tep/{ending}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
    assert "Dữ liệu gốc" in openpyxl.load_workbook(BytesIO(answer.data)).sheetnames
    evaluator.open(f"{one}/tep/exe", 404)


def test_a_period_from_opening_to_the_receipts(world: World) -> None:
    ref, office = published(world), Office(world)
    theme, said = gather_theme(world, ref)
    one, people = f"{ROOM}/chuong-trinh/{ref}/2026-Q4", (DANH, SOAN, CONG)
    evaluator, author, publisher = (office.seat(person) for person in people)
    period = opened(evaluator)
    explained(author, publisher, one, due_in(world, ref))
    evaluator.open(f"{one}/tep/json", 422)
    world.clock.at = AFTER
    evaluator, author, publisher = (office.seat(person) for person in people)
    assert frozen(world, evaluator, period) is JobState.DONE
    taken(evaluator, one)
    mark = f"{one}/y-kien/{theme.ref}"
    evaluator.open(mark)
    evaluator.send(mark, use="đã dùng khi đánh giá", sentence="Đã xem xét khi nhận xét (minh họa).")
    assert "Đã xem xét" in evaluator.open(mark)
    publisher.open(one)
    publisher.send(f"{one}/y-kien")
    assert {state_of_receipt(world, name) for name in said} == {ReceiptState.USED}
    evaluator.open(f"{one}/phien-ban-moi")
    evaluator.send(f"{one}/phien-ban-moi", reason="Bổ sung xác nhận (minh họa)")
    assert "Bổ sung xác nhận" in evaluator.open(one)


def test_frozen_is_frozen(world: World) -> None:
    published(world)
    office = Office(world)
    period = opened(office.seat(DANH))
    world.clock.at = AFTER
    assert frozen(world, office.seat(DANH), period) is JobState.DONE
    evaluator = office.seat(DANH)
    evaluator.open(f"{ROOM}/moi")  # the button is gone from the page of the period; the act refuses too
    evaluator.send(f"{period}/chot")
    assert Runner(world.settings, world.office).look() is JobState.FAILED


def test_units_stand_side_by_side_and_nobody_is_ranked(world: World) -> None:
    published(world)
    evaluator = Office(world).seat(DANH)
    page = evaluator.open(f"{ROOM}/tong-quan")
    assert "Chưa có chương trình nào" in page
    names = [part.split("<")[0] for part in page.split('<th scope="row">')[1:]]
    assert "Phường Nhị Chiểu" in names
    assert "hạng" not in said_on(page).replace("không phải bảng xếp hạng", "")
    seat = Office(world).seat(SOAN)
    seat.open(f"{ROOM}/tong-quan", 403)
