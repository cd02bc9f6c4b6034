"""Vietnamese text, one form: NFC, folded for matching, slugs for addresses."""

import re
import unicodedata

# Old and new tone placement ("hoà"/"hòa", "thuỷ"/"thủy") are the same word; the new one is kept.
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SPACES = re.compile(r"[^\S\n]+")
# What takes no room or no ink: it hides words from who reads and pieces of them from what recognises.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# Controls (C0 and C1), lone surrogates and what Unicode says is no character at all (U+nFFFE, U+nFFFF …).
_NO_CHARACTER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def nfc(text: str) -> str:
    """``text`` in Unicode NFC (macOS and iOS type NFD)."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """``text`` as it is stored: NFC, only what can be read, in its own direction, single spaces."""
    text = _INVISIBLE.sub("", nfc(text)).replace("\r\n", "\n").replace("\r", "\n")
    text = _NO_CHARACTER.sub("", text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def new_tone(text: str) -> str:
    """``text`` in NFC with tone marks where today's spelling puts them: hoà -> hòa, thuỷ -> thủy.

    Only an open final syllable differs between the two spellings ("hoàn", "quỳ" do not change).
    """
    decomposed = unicodedata.normalize("NFD", text)
    moved = re.sub(
        rf"(?i)(?<![qQ])(o)([ae])([{_TONES}])(?![\w{_TONES}\u0302\u0306\u031b])",
        r"\1\3\2",
        decomposed,
    )
    moved = re.sub(rf"(?i)(?<![qQ])(u)(y)([{_TONES}])(?![\w{_TONES}\u0302\u0306\u031b])", r"\1\3\2", moved)
    return unicodedata.normalize("NFC", moved)


def fold(text: str) -> str:
    """``text`` in lower case without accents, đ as d: what an unaccented query must match."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def syllables(text: str) -> list[str]:
    """The syllables of ``text`` in lower case NFC, today's tone placement, in order."""
    return _WORD.findall(new_tone(text.lower()))


def slug(text: str) -> str:
    """``text`` as part of an address: folded letters and digits joined by hyphens."""
    return "-".join(_WORD.findall(fold(text)))


def key(text: str) -> str:
    """``text`` for comparing headings: folded, without spaces or punctuation."""
    return "".join(_WORD.findall(fold(text)))
