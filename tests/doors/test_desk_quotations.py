"""A decision of the competent level at the desk: entered, published by another, taken down."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from evaluated import DANH, evaluators, open_q4, published
from people import CONG, SOAN
from seated import Office, said_on
from world import World

FORM = {
    "title": "Quyết định về xếp loại chất lượng (minh họa)", "number": "12-QĐ/MH", "decided_on": "20/11/2026",
    "issuer": "Ban Thường vụ (minh họa)", "text": "Câu trích nguyên văn (minh họa).",
    "ordered_by": "Kết luận 3-KL/MH (minh họa)", "link": "",
}  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path).settle_in()) as made:
        evaluators(made)
        yield made


def test_a_quotation_from_the_form_to_its_taking_down(world: World) -> None:
    ref, office = published(world), Office(world)
    open_q4(world)
    one = f"/van-phong/danh-gia/chuong-trinh/{ref}/2026-Q4"
    room = f"{one}/trich-van-ban"
    evaluator, author, publisher = (office.seat(person) for person in (DANH, SOAN, CONG))
    assert room in evaluator.open(one)
    assert "Chưa có văn bản nào" in evaluator.open(room)
    evaluator.open(f"{room}/moi")
    evaluator.send(f"{room}/moi", 422, **{**FORM, "decided_on": "20/11/2027"})
    assert "ở sau ngày hôm nay" in evaluator.page
    evaluator.send(f"{room}/moi", 422, **{**FORM, "link": "http://a.example"})
    assert "https://" in evaluator.page
    for _ in range(2):
        evaluator.open(f"{room}/moi")
        evaluator.send(f"{room}/moi", **FORM)
    page = said_on(evaluator.open(room))
    assert page.count("Câu trích nguyên văn (minh họa).") == 2
    assert page.count("Chờ người thứ hai công bố") == 2
    first, second = sorted(
        {part.split("/")[-2] for part in evaluator.page.split('"') if part.endswith("/bo")}
    )
    evaluator.send(f"{room}/{first}/cong-bo", 403)
    evaluator.send(f"{room}/{second}/bo")
    assert "Nhập văn bản" not in author.open(room)
    publisher.open(room)
    publisher.send(f"{room}/{first}/cong-bo")
    assert "Đang công khai" in publisher.open(room)
    assert "Câu trích nguyên văn" in world.reader().get(f"/chuong-trinh/{ref}/ky-danh-gia").text
    english = world.reader().get(f"/en/chuong-trinh/{ref}/ky-danh-gia").text
    assert "no. 12-QĐ/MH of 20/11/2026" in english
    publisher.open(f"{room}/{first}/go")
    publisher.send(f"{room}/{first}/go", reason="Đã thay thế (minh họa)")
    assert "Đã gỡ" in publisher.open(room)
    assert "Câu trích nguyên văn" not in world.reader().get(f"/chuong-trinh/{ref}/ky-danh-gia").text
    publisher.open(f"{room}/{first}/go", 422)
    publisher.open(f"{room}/4711/go", 404)
