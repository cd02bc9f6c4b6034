"""What stands in real texts where somebody has begun to type: the word finished, and what follows it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal.kernel.text import new_tone
from portal.record.search.parse import LONGEST
from portal.record.search.terms import Word, as_word, words

_STOP = re.compile(r"[.,;:()\[\]“”\"!?…\n]+|\s[-–]\s")
_WORD = re.compile(r"[^\W_]+")
_FURTHER = 3  # words beyond the unfinished one, one less when that makes an even number
# A phrase does not end with these: what they belong to comes after them.
_OPEN = frozenset(
    (
        *("và", "hoặc", "của", "các", "những", "cho", "tại", "trong", "trên", "từ", "đến", "với", "theo"),
        *("về", "bằng", "được", "có", "là", "đạt", "ở", "do", "để", "khi", "mỗi", "một", "lên", "xuống"),
    )
)

_Spoken = tuple[str, Word]


def completions(texts: Iterable[str], typed: str, most: int) -> list[str]:
    """The ``most`` commonest ways in which ``texts`` go on from ``typed``, as written there.

    Each at most once, whatever the accents of what was typed; counted once a text.
    """
    said = words(typed[:LONGEST])
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(set(_in_one(text, said)) if said else ())
    typed_so = " ".join(word.exact for word in said)
    most_words = _last(len(said))
    some = {text: n for text, n in counted.items() if text.count(" ") < most_words}
    whole = [text for text in some if not _is_cut(text, counted)]
    fitting = [
        (some[text], text)
        for text in whole or [text for text in some if not _is_cut(text, some)]
        if text.lower() != typed_so
    ]
    fitting.sort(key=lambda found: (-_worth(*found), found[1]))
    return [text for _, text in fitting[:most]]


def _is_cut(text: str, counted: Mapping[str, int]) -> bool:
    """Whether something longer is said as often: half a compound word is no suggestion."""
    return any(other.startswith(f"{text} ") and counted[other] == counted[text] for other in counted)


def _worth(n: int, text: str) -> float:
    """Common ones first; a longer one wins when hardly fewer texts say it."""
    return n * (1 + 0.15 * text.count(" "))


def _in_one(text: str, said: Sequence[Word]) -> Iterator[str]:
    for piece in _STOP.split(new_tone(text)):
        spoken = [(form, as_word(form.lower())) for form in _WORD.findall(piece)]
        for start in range(len(spoken) - len(said) + 1):
            if _begins(spoken[start : start + len(said)], said):
                yield from _from(spoken, start, start + len(said))


def _begins(spoken: Sequence[_Spoken], said: Sequence[Word]) -> bool:
    *finished, last = zip(spoken, said, strict=True)
    return all(_is(word, wanted) for (_, word), wanted in finished) and _starts(last[0][1], last[1])


def _is(word: Word, wanted: Word) -> bool:
    """Without accents anything fits; what was typed with accents must have them."""
    return word.exact == wanted.exact or (wanted.exact == wanted.folded == word.folded)


def _starts(word: Word, wanted: Word) -> bool:
    if wanted.exact == wanted.folded:
        return word.folded.startswith(wanted.folded)
    return word.exact.startswith(wanted.exact)


def _from(spoken: Sequence[_Spoken], start: int, stop: int) -> Iterator[str]:
    """Up to one word more than is suggested, which tells whether what is suggested is whole."""
    last = start + _last(stop - start) + 1
    for end in range(stop, min(len(spoken), last) + 1):
        if spoken[end - 1][1].exact not in _OPEN:
            yield " ".join(_written(form, n) for n, (form, _) in enumerate(spoken[start:end], start))


def _last(said: int) -> int:
    """How many words a suggestion has at most: an even number, for most words have two syllables."""
    return said + _FURTHER - (said + _FURTHER) % 2


def _written(form: str, place: int) -> str:
    """A capital at the beginning of a piece is no part of the word, unless all of it is capitals."""
    return form.lower() if place == 0 and form.istitle() else form
