"""The words an officer chooses from, and what they mean; the first word of a meaning is offered."""

from collections.abc import Mapping
from typing import TypeVar

from portal.kernel.text import key
from portal.record.documents import Direction, Frequency, Mode, Origin, Track

T = TypeVar("T")

YES_NO: Mapping[str, bool] = {"Có": True, "Không": False}

TRACKS: Mapping[str, Track] = {
    "Bổ nhiệm": Track.APPOINTMENT,
    "Giới thiệu ứng cử": Track.NOMINATION,
}
PROFILES: Mapping[str, str] = {"5ro": "5ro", "6ro": "6ro"}  # "5 rõ" and "6 Rõ" compare equal

DIRECTIONS: Mapping[str, Direction] = {
    "tăng": Direction.UP,
    "giảm": Direction.DOWN,
    "hoàn thành": Direction.DONE,
    "duy trì": Direction.KEEP,
}
MODES: Mapping[str, Mode] = {
    "tham mưu": Mode.ADVISE,
    "lãnh đạo": Mode.LEAD,
    "trực tiếp": Mode.DO,
    "lãnh đạo, chỉ đạo": Mode.LEAD,
    "chỉ đạo": Mode.LEAD,
    "trực tiếp thực hiện": Mode.DO,
}
FREQUENCIES: Mapping[str, Frequency] = {
    "tháng": Frequency.MONTHLY,
    "quý": Frequency.QUARTERLY,
    "6 tháng": Frequency.HALF_YEARLY,
    "năm": Frequency.YEARLY,
    "hằng tháng": Frequency.MONTHLY,
    "hàng tháng": Frequency.MONTHLY,
    "hằng quý": Frequency.QUARTERLY,
    "hàng quý": Frequency.QUARTERLY,
    "sáu tháng": Frequency.HALF_YEARLY,
    "hằng năm": Frequency.YEARLY,
    "hàng năm": Frequency.YEARLY,
}
ORIGINS: Mapping[str, Origin] = {
    "tự đề xuất": Origin.SELF_PROPOSED,
    "được giao": Origin.ASSIGNED,
    "được giao thêm": Origin.ASSIGNED,
}


def offered(words: Mapping[str, object]) -> list[str]:
    """The words to show: one for each meaning, in order."""
    first: dict[object, str] = {}
    for word, meaning in words.items():
        first.setdefault(meaning, word)
    return list(first.values())


def meaning_of(word: str, words: Mapping[str, T]) -> T | None:
    """What ``word`` means, regardless of case, accents and spaces; None when it is no choice."""
    return {key(known): meaning for known, meaning in words.items()}.get(key(word))
