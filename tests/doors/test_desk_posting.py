"""Boards at the desk: an officer records that a copy hangs and that it came down, and the public reads it."""

from collections.abc import Iterator

import pytest
from progress_desk import ProgressDesk, open_progress_desk


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProgressDesk]:
    with open_progress_desk(tmp_path_factory.mktemp("boards")) as opened:
        yield opened


@pytest.fixture
def log(room: ProgressDesk) -> str:
    return f"/van-phong/niem-yet/{room.programme_ref}"


def test_what_is_due_leads_to_the_form(room: ProgressDesk, log: str) -> None:
    room.author.get("/van-phong/niem-yet")
    assert "chưa ghi nhận niêm yết ở đâu" in room.author.page
    assert f"{log}/moi" in room.author.page


def test_a_posting_too_short_says_from_which_day_it_may_come_down(room: ProgressDesk, log: str) -> None:
    officer = room.author
    officer.get(f"{log}/moi")
    assert 'value="24/11/2026"' in officer.page
    answer = officer.post(
        f"{log}/moi", place="Bảng tin UBND", posted_on="24/11/2026", planned_until="30/11/2026"
    )
    assert answer.status_code == 422
    assert "14/12/2026" in answer.text
    assert 'value="Bảng tin UBND"' in answer.text


def test_put_up_and_taken_down(room: ProgressDesk, log: str) -> None:
    officer = room.author
    officer.get(f"{log}/moi")
    answer = officer.post(
        f"{log}/moi", place="Nhà văn hóa khu 2", posted_on="24/11/2026", planned_until="14/12/2026",
        minutes="Biên bản số 3", signers="Trưởng khu",
    )  # fmt: skip
    assert answer.status_code == 303
    officer.get(log)
    assert "Đang niêm yết" in officer.page
    assert f"/chuong-trinh/{room.programme_ref}/niem-yet" in officer.page
    down = officer.page.split('href="')
    address = next(part.split('"')[0] for part in down if part.split('"')[0].endswith("/go"))
    officer.get(address)
    early = officer.post(address, taken_down_on="24/11/2026", reason="")
    assert early.status_code == 422
    assert "phải nêu lý do" in early.text
    assert officer.post(address, taken_down_on="24/11/2026", reason="Sửa bảng tin").status_code == 303
    room.world.follow()
    public = room.world.reader().get(f"/chuong-trinh/{room.programme_ref}").text
    assert "Đã gỡ sớm ngày 24/11/2026" in public
    assert "Sửa bảng tin" in public
    assert "Trưởng khu" not in public


def test_a_stamp_of_secrecy_is_refused_beside_its_field(room: ProgressDesk, log: str) -> None:
    officer = room.author
    officer.get(f"{log}/moi")
    answer = officer.post(f"{log}/moi", place="(MẬT)", posted_on="24/11/2026", planned_until="24/12/2026")
    assert answer.status_code == 422
    assert "dấu hiệu độ mật" in answer.text


def test_others_do_not_see_it(room: ProgressDesk, log: str) -> None:
    for address in (log, f"{log}/moi", "/van-phong/niem-yet"):
        assert room.appraiser.get(address).status_code == 403


def test_what_is_not_there(room: ProgressDesk, log: str) -> None:
    assert room.author.get("/van-phong/niem-yet/khongco").status_code == 404
    assert room.author.get(f"{log}/123/go").status_code == 404
