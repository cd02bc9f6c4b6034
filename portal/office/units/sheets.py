"""The bytes of a file of units as rows of plain cells that still know their line."""

import csv
import difflib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from json import scanner
from typing import Any

from portal.kernel import text
from portal.office.units.cells import shown, tidy
from portal.office.units.rows import FIELDS, Fault

MOST_BYTES = 10_000_000
MOST_ROWS = 50_000  # the whole country, old and new, is about 14,000
_REQUIRED = ("code", "name")
_LISTS = ("old_units", "new_units")
_JSON_FIELDS = (*FIELDS, "partly")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: what was typed in each field that the file has, and where."""

    line: int
    values: dict[str, str]
    lines: dict[str, int]
    ended: bool = False  # listed among the old units
    faults: tuple[Fault, ...] = ()

    def line_of(self, field: str) -> int:
        """The line to point at for ``field``."""
        return self.lines.get(field, self.line)


@dataclass(frozen=True, slots=True)
class Unreadable(Exception):
    """The file as a whole cannot be read; ``fault`` says why."""

    fault: Fault


def cells_of(data: bytes, *, filename: str, faults: list[Fault]) -> list[Cells]:
    """The rows of ``data``; what is wrong with single rows is added to ``faults``.

    Raises Unreadable when no row can be made out at all.
    """
    if len(data) > MOST_BYTES:
        raise _unreadable("Tệp lớn hơn 10 MB. Đề nghị tách thành nhiều tệp.")
    try:
        typed = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise _unreadable(
            "Tệp không phải mã UTF-8. Trong Excel, đề nghị chọn Lưu thành › CSV UTF-8.", line
        ) from fault
    kind = filename.lower().rpartition(".")[2]
    if kind not in ("csv", "json"):
        raise _unreadable("Chỉ nhận tệp .json hoặc .csv. Đề nghị lưu lại tệp theo một trong hai dạng này.")
    rows = list((_csv if kind == "csv" else _json)(typed, faults))
    if len(rows) > MOST_ROWS:
        raise _unreadable(f"Tệp có hơn {MOST_ROWS} đơn vị. Đề nghị tách thành nhiều tệp.")
    if not rows and not faults:
        raise _unreadable("Tệp không có đơn vị nào. Đề nghị kiểm tra lại tệp.")
    return rows


def _unreadable(sentence: str, line: int = 0, column: str = "") -> Unreadable:
    return Unreadable(Fault(line, column, sentence))


def _unknown(line: int, field: str, known: tuple[str, ...], what: str) -> Fault:
    near = difflib.get_close_matches(field, known, n=1)
    mend = f"đổi thành “{near[0]}” hoặc bỏ đi" if near else "bỏ đi"
    return Fault(line, field, f"Không dùng {what} {shown(field)}. Đề nghị {mend}.")


def _csv(typed: str, faults: list[Fault]) -> Iterator[Cells]:
    heading = typed.lstrip().partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.reader(io.StringIO(typed, newline=""), delimiter=delimiter, strict=True)
    fields: list[str] = []
    after = 0
    try:
        for cells in reader:
            line, after = after + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not fields:
                fields = _headings(line, cells, faults)
            else:
                values = {f: tidy(c) for f, c in zip(fields, cells, strict=False) if f in FIELDS}
                spills = any(cell.strip() for cell in cells[len(fields) :])
                yield Cells(line, values, {}, faults=(_too_many(line, delimiter),) if spills else ())
    except csv.Error as fault:
        raise _unreadable(
            'Dấu ngoặc kép không khớp nên không đọc được từ đây trở đi. Đề nghị kiểm tra dấu “"”.',
            max(reader.line_num, 1),
        ) from fault


def _headings(line: int, cells: list[str], faults: list[Fault]) -> list[str]:
    by_key = {text.key(field): field for field in FIELDS}
    fields = [by_key.get(text.key(cell), tidy(cell)) for cell in cells]
    for place, field in enumerate(fields):
        if field and field not in FIELDS:
            faults.append(_unknown(line, field, FIELDS, "cột"))
        elif field and field in fields[:place]:
            faults.append(Fault(line, field, f"Cột {shown(field)} có hai lần. Đề nghị giữ một cột."))
    for field in _REQUIRED:
        if field not in fields:
            raise _unreadable(f"Thiếu cột “{field}”. Đề nghị dòng đầu ghi: {','.join(FIELDS)}.", line, field)
    return fields


def _too_many(line: int, delimiter: str) -> Fault:
    return Fault(
        line,
        "",
        f"Dòng có nhiều ô hơn dòng tiêu đề. Ô có dấu “{delimiter}” bên trong, đề nghị đặt cả ô trong "
        "dấu ngoặc kép.",
    )


class _Placed(dict[str, Any]):
    """A JSON object that knows where in the text it lay."""

    start: int
    end: int


class _PlacingDecoder(json.JSONDecoder):
    """Reads JSON as usual, and keeps where each object lay; the C scanner cannot tell."""

    def __init__(self) -> None:
        super().__init__()
        plain: Callable[..., tuple[dict[str, Any], int]] = self.parse_object  # type: ignore[has-type]  # json sets it

        def parse_object(at: tuple[str, int], *rest: Any) -> tuple[_Placed, int]:
            read, end = plain(at, *rest)
            placed = _Placed(read)
            placed.start, placed.end = at[1], end
            return placed, end

        self.parse_object = parse_object
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # unlisted, but there


def _json(typed: str, faults: list[Fault]) -> Iterator[Cells]:
    try:
        read = _PlacingDecoder().decode(typed)
    except json.JSONDecodeError as fault:
        raise _unreadable(
            f"JSON không đúng cú pháp ở ký tự thứ {fault.colno}. Đề nghị kiểm tra dấu phẩy và ngoặc.",
            fault.lineno,
        ) from fault
    except (RecursionError, ValueError) as fault:
        raise _unreadable("JSON lồng quá sâu hoặc có số quá dài. Đề nghị kiểm tra lại tệp.") from fault
    if not isinstance(read, _Placed) or not any(name in read for name in _LISTS):
        raise _unreadable("JSON phải có “old_units” hoặc “new_units”. Đề nghị làm theo tệp mẫu.")
    for name, listed in read.items():
        if name in _LISTS:
            yield from _listed(typed, name, listed)
        elif name != "note":
            faults.append(_unknown(_line(typed, read, name), name, _LISTS, "mục"))


def _listed(typed: str, name: str, listed: Any) -> Iterator[Cells]:
    if not isinstance(listed, list) or not all(isinstance(unit, _Placed) for unit in listed):
        raise _unreadable(
            "Mục này phải là danh sách các đơn vị trong ngoặc vuông, mỗi đơn vị trong "
            "ngoặc nhọn. Đề nghị làm theo tệp mẫu.",
            0,
            name,
        )
    for unit in listed:
        yield _unit(typed, unit, ended=name == "old_units")


def _unit(typed: str, unit: _Placed, *, ended: bool) -> Cells:
    lines = {field: _line(typed, unit, field) for field in unit}
    values, faults = {}, []
    for field, value in unit.items():
        if field not in _JSON_FIELDS:
            faults.append(_unknown(lines[field], field, _JSON_FIELDS, "mục"))
        elif (plain := _plain(field, value)) is None:
            faults.append(Fault(lines[field], field, _wrong_kind(field)))
        else:
            values[field] = plain
    line = typed.count("\n", 0, unit.start) + 1
    return Cells(line, values, lines, ended=ended, faults=tuple(faults))


def _line(typed: str, unit: _Placed, field: str) -> int:
    found = typed.find(json.dumps(field, ensure_ascii=False), unit.start, unit.end)
    return typed.count("\n", 0, found if found >= 0 else unit.start) + 1


def _plain(field: str, value: Any) -> str | None:
    """``value`` as it would be typed into a CSV cell; None when it is of the wrong kind."""
    if value is None:
        return ""
    if field == "partly":
        return ("", "yes")[value] if isinstance(value, bool) else None
    if field == "successors" and isinstance(value, list):
        return ";".join(value) if all(isinstance(one, str) for one in value) else None
    return tidy(value) if isinstance(value, str) else None


def _wrong_kind(field: str) -> str:
    if field == "partly":
        return "Phải là true hoặc false."
    if field == "successors":
        return 'Phải là danh sách mã trong ngoặc kép, ví dụ ["10729", "10750"].'
    return "Phải là chữ trong ngoặc kép (mã cũng vậy, để không mất số 0 ở đầu)."
