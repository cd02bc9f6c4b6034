"""Passwords: how they are hashed (argon2id), and which are too easy to guess, Vietnamese words included."""

import threading
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from passlib.context import CryptContext  # type: ignore[import-untyped]
from zxcvbn import zxcvbn  # type: ignore[import-untyped]

from portal.kernel import text

SHORTEST = 12  # characters
LONGEST = 128  # characters; longer ones only cost time
_JUDGED = 72  # zxcvbn reads no further, and what is strong this far is strong
STRONG_ENOUGH = 3  # of 4: about 10^8 guesses, and every guess costs an argon2id

# OWASP's least for argon2id: 19 MiB, two passes, one lane. Some 20 sign-ins at once fit a small machine.
SCHEMES = ["argon2"]
COSTS = {
    "argon2__type": "ID",
    "argon2__memory_cost": 19456,  # KiB
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}
_CONTEXT = CryptContext(schemes=SCHEMES, **COSTS)

TOO_SHORT = f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Một câu ngắn dễ nhớ, khó đoán là tốt nhất."
TOO_LONG = f"Mật khẩu dài quá {LONGEST} ký tự. Đề nghị chọn mật khẩu ngắn hơn."
TOO_COMMON = "Mật khẩu này gồm những từ, tên hoặc dãy số nhiều người dùng. Đề nghị chọn cách khác."
ABOUT_YOU = "Mật khẩu này dựa trên tên, địa chỉ thư hoặc đơn vị của ông/bà. Đề nghị chọn cách khác."
_WHY = {
    "spatial": "Dãy phím liền nhau trên bàn phím rất dễ đoán. Đề nghị chọn cách khác.",
    "repeat": "Lặp lại một cụm ký tự hầu như không làm mật khẩu khó đoán hơn. Đề nghị chọn cách khác.",
    "sequence": "Dãy như “abc” hay “6543” rất dễ đoán. Đề nghị chọn cách khác.",
    "regex": "Năm gần đây rất dễ đoán. Đề nghị chọn cách khác.",
    "date": "Ngày tháng năm rất dễ đoán. Đề nghị chọn cách khác.",
    "bruteforce": "Mật khẩu này chưa đủ khó đoán. Đề nghị thêm một vài từ không liên quan đến nhau.",
    "dictionary": TOO_COMMON,
}

_one_at_a_time = threading.Lock()  # zxcvbn keeps the words of the call in a global


def normalised(password: str) -> str:
    """``password`` in one Unicode form, so that every keyboard types the same one."""
    return unicodedata.normalize("NFKD", password)


def hashed(password: str) -> str:
    """``password`` as it is stored."""
    made: str = _CONTEXT.hash(normalised(password))
    return made


def matches(password: str, stored: str) -> bool:
    """Whether ``stored`` was made of ``password``."""
    return bool(_CONTEXT.verify(normalised(password), stored))


@cache
def common_words() -> tuple[str, ...]:
    """What people in Vietnam make passwords of, the most common first, without accents or spaces."""
    path = Path(__file__).with_name("common_words_vi.txt")
    return tuple(path.read_text(encoding="utf-8").split())


def weakness(password: str, *, about: Iterable[str] = ()) -> str | None:
    """Why ``password`` may not be used, as a Vietnamese sentence; None when it may.

    ``about`` is what others know of its owner: name, address, unit.
    """
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    known = [word for fact in about for word in _spellings(fact)]
    verdicts = [_judge(form, known) for form in {password, text.fold(password), text.key(password)} if form]
    worst: dict[str, Any] = min(verdicts, key=lambda verdict: verdict["guesses"])
    return None if worst["score"] >= STRONG_ENOUGH else _reason(worst, known)


def _spellings(fact: str) -> list[str]:
    """The ways ``fact`` turns up in passwords: runs of its words, and the last word with initials."""
    words = [word for word in text.slug(fact).split("-") if word]
    runs = {"".join(words[start:end]) for end in range(1, len(words) + 1) for start in range(end)}
    initials = "".join(word[0] for word in words[:-1])
    return sorted(runs | {form for last in words[-1:] for form in (last + initials, initials + last)})


def _judge(password: str, known: list[str]) -> dict[str, Any]:
    with _one_at_a_time:
        verdict: dict[str, Any] = zxcvbn(password[:_JUDGED], user_inputs=[*known, *common_words()])
    return verdict


def _reason(verdict: dict[str, Any], known: list[str]) -> str:
    longest = max(verdict["sequence"], key=lambda match: len(match["token"]))
    if longest.get("matched_word") in known and longest["pattern"] == "dictionary":
        return ABOUT_YOU
    return _WHY[longest["pattern"]]
