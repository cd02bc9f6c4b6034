"""The appraiser's screens: opinions, assigned commitments, conflicts of interest, presentations."""

import re
from dataclasses import replace

import pytest
from on_its_way import BOOK, GOOD, STAMP, at, state, subjects, submitted
from people import HOA, SOAN, THAM, Person
from seated import Office, Seat, said_on
from world import World

from portal.kernel.policy import Role
from portal.kernel.sealed import Reason
from portal.office.accounts.acts import add_officer
from portal.office.appraisal import reads
from portal.office.programme.reads import programme


def opinion_at(ref: str, one: reads.Subject) -> str:
    return at(ref, f"/tham-dinh/{one.ref}/{one.version}/{one.opinion_version}")


def give_all(seat: Seat, world: World, ref: str) -> None:
    for one in subjects(world, ref):
        seat.open(opinion_at(ref, one))
        answers = {
            f"answer-{n}": "Đã xem xét (minh họa)" for n in range(1, len(reads.keys_of(one.report)) + 1)
        }
        seat.send(opinion_at(ref, one), **GOOD, **answers)


def test_an_appraiser_goes_through_it_and_approves(office: Office, world: World) -> None:
    ref, seat = submitted(world), office.seat(THAM)
    count = len(subjects(world, ref))
    assert f"Đã có ý kiến về 0/{count} cam kết" in said_on(seat.open(at(ref, "/tham-dinh")))
    seat.open(at(ref, "/tham-dinh/ket-luan"))
    early = seat.send(at(ref, "/tham-dinh/ket-luan"), 422, outcome="Đồng ý", opinion="Ý kiến chung đã gõ")
    assert "Còn cam kết chưa có ý kiến thẩm định" in early.text
    assert "Ý kiến chung đã gõ" in early.text
    give_all(seat, world, ref)
    assert f"Đã có ý kiến về {count}/{count} cam kết" in said_on(seat.open(at(ref, "/tham-dinh")))
    seat.open(at(ref, "/tham-dinh/ket-luan"))
    seat.send(at(ref, "/tham-dinh/ket-luan"), outcome="Đồng ý", opinion="Đồng ý, sát thực tế (minh họa)")
    assert state(world, ref) == "approved"


def test_what_is_typed_into_an_opinion_comes_back(office: Office, world: World) -> None:
    ref, seat = submitted(world), office.seat(THAM)
    one = subjects(world, ref)[0]
    path = opinion_at(ref, one)
    seat.open(path)
    for typed, said in (
        ({**GOOD, "feasible": ""}, "Chưa lưu"),
        ({**GOOD, "feasible": "Cần hoàn thiện"}, "Chưa có ý kiến thẩm định"),
        ({**GOOD, "feasible_note": STAMP}, "Có dấu hiệu độ mật"),
    ):
        answer = seat.send(path, 422, **typed)
        assert said in answer.text
        assert "Sát với tình hình phường (minh họa)." in answer.text
    seat.send(path, **GOOD)
    late = seat.send(path, 409, **{**GOOD, "fit_note": "Bản của người đến sau (minh họa)"})
    assert "Bản của người đến sau (minh họa)" in late.text
    assert "Sát với tình hình phường (minh họa)." in late.text
    newer = re.search(r'action="([^"]+tham-dinh[^"]+)"', late.text)
    assert newer
    seat.send(newer[1], **{**GOOD, "fit_note": "Bản của người đến sau (minh họa)"})
    assert subjects(world, ref)[0].opinion.fit_note.startswith("Bản của người đến sau")  # type: ignore[union-attr]


def test_a_returned_programme_shows_its_author_every_opinion(office: Office, world: World) -> None:
    ref, seat = submitted(world), office.seat(THAM)
    one = subjects(world, ref)[0]
    seat.open(opinion_at(ref, one))
    seat.send(
        opinion_at(ref, one),
        **{**GOOD, "feasible": "Chưa khả thi", "feasible_note": "Chưa rõ nguồn vốn (minh họa)"},
    )
    seat.open(at(ref, "/tham-dinh/ket-luan"))
    seat.send(
        at(ref, "/tham-dinh/ket-luan"), outcome="Trả lại để hoàn thiện", opinion="Cần bổ sung (minh họa)"
    )
    read = said_on(office.seat(SOAN).open(at(ref, "/tham-dinh")))
    for said in ("Trả lại để hoàn thiện", "Cần bổ sung (minh họa)", "Chưa khả thi", "Chưa rõ nguồn vốn"):
        assert said in read
    assert "Cho ý kiến" not in read


