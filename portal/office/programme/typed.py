"""What an officer typed into a form -> values, read by the workbook's own parsers, or why it cannot be read.

The same sentences as for a workbook, because it is the same officer with the same question.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from portal.kernel.text import tidy
from portal.office.programme.stamps import find_stamp
from portal.office.programme.workbook import cells
from portal.office.programme.workbook.cells import Unreadable
from portal.office.programme.workbook.choices import offered
from portal.office.programme.workbook.grid import Content
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.programme.workbook.wording import SENTENCES, Reason

# Word's own line breaks, and the hyphen it does not break at.
_ODD = str.maketrans(
    {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\u2011": "-"}
)
# Bullets as Word and PDF readers paste them: signs, letters of the Symbol and Wingdings fonts, and
# dashes, "o" or "§" only where a tab follows, for they may also begin an ordinary line.
_BULLET = re.compile(r"(?m)^[ \t\xa0]*(?:[•▪◦‣●○■□◆➢➤✓·\uf000-\uf0ff]|[-–—o§](?=\t))[ \t\xa0]*")
_DASHED = re.compile(r"(?m)^[-–—]\s+")
_DASHES = str.maketrans("–—", "--")

NOT_CHOSEN = "Chưa chọn «{heading}». Ông/bà chọn một mục."
MOST_NAMED = 5  # choices a sentence can name; more are looked up in the list beside it
NOT_LISTED = (
    "Không rõ “{shown}” là mục nào: không có trong danh sách, hoặc nhiều mục cùng tên. "
    "Ông/bà chọn đúng một dòng trong danh sách."
)
STAMPED = (
    "Có dấu hiệu độ mật ở mục này. Hệ thống không tiếp nhận bí mật nhà nước nên không nội dung nào được lưu. "
    "Nếu nội dung có độ mật, ông/bà xử lý theo quy định về bảo vệ bí mật nhà nước; nếu không, ông/bà bỏ cụm "
    "từ đó rồi lưu lại."
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The values of a form's fields, and for each that cannot be read the sentence to show beside it."""

    values: Mapping[str, Any]
    faults: Mapping[str, str]


class StampTyped(Exception):
    """A text carries a stamp of secrecy; ``names`` are the fields, and nothing of what they say."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def pasted(text: str) -> str:
    """``text`` as it is stored, whatever program it was copied from."""
    return tidy(_BULLET.sub("- ", text.translate(_ODD)))


def read_typed(texts: Mapping[str, str], columns: Iterable[Column]) -> Typed:
    """Read ``texts`` by the kinds of ``columns``; a field that is absent counts as empty."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for column in columns:
        try:
            values[column.name] = read_one(texts.get(column.name, ""), column)
        except Unreadable as unreadable:
            values[column.name] = _EMPTY.get(column.kind)
            faults[column.name] = _sentence(unreadable, column)
    return Typed(values, faults)


def _sentence(unreadable: Unreadable, column: Column) -> str:
    if unreadable.reason is Reason.MISSING and column.kind is Kind.CHOICE:
        return NOT_CHOSEN.format(heading=column.heading)
    if unreadable.reason is Reason.NOT_A_CHOICE and len(offered(column.words)) > MOST_NAMED:
        return NOT_LISTED.format(**unreadable.detail)
    return SENTENCES[unreadable.reason].format(**unreadable.detail)


def read_one(text: str, column: Column) -> Any:
    """The value of one field. Raises Unreadable, also when it is needed and empty."""
    text = pasted(text)
    if not text:
        if column.needed:
            raise Unreadable(Reason.MISSING, heading=column.heading)
        return _EMPTY.get(column.kind)
    if column.kind is Kind.CHOICE:
        return cells.as_choice(Content(text), column.words)
    return _READERS[column.kind](text)


_EMPTY: dict[Kind, Any] = {Kind.LINE: "", Kind.TEXT: "", Kind.LIST: ()}
_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.LINE: lambda text: cells.as_text(Content(text), Kind.LINE),
    Kind.TEXT: lambda text: cells.as_text(Content(text), Kind.TEXT),
    Kind.LIST: lambda text: cells.as_list(Content(_DASHED.sub("", text))),
    Kind.NUMBER: lambda text: cells.as_number(Content(text.translate(_DASHES))),
    Kind.ORDINAL: lambda text: cells.as_ordinal(Content(text)),
    Kind.DATE: lambda text: cells.as_date(Content(text.translate(_DASHES))),
}


def stamped(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The names among ``texts`` whose text carries a stamp of secrecy."""
    return tuple(name for name, text in texts.items() if find_stamp(text) or find_stamp(pasted(text)))


def refuse_stamps(form: object) -> None:
    """Raise StampTyped when any text in the dataclass ``form`` carries a stamp of secrecy."""
    if names := stamped(dict(_texts(form, ""))):
        raise StampTyped(tuple(name.partition(".")[0] for name in names))


def _texts(value: object, name: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from _texts(part, f"{name}.{at}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), f"{name}.{field.name}" if name else field.name)
