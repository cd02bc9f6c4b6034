"""The six sample workbooks: four sound, one a draft that is not clear, one full of input faults."""

from datetime import date
from decimal import Decimal

import pytest
from workbooks import SAMPLES, faults, found_at, places, read

from portal.office.programme.workbook import ProgrammeForm
from portal.record.documents import Direction, FigureState, Frequency, Mode, Origin, Track

SOUND = {
    "01-chu-tich-phuong-nhi-chieu": (6, 6, 8, 1),
    "02-pho-chu-tich-phuong-kinh-mon": (6, 11, 14, 1),
    "03-bi-thu-phuong-kinh-mon": (2, 3, 4, 0),
    "04-chu-tich-xa": (7, 10, 12, 1),
}


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.xlsx").read_bytes()


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_sample_is_read_whole(name: str) -> None:
    form = read(sample(name), f"{name}.xlsx")
    withheld = sum(not commitment.disclosed for commitment in form.commitments)
    counted = (len(form.tasks), len(form.commitments), len(form.progress), withheld)
    assert counted == SOUND[name]
    assert form.warnings == ()


def test_the_sound_samples_hold_thirty_commitments() -> None:
    assert sum(len(read(sample(name)).commitments) for name in SOUND) == 30


def test_every_field_of_a_sample_arrives() -> None:
    form = read(sample("02-pho-chu-tich-phuong-kinh-mon"))
    assert (form.unit_code, form.unit_name) == ("10675", "Phường Kinh Môn")
    assert form.track is Track.APPOINTMENT
    assert form.decision_on == date(2026, 6, 15)
    assert (form.mandate_from, form.mandate_to) == (date(2026, 7, 1), date(2031, 6, 30))
    assert form.profile_code == "5ro"
    fourth = form.commitments[3]
    assert fourth.row == 5
    assert (fourth.number, fourth.task_number) == (4, 2)
    assert (fourth.baseline, fourth.target) == (Decimal(48), Decimal(100))
    assert fourth.coordinators == ("Thuế cơ sở", "tổ công nghệ số cộng đồng")
    assert (fourth.direction, fourth.mode) == (Direction.UP, Mode.LEAD)
    assert (fourth.frequency, fourth.origin) == (Frequency.MONTHLY, Origin.ASSIGNED)
    assert fourth.deadline == date(2026, 12, 31)
    withheld = form.commitments[1]
    assert withheld.withheld_basis == "Nội dung nội bộ đang trong quá trình xem xét"
    first = form.progress[0]
    assert (first.commitment_number, first.value) == (1, Decimal("73.8"))
    assert first.figure_state is FigureState.FIGURE
    assert (first.confirmed_by, first.confirmed_document) == ("Phòng chuyên môn", "BC-01/2026")


def test_areas_keep_their_commas() -> None:
    form = read(sample("01-chu-tich-phuong-nhi-chieu"))
    assert ("Đất đai, tài nguyên, khoáng sản",) in {task.areas for task in form.tasks}


def test_the_unclear_sample_is_a_draft_with_nothing_invented() -> None:
    form: ProgrammeForm = read(sample("05-chua-dat-5-ro"))
    assert len(form.commitments) == 8
    vague = form.commitments[0]
    assert vague.deadline is None
    assert vague.target is None
    assert vague.direction is None
    assert vague.accountable == ""
    assert form.warnings == ()


def test_every_planted_fault_is_reported_at_once() -> None:
    assert places(sample("06-loi-nhap-lieu")) == [
        ("Thông tin", 4, "B", "unknown_unit"),
        ("Thông tin", 12, "B", "ends_before_start"),
        ("Cam kết", 2, "K", "no_such_day"),
        ("Cam kết", 3, "B", "no_such_task"),
        ("Cam kết", 3, "I", "not_number"),
        ("Cam kết", 4, "J", "not_a_choice"),
        ("Cam kết", 5, "A", "number_twice"),
        ("Cam kết", 5, "K", "no_such_day"),
    ]


def test_a_fault_names_its_column_and_how_to_mend_it() -> None:
    fault = faults(sample("06-loi-nhap-lieu"))[2]
    assert fault.column == "Thời hạn"
    assert fault.where() == "Trang tính «Cam kết», dòng 2, cột K «Thời hạn»"
    assert "31/02/2027" in str(fault)
    assert "kiểm tra lại ngày" in fault.sentence


def test_a_sample_under_a_stamped_name_is_refused() -> None:
    assert found_at(sample("03-bi-thu-phuong-kinh-mon"), "toi-mat.xlsx") == "tên tệp"
