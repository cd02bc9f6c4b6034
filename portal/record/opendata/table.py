"""What an open table is: its columns with their meaning in both languages, and which rows an entry gives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from portal.record.documents import Revision

Value = str | int | Decimal | date | datetime | bool | tuple[str, ...] | None
T = TypeVar("T")


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CODE = "code"  # one of a closed list of words, or an opaque reference
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"  # a day in Asia/Ho_Chi_Minh
    INSTANT = "instant"
    BOOLEAN = "boolean"
    LIST = "list"  # of texts; joined by "; " where a cell holds one text


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``vi`` and ``en`` say what it means, ``unit`` in what it is measured.

    ``path`` leads from a row's source to the value, by names; empty: the column's own name.
    """

    name: str
    holds: Type
    vi: str
    en: str
    path: str = ""
    unit: str = ""
    words: type[StrEnum] | None = None  # the closed list

    def of(self, source: object) -> Value:
        """The value of this column for ``source``; None as soon as something on the way is None."""
        found: Any = source
        for name in (self.path or self.name).split("."):
            if found is None:
                return None
            found = getattr(found, name)
        return found  # type: ignore[no-any-return]  # what documents hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One entry of the log. ``is_current``: its document stands now, and so does what it is part of."""

    revision: Revision
    leaf: bytes
    cites: int | None
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One open table. ``spread`` gives the sources of the rows an entry makes, in their order."""

    name: str
    vi: str
    en: str
    columns: tuple[Column, ...]
    spread: Callable[[Seen], Iterable[object]]

    def rows(self, seen: Seen) -> Iterator[list[Value]]:
        """The rows ``seen`` makes, the entry they come from in the last two columns."""
        for source in self.spread(seen):
            yield [
                *(column.of(source) for column in self.columns),
                seen.revision.position,
                seen.revision.at,
            ]

    def all_columns(self) -> tuple[Column, ...]:
        """The columns of every row: the table's own and where each row comes from."""
        return (*self.columns, *FROM)


FROM = (
    Column(
        "log_entry", Type.INTEGER,
        "Số của mục trong sổ cái công khai (/so-cai/<số>) mà dòng này lấy từ đó",
        "Number of the entry in the public log (/so-cai/<number>) this row comes from",
    ),
    Column(
        "published_at", Type.INSTANT,
        "Lúc mục đó được ghi vào sổ cái; trong XLSX là giờ Việt Nam",
        "When that entry was written to the log; Vietnam time in XLSX",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document, beside the document it belongs to."""

    doc: Any
    part: Any
    number: Any = 0  # from 1, in the document's order; or what is worked out of both


def standing(kind: type[T], parts: Callable[[T], Iterable[object]]) -> Callable[[Seen], Iterable[object]]:
    """A spread over the parts of the documents of ``kind`` that stand now."""

    def spread(seen: Seen) -> Iterable[object]:
        document = seen.revision.document
        return parts(document) if seen.is_current and isinstance(document, kind) else ()

    return spread


def itself(document: object) -> Iterable[object]:
    """The document as the one source of its one row."""
    return (document,)


def each(name: str) -> Callable[[Any], Iterable[Part]]:
    """The members of the tuple ``name`` of a document, each as a `Part`."""

    def parts(document: Any) -> Iterable[Part]:
        return (Part(document, part, n) for n, part in enumerate(getattr(document, name), 1))

    return parts
