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
from seated import Office, said_on
from world import World

from portal.commands.jobs import Runner
from portal.office.evaluation.reads import calendar_of, judged, period_of
from portal.office.jobs.rules import JobState
from portal.office.programme.reads import programme
from portal.record import reads
from portal.record.evaluation.document import dossier_ref, explanation_ref
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


def test_a_period_from_opening_to_the_receipts(world: World) -> None:
    ref, office = published(world), Office(world)
    theme, said = gather_theme(world, ref)
    evaluator, author, publisher = office.seat(DANH), office.seat(SOAN), office.seat(CONG)
    assert "Chưa có kỳ đánh giá nào" in evaluator.open(ROOM)
    evaluator.open(f"{ROOM}/moi")
    evaluator.send(f"{ROOM}/moi", 422, **{**FORM, "code": "quý bốn"})
    assert "Mã kỳ chỉ gồm" in evaluator.page
    evaluator.send(f"{ROOM}/moi", **FORM)
    evaluator.open(ROOM)
    [period] = {one for one in evaluator.page.split('"') if one.startswith(f"{ROOM}/ky/")}
    assert "23 giờ 59 phút 59 giây" in evaluator.open(period)
    one = f"{ROOM}/chuong-trinh/{ref}/2026-Q4"

    item = due_in(world, ref)
    assert "Ghi giải trình" in author.open(one)
    author.open(f"{one}/tu-kiem-diem/{item}")
    author.send(
        f"{one}/tu-kiem-diem/{item}",
        422,
        account="Chậm (minh họa)",
        cause="nguyên nhân khách quan, đã xác nhận",
    )
    assert "cơ quan có thẩm quyền đã xác nhận" in author.page
    author.send(
        f"{one}/tu-kiem-diem/{item}",
        account="Còn chậm, đã bố trí thêm người (minh họa).",
        cause="nguyên nhân chủ quan",
    )
    assert "đã bố trí thêm người" in author.open(f"{one}/tu-kiem-diem/{item}")
    author.open(one)
    author.send(f"{one}/tu-kiem-diem", 403)
    publisher.open(one)
    publisher.send(f"{one}/tu-kiem-diem")

    evaluator.open(period)
    evaluator.send(f"{period}/chot", 422)
    evaluator.open(f"{one}/tep/json", 422)
    world.clock.at = AFTER
    evaluator, author, publisher = office.seat(DANH), office.seat(SOAN), office.seat(CONG)
    evaluator.open(period)
    job = evaluator.send(f"{period}/chot").location
    assert Runner(world.settings, world.office).look() is JobState.DONE
    assert "Đã chốt: 1 bản tổng hợp" in said_on(evaluator.open(job))
    page = said_on(evaluator.open(one))
    assert "BẢN TỔNG HỢP" not in page
    assert "Bốn số liệu" in page
    assert "đã bố trí thêm người" in page
    for ending in ("json", "docx", "xlsx"):
        answer = evaluator.ask("GET", f"{one}/tep/{ending}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
    assert "Dữ liệu gốc" in openpyxl.load_workbook(BytesIO(answer.data)).sheetnames
    evaluator.open(f"{one}/tep/exe", 404)

    evaluator.open(f"{one}/y-kien/{theme.ref}")
    evaluator.send(
        f"{one}/y-kien/{theme.ref}",
        use="đã dùng khi đánh giá",
        sentence="Đã xem xét khi nhận xét (minh họa).",
    )
    assert "Đã xem xét" in evaluator.open(f"{one}/y-kien/{theme.ref}")
    publisher.open(one)
    publisher.send(f"{one}/y-kien")
    assert {state_of_receipt(world, name) for name in said} == {ReceiptState.USED}
    evaluator.open(f"{one}/phien-ban-moi")
    evaluator.send(f"{one}/phien-ban-moi", reason="Bổ sung xác nhận (minh họa)")
    assert "Bổ sung xác nhận" in evaluator.open(one)
    evaluator.open(period)
    job = evaluator.send(f"{period}/chot", 303).location
    assert Runner(world.settings, world.office).look() is JobState.FAILED  # frozen is frozen
    with world.work() as w:
        assert reads.revision(w.session, dossier_ref(ref, "2026-Q4")) is not None
        assert reads.revision(w.session, explanation_ref(ref, "2026-Q4")) is not None
