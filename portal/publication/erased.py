"""Which words an erasure takes away, and how a stored value reads without them."""

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum

from portal.kernel import text
from portal.record.documents import (
    Appraised,
    Area,
    ClarityProfile,
    Decision,
    Document,
    Holder,
    Notice,
    Standard,
    WithheldBasis,
)

MARK = "[đã xóa theo yêu cầu]"  # stands where a text was
_WHOLE, _LONG = 8, 20  # letters and digits: shorter texts say nothing of their own; longer ones are quoted
_NOT_WORDS = (Appraised, Area, ClarityProfile, Decision, Holder, Standard, WithheldBasis)
# Keys and kinds, which say nothing.
_NOT_FIELDS = frozenset(
    {"ref", "programme_ref", "commitment_ref", "commitments", "sha256", "media_type", "profile_code"}
    | {"field", "kind"}
)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Erased:
    """What must be found nowhere any more: words somebody named, and texts that stand nowhere else.

    A text is looked for as a whole, and in other texts only where it is long.
    """

    named: str = ""
    texts: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.named or self.texts)

    def only_named(self) -> "Erased":
        """Only the words somebody named."""
        return replace(self, texts=frozenset())

    def is_in(self, said: str) -> bool:
        """Whether ``said`` says any of it, however it was typed."""
        key = text.key(said)
        if self.named and self.named in key:
            return True
        return key in self.texts or any(one in key for one in self.texts if len(one) >= _LONG)

    def is_in_any(self, values: Iterable[object]) -> bool:
        """Whether any text within ``values`` says it."""
        return any(self.is_in(said) for value in values for said in strings(value))

    def without(self, value: object) -> object:
        """``value`` with the mark in place of each text that says it; itself where none does."""
        match value:
            case str():
                return MARK if self.is_in(value) else value
            case list():
                return [self.without(one) for one in value]
            case dict():
                return {key: self.without(one) for key, one in value.items()}
        return value

    def is_in_file(self, data: bytes) -> bool:
        """Whether a file says it: as plain text, as a letter, or inside an office document."""
        return any(self.is_in(said) for said in _readings(data))


def erased(named: str, gone: Iterable[Document], staying: Iterable[Document]) -> Erased:
    """What is erased with the documents ``gone``, others ``staying`` as they are."""
    kept = {text.key(said) for document in staying for said in strings(document)}
    lost = {text.key(said) for document in gone for said in strings(document)}
    return Erased(text.key(named), frozenset(one for one in lost - kept if len(one) >= _WHOLE))


def clean(notice: Notice, words: Erased) -> Notice:
    """``notice`` without the changes that say ``words``."""
    return replace(notice, changes=tuple(c for c in notice.changes if not words.is_in_any([c])))


def strings(value: object) -> Iterator[str]:
    """Every text within ``value`` that somebody wrote: no keys, no choices, nothing kept elsewhere."""
    if isinstance(value, str):
        if not isinstance(value, StrEnum):
            yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value) and not isinstance(value, _NOT_WORDS):
        for field in fields(value):
            if field.name not in _NOT_FIELDS:
                yield from strings(getattr(value, field.name))


def _readings(data: bytes) -> Iterator[str]:
    """The texts of a file; the runs of an office document are read joined and apart."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            body = html.unescape(archive.read(name).decode("utf-8", "replace"))
            yield name
            yield _TAG.sub("", body)
            yield _TAG.sub(" ", body)