@pytest.mark.parametrize(
    ("who_is_it", "said"),
    [
        (replace(SOAN, role=Role.APPRAISER), "là người soạn nội dung này"),
        (replace(HOA, role=Role.APPRAISER), "chương trình hành động của chính ông/bà"),
    ],
)
def test_a_conflict_of_interest_is_told_in_a_sentence(
    office: Office, world: World, who_is_it: Person, said: str
) -> None:
    ref = submitted(world)
    with world.work() as w:
        add_officer(w, email=HOA.email, name=HOA.name, role=Role.APPRAISER, unit_code=HOA.unit_code)
    seat = office.seat(who_is_it)
    page = seat.open(at(ref, "/tham-dinh"))
    assert said in page
    assert "Cho ý kiến" not in page
    assert said in seat.open(opinion_at(ref, subjects(world, ref)[0]), 403)
    seat.open(at(ref, "/tham-dinh"))
    assert said in seat.send(at(ref, "/tham-dinh/ket-luan"), 403, outcome="Đồng ý", opinion="x" * 20).text


def test_a_commitment_is_assigned_with_its_reason(office: Office, world: World) -> None:
    ref, seat = submitted(world), office.seat(THAM)
    form = seat.open(at(ref, "/tham-dinh/giao"))
    assert "Nhiệm vụ mới" in form
    typed = {
        "task_number": "Nhiệm vụ mới, ghi ở dưới", "new_title": "Thiết chế văn hóa (minh họa)",
        "text": "Xây dựng và đưa vào sử dụng 2 nhà văn hóa tổ dân phố (minh họa).",
        "indicator": "Số nhà văn hóa", "measure_unit": "nhà", "baseline": "0", "target": "2",
        "baseline_on": "30/06/2026", "baseline_source": "Báo cáo quý II", "direction": "tăng",
        "deadline": "31/12/2027", "accountable": "Chủ tịch UBND phường", "mode": "lãnh đạo",
        "authority": "UBND phường", "deliverable": "2 nhà văn hóa", "evidence_plan": "Biên bản bàn giao",
        "frequency": "quý", "coordinators": "", "reason": "vì cần", "do": "save",
    }  # fmt: skip
    refused = seat.send(at(ref, "/tham-dinh/giao"), 422, **typed)
    assert "Thiết chế văn hóa (minh họa)" in refused.text
    seat.send(
        at(ref, "/tham-dinh/giao"),
        422,
        **{**typed, "new_title": "", "reason": "Trọng tâm năm tới (minh họa)"},
    )
    seat.send(at(ref, "/tham-dinh/giao"), **{**typed, "reason": "Trọng tâm năm tới (minh họa)"})
    read = said_on(seat.open(at(ref, "/tham-dinh")))
    assert "Được giao khi thẩm định" in read
    with world.work() as w:
        row = programme(w, ref).tasks[-1].commitments[0]
        assert row.origin.open(reason=Reason.PROOF) == "assigned"
        assert row.disclosed is False


def test_a_presentation_is_recorded_and_taken_back(office: Office, world: World) -> None:
    ref, seat = world.draft(world.read(BOOK)), office.seat(SOAN)
    path = at(ref, "/trinh-bay/moi")
    seat.open(path)
    typed = {
        "kind": "Hội nghị tập thể lãnh đạo mở rộng (bước 2)", "held_on": "20/11/2026",
        "conference": "Hội nghị mở rộng (minh họa)", "is_before_decision": "Có",
        "version": "Bản dự thảo hiện tại (sẽ được khóa thành một phiên bản)",
    }  # fmt: skip
    for wrong in ({"held_on": "25/12/2026"}, {"is_before_decision": "Không"}, {"held_on": "hôm qua"}):
        assert "Hội nghị mở rộng (minh họa)" in seat.send(path, 422, **{**typed, **wrong}).text
    seat.send(path, **typed)
    page = seat.open(at(ref, "/trinh-bay"))
    assert "Hội nghị mở rộng (minh họa)" in page
    assert f'href="{at(ref, "/phien-ban/1")}"' in page
    assert "khóa sau ngày họp" in page
    remove = re.search(r'action="([^"]+/bo)"', page)
    assert remove
    seat.send(remove[1])
    assert "Chưa ghi nhận lần nào" in seat.open(at(ref, "/trinh-bay"))
