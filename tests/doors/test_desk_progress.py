"""Progress at the desk: what is due, what was reported, nothing typed is lost, nobody confirms their own."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from people import HOA, PHUONG, QUAN
from progress_desk import ProgressDesk, open_progress_desk
from werkzeug.test import TestResponse

from portal.doors.desk.viewpoint import calendar
from portal.office.accounts.reads import actor, officer
from portal.office.progress.due import due_for

TYPED = {
    "reported_on": "20/11/2026", "state": "Có số liệu", "value": "88,5",
    "note": "Kết quả tháng 11 (số liệu minh họa)", "source": "Sổ theo dõi", "disclosed": "Có",
}  # fmt: skip


@pytest.fixture
def at(tmp_path: Path) -> Iterator[ProgressDesk]:
    with open_progress_desk(tmp_path) as made:
        yield made


def report(at: ProgressDesk, **changed: str) -> TestResponse:
    at.author.get(f"/van-phong/tien-do/{at.ref}/bao-cao")
    return at.author.post(f"/van-phong/tien-do/{at.ref}/bao-cao", **{**TYPED, **changed})


def series(at: ProgressDesk) -> str:
    return at.author.get(f"/van-phong/tien-do/{at.ref}").text


def link(page: str, said: str) -> str:
    found = re.search(rf'href="([^"]+)" aria-label="{re.escape(said)}"', page)
    assert found, said
    return found[1]


def test_a_report_goes_the_whole_way_to_the_public(at: ProgressDesk) -> None:
    answer = report(at)
    assert answer.status_code == 303
    page = series(at)
    assert "88,5" in page
    assert "Tự báo cáo" in page
    assert "Hoàng Thị Soạn" in page
    confirm = link(at.appraiser.get(f"/van-phong/tien-do/{at.ref}").text, "Xác nhận báo cáo ngày 20/11/2026")
    form = at.appraiser.get(confirm)
    assert 'name="body" value="' in form.text
    done = at.appraiser.post(confirm, body="Sở Nội vụ (minh họa)", document="12/BC-SNV ngày 21/11/2026")
    assert done.status_code == 303
    at.world.publish(at.programme_ref)
    assert "12/BC-SNV" in at.world.reader().get(f"/cam-ket/{at.ref}").text


def test_who_reported_sees_no_way_to_confirm_and_has_none(at: ProgressDesk) -> None:
    report(at)
    page = series(at)
    assert "Đính chính báo cáo ngày 20/11/2026" in page
    assert "Xác nhận báo cáo ngày" not in page
    key = re.findall(r"/bao-cao/(\d+)", page)[0]
    assert at.author.get(f"/van-phong/tien-do/{at.ref}/xac-nhan/{key}").status_code == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": ""}, "Chưa ghi giá trị"),
        ({"state": "Chưa kết nối nguồn"}, "Đã ghi giá trị nhưng lại chọn"),
        ({"reported_on": "25/11/2026"}, "Ngày ghi ở sau ngày hôm nay"),
        ({"reported_on": "31/02/2026"}, "31/02/2026"),
        ({"value": "88.5"}, "88.5"),
        ({"source": ""}, "Nguồn số liệu"),
        ({"note": "TỐI MẬT"}, "Có dấu hiệu độ mật"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    at: ProgressDesk, typed: dict[str, str], said: str
) -> None:
    answer = report(at, **typed)
    assert answer.status_code == 422
    assert said in answer.text
    for text in {**TYPED, **typed}.values():
        assert text in answer.text
    assert "20/11/2026" not in series(at)


def test_not_connected_is_not_zero(at: ProgressDesk) -> None:
    report(at, state="Chưa kết nối nguồn", value="")
    page = series(at)
    assert 'data-state="not_connected"' in page
    assert "Chưa kết nối" in page


def test_two_corrections_of_one_report_both_stay(at: ProgressDesk) -> None:
    report(at)
    way = link(series(at), "Đính chính báo cáo ngày 20/11/2026")
    at.author.get(way)
    mine = {**TYPED, "value": "70", "reason": "Rà soát lại"}
    assert at.author.post(way, **{**mine, "value": "80"}).status_code == 303
    at.author.get(f"/van-phong/tien-do/{at.ref}/bao-cao")
    late = at.author.post(way, **mine)
    assert late.status_code == 409
    assert "Bản đang lưu: 20/11/2026: 80." in late.text
    assert 'value="70"' in late.text
    again = re.search(r'<form class="stack" method="post" action="([^"]+)"', late.text)
    assert again
    assert at.author.post(again[1], **mine).status_code == 303
    page = series(at)
    assert page.count("Thay cho <b>") == 2
    assert page.index("Thay cho <b>80") < page.index("Thay cho <b>88,5") < page.index("<b>70")


def test_a_cause_is_named_confirmed_and_marked(at: ProgressDesk) -> None:
    way = f"/van-phong/tien-do/{at.ref}/nguyen-nhan"
    at.author.get(way)
    wrong = at.author.post(
        way, text="Mưa bão (minh họa)", from_on="20/9/2026", to_on="05/9/2026", disclosed="Có"
    )
    assert wrong.status_code == 422
    assert "Ngày kết thúc ở trước ngày bắt đầu" in wrong.text
    right = at.author.post(
        way, text="Mưa bão (minh họa)", from_on="05/9/2026", to_on="20/9/2026", disclosed="Không"
    )
    assert right.status_code == 303
    key = re.findall(r"/nguyen-nhan/(\d+)", series(at))[0]
    at.author.get(f"/van-phong/tien-do/{at.ref}")
    assert at.author.post(f"/van-phong/tien-do/{at.ref}/cong-khai/{key}", disclosed="1").status_code == 303
    assert "Bỏ dấu công khai: nguyên nhân 1" in series(at)


def test_what_is_due_is_listed_with_what_is_overdue(at: ProgressDesk) -> None:
    now = at.author.get("/van-phong/tien-do").text
    assert at.ref in now
    at.house.pass_time(days=400)
    with at.world.work() as w:
        found = due_for(w, actor(officer(w, "soan@namro.example")), calendar=calendar())
    assert any(one.is_overdue for one in found)
    assert found == sorted(found, key=lambda one: one.due_on or one.course.deadline)


def test_only_who_is_concerned_gets_in(at: ProgressDesk) -> None:
    for person, status in ((PHUONG, 403), (QUAN, 403), (HOA, 200)):
        assert at.as_(person).get(f"/van-phong/tien-do/{at.ref}").status_code == status
    assert at.as_(PHUONG).get(f"/van-phong/tien-do/{at.ref}/bao-cao").status_code == 403
    assert at.author.get("/van-phong/tien-do/khong-co").status_code == 404
    assert at.author.get(f"/van-phong/tien-do/{at.ref}/bao-cao/7").status_code == 404


def send(at: ProgressDesk, text: str, **more: str) -> TestResponse:
    """Send a series as a CSV file."""
    way = f"/van-phong/tien-do/{at.ref}/nhap"
    at.author.get(way)
    token = re.search(r'name="csrf_token" value="([^"]+)"', at.author.page)
    assert token
    file = (BytesIO(text.encode()), "so-lieu.csv")
    answer = at.author.client.post(way, data={"csrf_token": unescape(token[1]), "file": file, **more})
    at.author.page = answer.text
    return answer


def test_a_series_is_previewed_then_stored_as_a_whole(at: ProgressDesk) -> None:
    text = "Ngày;Giá trị;Nội dung;Nguồn\n01/10/2026;3;;Sổ\n01/11/2026;chưa kết nối;;Cổng\n"
    preview = send(at, text, disclosed="1")
    assert preview.status_code == 200
    assert "Chưa kết nối" in preview.text
    assert "01/10/2026" not in at.author.get(f"/van-phong/tien-do/{at.ref}").text
    send(at, text, disclosed="1")
    way = re.search(r'action="([^"]+/nhap/\d+)"', at.author.page)
    assert way
    assert at.author.post(way[1], disclosed="1").status_code == 303
    page = series(at)
    assert "01/10/2026" in page
    assert 'data-state="not_connected"' in page
    again = send(at, text)
    assert again.status_code == 422
    assert again.text.count("Ngày này đã có báo cáo") == 2
    assert "Dòng 2" in again.text
