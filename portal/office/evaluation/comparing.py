"""What people see in a file of a dossier beside what its data says, where another template is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from zipfile import ZipFile

from defusedxml import ElementTree  # type: ignore[import-untyped]
from openpyxl import load_workbook  # type: ignore[import-untyped]

from portal.office.evaluation.section import Row, Section
from portal.office.evaluation.showing import facts, sections
from portal.record.evaluation.dossier import Dossier

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN = 10  # lines named, at most
_LONG = 120  # characters of a line


@dataclass(frozen=True, slots=True)
class Compared:
    """How the words of a file differ from those made here, and which rows of its data are not in it."""

    other: tuple[str, ...]  # lines that the template here would not give
    gone: tuple[str, ...]  # lines that it would give
    changed: tuple[str, ...]  # titles of tables some rows of which are not as the data says
    absent: tuple[str, ...]  # titles of tables that the file does not show at all


def seen(data: bytes, ending: str) -> object:
    """What people see in a file, so that two can be compared."""
    if ending == "docx":
        return _document(data)
    if ending == "xlsx":
        return _cells(data)
    return data


def compare(made: Dossier, data: bytes, fresh: bytes) -> Compared:
    """A word-processing file beside the one that the template in force here gives."""
    lines, mine = _lines(data), _lines(fresh)
    places = _places(lines)
    tables = [(one.title, _share(lines, places, one)) for one in (_front(made), *sections(made)) if one.rows]
    return Compared(
        other=_only_in(mine, lines),
        gone=_only_in(lines, mine),
        changed=tuple(title for title, share in tables if 0 < share < 1),
        absent=tuple(title for title, share in tables if share == 0),
    )


def _front(made: Dossier) -> Section:
    return Section(key="thong_tin", title="Thông tin chung", columns=("", ""), rows=facts(made))


def _places(lines: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for n, line in enumerate(lines):
        found.setdefault(line, []).append(n)
    return found


def _share(lines: list[str], places: dict[str, list[int]], section: Section) -> float:
    """The share of a table's rows whose cells stand one after the other."""
    return sum(_stands(lines, places, row) for row in section.rows) / len(section.rows)


def _stands(lines: list[str], places: dict[str, list[int]], row: Row) -> bool:
    wanted = [line for cell in row for line in _broken(cell)]
    starts = places.get(wanted[0], []) if wanted else []
    return not wanted or any(lines[n : n + len(wanted)] == wanted for n in starts)


def _broken(cell: str) -> list[str]:
    """The lines of a cell as a reader sees them: blank ones are not seen."""
    return [said for line in cell.splitlines() if (said := " ".join(line.split()))]


def _lines(data: bytes) -> list[str]:
    """The paragraphs of a word-processing file, broken where it breaks them, blank ones left out."""
    found: list[str] = []
    for paragraph in ElementTree.fromstring(_document(data)).iter(f"{_WORD}p"):
        found += _broken("".join(_told(node.tag, node.text) for node in paragraph.iter()))
    return found


def _told(tag: str, said: str | None) -> str:
    if tag == f"{_WORD}t":
        return said or ""
    return {f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": "\t"}.get(tag, "")


def _only_in(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The lines of ``second`` that ``first`` has not at that place, shortened; so many at most."""
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    found = [line for tag, _, _, begin, end in blocks if tag != "equal" for line in second[begin:end]]
    return tuple(line[:_LONG] for line in found[:_SHOWN])


def _document(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as package:
        return package.read("word/document.xml")


def _cells(data: bytes) -> list[tuple[str, list[tuple[object, ...]]]]:
    book = load_workbook(BytesIO(data))
    return [(sheet.title, list(sheet.values)) for sheet in book.worksheets]
