"""From appraisal to the public page and back, on the screens: what is typed is never lost, rules hold."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from changes import changed, commitment_of
from on_its_way import BOOK, ELSEWHERE, GOOD, OTHER, REASON, STAMP, approved, at, published, state, subjects
from people import CONG, SOAN, THAM
from seated import Office, Seat, said_on
from world import World

from portal.kernel.policy import Role
from portal.office.appraisal import reads
from portal.office.programme.reads import programme
from portal.office.programme.tables import Programme
from portal.publication import schedules
from portal.record import reads as record


def opinion_at(ref: str, one: reads.Subject) -> str:
    return at(ref, f"/tham-dinh/{one.ref}/{one.version}/{one.opinion_version}")


def give_all(seat: Seat, world: World, ref: str) -> None:
    for one in subjects(world, ref):
        seat.open(opinion_at(ref, one))
        answers = {
            f"answer-{n}": "Đã xem xét (minh họa)" for n in range(1, len(reads.keys_of(one.report)) + 1)
        }
        seat.send(opinion_at(ref, one), **GOOD, **answers)


def marks_on(page: str) -> dict[str, str]:
    """What the screen of marks would send."""
    radios = re.findall(r'<input type="radio"[^>]*name="(\S+)" value="(\w+)" checked', page)
    grounds = re.findall(
        r'<select[^>]*name="(ground-\S+)">.*?<option value="(\w+)" selected', page, re.DOTALL
    )
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    return {**dict(radios), **dict(grounds), "version": version[1]}


def first_commitment(world: World, ref: str) -> str:
    with world.work() as w:
        return _first(programme(w, ref))


def _first(draft: Programme) -> str:
    return next(c.ref for t in draft.tasks for c in t.commitments if t.disclosed and c.disclosed)


def test_marks_are_decided_on_one_screen(office: Office, world: World) -> None:
    ref, seat = published(world), office.seat(SOAN)
    item = first_commitment(world, ref)
    sent = marks_on(seat.open(at(ref, "/cong-khai")))
    seat.send(at(ref, "/cong-khai"), **sent)  # nothing changed
    assert state(world, ref) == "published"
    shut = {**sent, f"mark-{item}": "khong", f"ground-{item}": "personal_data"}
    seat.send(at(ref, "/cong-khai"), **shut)
    assert state(world, ref) == "approved"
    late = seat.send(at(ref, "/cong-khai"), 409, **sent)
    assert "Người khác vừa đánh dấu: không công khai" in said_on(late.text)
    assert re.search(rf'id="co-{item}"[^>]* checked', late.text), "the choice that was sent is still there"
    again = marks_on(seat.page)
    bad = seat.send(at(ref, "/cong-khai"), 422, **{
        **again, f"mark-{item}": "khong", f"ground-{item}": "other", f"note-{item}": STAMP,
    })  # fmt: skip
    assert "Có dấu hiệu độ mật" in bad.text
    gate = said_on(office.seat(CONG).open(at(ref, "/cong-bo")))
    assert "Gỡ khỏi trang công khai" in gate
    assert "Dữ liệu cá nhân theo quy định của pháp luật" in gate


def test_the_appraiser_sees_the_marks_and_changes_none(office: Office, world: World) -> None:
    ref, seat = approved(world), office.seat(THAM)
    assert "Lưu dấu công khai" not in seat.open(at(ref, "/cong-khai"))
    seat.send(at(ref, "/cong-khai"), 403)
    seat.open(at(ref, "/tham-dinh"))


def main_of(page: str) -> str:
    """What is read in the main part of a page, without the bar of the mirror."""
    main = page[page.index("<main") : page.index("</main>")]
    return said_on(re.sub(r'<div class="notice" data-tone="warn" lang="vi">.*?</div>', "", main, flags=re.S))


def test_what_is_previewed_is_what_is_read(office: Office, world: World) -> None:
    ref, seat = approved(world), office.seat(CONG)
    page = seat.open(at(ref, "/cong-bo"))
    items = re.findall(r'href="([^"]+/xem-truoc/[\w-]+/(\w+))"', page)
    assert len(items) > 3
    seen = {item: seat.open(path) for path, item in items}
    assert all("Xem trước: trang này chưa được công khai" in text for text in seen.values())
    other = next(path for path, item in items if item != ref)
    assert f'href="{other}"' in seen[ref], "a link leads to the preview of what it names"
    seat.open(at(ref, "/cong-bo"))
    seat.send(at(ref, "/cong-bo"), do="now", previewed=seat.hidden("previewed"))
    reader = world.reader()
    for _, item in items:
        kind = "chuong-trinh" if item == ref else "cam-ket"
        shown = main_of(reader.get(f"/{kind}/{item}").text)
        expected = main_of(seen[item])
        # The place in the log is known only once it is there.
        assert re.sub(r"mục [\d.]+", "mục n", shown) == re.sub(r"mục [\d.]+", "mục n", expected)
    assert "Trang công khai đang đúng với dự thảo" in seat.open(at(ref, "/cong-bo"))


def test_the_author_previews_before_anybody_appraised_it(office: Office, world: World) -> None:
    ref = world.draft(world.read(BOOK))
    seat = office.seat(SOAN)
    page = said_on(seat.open(at(ref, "/cong-bo")))
    assert "Chương trình chưa được thẩm định đồng ý" in page
    assert "chưa được giao vai trò" in page
    assert "Chưa thẩm định" in said_on(seat.open(at(ref, f"/cong-bo/xem-truoc/chuong-trinh/{ref}")))
    with world.work() as w:
        hidden = next(c.ref for t in programme(w, ref).tasks for c in t.commitments if not c.disclosed)
    # What is no part of the preview is read, or not found, at the public door.
    answer = seat.ask("GET", at(ref, f"/cong-bo/xem-truoc/cam-ket/{hidden}"))
    assert (answer.status_code, answer.location) == (302, f"http://localhost/cam-ket/{hidden}")
    answer = seat.ask("GET", at(ref, "/cong-bo/xem-truoc/en/tim-kiem?q=a"))
    assert answer.location == "http://localhost/en/tim-kiem?q=a"
    assert "Not found" not in said_on(seat.open(at(ref, "/cong-bo/xem-truoc/khong/co"), 404))


def amended(world: World, ref: str) -> None:
    form = world.read(BOOK)
    one = commitment_of(form, 1)
    world.revise(ref, changed(form, 1, target=one.target - 1, deadline=date(2028, 6, 30)))  # type: ignore[operator]
    world.approve(ref)


def test_an_amendment_asks_for_its_reason_and_paper_and_loses_neither(office: Office, world: World) -> None:
    ref, seat = published(world), office.seat(CONG)
    amended(world, ref)
    page = said_on(seat.open(at(ref, "/cong-bo")))
    for said in (
        "Hạ yêu cầu của mức đích",
        "Lùi thời hạn",
        "phải kèm văn bản",
        "Đang công khai",
        "30/06/2028",
    ):
        assert said in page
    digest = seat.hidden("previewed")
    refused = seat.send(at(ref, "/cong-bo"), 422, do="now", previewed=digest, reason=REASON)
    assert "phải kèm số, ngày văn bản" in refused.text
    assert REASON in refused.text
    seat.send(at(ref, "/cong-bo"), 422, do="now", previewed=digest, reason=STAMP, document="x")
    world.revise(ref, changed(world.read(BOOK), 2, deliverable="Sản phẩm khác (minh họa)"))
    world.approve(ref)
    stale = seat.send(
        at(ref, "/cong-bo"), 409, do="now", previewed=digest, reason=REASON, document="QĐ 15 (minh họa)"
    )
    assert "Bản thảo đã thay đổi sau khi ông/bà xem trước" in stale.text
    assert REASON in stale.text
    assert "Sản phẩm khác (minh họa)" in stale.text
    seat.send(at(ref, "/cong-bo"), do="now", previewed=seat.hidden("previewed"), reason=REASON)
    assert state(world, ref) == "published"


def test_nothing_goes_out_that_was_not_looked_at(office: Office, world: World) -> None:
    ref, seat = approved(world), office.seat(CONG)
    seat.open(at(ref, "/cong-bo"))
    for previewed in ("", "0" * 64):
        seat.send(at(ref, "/cong-bo"), 409, do="now", previewed=previewed)
    assert state(world, ref) == "approved"


def test_an_hour_is_agreed_and_called_off(office: Office, world: World) -> None:
    ref, seat = approved(world), office.seat(CONG)
    path = at(ref, "/cong-bo")
    seat.open(path)
    sent = {"do": "later", "previewed": seat.hidden("previewed")}
    for day, hour, said in (
        ("ngày mai", "08:00", "Chưa đọc được ngày, giờ"),
        ("25/11/2026", "sáng", "Chưa đọc được ngày, giờ"),
        ("25/11/2026", "26:00", "Chưa đọc được ngày, giờ"),
        ("24/11/2026", "08:59", "Thời điểm hẹn công bố phải ở sau lúc này"),
        ("24/11/2027", "08:00", "trong vòng 90 ngày"),
    ):
        answer = seat.send(path, 422, **sent, day=day, hour=hour)
        assert said in answer.text
        assert f'value="{day}"' in answer.text
    seat.send(path, **sent, day="25/11/2026", hour="8h30")
    page = said_on(seat.open(path))
    assert "Hẹn công bố lúc 25/11/2026 08:30" in page or "Hẹn công bố lúc 08:30" in page
    seat.send(at(ref, "/cong-bo/huy-lich"))
    with world.work() as w:
        assert schedules.waiting(w, programme(w, ref)) is None
    seat.open(path)
    seat.send(at(ref, "/cong-bo/huy-lich"), 422)


def test_taking_down_leaves_a_stone_with_the_reason(office: Office, world: World) -> None:
    ref, seat = published(world), office.seat(CONG)
    item = first_commitment(world, ref)
    path = at(ref, "/go")
    page = seat.open(path)
    choice = re.search(r'value="(Cam kết 1: [^"]+)"', page)
    assert choice
    what = unescape(choice[1])
    refused = seat.send(path, 422, what=what, reason="")
    assert re.search(rf'value="{re.escape(choice[1])}" (checked|selected)', refused.text)
    seat.send(path, what=what, reason="Công bố nhầm (minh họa)")
    assert world.reader().get(f"/cam-ket/{item}").status_code == 410
    assert world.reader().get(f"/chuong-trinh/{ref}").status_code == 200
    seat.open(path)
    seat.send(path, what="Cả chương trình và mọi cam kết", reason="Công bố nhầm (minh họa)")
    assert "Công bố nhầm (minh họa)" in world.reader().get(f"/chuong-trinh/{ref}").text
    seat.open(path, 422)


def test_two_officers_erase_what_must_go(office: Office, world: World) -> None:
    slip = "Hồ sơ của bà Zyxwvut (minh họa)"
    ref = world.draft(changed(world.read(BOOK), 1, deliverable=slip))
    world.approve(ref)
    world.publish(ref)
    first, second = office.seat(CONG), office.seat(OTHER)
    path = at(ref, "/xoa-van-ban")
    first.open(path)
    found = first.send(path, 200, do="find", words="ZYXWVUT")
    assert "1 mục có cụm từ này" in said_on(found.text)
    assert found.text.count(" checked") == 1
    chosen = re.search(r'name="position" value="(\d+)" checked', found.text)
    assert chosen
    typed = {"do": "ask", "words": "zyxwvut", "position": chosen[1]}
    refused = first.send(path, 422, **typed, reason=" ")
    assert "zyxwvut" in refused.text
    first.send(path, 422, do="ask", reason=REASON)
    first.send(path, **typed, reason="Xóa dữ liệu cá nhân (minh họa)")
    assert "người đề nghị việc này" in first.open(path)
    first.send(f"{path}/xac-nhan", 403)
    assert "Xóa dữ liệu cá nhân (minh họa)" in second.open(path)
    second.send(f"{path}/xac-nhan")
    assert "Zyxwvut" not in second.open(path)
    with world.work() as w:
        entry = record.entry(w.session, int(chosen[1]))
        assert entry
        assert entry.document is None
    second.send(f"{path}/xac-nhan", 422)


def test_a_request_to_erase_can_be_dropped(office: Office, world: World) -> None:
    ref, seat = published(world), office.seat(CONG)
    path = at(ref, "/xoa-van-ban")
    position = re.search(r'name="position" value="(\d+)"', seat.open(path))
    assert position
    seat.send(path, do="ask", position=position[1], reason="Xóa dữ liệu cá nhân (minh họa)")
    seat.open(path)
    seat.send(f"{path}/tu-choi")
    assert "chờ xác nhận" not in seat.open(path)


@pytest.mark.parametrize("rest", ["", "/trinh-bay", "/tham-dinh", "/cong-khai", "/cong-bo"])
def test_another_unit_sees_nothing_of_it(office: Office, world: World, rest: str) -> None:
    ref, seat = approved(world), office.seat(ELSEWHERE)
    seat.open(at(ref, rest), 403)
    seat.open(at("khongco123", rest), 404)


def test_a_second_role_does_not_make_a_second_person(office: Office, world: World) -> None:
    ref = approved(world)
    seat = office.seat(replace(SOAN, role=Role.PUBLISHER))
    page = seat.open(at(ref, "/cong-bo"))
    assert "là người soạn nội dung này" in page
    assert 'name="previewed"' not in page
    seat.send(at(ref, "/cong-bo"), 403, do="now", previewed="x")
