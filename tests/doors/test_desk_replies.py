"""Replies at the desk: written by one, published by another; themes gathered, duties on the home page."""

import re
from collections.abc import Iterator

import pytest
from people import SOAN
from progress_desk import ProgressDesk, open_progress_desk
from published_comments import ANSWER, BAN, DIEU, comments, seat

from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer
from portal.record import reads
from portal.record.documents import CommentDoc

LATER = "sau@namro.example"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProgressDesk]:
    with open_progress_desk(tmp_path_factory.mktemp("replies")) as opened:
        with opened.world.work() as w:
            add_officer(w, email=DIEU.email, name=DIEU.name, role=DIEU.role, unit_code=DIEU.unit_code)
            add_officer(w, email=LATER, name="Vũ Thị Sau", role=Role.AUTHOR, unit_code=SOAN.unit_code)
        yield opened


@pytest.fixture
def board(room: ProgressDesk) -> str:
    return f"/van-phong/giai-trinh/{room.programme_ref}"


def link(page: str, ending: str) -> str:
    """The first address on ``page`` that ends so."""
    return next(found for found in re.findall(r'href="([^"]+)"', page) if re.search(ending + "$", found))


def test_nobody_else_sees_it(room: ProgressDesk, board: str) -> None:
    assert room.appraiser.get(board).status_code == 403
    assert room.appraiser.get("/van-phong/giai-trinh").status_code == 403


def test_an_answer_is_written_warned_about_and_published_by_a_second_person(
    room: ProgressDesk, board: str
) -> None:
    [one] = comments(room.world, room.programme_ref, 1)
    author, publisher = room.author, room.publisher
    author.get("/van-phong/giai-trinh")
    assert board in author.page
    author.get(board)
    address = f"{board}/tra-loi/{one}"
    assert address in author.page
    author.get(address)
    assert "Đèn ngõ 0 vẫn tắt" in author.page
    phone = f"{ANSWER} Liên hệ ông Nguyễn Văn Mẫu, 0912 345 678."
    refused = author.post(address, text=phone)
    assert refused.status_code == 422
    assert "số điện thoại" in refused.text
    assert "0912 345 678" in refused.text  # nothing typed is lost
    assert author.post(address, text=phone, declaration="Có").status_code == 303
    author.get(address)
    assert author.post(address, text=ANSWER).status_code == 422  # one waits
    publisher.get("/van-phong")
    assert "Xem và công bố câu trả lời" in publisher.page
    publisher.get(board)
    assert "Có thể chứa số điện thoại" in publisher.page
    back = link(publisher.page, r"/tra-lai/\d+")
    publisher.get(back)
    assert publisher.post(back, text="Bỏ số điện thoại.").status_code == 303
    author.get("/van-phong")
    assert "Viết lại câu trả lời bị trả lại" in author.page
    author.get(address)
    assert author.post(address, text=ANSWER).status_code == 303
    publisher.get(board)
    out = link(publisher.page, r"/duyet/\d+")
    publisher.get(out)
    assert ANSWER in publisher.page
    assert author.get(out).status_code == 403
    publisher.get(out)
    assert publisher.post(out).status_code == 303
    with room.world.work() as w:
        found = reads.revision(w.session, one)
    assert found is not None
    assert isinstance(found.document, CommentDoc)
    assert found.document.reply is not None
    author.get(board)
    assert "Đã trả lời 24/11/2026" in author.page


def test_a_theme_is_gathered_published_owed_and_answered(room: ProgressDesk, board: str) -> None:
    some = comments(room.world, room.programme_ref, 6)
    seat(room.world, BAN)
    moderator, publisher, author = room.as_(DIEU), room.as_(BAN), room.author
    moderator.get(f"{board}/nhom/moi")
    assert moderator.post(f"{board}/nhom/moi", title="", comments=list(some)).status_code == 422  # type: ignore[arg-type]  # several boxes
    assert moderator.page.count(" checked>") == 6
    assert "dấu hiệu độ mật" in moderator.post(f"{board}/nhom/moi", title="(TỐI MẬT)", comments=some[0]).text
    sent = moderator.post(f"{board}/nhom/moi", title="Đèn ngõ", comments=list(some[:4]))  # type: ignore[arg-type]  # several boxes
    assert sent.status_code == 303
    moderator.get(board)
    assert "Chờ công bố" in moderator.page
    more = link(moderator.page, "/them")
    moderator.get(more)
    assert some[0] not in moderator.page
    assert moderator.post(more, comments=some[4]).status_code == 303
    publisher.get("/van-phong")
    assert "Xem và công bố nhóm góp ý" in publisher.page
    publisher.get(board)
    out = link(publisher.page, "/cong-bo")
    publisher.get(out)
    assert "Từ 5 góp ý trở lên, đơn vị phải giải trình trong 15 ngày" in publisher.page
    assert publisher.post(out).status_code == 303
    author.get("/van-phong")
    assert "Giải trình nhóm góp ý" in author.page
    assert "09/12/2026" in author.page
    author.get(board)
    assert "Hạn giải trình 09/12/2026" in author.page
    room.world.later(days=16)
    author = room.house.welcome(LATER)  # every session ended meanwhile
    author.get(board)
    assert "Quá hạn giải trình từ 09/12/2026" in author.page
