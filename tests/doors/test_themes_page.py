"""The page of themes: what many said, the answer, and silence that shows the day after it was due."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from figured import kinds_shown, unexplained
from published_comments import ANSWER, DIEU, comments, group, let_out, publish, write
from reader import Reader
from world import World

from portal.office.accounts.acts import add_officer
from portal.publication import commenting
from portal.record import reads


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path / "instance").settle_in()) as made:
        with made.work() as w:
            add_officer(w, email=DIEU.email, name=DIEU.name, role=DIEU.role, unit_code=DIEU.unit_code)
        yield made


@pytest.fixture
def ref(world: World) -> str:
    """A published programme."""
    return world.bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))


def test_without_themes_it_says_so(world: World, ref: str) -> None:
    page = Reader(world.reader()).open(f"/chuong-trinh/{ref}/giai-trinh")
    assert "Chưa có nhóm góp ý nào." in page.text
    assert f"/chuong-trinh/{ref}/giai-trinh" in set(
        Reader(world.reader()).open(f"/chuong-trinh/{ref}").links()
    )


def test_silence_shows_until_the_answer_comes(world: World, ref: str) -> None:
    some = comments(world, ref, 5)
    theme = group(world, ref, some)
    let_out(world, ref, theme)
    reader, address = Reader(world.reader()), f"/chuong-trinh/{ref}/giai-trinh"
    text = reader.open(address).text
    assert "Đèn đường Đang chờ giải trình 5 góp ý" in text
    assert "yêu cầu từ 24/11/2026, hạn trả lời 09/12/2026" in text
    assert "Đèn ngõ 3 vẫn tắt (minh họa)." in text
    assert (
        "quá hạn"
        not in reader.open(f"/chuong-trinh/{ref}").text.split("Góp ý chung")[1].split("Bản công bố")[0]
    )
    world.later(days=17)
    text = reader.open(address).text
    assert "Quá hạn giải trình" in text
    assert "chậm 2 ngày" in text
    assert "1 nhóm góp ý đã quá hạn giải trình." in reader.open(f"/chuong-trinh/{ref}").text
    assert "Explanation overdue" in reader.open(f"/en{address}").text
    for told in (address, f"/chuong-trinh/{ref}"):
        page = reader.open(f"/en{told}")
        assert "so-y-kien" in kinds_shown(page)
        assert unexplained(page) == []
    publish(world, ref, write(world, ref, theme))
    text = reader.open(address).text
    assert ANSWER in text
    assert "Đã giải trình" in text
    assert "chậm 2 ngày" in text  # that it came late stays readable
    assert "Quá hạn giải trình" not in text


def test_a_comment_taken_back_leaves_the_theme_and_not_its_words(world: World, ref: str) -> None:
    some = comments(world, ref, 2)
    let_out(world, ref, group(world, ref, some))
    with world.work() as w:
        for one in some:
            commenting.take_back(w, one, signer=world.signer)
    text = Reader(world.reader()).open(f"/chuong-trinh/{ref}/giai-trinh").text
    assert "vẫn tắt" not in text
    assert "Các góp ý này không còn hiện công khai." in text
    assert "Chưa đến mức phải giải trình" in text


def test_it_is_found_from_the_ledger_and_gone_with_its_programme(world: World, ref: str) -> None:
    some = comments(world, ref, 2)
    theme = group(world, ref, some)
    let_out(world, ref, theme)
    with world.work() as w:
        found = reads.revision(w.session, theme)
        assert found is not None
    assert f"/chuong-trinh/{ref}/giai-trinh" in set(
        Reader(world.reader()).open(f"/so-cai/{found.position}").links()
    )
    world.withdraw(ref)
    assert world.reader().get(f"/chuong-trinh/{ref}/giai-trinh").status_code == 410
