"""Which words of a page cannot be Vietnamese: a key out of the code, a name of a field, an English word."""

import re
from collections.abc import Iterable

# A syllable written without any mark: onset, the vowels that may stand together, ending.
_ONSET = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx]"
_VOWELS = (
    "i[aeu]?|ieu?|y[eu]?|yeu?|e[ou]?|a[iouy]?|o[aeio]?|oa[iouy]|oe[o]|u[aeiouy]?|uo[iu]|ua[iy]|uy[aeu]|uye"
)
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_VOWELS})(?:ch|nh|ng|[cmnpt])?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d]+(?:_[^\W\d]+)*")
# Addresses, references in the log and names of files are no words.
_NO_WORDS = re.compile(
    r"\S+@\S+|https?://\S+|\S*/\S*\.\S+|\b\S+\.(?:xlsx|docx|pdf|csv|json)\b", re.IGNORECASE
)
# Forms of files, units and names that Vietnamese officers write so.
KNOWN = frozenset(
    {
        "alt",
        "atom",
        "cookie",
        "csv",
        "docx",
        "email",
        "excel",
        "gb",
        "ha",
        "html",
        "ics",
        "id",
        "jpeg",
        "jpg",
        "json",
        "kb",
    }
    | {"km", "macro", "mb", "number", "pdf", "png", "qr", "utf", "web", "webp", "word", "xlsx", "zalo", "zip"}
)


def is_vietnamese(word: str) -> bool:
    """Whether a word could stand in a Vietnamese sentence: marked, a syllable, or known to everybody."""
    if not word.isascii():
        return True
    return "_" not in word and (word.lower() in KNOWN or bool(_SYLLABLE.fullmatch(word)))


def foreign_words(text: str, *, names: Iterable[str] = ()) -> list[str]:
    """The words of ``text`` that cannot be Vietnamese, each once; ``names`` are let through."""
    plain = _NO_WORDS.sub(" ", text)
    for name in names:
        plain = plain.replace(name, " ")
    found = dict.fromkeys(_WORD.findall(plain))
    return [word for word in found if len(word) > 1 and not word.isupper() and not is_vietnamese(word)]
