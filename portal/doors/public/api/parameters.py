"""The parameters of the API: one schema each, which both describes it and decides what is let through."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import parse_qsl

from portal.doors.public.api.problems import Problem
from portal.doors.public.api.shape import Schema
from portal.kernel.clock import VIETNAM
from portal.record.documents import Kind
from portal.record.search import Sort, Trait
from portal.record.standing_words import StandingKey

MOST_ITEMS, ITEMS = 100, 20
LONGEST_QUERY = 4000  # characters
_LAST_POSITION = 2**63 - 1  # what a database can hold

_REF = r"^[a-z0-9][a-z0-9._-]{0,119}$"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,18})")
_EPOCH = date(1970, 1, 2)  # there is no instant before the year 1, and no log before this
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; ``kind``: what an example of it is taken from."""

    name: str
    schema: Schema
    said: str
    kind: Kind | None = None
    is_required: bool = False

    def read(self, text: str) -> Any:
        """The value in ``text``. Raises Problem when the schema does not let it through."""
        try:
            return _READERS[self.schema["type"]](self.schema, text)
        except ValueError:
            raise Problem("bad_parameter", name=self.name) from None


def _read_integer(schema: Schema, text: str) -> int:
    if not _WHOLE.fullmatch(text) or not schema["minimum"] <= int(text) <= schema["maximum"]:
        raise ValueError(text)
    return int(text)


def _read_text(schema: Schema, text: str) -> Any:
    if len(text) > schema.get("maxLength", LONGEST_QUERY) or text not in schema.get("enum", (text,)):
        raise ValueError(text)
    if "pattern" in schema and not re.fullmatch(schema["pattern"], text):
        raise ValueError(text)
    if schema.get("format") == "date":
        return _read_day(text)
    return text


def _read_day(text: str) -> datetime:
    """The first moment of a day in Vietnam; of the first day of the epoch for what lies before it."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return datetime.combine(max(date.fromisoformat(text), _EPOCH), time(), VIETNAM)


_READERS = {"integer": _read_integer, "string": _read_text}

CURSOR = Parameter(
    "cursor",
    {"type": "string", "pattern": "^c[0-9a-f]{1,15}$"},
    "Con trỏ lấy từ “next” của lần gọi trước. / The cursor from “next” of the answer before.",
)
LIMIT = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST_ITEMS, "default": ITEMS},
    "Số mục nhiều nhất trong một lần. / The most items in one answer.",
)
SINCE = Parameter(
    "changed_since",
    {"type": "string", "format": "date"},
    "Chỉ lấy những gì công bố hoặc thay đổi từ đầu ngày này, giờ Việt Nam. / "
    "Only what was published or changed since the beginning of this day in Vietnam.",
)
REVISION = Parameter(
    "revision",
    {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    "Bản số mấy; bỏ trống là bản mới nhất. / Which revision; the newest when left out.",
)


def ref_of(kind: Kind, name: str = "ref", *, required: bool = False, said: str = "") -> Parameter:
    """A parameter that names a document of ``kind``."""
    words = said or "Mã tham chiếu của tài liệu. / Reference of the document."
    return Parameter(name, {"type": "string", "pattern": _REF}, words, kind, required)


UNIT = ref_of(
    Kind.UNIT,
    "unit",
    said="Đơn vị, gồm cả các đơn vị đã nhập vào đó. / Unit, with what was merged into it.",
)
PROGRAMME = ref_of(Kind.PROGRAMME, "programme", said="Chương trình hành động. / Action programme.")
COMMITMENT = ref_of(Kind.COMMITMENT, "commitment", said="Cam kết. / Commitment.")
CODE = Parameter(
    "code",
    {"type": "string", "pattern": "^[0-9]{1,10}$"},
    "Mã đơn vị; có mã từng dùng cho nhiều đơn vị. / Code of a unit; some were used for several.",
)
AREA = Parameter(
    "area",
    {"type": "string", "pattern": "^[a-z0-9_-]{1,60}$"},
    "Mã lĩnh vực. / Code of the field of work.",
)
STATUS = Parameter(
    "status",
    {"type": "string", "enum": [str(key) for key in StandingKey]},
    "Tình trạng hôm nay. / Standing today.",
)
KIND = Parameter(
    "kind",
    {"type": "string", "enum": [str(kind) for kind in Kind]},
    "Loại tài liệu. / Kind of document.",
)
WORDS = Parameter(
    "q",
    {"type": "string", "maxLength": 200},
    "Câu tìm, có dấu hay không dấu. / What to look for, with or without accents.",
)
SORT = Parameter(
    "sort",
    {"type": "string", "enum": [str(sort) for sort in Sort], "default": str(Sort.RELEVANCE)},
    "Thứ tự. / Order.",
)
_TRAITS: dict[Trait, str] = {
    Trait.LATE: "Chỉ những cam kết trễ hạn. / Only those past the deadline in force or first published.",
    Trait.DISPUTED: (
        "Chỉ những cam kết có số liệu hoặc ý kiến trái chiều. / "
        "Only those of which two published figures or opinions contradict each other."
    ),
    Trait.SILENT: "Chỉ những cam kết quá kỳ mà chưa cập nhật. / Only those whose report is overdue.",
    Trait.CHANGED: (
        "Chỉ những cam kết đã đổi mức đích hoặc thời hạn. / "
        "Only those whose target or deadline is no longer the one first published."
    ),
}
TRAITS = tuple(
    Parameter(str(trait), {"type": "string", "enum": ["true"]}, said) for trait, said in _TRAITS.items()
)
POSITION = Parameter(
    "position",
    {"type": "integer", "minimum": 0, "maximum": _LAST_POSITION},
    "Vị trí trong sổ cái, từ 0. / Position in the log, from 0.",
    is_required=True,
)


def read_query(query: str, known: Iterable[Parameter]) -> dict[str, Any]:
    """The values in a query string by name. Raises Problem for what is not known, repeated or not valid."""
    allowed = {parameter.name: parameter for parameter in known}
    found: dict[str, Any] = {}
    # WSGI hands over bytes as Latin-1 letters; some readers send Vietnamese without percent signs.
    typed = query[:LONGEST_QUERY].encode("latin-1").decode("utf-8", "replace")
    for name, text in parse_qsl(typed, keep_blank_values=True):
        if name not in allowed:
            raise Problem("unknown_parameter", name=name[:40])
        if name in found:
            raise Problem("repeated_parameter", name=name)
        found[name] = allowed[name].read(text)
    return found


def read_path(texts: Mapping[str, str], known: Iterable[Parameter]) -> dict[str, Any]:
    """The values in a path by name. Raises Problem for what cannot be a reference of ours."""
    return {parameter.name: parameter.read(texts[parameter.name]) for parameter in known}


def cursor_at(position: int) -> str:
    """The cursor of what begins at ``position``."""
    return f"c{position:x}"


def start_of(query: Mapping[str, Any]) -> int:
    """The position where an answer begins."""
    return int(query.get("cursor", "c0")[1:], 16)
