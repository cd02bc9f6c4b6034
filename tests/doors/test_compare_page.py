"""A commitment beside others: like with like, by place or deadline, never by result; pages and ways on."""

from dataclasses import replace
from datetime import timedelta

import pytest
import town
import townhall
from reader import Page, Reader, words

from portal.doors.public.likeness import BY_DEADLINE, BY_PLACE, in_order, is_like
from portal.record.documents import Area, CommitmentDoc, Direction, Kind

BASE = town.commitments()["DT-01"]
OTHER = town.holder("Ngô Văn Giả Định", "Chủ tịch UBND xã", "xa-phu-thai")
SIDE = "/cam-ket/ckdt01/doi-chieu"


def alike(n: int, **changed: object) -> CommitmentDoc:
    """A commitment like DT-01 elsewhere, the later the larger ``n``."""
    made = replace(BASE, ref=f"cklike{n:02}", holder=OTHER, programme_ref="ct0deputy1",
                   deadline=BASE.deadline - timedelta(days=n), progress=())  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A town with 24 commitments like DT-01, and some that differ in one thing."""
    settings = townhall.found(tmp_path_factory.mktemp("beside"))
    docs = [alike(n) for n in range(24)]
    docs += [
        alike(30, measure_unit="dự án"),
        alike(31, direction=Direction.DOWN),
        alike(32, areas=(Area(code="y-te", label="Y tế"),)),
    ]
    townhall.write(settings, [town.line(Kind.COMMITMENT, doc) for doc in docs])
    return Reader(townhall.open_door(settings).test_client())


def listed(page: Page) -> list[str]:
    """The commitments of the table, as linked."""
    return [link.rsplit("/", 1)[-1] for row in page.all("tbody") for e in row.iter()
            if (link := e.get("href")) and "/cam-ket/" in link]  # fmt: skip


def test_only_like_stands_beside_like(beside: Reader) -> None:
    page = beside.open(SIDE)
    every = listed(page) + listed(beside.open(f"{SIDE}?trang=2"))
    assert len(every) == 25
    assert set(every) == {"ckdt01", *(f"cklike{n:02}" for n in range(24))}
    assert "25 cam kết cùng loại" in page.text
    own = next(e for e in page.all("tr") if e.get("class") == "own")
    assert "cam kết đang xem" in words(own)
    assert "87,5%" in words(own)  # self-reported
    assert "83,3%" in words(own)  # confirmed


@pytest.mark.parametrize(
    "changed",
    [{"measure_unit": "dự án"}, {"direction": Direction.DOWN}, {"areas": ()}],
)
def test_one_difference_is_enough(changed: dict[str, object]) -> None:
    assert is_like(BASE, alike(1))
    assert is_like(BASE, alike(1, measure_unit=f" {BASE.measure_unit.upper()} "))
    assert not is_like(BASE, alike(1, **changed))


def test_the_order_is_of_places_or_deadlines_whatever_the_results() -> None:
    good = alike(1, target=BASE.target, progress=BASE.progress)
    docs = [alike(2), BASE, good]
    assert [d.ref for d in in_order(docs, BY_PLACE)] == [
        "ckdt01",
        "cklike02",
        "cklike01",
    ]
    assert [d.ref for d in in_order(docs, BY_DEADLINE)] == ["cklike02", "cklike01", "ckdt01"]
    without = [replace(d, progress=()) for d in docs]
    for order in (BY_PLACE, BY_DEADLINE):
        assert [d.ref for d in in_order(docs, order)] == [d.ref for d in in_order(without, order)]


def test_pages_are_bounded_kept_and_end(beside: Reader) -> None:
    for query in ("", "?trang=2", "?xep=han", "?xep=han&trang=2"):
        answer = beside.get(SIDE + query)
        assert answer.headers["Cache-Control"] == "public, no-cache", query
    assert beside.get(f"{SIDE}?xep=ket_qua").headers["Cache-Control"] == "no-cache"  # no such order
    assert listed(beside.open(f"{SIDE}?xep=han"))[0] == "cklike23"
    for query in ("?trang=3", "?trang=0", "?trang=x"):
        beside.open(SIDE + query, status=404)


def test_alone_it_says_so_and_leads_on(reader: Reader) -> None:
    page = reader.open("/cam-ket/ckcc01/doi-chieu")
    assert "Chưa có cam kết công khai nào khác" in page.text
    assert "/tim-kiem?linh_vuc=cai-cach-hanh-chinh" in set(page.links())


def test_what_was_taken_down_stands_beside_nothing(reader: Reader, beside: Reader) -> None:
    reader.open("/cam-ket/ckgone/doi-chieu", status=410)
    reader.open("/cam-ket/khong-co/doi-chieu", status=404)
    reader.open("/cam-ket/cktn02/doi-chieu?ban=1", status=404)


def test_the_commitment_leads_there(reader: Reader) -> None:
    assert SIDE in set(reader.open("/cam-ket/ckdt01").links())
