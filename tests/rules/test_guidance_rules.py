"""Guidance and the review calendar: what is in force, which periods there are, which reviews are missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import rich
from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Refusal
from portal.office.guidance import rules
from portal.office.guidance.rules import Every, Period

WARD, CITY, OTHER = 1, 2, 3


@dataclass(frozen=True)
class Version:
    unit_id: int
    valid_from: date


OLD, NEW = Version(CITY, date(2026, 1, 1)), Version(CITY, date(2026, 7, 1))
OWN, FOREIGN = Version(WARD, date(2026, 9, 1)), Version(OTHER, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), OLD),
        (date(2026, 6, 30), OLD),
        (date(2026, 7, 1), NEW),
        (date(2026, 8, 31), NEW),
        (date(2026, 9, 1), OWN),  # the nearest unit decides
    ],
)
def test_the_newest_of_the_nearest_unit_is_in_force(on: date, found: Version | None) -> None:
    assert rules.in_force([NEW, OWN, FOREIGN, OLD], [WARD, CITY], on) == found


def test_a_version_must_follow_the_others() -> None:
    known = [date(2026, 1, 1), date(2026, 7, 1)]
    assert rules.refusal_to_write(known, date(2026, 7, 1)) is Refusal.GUIDANCE_OUT_OF_ORDER
    assert rules.refusal_to_write(known, date(2026, 3, 1)) is Refusal.GUIDANCE_OUT_OF_ORDER
    assert rules.refusal_to_write(known, date(2026, 7, 2)) is None


@pytest.mark.parametrize(
    ("every", "codes"),
    [
        (Every.MONTH, ["2026-11", "2026-12", "2027-01"]),
        (Every.QUARTER, ["2026-Q4", "2027-Q1"]),
        (Every.HALF_YEAR, ["2026-H2", "2027-H1"]),
        (Every.YEAR, ["2026", "2027"]),
    ],
)
def test_periods_by_the_calendar(every: Every, codes: list[str]) -> None:
    found = list(rules.periods(every, date(2026, 11, 15), date(2027, 1, 1)))
    assert [period.code for period in found] == codes


@given(st.sampled_from(Every), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 2000))
def test_periods_follow_each_other_without_a_gap(every: Every, start: date, days: int) -> None:
    until = start + timedelta(days=days)
    found = list(rules.periods(every, start, until))
    assert found[0].first <= start <= found[0].last
    assert found[-1].first <= until <= found[-1].last
    assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(found))
    assert len({period.code for period in found}) == len(found)


Q3 = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))


def test_a_review_is_missing_once_its_period_ended() -> None:
    assert rules.missing([Q3], frozenset(), today=date(2026, 9, 30)) == []
    assert rules.missing([Q3], frozenset(), today=date(2026, 10, 1)) == [Q3]
    assert rules.missing([Q3], frozenset({"2026-Q3"}), today=date(2026, 10, 1)) == []
    assert rules.review_due_on(Q3, grace=2, calendar=WorkingCalendar()) == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("held_on", "known", "refusal"),
    [
        (date(2026, 9, 30), frozenset(), None),
        (date(2026, 9, 29), frozenset(), Refusal.REVIEWED_TOO_SOON),
        (date(2026, 10, 6), frozenset(), Refusal.REVIEWED_IN_FUTURE),
        (date(2026, 10, 1), frozenset({"2026-Q3"}), Refusal.ALREADY_REVIEWED),
    ],
)
def test_recording_a_review(held_on: date, known: frozenset[str], refusal: Refusal | None) -> None:
    assert rules.refusal_to_review(Q3, held_on, known, today=date(2026, 10, 5)) is refusal


@pytest.mark.parametrize(
    ("post", "has_it"),
    [
        ("Phó Trưởng phòng Kinh tế", True),
        ("PHÓ TRƯỞNG PHÒNG", True),
        ("Trưởng phòng", False),
        ("Phó trưởng phòngkhác", False),
        ("Chuyên viên", False),
    ],
)
def test_titles_with_the_duty_are_data(post: str, has_it: bool) -> None:
    assert rules.has_duty(post, ["Phó Trưởng phòng"]) is has_it


# --- rich text --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">a</p>',
        '<a href="javascript:x()">a</a>',
        '<a href="jav&#x09;ascript:x()">a</a>',
        "<svg><style><img src=x onerror=alert(1)>",
        "<math><mi><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        '<iframe src="https://x.example"></iframe>',
        '<p style="color:red">a</p>',
        "<form action=/x><input></form>",
        '<img src="https://x.example/a.png">',
    ],
)
def test_hostile_markup_is_gone(hostile: str) -> None:
    for shown in (rich.clean(hostile), str(rich.show(hostile))):
        low = shown.lower()
        live = low.replace("&lt;", " ")
        assert "<script" not in live
        assert "<img" not in live
        assert "<iframe" not in live
        assert "<form" not in live
        assert "javascript:" not in low
        assert not any(f"<{tag} {name}" in live for tag in ("p", "a") for name in ("on", "style"))


def test_what_officers_write_stays() -> None:
    assert rich.clean("Đoạn một\ndòng hai\n\nĐoạn hai") == "<p>Đoạn một<br>dòng hai</p><p>Đoạn hai</p>"
    kept = "<p><strong>Điều 1.</strong> <em>Áp dụng</em></p><ul><li>a</li></ul>"
    assert rich.clean(kept) == kept


def test_links_are_made_and_marked() -> None:
    made = rich.clean("Xem https://example.org/van-ban")
    assert 'href="https://example.org/van-ban"' in made
    assert 'rel="nofollow ugc noopener"' in made


def test_too_much_is_refused_before_it_is_parsed() -> None:
    rich.clean("a" * rich.MOST)
    with pytest.raises(rich.TooLong):
        rich.clean("<b>" * rich.MOST)
