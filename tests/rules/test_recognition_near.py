"""Near duplicates and bursts: found through small changes, never through another key or after its day."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from recognition_texts import labelled

from portal.inbox.recognition.near import (
    BurstRule,
    KeyExpired,
    NearKey,
    Print,
    burst,
    fingerprint,
    is_near,
    may_be_near,
    resemblance,
)

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
KEY = NearKey(b"k" * 32, NOW + timedelta(days=30))
TEXT = (
    "Đường 389 qua khu Bích Nhôi ngập cả tuần nay, phường hứa nạo vét cống trước 30 tháng 8 mà tới giờ "
    "cống vẫn đầy bùn, mong các anh đi kiểm tra thật chứ đừng ngồi nghe báo cáo."
)


def of(text: str, key: NearKey = KEY) -> Print:
    return fingerprint(text, key, now=NOW)


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.upper(),
        TEXT.replace(" ", "  ").replace(",", " !!"),
        TEXT.replace("không", "ko") + " 🙂",
        TEXT.replace("cả tuần nay", "hai tuần nay"),
        TEXT.replace("mong các anh", "mong các bác") + " Xin cảm ơn.",
        "Kính gửi phường! " + TEXT,
    ],
)
def test_the_same_but_for_small_changes(changed: str) -> None:
    assert is_near(of(TEXT), of(changed))
    assert may_be_near(of(TEXT), of(changed))


def test_different_texts_are_not_near() -> None:
    prints = [of(one.text) for one in labelled() if len(one.text) > 60][:200]
    pairs = [(left, right) for at, left in enumerate(prints) for right in prints[:at]]
    assert not [pair for pair in pairs if is_near(*pair)]
    assert sum(may_be_near(*pair) for pair in pairs) / len(pairs) < 0.01


def test_a_look_up_by_bands_finds_nearly_all_that_are_near() -> None:
    dice = random.Random(7)
    found = near = 0
    for one in labelled():
        words = one.text.split()
        if len(words) >= 20:
            words[dice.randrange(len(words))] = "khác"
            twins = of(one.text), of(" ".join(words))
            near += is_near(*twins)
            found += is_near(*twins) and may_be_near(*twins)
    assert near > 100
    assert found / near >= 0.98


def test_short_texts_are_near_only_when_equal() -> None:
    assert resemblance(of("Làm chậm quá"), of("làm chậm quá!")) == 1
    assert not is_near(of("Làm chậm quá"), of("Làm nhanh quá"))
    assert resemblance(of(""), of("")) == 1


def test_without_the_key_prints_say_nothing() -> None:
    other = NearKey(b"o" * 32, KEY.expires)
    assert resemblance(of(TEXT), of(TEXT, other)) == 0
    assert not may_be_near(of(TEXT), of(TEXT, other))


def test_an_expired_key_is_refused() -> None:
    with pytest.raises(KeyExpired):
        fingerprint(TEXT, KEY, now=KEY.expires)


def test_a_burst_stands_out_of_what_is_usual() -> None:
    quiet = [3, 4, 2, 5, 3, 4, 3]
    assert burst(quiet, 30).is_unusual
    assert not burst(quiet, 9).is_unusual
    assert burst(quiet, 30).usual == 3


def test_a_busy_page_needs_more() -> None:
    busy = [100, 120, 90, 110, 105, 95, 115]
    assert not burst(busy, 150).is_unusual
    assert burst(busy, 200).is_unusual


def test_an_earlier_burst_does_not_hide_the_next() -> None:
    assert burst([3, 4, 2, 200, 3, 4, 3], 40).is_unusual


def test_the_first_window_and_the_floor() -> None:
    assert not burst([], 9).is_unusual
    assert burst([], 10).is_unusual
    assert not burst([0, 0, 0], 40, rule=BurstRule(floor=50)).is_unusual
