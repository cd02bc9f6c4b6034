"""Which passwords are too easy to guess, and why; how the others are hashed."""

import pytest

from portal.office.accounts import passwords
from portal.office.accounts.passwords import common_words, hashed, matches, weakness

LAN = ("Trần Thị Lan", "lan.tran@namro.example", "Phường Nhị Chiểu")


@pytest.mark.parametrize(
    "password",
    [
        "con mèo trèo cây cau hỏi thăm",
        "cánh buồm nâu rẽ sóng sớm",
        "meo-tre-rung-ngoc-22",
        "correct horse battery staple",
        "aB3$kdl2Qw9z",
    ],
)
def test_what_nobody_guesses_may_be_used(password: str) -> None:
    assert weakness(password, about=LAN) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("ngan", passwords.TOO_SHORT),
        ("x7!" * 50, passwords.TOO_LONG),
        ("mật khẩu của tôi", passwords.TOO_COMMON),
        ("Matkhaucuatoi2026", passwords.TOO_COMMON),
        ("matkhau@123456", passwords.TOO_COMMON),
        ("anhyeuem123456", passwords.TOO_COMMON),
        ("Haiphong@2026!", passwords.TOO_COMMON),
        ("nguyenvana123456", passwords.TOO_COMMON),
        ("qwertyuiop123", passwords.TOO_COMMON),
        ("Nhị Chiểu 2026!", passwords.ABOUT_YOU),
        ("tranthilan1975", passwords.ABOUT_YOU),
        ("lantt123456", passwords.TOO_SHORT),
        ("aaaaaaaaaaaaaaaa", passwords._WHY["repeat"]),
        ("abcdefghijklmn", passwords._WHY["sequence"]),
    ],
)
def test_what_is_guessed_first_is_refused_with_the_reason(password: str, reason: str) -> None:
    assert weakness(password, about=LAN) == reason


def test_without_the_vietnamese_words_it_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    assert weakness("Matkhaucuatoi2026") is not None
    monkeypatch.setattr(passwords, "common_words", tuple)
    assert weakness("Matkhaucuatoi2026") is None


def test_accents_do_not_make_a_common_phrase_rare() -> None:
    assert weakness("yêu em nhiều lắm") == weakness("yeu em nhieu lam") == passwords.TOO_COMMON


def test_the_list_is_long_plain_and_without_doubles() -> None:
    words = common_words()
    assert len(words) > 400
    assert len(set(words)) == len(words)
    assert all(word == word.lower() for word in words)


def test_every_pattern_zxcvbn_knows_has_a_reason() -> None:
    patterns = {"dictionary", "spatial", "repeat", "sequence", "regex", "date", "bruteforce"}
    assert set(passwords._WHY) == patterns


def test_a_hash_is_argon2id_salted_and_of_the_least_cost_or_more() -> None:
    first, second = hashed("cánh buồm nâu"), hashed("cánh buồm nâu")
    assert first != second
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert matches("cánh buồm nâu", first)
    assert not matches("cánh buồm nấu", first)


def test_every_keyboard_types_the_same_password() -> None:
    composed, decomposed = "mật khẩu", "ma\u0323\u0302t kha\u0302\u0309u"
    assert composed != decomposed
    assert matches(decomposed, hashed(composed))
