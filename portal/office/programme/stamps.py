"""Stamps of state secrecy (dấu chỉ độ mật): tells a stamp from ordinary words that hold "mật".

A stamp is the level written in capitals (MẬT, TỐI MẬT, TUYỆT MẬT), standing alone on a line or
in brackets, following a label ("Độ mật: ..."), or the phrase "tài liệu thu hồi". "bảo mật",
"bí mật nhà nước", "mật độ" are words. Levels: Luật Bảo vệ bí mật nhà nước (facts, 5.2).
"""

import re
import unicodedata
from functools import lru_cache

from portal.kernel.text import fold, nfc

MAT, TOI_MAT, TUYET_MAT = "MẬT", "TỐI MẬT", "TUYỆT MẬT"
THU_HOI = "TÀI LIỆU THU HỒI"

_VIETNAMESE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0")  # fillers: letters without ink
# Cyrillic and Greek letters that look like the ones a stamp is made of.
_LOOKALIKES = str.maketrans("МТАОІУЕНШмтаоіуеΜΤΑΟΙΥΕΗ\u2800", "MTAOIYEHWmtaoiyeMTAOIYEH ")
_UNUSUAL = re.compile(r"[^\t\n\r -~À-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ–—“”‘’…]")
# MẬT as typed in the TCVN3 and VNI fonts of old office computers.
_LEGACY = re.compile(r"\b(?:MËT|mËt|MAÄT)\b")

_ORDINARY_BEFORE = frozenset(
    (
        "bảo",
        "bí",
        "thân",
        "cơ",
        "cẩn",
        "chu",
        "nghiêm",
        "độ",
        "túi",
        "sỏi",
        "rỉ",
        "ong",
        "làm",
        "lấy",
        "giải",
        "không",
        "thị",
    )
)
_ORDINARY_AFTER = frozenset(("độ", "khẩu", "ong", "mã", "thiết", "vụ", "mía", "hoa", "ngọt", "gấu", "sơn"))
# "tài liệu thu hồi đất": papers about recovering land, debts, capital ... not papers to hand back.
_RECOVERED = "đất|nợ|vốn|giấy|kinh phí|tiền|tài sản|dự án|mặt bằng|công nợ|tạm ứng|ngân sách|thuế|rừng"
# Words that make "mat" without accents mặt, mất, mát: mặt bằng, mất mùa, bề mặt ...
_PLAIN_BEFORE = frozenset(fold(word) for word in _ORDINARY_BEFORE) | {"be", "giai", "mot", "hai"}
_PLAIN_AFTER = frozenset(fold(word) for word in _ORDINARY_AFTER) | frozenset(
    ("bang", "tran", "hang", "tien", "duong", "nuoc", "cat", "troi", "mua", "trai", "can", "mat")
)

_STANDING_ALONE = {
    "mật": MAT,
    "tối mật": TOI_MAT,
    "tuyệt mật": TUYET_MAT,
    **{f"{paper} mật": MAT for paper in ("tài liệu", "văn bản", "công văn", "hồ sơ")},
}
_LEVEL = r"(tuyệt\s+mật|tối\s+mật|mật)"
_LABEL = re.compile(rf"\b(?:độ|mức|cấp)\s+mật\s*[^\w\n]{{0,3}}\s*{_LEVEL}\b", re.IGNORECASE)
_CAPITAL = re.compile(r"\b(TUYỆT|Tuyệt|TỐI|Tối)[\s\-]+(?:MẬT|[Mm]ật)\b")
_PLAIN_CAPITAL = re.compile(r"\b(TUYET|TOI)[\s\-]+MAT\b")
_PLAIN_NAME = re.compile(r"\b(tuyet|toi)\s?mat\b")
_RECALL = re.compile(rf"\btài\s+liệu\s+thu\s+hồi\b(?!\s+(?:{_RECOVERED})\b)", re.IGNORECASE)
_CAPITAL_RECALL = re.compile(rf"\bTAI\s+LIEU\s+THU\s+HOI\b(?!\s+(?:{fold(_RECOVERED).upper()})\b)")
_PLAIN_RECALL = re.compile(rf"\btai\s+lieu\s+thu\s+hoi\b(?!\s+(?:{fold(_RECOVERED)})\b)")
_WORD = re.compile(r"[^\W\d_]+")
_MAT_WORD = re.compile(r"(?<![^\W\d_])mật(?![^\W\d_])", re.IGNORECASE)
_PLAIN_MAT_WORD = re.compile(r"(?<![^\W\d_])MAT(?![^\W\d_])")
_PIECE = re.compile(r"[()\[\]{}<>|:;/–—*#=]|\s-\s")
_SPACED = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[\W_]{1,6}[^\W\d_]){2,}(?![^\W\d_])")
_TRACE = re.compile(r"[ậẬ]|MAT|[hH][\W_]*[ồỒ]|HOI")  # no stamp is without one of these
_BEFORE = re.compile(r"(?:[^\W\d_]+[\s\-]+){1,3}$")
_AFTER = re.compile(r"[\s\-]+([^\W\d_]+)")
_SPACED_LEVELS = {"tối": TOI_MAT, "tuyệt": TUYET_MAT}
_GAP = re.compile(r"[\W_]+")


