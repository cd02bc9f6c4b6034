"""The thirty good commitments pass, the eight bad ones fail or warn for the reasons given beside them."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from portal.office.commitment.profiles import (
    CODES,
    Words,
    profiles,
    profiles_from,
    public_profile,
    words,
    words_from,
)
from portal.office.commitment.reasons import Level, Reason
from portal.office.commitment.rules import TESTS, ClarityReport, Finding, assess
from portal.office.commitment.shape import CommitmentDraft
from portal.office.commitment.wording import SENTENCES, sentence
from portal.record.documents import Direction, Frequency, Mode

SAMPLES = Path(__file__).parents[2] / "samples"
TODAY = date(2026, 11, 24)
GOOD = json.loads((SAMPLES / "commitments_sample.json").read_text(encoding="utf-8"))
BAD = json.loads((SAMPLES / "commitments_bad_examples.json").read_text(encoding="utf-8"))


DIRECTIONS = {"tăng": Direction.UP, "giảm": Direction.DOWN, "hoàn thành": Direction.DONE}
FREQUENCIES = {"tháng": Frequency.MONTHLY, "quý": Frequency.QUARTERLY, "năm": Frequency.YEARLY}


def as_listed(row: dict[str, Any]) -> CommitmentDraft:
    """A sample as its file has it: no mode, no source of the baseline, no mandate."""
    return CommitmentDraft(
        text=row["text"],
        indicator=row["indicator"],
        measure_unit=row["unit"],
        baseline=Decimal(str(row["baseline"])),
        baseline_on=date.fromisoformat(row["baseline_at"]),
        target=Decimal(str(row["target"])),
        direction=Direction(row["direction"]),
        deadline=date.fromisoformat(row["deadline"]),
        accountable=row["lead_role"],
        coordinators=tuple(row["coordinating"].split("; ")),
        authority=row["authority"],
        deliverable=row["product"],
        evidence_plan=row["evidence"],
        frequency=Frequency(row["update_frequency"]),
    )


def as_in_the_workbooks(row: dict[str, Any]) -> CommitmentDraft:
    """The same sample as workbooks 01 to 04 have it, with the columns they add."""
    return replace(
        as_listed(row),
        mode=Mode.LEAD,
        baseline_source="Báo cáo của đơn vị (số liệu minh họa)",
        mandate_from=date(2026, 7, 1),
        mandate_to=date(2031, 6, 30),
    )


def report(draft: CommitmentDraft, profile: str = "5ro") -> ClarityReport:
    return assess(draft, profiles()[profile], words(), today=TODAY)


def reasons(draft: CommitmentDraft, level: Level, profile: str = "5ro") -> set[Reason]:
    return {f.reason for f in report(draft, profile).findings if f.level is level}


def test_there_are_thirty_good_and_eight_bad_ones() -> None:
    assert (len(GOOD), len(BAD)) == (30, 8)


@pytest.mark.parametrize("profile", ["5ro", "6ro"])
@pytest.mark.parametrize("row", GOOD, ids=[row["code"] for row in GOOD])
def test_good_ones_are_clear(row: dict[str, Any], profile: str) -> None:
    for draft in (as_listed(row), as_in_the_workbooks(row)):
        assert report(draft, profile).failing == ()


def test_few_good_ones_are_questioned() -> None:
    questioned = [row["code"] for row in GOOD if report(as_in_the_workbooks(row)).findings]
    assert questioned == ["QH-01", "AS-01"]  # nothing to see for over six months
    for row in GOOD:
        warned = reasons(as_in_the_workbooks(row), Level.WARN)
        assert warned <= {Reason.MILESTONES_MISSING}


FAILS = {  # what is said beside each bad example, as reasons
    0: {
        Reason.PERSON_MISSING,
        Reason.DEADLINE_MISSING,
        Reason.INDICATOR_MISSING,
        Reason.DELIVERABLE_MISSING,
    },
    1: {Reason.DEADLINE_VAGUE},
    2: {
        Reason.BASELINE_MISSING,
        Reason.TARGET_MISSING,
        Reason.PERSON_MISSING,
        Reason.DELIVERABLE_MISSING,
    },
    3: {Reason.BASELINE_MISSING, Reason.DEADLINE_MISSING, Reason.PERSON_MISSING},
    4: {Reason.TARGET_MISSING, Reason.INDICATOR_MISSING},
    5: {Reason.PERSON_MISSING},
    6: {Reason.BASELINE_MISSING},
    7: {Reason.PERSON_COLLECTIVE},
}
WARNS: dict[int, set[Reason]] = {
    1: {Reason.TASK_VAGUE},
    3: {Reason.DENOMINATOR_MISSING},
    4: {Reason.TASK_VAGUE},
    5: {Reason.BEYOND_POWER},
    6: {Reason.IMPLAUSIBLE},
}
IN_WORKBOOK_05: dict[int, dict[str, Any]] = {
    3: {
        "indicator": "Tỷ lệ giải ngân",
        "measure_unit": "%",
        "target": Decimal(95),
        "direction": Direction.UP,
    },
    6: {
        "indicator": "Thu ngân sách",
        "measure_unit": "%",
        "baseline": Decimal(100),
        "target": Decimal(400),
        "direction": Direction.UP,
        "deadline": date(2026, 12, 31),
        "accountable": "Chủ tịch UBND phường",
        "deliverable": "Báo cáo thu",
    },
    7: {"deadline": date(2026, 12, 31), "accountable": "Tổ công tác liên ngành"},
}


@pytest.mark.parametrize("number", range(8))
def test_bad_texts_alone_fail_for_the_reasons_given(number: int) -> None:
    draft = CommitmentDraft(text=BAD[number]["text"])
    assert FAILS[number] <= reasons(draft, Level.FAIL), BAD[number]["why"]
    assert WARNS.get(number, set()) <= reasons(draft, Level.WARN), BAD[number]["why"]
    assert not report(draft).is_clear


def test_workbook_05_has_no_clear_commitment() -> None:
    mandate: dict[str, Any] = {"mandate_from": date(2026, 7, 1), "mandate_to": date(2031, 6, 30)}
    for number, row in enumerate(BAD):
        draft = CommitmentDraft(text=row["text"], **mandate, **IN_WORKBOOK_05.get(number, {}))
        assert not report(draft).is_clear, row["text"]
        assert WARNS.get(number, set()) <= reasons(draft, Level.WARN)
        if number == 6:  # its figures are there, but cannot be believed, and have no first day
            assert reasons(draft, Level.FAIL) == {Reason.BASELINE_DATE_MISSING}
        if number == 7:
            assert Reason.PERSON_COLLECTIVE in reasons(draft, Level.FAIL)


def in_workbook(path: Path) -> list[CommitmentDraft]:
    """The clarity-relevant cells of a workbook's commitments, read without the importer."""
    sheet = openpyxl.load_workbook(path)["Cam kết"]
    heads, *rows = sheet.iter_rows(values_only=True)
    cells = [dict(zip(heads, (value or "" for value in row), strict=True)) for row in rows]
    return [
        CommitmentDraft(
            text=cell["Nội dung cam kết"],
            indicator=cell["Chỉ tiêu"],
            measure_unit=cell["Đơn vị tính"],
            baseline=Decimal(str(cell["Mức nền"] or 0)),
            baseline_on=cell["Ngày mức nền"].date(),
            baseline_source=cell["Nguồn mức nền"],
            target=Decimal(str(cell["Mức đích"])),
            direction=DIRECTIONS[cell["Chiều"]],
            deadline=cell["Thời hạn"].date(),
            accountable=cell["Người chịu trách nhiệm"],
            coordinators=tuple(cell["Phối hợp"].split("; ")),
            mode=Mode.LEAD if cell["Hình thức"] == "lãnh đạo" else None,
            authority=cell["Thẩm quyền"],
            deliverable=cell["Sản phẩm"],
            evidence_plan=cell["Minh chứng"],
            frequency=FREQUENCIES[cell["Kỳ cập nhật"]],
            mandate_from=date(2026, 7, 1),
            mandate_to=date(2031, 6, 30),
        )
        for cell in cells
    ]


