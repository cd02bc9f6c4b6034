"""Coarse words behind stars, figures, spaces and repeated letters: đ*o, l0n, v c l, nguuuu."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from portal.inbox.recognition.phrases import lexicon
from portal.inbox.recognition.view import Token, View
from portal.kernel.text import fold

_FIGURES = str.maketrans("01345@!$", "oieasais")
_COVERED = re.compile(r"(?<![^\W_])[^\W_][\w*#@!$]{1,7}(?![^\W_])")
_COVERS = frozenset("*#@!$013")
_LETTERS_SEEN = 2  # of a covered word; đ** could be anything
_REPEATED = re.compile(r"([^\W\d_])\1{2,40}")


def disguised(seen: View) -> Iterator[tuple[int, int]]:
    """Where such words stand in ``seen.chars``."""
    yield from _covered(seen)
    yield from _spelled_out(seen)
    yield from _stretched(seen)


def _covered(seen: View) -> Iterator[tuple[int, int]]:
    """A word with letters starred out or replaced by figures."""
    for hit in _COVERED.finditer(seen.chars):
        typed = hit[0].lower()
        if not _COVERS.isdisjoint(typed) and any(_fits(typed, word) for word in _words()):
            yield hit.start(), hit.end()


def _fits(typed: str, word: str) -> bool:
    """Whether ``typed`` is ``word`` with letters covered; those shown must be its own."""
    shown = fold(typed.translate(_FIGURES))
    letters = sum(sign.isalpha() for sign in fold(typed))
    return (
        len(shown) == len(word)
        and letters >= _LETTERS_SEEN
        and all(sign in ("*", "#", letter) for sign, letter in zip(shown, fold(word), strict=True))
        and _keeps_accents(typed, word)
    )


def _keeps_accents(typed: str, word: str) -> bool:
    """An accented letter must be the word's own: "đ*o" may be đéo, "c*ủ" is not."""
    pairs = zip(typed, word, strict=True)
    return all(sign == letter for sign, letter in pairs if sign != fold(sign))


def _spelled_out(seen: View) -> Iterator[tuple[int, int]]:
    """Letters with spaces between: đ m, v c l."""
    run: list[Token] = []
    for token in (*seen.tokens, None):
        if token and len(token.typed) == 1 and (not run or seen.between(run[-1], token) == " "):
            run.append(token)
            continue
        if _is_coarse("".join(one.word for one in run)) and len(run) > 1:
            yield run[0].start, run[-1].end
        run = [token] if token and len(token.typed) == 1 else []


def _stretched(seen: View) -> Iterator[tuple[int, int]]:
    """A word with one letter held, or cut up by dots: nguuuu, n.g.u."""
    for token in seen.tokens:
        short = _REPEATED.sub(r"\1", token.word)
        is_cut_up = token.end - token.start > len(token.typed)
        if (is_cut_up or short != token.word) and _is_coarse(short):
            yield token.start, token.end


def _is_coarse(word: str) -> bool:
    return word in _words()


@cache
def _words() -> Sequence[str]:
    return tuple(str(word) for word in lexicon("language")["disguised"])