def find_stamp(text: str) -> str | None:
    """The stamp of secrecy that ``text`` (a cell, a line, a paragraph) carries, or None."""
    clean = _reveal(text)
    if not _TRACE.search(clean):
        return None
    return (
        _labelled(clean)
        or _recalled(clean)
        or _standing_alone(clean)
        or _in_capitals(clean)
        or _letter_spaced(clean)
    )


def find_stamp_in_name(name: str) -> str | None:
    """As `find_stamp` for the name of a file or sheet, where accents and capitals are often lost."""
    stem = re.sub(r"\.[A-Za-z]{1,5}$", "", _reveal(name))
    title = re.sub(r"[\W_]+", " ", stem).strip()
    return find_stamp(stem) or find_stamp(title) or _in_title(title) or _in_plain_title(title)


def _reveal(text: str) -> str:
    """``text`` as the eye reads it: invisible marks gone, look-alikes and legacy letters mended."""
    composed = _LEGACY.sub(MAT, nfc(text))
    return nfc(_UNUSUAL.sub(lambda odd: _seen(odd[0]), composed))


@lru_cache(maxsize=2_000)
def _seen(char: str) -> str:
    """What the eye sees of one unusual character: a plain letter, a Vietnamese mark, or nothing."""
    plain = unicodedata.normalize("NFKD", char).translate(_LOOKALIKES)
    return "".join(c for c in plain if _is_ink(c))


def _is_ink(char: str) -> bool:
    if unicodedata.category(char) in ("Mn", "Me"):
        return char in _VIETNAMESE_MARKS
    return unicodedata.category(char) != "Cf" and char not in _UNSEEN


def _level(words: str) -> str:
    """The level named by ``words``, which end in the word for secret."""
    first = fold(words.strip())[:2]
    return {"tu": TUYET_MAT, "to": TOI_MAT}.get(first, MAT)


def _labelled(text: str) -> str | None:
    found = _LABEL.search(text)
    return _level(found[1]) if found else None


def _recalled(text: str) -> str | None:
    return THU_HOI if _RECALL.search(text) or _CAPITAL_RECALL.search(text) else None


def _standing_alone(text: str) -> str | None:
    """A level alone on its line, or with a capital alone between brackets, colons or dashes."""
    for line in text.splitlines():
        alone = _STANDING_ALONE.get(_words(line).lower())
        if alone:
            return alone
        for piece in map(_words, _PIECE.split(line)):
            if piece[:1].isupper() and piece.lower() in _STANDING_ALONE:
                return _STANDING_ALONE[piece.lower()]
    return None


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _in_capitals(text: str) -> str | None:
    found = _CAPITAL.search(text) or _PLAIN_CAPITAL.search(text)
    if found:
        return _level(found[1])
    capitals = (m for m in _MAT_WORD.finditer(text) if m[0].isupper())
    return MAT if any(not _is_ordinary(text, m) for m in capitals) else None


def _is_ordinary(text: str, found: re.Match[str]) -> bool:
    """Whether the neighbours make an ordinary word of it: bảo mật, mật độ, a person called Mật."""
    before, after = _neighbours(text, found)
    if before[-1:] == ["văn"]:  # Trần Văn Mật is a person, công văn mật a secret letter
        return before[-2:-1] != ["công"] and len(before) > 1
    return (before[-1:] != [] and before[-1] in _ORDINARY_BEFORE) or after in _ORDINARY_AFTER


def _neighbours(text: str, found: re.Match[str]) -> tuple[list[str], str]:
    """The words just before and the word just after, nothing but spaces or hyphens between."""
    before = _BEFORE.search(text[max(0, found.start() - 40) : found.start()].lower())
    after = _AFTER.match(text[found.end() : found.end() + 20].lower())
    return _WORD.findall(before[0]) if before else [], after[1] if after else ""


def _letter_spaced(text: str) -> str | None:
    """A stamp written M Ậ T, or M.Ậ.T; "B Ả O M Ậ T" stays an ordinary word."""
    for run in _SPACED.finditer(text):
        joined = _GAP.sub("", run[0]).lower()
        if joined.endswith("tàiliệuthuhồi"):
            return THU_HOI
        before, mat, after = joined.partition("mật")
        ordinary = before.endswith(tuple(_ORDINARY_BEFORE)) or after.startswith(tuple(_ORDINARY_AFTER))
        if mat and not ordinary:
            return next((_SPACED_LEVELS[end] for end in _SPACED_LEVELS if before.endswith(end)), MAT)
    return None


def _in_title(title: str) -> str | None:
    """The accented word in any case, as "kế hoạch mật.xlsx"."""
    found = [m for m in _MAT_WORD.finditer(title) if not _is_ordinary(title, m)]
    return MAT if found else None


def _in_plain_title(title: str) -> str | None:
    """A name typed without accents: toi-mat, TUYET MAT, KE HOACH MAT."""
    plain = fold(title)
    if found := _PLAIN_NAME.search(plain):
        return _level(found[1])
    if _PLAIN_RECALL.search(plain):
        return THU_HOI
    if _words(plain) == "mat":
        return MAT
    marked = [m for m in _PLAIN_MAT_WORD.finditer(title) if not _is_plain_word(plain, m)]
    return MAT if marked else None


def _is_plain_word(plain: str, found: re.Match[str]) -> bool:
    before, after = _neighbours(plain, found)
    return (before[-1:] != [] and before[-1] in _PLAIN_BEFORE) or after in _PLAIN_AFTER