def test_the_thirty_in_the_workbooks_are_clear() -> None:
    paths = sorted((SAMPLES / "programmes").glob("0[1-4]-*.xlsx"))
    drafts = [draft for path in paths for draft in in_workbook(path)]
    assert len(drafts) == 30
    for profile in ("5ro", "6ro"):
        assert [d.text for d in drafts if not report(d, profile).is_clear] == []
    assert sum(bool(report(d).findings) for d in drafts) == 2


def test_words_found_are_named() -> None:
    found = {f.reason: f.words for f in report(CommitmentDraft(text=BAD[1]["text"])).findings}
    assert found[Reason.TASK_VAGUE] == ("phấn đấu", "thực hiện tốt")
    assert found[Reason.DEADLINE_VAGUE] == ("trong thời gian tới",)


def test_a_word_list_only_warns() -> None:
    """ "Đẩy mạnh" before a sound figure is questioned and passes."""
    for vague in words().vague:
        draft = replace(as_in_the_workbooks(GOOD[1]), text=f"{vague.capitalize()}. {GOOD[1]['text']}")
        assert report(draft).is_clear
        assert reasons(draft, Level.WARN) == {Reason.TASK_VAGUE}, vague


def test_outside_power_warns_under_five_and_fails_under_six() -> None:
    draft = replace(as_in_the_workbooks(GOOD[1]), text=BAD[5]["text"])
    assert report(draft, "5ro").is_clear
    assert Reason.BEYOND_POWER in reasons(draft, Level.WARN, "5ro")
    assert report(draft, "6ro").failing == ("authority",)


def test_failing_criteria_come_once_in_the_order_of_the_profile() -> None:
    empty = CommitmentDraft()
    for code, profile in profiles().items():
        assert report(empty, code).failing == tuple(c.code for c in profile.criteria)
        assert report(empty, code).profile_code == code
    assert all(f.level is Level.WARN for f in report(empty).warnings)
    assert "authority" in {f.criterion for f in report(empty).warnings}


def test_every_criterion_has_tests_and_a_label() -> None:
    assert set(TESTS) == set(CODES)
    assert public_profile("5ro").label == "5 rõ"
    assert [c.label for c in public_profile("6ro").criteria][3] == "Rõ thẩm quyền"


def test_every_reason_has_a_sentence_that_says_how_to_mend_it() -> None:
    assert set(SENTENCES) == set(Reason)
    for reason in Reason:
        finding = Finding(criterion="task", level=Level.FAIL, reason=reason, words=("một", "hai"))
        said = sentence(finding)
        assert "đề nghị" in said.lower()
        assert "{" not in said
        assert said.endswith(".")


def test_profiles_with_an_unknown_criterion_are_refused() -> None:
    with pytest.raises(ValueError, match="dream"):
        profiles_from({"criteria": {"dream": "Rõ ước mơ"}, "profiles": []})


def test_word_lists_can_be_replaced() -> None:
    fewer = words_from({field.name: [] for field in fields(Words)})
    found = assess(CommitmentDraft(text=BAD[4]["text"]), profiles()["5ro"], fewer, today=TODAY)
    assert Reason.TASK_VAGUE not in {f.reason for f in found.findings}
    assert Reason.TASK_VAGUE in reasons(CommitmentDraft(text=BAD[4]["text"]), Level.WARN)
