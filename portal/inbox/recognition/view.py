"""A text as the rules read it: one character per sign seen, each with its place in what was typed.

Accents typed apart (NFD), marks without ink and full-width digits are read through, so a rule is
written once, and what it finds can still be cut out of the original.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from portal.kernel.text import fold, new_tone

_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")  # the marks Vietnamese uses
_JOINTS = ".*_·"  # signs put inside a word to hide it: h.ối l.ộ


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: ``word`` in lower case with today's tones, ``plain`` without accents."""

    start: int
    end: int
    typed: str
    word: str
    plain: str

    @property
    def is_bare(self) -> bool:
        """Whether it was typed without any accent."""
        return self.word == self.plain

    @property
    def is_capitalised(self) -> bool:
        """Whether its first letter is a capital."""
        return self.typed[:1].isupper()


@dataclass(frozen=True)
class View:
    """``original`` read sign by sign; places inside are places in ``chars``."""

    original: str
    chars: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``chars[start:end]`` (not empty) stands in the original."""
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def plain(self) -> str:
        """``chars`` in lower case without accents, sign for sign."""
        return "".join(map(_plain_sign, self.chars))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words and numbers in order."""
        return tuple(self._token(start, end) for start, end in _stretches(self.chars))

    @cached_property
    def is_shouted(self) -> bool:
        """Whether nearly all letters are capitals, so that a capital tells nothing."""
        letters = [char for char in self.chars if char.isalpha()]
        return len(letters) > 3 and sum(char.isupper() for char in letters) > 0.7 * len(letters)

    @cached_property
    def has_one_case(self) -> bool:
        """Whether it is shouted, or holds no capital at all."""
        return self.is_shouted or not any(char.isupper() for char in self.chars)

    @cached_property
    def is_unaccented(self) -> bool:
        """Whether hardly any word carries an accent (accented Vietnamese has them on most words)."""
        words = [token for token in self.tokens if token.typed.isalpha()]
        return sum(not token.is_bare for token in words) < 0.2 * len(words)

    def between(self, left: Token, right: Token) -> str:
        """What stands between two tokens."""
        return self.chars[left.end : right.start]

    def _token(self, start: int, end: int) -> Token:
        typed = "".join(char for char in self.chars[start:end] if char not in _JOINTS)
        word = new_tone(typed.lower())
        return Token(start, end, typed, word, fold(word))


def view(text: str) -> View:
    """``text`` made ready for reading; time grows with its length only."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        if chars and unicodedata.combining(char) and char in _MARKS:
            chars[-1] = _one(unicodedata.normalize("NFC", chars[-1] + char), chars[-1])
            ends[-1] = at + 1
        elif unicodedata.category(char) in ("Mn", "Me", "Cf"):
            if ends:
                ends[-1] = at + 1
        else:
            chars.append(_one(unicodedata.normalize("NFKC", char), char))
            starts.append(at)
            ends.append(at + 1)
    return View(text, "".join(chars), tuple(starts), tuple(ends))


@lru_cache(maxsize=2048)
def _plain_sign(char: str) -> str:
    return _one(fold(char), char)


def _one(changed: str, otherwise: str) -> str:
    """``changed`` when it is one sign, so that places keep counting."""
    return changed if len(changed) == 1 else otherwise


def _stretches(chars: str) -> list[tuple[int, int]]:
    """Where words and numbers stand; a word cut up by signs is one, and so is đ/c."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(chars):
        end = at
        while end < len(chars) and chars[end].isalnum():
            end += 1
        if end > at:
            if runs and _is_one_word(chars, runs[-1], (at, end)):
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((at, end))
        at = max(end, at + 1)
    return runs


def _is_one_word(chars: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether a single sign inside a word parts the two (h.ối, đ/c), and not two words or numbers."""
    if right[0] - left[1] != 1:
        return False
    joint, before, after = chars[left[1]], chars[left[1] - 1], chars[right[0]]
    left_is_letter, right_is_letter = left[1] - left[0] == 1, right[1] - right[0] == 1
    if joint == "/":
        return left_is_letter and right_is_letter and before in "đĐ" and after in "cC"
    is_cut_up = right_is_letter or (left_is_letter and after.islower())
    return joint in _JOINTS and before.isalpha() and after.isalpha() and is_cut_up
