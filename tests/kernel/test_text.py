"""Vietnamese text as it is stored and compared: one form, nothing hidden in it."""

import unicodedata

import pytest

from portal.kernel.text import fold, key, new_tone, slug, syllables, tidy

HIDDEN = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad"]
NO_CHARACTERS = ["\ud800", "\udfff", "\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"]


@pytest.mark.parametrize("hidden", [*HIDDEN, *NO_CHARACTERS], ids=ascii)
def test_nothing_hidden_is_stored(hidden: str) -> None:
    assert tidy(f"cam{hidden} kết") == "cam kết"


@pytest.mark.parametrize(
    "kept", ["đường", "5 rõ", "😀", "①", "–", "“”", "\u0303".join(["a", "b"])], ids=ascii
)
def test_what_can_be_read_is_kept(kept: str) -> None:
    assert tidy(kept) == unicodedata.normalize("NFC", kept)


def test_lines_stay_lines_and_spaces_become_one() -> None:
    assert tidy("  một \t hai\r\nba\rbốn \u00a0 năm  ") == "một hai\nba\nbốn năm"


def test_decomposed_text_becomes_composed() -> None:
    assert tidy(unicodedata.normalize("NFD", "Thượng Quận")) == "Thượng Quận"


@pytest.mark.parametrize(
    ("old", "new"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("quỳ", "quỳ"), ("hoàn", "hoàn"), ("HOÀ", "HÒA")],
)
def test_tones_stand_where_todays_spelling_puts_them(old: str, new: str) -> None:
    assert new_tone(old) == new


def test_folding_slugs_keys_and_syllables() -> None:
    assert fold("Đầu tư CÔNG") == "dau tu cong"
    assert slug("Phường Nhị Chiểu, TP. Hải Phòng") == "phuong-nhi-chieu-tp-hai-phong"
    assert key(" Mã đơn vị ") == key("mã-đơn-vị") == "madonvi"
    assert syllables("Hoà giải, 5 rõ") == ["hòa", "giải", "5", "rõ"]
