"""The page of released ratings: groups side by side, n and an interval with every share, silence told."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from ballots import Ballot, Box
from figured import kinds_shown, unexplained
from reader import Page, Reader, words
from test_budgets import counted
from world import World

from portal.publication.releasing import release_ratings, ripe
from portal.record import reads
from portal.record.voice import Answer, Group, Standing


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    """The inbox of a published commitment."""
    with closing(World(tmp_path / "instance").settle_in()) as world:
        ref = world.bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
        with world.work() as w:
            commitment = reads.commitments_of(w.session, ref)[0].ref
        yield Box(world, ref, commitment)


def close_batches(box: Box) -> None:
    with box.world.work() as w:
        for matter in ripe(w):
            release_ratings(w, matter, signer=box.world.signer)


def open_page(box: Box, prefix: str = "") -> Page:
    return Reader(box.world.reader()).open(f"{prefix}/cam-ket/{box.commitment}/danh-gia")


def side(page: Page, name: str) -> str:
    """What stands under the heading ``name``."""
    sides = (words(e) for e in page.all("section") if e.get("class") == "side")
    return next(found for found in sides if found.startswith(name))


def test_without_a_batch_it_says_how_many_are_needed(box: Box) -> None:
    page = open_page(box)
    assert "Khi có ít nhất 25 người trả lời, kết quả sẽ được công bố." in page.text
    assert "%" not in page.text.replace("95%", "")


def test_groups_stand_side_by_side_and_small_ones_say_so(box: Box) -> None:
    box.crowd("a", done_well=40, unclear=22, not_seen=9, unknown=6)
    box.drop(*(Ballot(f"c{n}", Answer.DONE_WELL, Group.CADRE) for n in range(26)))
    box.drop(*(Ballot(f"d{n}", Answer.NOT_SEEN, Group.PARTY_MEMBER) for n in range(24)))
    close_batches(box)
    page = open_page(box)
    residents = side(page, "Người dân, đã xác thực")
    assert "71 người nêu ý kiến" in residents
    assert "Đã làm tốt 40 trong 71 người55%44–68%" in residents
    assert "“Tôi không biết”: 6 người, không nằm trong tỷ lệ." in residents
    assert "từ 21 đến 26 trong 26 người80–100%" in side(page, "Cán bộ, đã xác thực")
    assert side(page, "Đảng viên, đã xác thực").endswith("Chưa đủ ý kiến để hiển thị")
    assert side(page, "Người dân, chưa xác thực").endswith("Chưa đủ ý kiến để hiển thị")
    assert "Đợt 1, chốt ngày 24/11/2026" in page.text
    assert "97" not in page.text  # 71 and 26 are never added up
    assert "chỉ công bố khoảng: từ 21 đến 26 trong 26 người chọn “Đã làm tốt”" in page.text


def test_it_speaks_english(box: Box) -> None:
    box.crowd("a", done_well=40, unclear=2)
    said = [Answer.UNCLEAR] * 9 + [Answer.NOT_SEEN] * 2 + [Answer.DONE_WELL] * 19
    box.drop(*(Ballot(f"p{n}", answer, Group.PARTY_MEMBER) for n, answer in enumerate(said)))
    close_batches(box)
    page = open_page(box, "/en")
    assert unexplained(page) == []
    assert "so-danh-gia" in kinds_shown(page)
    assert "Too few people gave one of these answers, so it is put together with another." in page.text
    assert "Many people answered within minutes." in page.text
    assert "As far as you can see, how far has this been done?" in page.text
    assert "between 37 and 42 of 42 people" in side(page, "Residents, verified")
    assert "Not enough answers to show yet" in side(page, "Cadres, verified")


def test_an_unusual_part_is_shown_with_and_without(box: Box) -> None:
    at = box.world.clock.at
    fast = (at + timedelta(seconds=3 * n) for n in range(50))
    slow = (at - timedelta(hours=25 * n, minutes=n * n) for n in range(1, 31))
    when = [*((Answer.NOT_SEEN, one) for one in fast), *((Answer.DONE_WELL, one) for one in slow)]
    box.drop(*(Ballot(f"u{n}", a, standing=Standing.UNVERIFIED, at=t) for n, (a, t) in enumerate(when)))
    close_batches(box)
    told = side(open_page(box), "Người dân, chưa xác thực")
    assert "Không ý kiến nào bị xóa" in told
    assert "Tính cả phần bất thường 80 người nêu ý kiến" in told
    assert "Không tính phần bất thường 30 người nêu ý kiến" in told


def test_people_without_an_opinion_are_no_figure_and_a_jump_is_told(box: Box) -> None:
    box.crowd("a", done_well=60)
    close_batches(box)
    box.world.later(days=8)
    box.crowd("b", not_seen=60)
    close_batches(box)
    assert "Kết quả đợt này khác hẳn các đợt trước." in open_page(box).text
    box.world.later(days=40)  # the quarter is over
    assert "Kỳ này đã khép lại." in open_page(box).text
    box.crowd("c", unknown=30)
    close_batches(box)
    assert "30 người trả lời, nhưng chưa đến 16 người nêu ý kiến" in open_page(box).text


def test_the_commitment_shows_no_figure_and_leads_there(box: Box) -> None:
    box.crowd("a", done_well=40, unclear=22, not_seen=9)
    close_batches(box)
    page = Reader(box.world.reader()).open(f"/cam-ket/{box.commitment}")
    assert f"/cam-ket/{box.commitment}/danh-gia" in set(page.links())
    assert "người nêu ý kiến" not in page.text
    assert "đã làm tốt" not in page.text.lower()


def test_the_page_asks_the_database_three_times_at_most(box: Box) -> None:
    box.crowd("a", done_well=40)
    close_batches(box)
    with counted(box.world.public) as ran:
        open_page(box)
    assert 1 <= len(ran) <= 3, ran


def test_every_document_is_found_from_the_ledger(box: Box) -> None:
    box.crowd("a", done_well=40)
    close_batches(box)
    with box.world.work() as w:
        [found] = reads.ratings_of(w.session, box.commitment)
    reader = Reader(box.world.reader())
    entry = reader.open(f"/so-cai/{found.position}")
    assert "Kết quả đánh giá của người dân" in entry.text
    assert f"/cam-ket/{box.commitment}/danh-gia" in set(entry.links())
    assert "Chốt đợt đánh giá" in reader.open("/so-cai").text
    assert box.commitment in reader.get("/sitemap.xml").text
    assert found.ref not in reader.get("/sitemap.xml").text


def test_what_was_taken_down_shows_its_tombstone(box: Box) -> None:
    box.crowd("a", done_well=40)
    close_batches(box)
    box.world.withdraw(box.programme)
    answer = box.world.reader().get(f"/cam-ket/{box.commitment}/danh-gia")
    assert answer.status_code == 410
    assert box.world.reader().get("/cam-ket/nosuchone/danh-gia").status_code == 404


def test_the_method_is_told_with_the_settings_and_an_example(box: Box) -> None:
    page = Reader(box.world.reader()).open("/phuong-phap")
    assert "khi đủ 25 người cùng nhóm đang chờ và cách đợt trước ít nhất 7 ngày" in page.text
    assert "Đã làm tốt: 20 trong 30 người, tỷ lệ 65%, khoảng tin cậy 48–81%." in page.text
    assert "Có làm, chưa rõ kết quả / Chưa thấy làm: 10 trong 30 người" in page.text
