"""What is typed or pasted into a form reads as the same thing in a workbook's cell would."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from portal.office.commitment.places import FIELD_OF
from portal.office.commitment.reasons import Reason as Clarity
from portal.office.programme.standards import standards
from portal.office.programme.typed import pasted, read_typed, stamped
from portal.office.programme.workbook.form import CommitmentForm
from portal.office.programme.workbook.sheets import COMMITMENTS, FIELDS, TASKS
from portal.office.programme.workbook.wording import SENTENCES, Reason
from portal.office.programme.written import written

ALL = (*FIELDS, *TASKS.columns, *COMMITMENTS.columns)
KNOWN = {column.name: column for column in ALL}


def value(name: str, text: str) -> object:
    """What the field ``name`` reads from ``text``; a fault fails the test."""
    read = read_typed({name: text}, [KNOWN[name]])
    assert read.faults == {}
    return read.values[name]


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("• Rà soát\n• Trình duyệt", "- Rà soát\n- Trình duyệt"),
        ("\uf0b7\tRà soát\n\uf0a7\tTrình duyệt", "- Rà soát\n- Trình duyệt"),
        ("–\tRà soát\no\tTrình duyệt\n§\tBáo cáo", "- Rà soát\n- Trình duyệt\n- Báo cáo"),
        ("ong mật, o tròn – dấu gạch giữa câu", "ong mật, o tròn – dấu gạch giữa câu"),
        ("Dòng một\x0bdòng hai\u2028dòng ba", "Dòng một\ndòng hai\ndòng ba"),
        ("Mục\t1\u00a0\u00a0%", "Mục 1 %"),
        ("UBND\u00a0phường\u200b", "UBND phường"),
        ("“Một cửa” – ‘liên thông’", "“Một cửa” – ‘liên thông’"),
        ("số 12\u201111/QĐ", "số 12-11/QĐ"),
        (unicodedata.normalize("NFD", "Tiếng Việt đủ dấu"), "Tiếng Việt đủ dấu"),
    ],
)
def test_a_paste_is_stored_as_the_eye_reads_it(said: str, stored: str) -> None:
    assert pasted(said) == stored
    assert value("preface", said) == stored


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", Decimal("1234.5")), ("1 234,5", Decimal("1234.5")), ("1\u00a0234,5", Decimal("1234.5")),
        ("93,2", Decimal("93.2")), ("–5", Decimal(-5)), ("−5,5", Decimal("-5.5")), (" 95 % ", Decimal(95)),
    ],
)  # fmt: skip
def test_numbers_as_officers_write_them(text: str, number: Decimal) -> None:
    assert value("target", text) == number


@pytest.mark.parametrize("text", ["31/12/2027", "31-12-2027", "31–12–2027", "31.12.2027", " 31 / 12 / 2027"])
def test_dates_as_officers_write_them(text: str) -> None:
    assert value("deadline", text) == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("target", "93.2", Reason.DECIMAL_POINT),
        ("target", "nhiều", Reason.NOT_NUMBER),
        ("target", "95 hồ sơ", Reason.NUMBER_WITH_WORDS),
        ("deadline", "cuối năm", Reason.NOT_DATE),
        ("deadline", "31/02/2027", Reason.NO_SUCH_DAY),
        ("deadline", "1/1/27", Reason.SHORT_YEAR),
        ("direction", "lên", Reason.NOT_A_CHOICE),
        ("text", " ", Reason.MISSING),
        ("accountable", "a" * 501, Reason.TOO_LONG),
    ],
)
def test_what_cannot_be_read_gets_the_workbook_s_own_sentence(name: str, text: str, reason: Reason) -> None:
    said = read_typed({name: text}, [KNOWN[name]]).faults[name]
    start = SENTENCES[reason].split("{")[0].split("“")[0]
    assert said.startswith(start)
    assert "Ông/bà" in said


def test_lists_lose_their_bullets_and_doubles() -> None:
    assert value("coordinators", "• Sở A\n- Sở B; Sở A\n\n") == ("Sở A", "Sở B")


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_what_is_written_reads_back_as_the_same(name: str) -> None:
    column = KNOWN[name]
    example = column.example or "x"
    text = example if isinstance(example, str) else written(
        Decimal(str(example)) if isinstance(example, int | float) else example
    )  # fmt: skip
    if text == "Ví dụ":
        return
    first = value(name, text)
    assert value(name, written(first, column.words)) == first


def test_a_stamp_is_seen_however_it_is_pasted() -> None:
    texts = {"a": "bình thường", "b": "•\tTỐI MẬT", "c": "dòng\x0bMẬT\x0bdòng", "d": "mật độ dân số"}
    assert stamped(texts) == ("b", "c")


def test_every_reason_has_its_field() -> None:
    assert FIELD_OF.keys() == set(Clarity)
    assert set(FIELD_OF.values()) <= set(CommitmentForm.__slots__)


def test_the_five_standards_have_their_source() -> None:
    assert [one.code for one in standards().all] == list("12345")
    assert (standards().number, standards().on) == ("144-QĐ/TW", date(2024, 5, 9))
    assert standards().label("3").startswith("Cần, kiệm")
    assert standards().label("9") == ""
