"""Every reason is given when, and only when, its fault is put into a sound draft."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.office.commitment.phrases import addressed, before, begins_with, find
from portal.office.commitment.profiles import profiles, words
from portal.office.commitment.reasons import Level, Reason
from portal.office.commitment.rules import assess
from portal.office.commitment.shape import CommitmentDraft
from portal.record.documents import Direction, Frequency, Mode, Origin

TODAY = date(2026, 11, 24)
SOUND = CommitmentDraft(
    text="Giải quyết dứt điểm 186 hồ sơ tồn đọng trước ngày 30/6/2027.",
    indicator="Số hồ sơ tồn đọng đã giải quyết",
    measure_unit="hồ sơ",
    baseline=Decimal(20),
    baseline_on=date(2026, 6, 30),
    baseline_source="Báo cáo (số liệu minh họa)",
    target=Decimal(186),
    direction=Direction.UP,
    deadline=date(2027, 6, 30),
    accountable="Chủ tịch UBND xã",
    coordinators=("Phòng Kinh tế",),
    mode=Mode.DO,
    authority="UBND xã",
    deliverable="Giấy chứng nhận đã cấp",
    evidence_plan="Bảng tổng hợp theo tháng",
    frequency=Frequency.MONTHLY,
    origin=Origin.SELF_PROPOSED,
    mandate_from=date(2026, 7, 1),
    mandate_to=date(2031, 6, 30),
)
FAIL, WARN = Level.FAIL, Level.WARN
PRODUCT: dict[str, Any] = {
    "direction": Direction.DONE,
    "deadline": date(2026, 12, 31),
    "text": "Trình phê duyệt đồ án quy hoạch chung xã.",
    "baseline": None,
    "baseline_on": None,
}
SHARE: dict[str, Any] = {"measure_unit": "%", "baseline": Decimal(50), "target": Decimal(95)}

FAULTS: list[tuple[dict[str, Any], set[tuple[Level, Reason]]]] = [
    ({}, set()),
    (
        {"accountable": "", "coordinators": ()},
        {(FAIL, Reason.PERSON_MISSING), (FAIL, Reason.RESPONSIBLE_MISSING)},
    ),
    ({"accountable": ""}, {(FAIL, Reason.PERSON_MISSING), (FAIL, Reason.COORDINATION_ONLY)}),
    (
        {"accountable": "", "text": "Chủ tịch UBND xã chịu trách nhiệm giải quyết 186 hồ sơ."},
        {(FAIL, Reason.PERSON_MISSING), (FAIL, Reason.COORDINATION_ONLY)},
    ),
    (
        {"accountable": "", "text": "UBND xã và Công an xã chủ trì giải quyết 186 hồ sơ."},
        {(FAIL, Reason.PERSON_COLLECTIVE), (FAIL, Reason.COORDINATION_ONLY)},
    ),
    ({"accountable": "UBND xã"}, {(FAIL, Reason.PERSON_COLLECTIVE)}),
    ({"accountable": "Chủ tịch và Bí thư xã"}, {(FAIL, Reason.PERSON_SEVERAL)}),
    ({"accountable": "Bí thư, Chủ tịch HĐND xã"}, {(WARN, Reason.PERSON_CONCURRENT)}),
    ({"accountable": "công chức địa chính"}, {(WARN, Reason.PERSON_UNRECOGNISED)}),
    (
        {"accountable": "Phối hợp với Công an xã"},
        {(FAIL, Reason.PERSON_COLLECTIVE), (FAIL, Reason.COORDINATION_ONLY)},
    ),
    ({"coordinators": ("Chủ tịch UBND xã",)}, {(WARN, Reason.COORDINATES_ITSELF)}),
    ({"mode": None}, {(WARN, Reason.MODE_MISSING)}),
    (
        {"mode": None, "text": "Phối hợp với Công an xã giải quyết 186 hồ sơ."},
        {(WARN, Reason.COORDINATION_ONLY)},
    ),
    ({"text": ""}, {(FAIL, Reason.TASK_MISSING)}),
    ({"text": "Xây cầu"}, {(WARN, Reason.TASK_SHORT)}),
    ({"text": "Từng bước giải quyết 186 hồ sơ."}, {(WARN, Reason.TASK_VAGUE)}),
    ({"indicator": ""}, {(FAIL, Reason.INDICATOR_MISSING)}),
    ({"deadline": None}, {(FAIL, Reason.DEADLINE_MISSING)}),
    ({"deadline": None, "text": "Sớm giải quyết 186 hồ sơ."}, {(FAIL, Reason.DEADLINE_VAGUE)}),
    ({"text": "Sớm giải quyết 186 hồ sơ."}, {(WARN, Reason.TIME_VAGUE)}),
    ({"text": "Phát hiện sớm 186 ca bệnh tại trạm y tế."}, set()),
    (
        {"deadline": date(2026, 11, 23), "text": "Giải quyết dứt điểm 186 hồ sơ."},
        {(WARN, Reason.DEADLINE_PAST)},
    ),
    ({"deadline": TODAY, "text": "Giải quyết dứt điểm 186 hồ sơ."}, set()),
    ({"mandate_to": date(2027, 6, 29)}, {(WARN, Reason.DEADLINE_OUTSIDE_MANDATE)}),
    ({"mandate_from": date(2027, 7, 1)}, {(WARN, Reason.DEADLINE_OUTSIDE_MANDATE)}),
    ({"mandate_from": None, "mandate_to": None}, set()),
    ({"deadline": date(2027, 7, 1)}, {(WARN, Reason.DEADLINE_DIFFERS)}),
    ({"text": "Xử lý 41 vụ phát sinh trước ngày 01/7/2025 trên địa bàn."}, set()),
    ({"text": "Giải quyết 186 hồ sơ trước ngày 31/02/2027."}, set()),
    ({"frequency": None}, {(WARN, Reason.FREQUENCY_MISSING), (WARN, Reason.MILESTONES_MISSING)}),
    ({"frequency": Frequency.YEARLY}, {(WARN, Reason.MILESTONES_MISSING)}),
    ({"frequency": Frequency.YEARLY, "milestones": 1}, set()),
    (
        {
            "frequency": Frequency.YEARLY,
            "deadline": date(2027, 1, 1),
            "text": "Giải quyết dứt điểm 186 hồ sơ.",
        },
        set(),  # six months to the day are not more than six months
    ),
    ({**PRODUCT, "target": None, "measure_unit": "", "indicator": ""}, set()),
    (
        {**PRODUCT, "deadline": date(2027, 6, 30), "mandate_from": None},
        {(WARN, Reason.MILESTONES_MISSING)},
    ),
    (
        {**PRODUCT, "target": None, "deliverable": ""},
        {
            (FAIL, Reason.TARGET_MISSING),
            (FAIL, Reason.DELIVERABLE_MISSING),
            (FAIL, Reason.BASELINE_MISSING),
        },
    ),
    ({"target": None}, {(WARN, Reason.TARGET_MISSING), (WARN, Reason.MILESTONES_MISSING)}),
    ({"deliverable": ""}, {(WARN, Reason.DELIVERABLE_MISSING)}),
    ({"measure_unit": ""}, {(FAIL, Reason.UNIT_MISSING)}),
    ({"direction": None}, {(FAIL, Reason.DIRECTION_MISSING)}),
    ({"baseline": None}, {(FAIL, Reason.BASELINE_MISSING)}),
    ({"baseline": None, "direction": Direction.KEEP}, set()),
    ({"baseline_on": None}, {(FAIL, Reason.BASELINE_DATE_MISSING)}),
    ({"baseline_source": ""}, {(WARN, Reason.BASELINE_SOURCE_MISSING)}),
    ({"baseline_on": date(2027, 6, 30)}, {(WARN, Reason.BASELINE_AFTER_DEADLINE)}),
    ({"direction": Direction.DOWN}, {(FAIL, Reason.TARGET_AGAINST_DIRECTION)}),
    ({"target": Decimal(19)}, {(FAIL, Reason.TARGET_AGAINST_DIRECTION)}),
    ({"direction": Direction.DOWN, "target": Decimal(19)}, set()),
    ({"target": Decimal(20)}, {(WARN, Reason.TARGET_UNMOVED)}),
    ({"target": Decimal(20), "direction": Direction.KEEP}, set()),
    ({**SHARE, "indicator": "Tỷ lệ giải ngân"}, {(WARN, Reason.DENOMINATOR_MISSING)}),
    ({**SHARE, "indicator": "Tỷ lệ giải ngân so với kế hoạch"}, set()),
    ({**SHARE, "indicator": "Tỷ lệ", "text": "Cấp giấy cho 95% hồ sơ hợp lệ."}, set()),
    (
        {**SHARE, "indicator": "Tỷ lệ", "text": "Cấp giấy đạt 95% trở lên."},
        {(WARN, Reason.DENOMINATOR_MISSING)},
    ),
    ({"target": Decimal(221)}, {(WARN, Reason.IMPLAUSIBLE)}),  # 10.05 times the baseline in a year
    ({"target": Decimal(220)}, set()),
    ({"baseline": Decimal(0), "target": Decimal(9999)}, set()),
    ({**SHARE, "baseline": Decimal(1), "target": Decimal(100)}, set()),
    ({"measure_unit": "tỷ đồng", "target": Decimal(41)}, {(WARN, Reason.IMPLAUSIBLE)}),
    ({"measure_unit": "tỷ đồng", "target": Decimal(40)}, set()),
    ({**SHARE, "target": Decimal("100.5")}, {(WARN, Reason.IMPLAUSIBLE)}),
    (
        {"text": "Thu ngân sách tăng ít nhất 150,5% so với năm 2025."},
        {(WARN, Reason.IMPLAUSIBLE)},
    ),
    ({"text": "Thu ngân sách tăng 20% so với năm 2025."}, set()),
    ({"evidence_plan": ""}, {(WARN, Reason.EVIDENCE_MISSING)}),
    ({"authority": ""}, {(FAIL, Reason.AUTHORITY_MISSING)}),
    ({"authority": "Chính phủ quyết định"}, {(FAIL, Reason.BEYOND_POWER)}),
    ({"authority": "UBND xã trình; Bộ Tài chính quyết định"}, set()),
    ({"text": "Đề nghị với Bộ Tài chính cấp 186 tỷ đồng."}, {(FAIL, Reason.BEYOND_POWER)}),
    ({"text": "Chính phủ ban hành chính sách cho 186 hộ."}, {(FAIL, Reason.BEYOND_POWER)}),
    ({"text": "Tham gia sửa đổi Luật Đất đai trong năm."}, {(FAIL, Reason.BEYOND_POWER)}),
    ({"text": "Trình bộ hồ sơ 186 thửa đất theo Nghị quyết của Chính phủ."}, set()),
    ({"text": "Chỉ đạo các bộ phận giải quyết 186 hồ sơ."}, set()),
]


@pytest.mark.parametrize(("fault", "expected"), FAULTS)
def test_a_fault_is_found(fault: dict[str, Any], expected: set[tuple[Level, Reason]]) -> None:
    draft = replace(SOUND, **fault)
    found = assess(draft, profiles()["6ro"], words(), today=TODAY).findings
    assert {(f.level, f.reason) for f in found} == expected


def test_every_reason_has_a_fault_here() -> None:
    assert {reason for _, expected in FAULTS for _, reason in expected} == set(Reason)


def test_without_any_date_the_way_begins_today() -> None:
    draft = replace(SOUND, frequency=None, mandate_from=None, baseline_on=None, deadline=date(2027, 5, 24))
    given = {f.reason for f in assess(draft, profiles()["5ro"], words(), today=TODAY).findings}
    assert Reason.MILESTONES_MISSING not in given
    given = {f.reason for f in assess(draft, profiles()["5ro"], words(), today=date(2026, 11, 23)).findings}
    assert Reason.MILESTONES_MISSING in given


def test_phrases_are_whole_syllables_and_the_longest_wins() -> None:
    assert find("Nâng cao chất lượng, từng bước.", ["nâng cao", "nâng cao chất lượng", "từng bước"]) == (
        "nâng cao chất lượng",
        "từng bước",
    )
    assert find("sớmm", ["sớm"]) == ()
    assert begins_with("Uỷ ban nhân dân", ["ủy ban", "ủy"]) == "ủy ban"
    assert begins_with("xã", ["ủy ban"]) == ""
    assert before("Tổ A phụ trách, chủ trì", ["chủ trì", "phụ trách"]) == "Tổ A"
    assert before("Không có ai", ["chủ trì"]) == ""
    assert addressed("kiến nghị phản ánh thuộc thẩm quyền của xã", ["kiến nghị"], ["quốc hội"]) == ""
