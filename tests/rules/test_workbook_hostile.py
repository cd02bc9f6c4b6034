"""Hostile and broken files: each is refused for its own reason, in memory, with nothing left behind."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import altered, book, faults, read, saved, unzipped, with_parts, zipped

from portal.office.programme.workbook import WorkbookRefused, container
from portal.office.programme.workbook.wording import Reason

SHEET = "xl/worksheets/sheet3.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELS = "xl/_rels/workbook.xml.rels"
LINK = '<Relationship Id="x9" Type="http://schemas.openxmlformats.org/officeDocument/2006/{}"'


def linked(kind: str, target: str, mode: str = "") -> bytes:
    """A sound workbook with one more relationship."""
    link = f'{LINK.format("relationships/" + kind)} Target="{target}" {mode}/></Relationships>'
    return altered(book(), RELS, "</Relationships>", link)


def in_sheet(old: str, new: str) -> bytes:
    return altered(book(), SHEET, old, new)


def other_type(new: str) -> bytes:
    return altered(book(), "[Content_Types].xml", "spreadsheetml.sheet.main+xml", new)


def member_flag(data: bytes) -> bytes:
    """The first member marked as encrypted, in its header and in the directory."""
    spoilt = bytearray(data)
    spoilt[6] |= 1
    spoilt[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(spoilt)


def twice() -> bytes:
    stream = BytesIO(book())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SHEET, unzipped(book())[SHEET])
    return stream.getvalue()


def bzip() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        for name, part in unzipped(book()).items():
            archive.writestr(name, part)
    return stream.getvalue()


def flipped() -> bytes:
    """One byte of a compressed part changed: the checksum no longer fits."""
    data = bytearray(book())
    data[120] ^= 0xFF
    return bytes(data)


def lying_size() -> bytes:
    """A directory that claims a part to be far smaller than it is."""
    data = bytearray(with_parts(book(), {"xl/media/image1.png": b"\0" * 1_000_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def bomb(size: int) -> bytes:
    return with_parts(book(), {"xl/media/image1.png": b"\0" * size})


def many_members() -> bytes:
    return with_parts(book(), {f"xl/media/{n}.png": b"" for n in range(600)})


def many_rows(count: int) -> bytes:
    return book(tasks=[{"STT": n + 1} for n in range(count)])


def far_cell(where: str) -> bytes:
    def put(made: Workbook) -> None:
        made["Cam kết"][where] = "lạc"

    return book(shape=put)


def many_cells() -> bytes:
    cells = "".join(f'<row r="{n + 9}">{"<c/>" * 250}</row>' for n in range(900))
    return in_sheet("</sheetData>", f"{cells}</sheetData>")


def many_elements() -> bytes:
    return altered(book(), "xl/styles.xml", "</fonts>", "<font/>" * 51_000 + "</fonts>")


def billion_laughs() -> bytes:
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    return with_parts(book(), {"docProps/core.xml": laughs + "<x>&b;</x>"})


def external_entity() -> bytes:
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return with_parts(book(), {SHEET: entity + unzipped(book())[SHEET].decode()})


def huge_token() -> bytes:
    noise = "".join(f"{n:x}" for n in range(600_000))
    return with_parts(book(), {"docProps/app.xml": f'<x a="{noise}"/>'})


def large() -> bytes:
    return with_parts(book(), {"xl/media/image1.png": os.urandom(container.MAX_FILE)})


HOSTILE: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "empty": (lambda: b"", Reason.EMPTY_FILE),
    "over 10 MB": (large, Reason.TOO_BIG),
    "text": (lambda: "Họ và tên;Chức vụ".encode(), Reason.NOT_XLSX),
    "html": (lambda: b"<html><table></table></html>", Reason.NOT_XLSX),
    "pdf": (lambda: b"%PDF-1.7\n", Reason.NOT_XLSX),
    "zip with something before it": (lambda: b"MZ" + book(), Reason.NOT_XLSX),
    "zip of a text": (lambda: zipped({"a.txt": b"x"}), Reason.NOT_XLSX),
    "document": (lambda: zipped({"word/document.xml": b"<x/>"}), Reason.NOT_XLSX),
    "other content type": (lambda: other_type("sheet.other+xml"), Reason.NOT_XLSX),
    "template": (lambda: other_type("template.main+xml"), Reason.NOT_XLSX),
    "xlsb": (lambda: with_parts(book(), {"xl/workbook.bin": b"x"}), Reason.NOT_XLSX),
    "old xls": (lambda: OLE + b"\0" * 600, Reason.OLD_EXCEL),
    "with a password": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        Reason.PASSWORD,
    ),
    "encrypted member": (lambda: member_flag(book()), Reason.PASSWORD),
    "cut in the middle": (lambda: book()[:3000], Reason.DAMAGED),
    "cut at the end": (lambda: book()[:-30], Reason.DAMAGED),
    "flipped byte": (flipped, Reason.DAMAGED),
    "lying size": (lying_size, Reason.DAMAGED),
    "part twice": (twice, Reason.DAMAGED),
    "odd compression": (bzip, Reason.DAMAGED),
    "climbing path": (lambda: with_parts(book(), {"../../x.xml": "<x/>"}), Reason.DAMAGED),
    "absolute path": (lambda: with_parts(book(), {"/xl/x.xml": "<x/>"}), Reason.DAMAGED),
    "backslash path": (lambda: with_parts(book(), {"xl\\x.xml": "<x/>"}), Reason.DAMAGED),
    "broken xml": (lambda: with_parts(book(), {SHEET: "<worksheet><sheet"}), Reason.DAMAGED),
    "unknown encoding": (
        lambda: with_parts(book(), {SHEET: '<?xml version="1.0" encoding="x-no"?><x/>'}),
        Reason.DAMAGED,
    ),
    "sheet part missing": (
        lambda: zipped({n: c for n, c in unzipped(book()).items() if n != SHEET}),
        Reason.DAMAGED,
    ),
    "workbook rels missing": (
        lambda: zipped({n: c for n, c in unzipped(book()).items() if n != RELS}),
        Reason.DAMAGED,
    ),
    "rows out of order": (lambda: in_sheet('<row r="2"', '<row r="1"'), Reason.DAMAGED),
    "cells out of order": (lambda: in_sheet('r="B2"', 'r="A2"'), Reason.DAMAGED),
    "cell of another row": (lambda: in_sheet('r="B2"', 'r="B7"'), Reason.DAMAGED),
    "row that is no number": (lambda: in_sheet('<row r="2"', '<row r="hai"'), Reason.DAMAGED),
    "style that is none": (lambda: in_sheet('r="B2"', 'r="B2" s="x"'), Reason.DAMAGED),
    "text too long": (
        lambda: in_sheet("Báo cáo tháng", "x" * 40_000),
        Reason.DAMAGED,
    ),
    "bomb by ratio": (lambda: bomb(20_000_000), Reason.BOMB),
    "bomb by size": (lambda: bomb(100_000_000), Reason.BOMB),
    "bomb by members": (many_members, Reason.BOMB),
    "bomb of markup": (
        lambda: with_parts(book(), {"xl/drawings/vmlDrawing1.vml": "<x>" * 800_000}),
        Reason.BOMB,
    ),
    "macro": (lambda: with_parts(book(), {"xl/vbaProject.bin": b"x"}), Reason.MACRO),
    "macro content type": (
        lambda: altered(
            book(),
            "[Content_Types].xml",
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        Reason.MACRO,
    ),
    "macro under another name": (lambda: linked("vbaProject", "x.xml"), Reason.MACRO),
    "macro sheet": (lambda: with_parts(book(), {"xl/macrosheets/s.xml": "<x/>"}), Reason.MACRO),
    "external workbook": (
        lambda: with_parts(book(), {"xl/externalLinks/externalLink1.xml": "<x/>"}),
        Reason.EXTERNAL_LINK,
    ),
    "external link by type": (lambda: linked("externalLink", "x.xml"), Reason.EXTERNAL_LINK),
    "external picture": (
        lambda: linked("image", "http://example.invalid/x.png", 'TargetMode="External" '),
        Reason.EXTERNAL_LINK,
    ),
    "data connection": (
        lambda: with_parts(book(), {"xl/connections.xml": "<x/>"}),
        Reason.EXTERNAL_LINK,
    ),
    "embedded document": (
        lambda: with_parts(book(), {"xl/embeddings/oleObject1.bin": b"x"}),
        Reason.EMBEDDED,
    ),
    "embedded by type": (lambda: linked("oleObject", "x.xml"), Reason.EMBEDDED),
    "activex": (lambda: with_parts(book(), {"xl/activeX/activeX1.xml": "<x/>"}), Reason.EMBEDDED),
    "program inside": (lambda: with_parts(book(), {"xl/media/x.exe": b"MZ"}), Reason.EMBEDDED),
    "billion laughs": (billion_laughs, Reason.UNSAFE_XML),
    "external entity": (external_entity, Reason.UNSAFE_XML),
    "huge token": (huge_token, Reason.UNSAFE_XML),
    "strict format": (
        lambda: altered(
            book(),
            "xl/workbook.xml",
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        Reason.STRICT_FORMAT,
    ),
    "5,001 rows": (lambda: many_rows(5_000), Reason.TOO_MANY_ROWS),
    "cell at the end of the world": (lambda: far_cell("XFD1048576"), Reason.FAR_CELL),
    "cell far below": (lambda: far_cell("A900000"), Reason.FAR_CELL),
    "cell far right": (lambda: far_cell("ZZ2"), Reason.FAR_CELL),
    "formats without end": (many_cells, Reason.TOO_MANY_CELLS),
    "styles without end": (many_elements, Reason.TOO_MANY_CELLS),
    "elements outside the rows": (
        lambda: in_sheet("</sheetData>", f"{'<x/>' * 51_000}</sheetData>"),
        Reason.TOO_MANY_CELLS,
    ),
    "elements without end": (
        lambda: in_sheet("</sheetData>", f"<row>{'<x/>' * 900}</row>" * 1_200 + "</sheetData>"),
        Reason.TOO_MANY_CELLS,
    ),
    "merged over and over": (
        lambda: in_sheet(
            "</sheetData>",
            "</sheetData><mergeCells>" + '<mergeCell ref="A1:B9999"/>' * 50 + "</mergeCells>",
        ),
        Reason.TOO_MANY_CELLS,
    ),
}


@cache
def made(name: str) -> bytes:
    """The hostile file called ``name``, or a sound one."""
    return book() if name == "sound" else HOSTILE[name][0]()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_for_its_reason(name: str) -> None:
    (fault,) = faults(made(name))
    assert fault.reason is HOSTILE[name][1]
    assert fault.sentence.endswith(".")


def test_there_are_enough_hostile_files() -> None:
    assert len(HOSTILE) >= 25


def test_a_far_cell_is_named() -> None:
    (fault,) = faults(far_cell("XFD1048576"))
    assert fault.sheet == "Cam kết"
    assert "XFD1048576" in fault.sentence


def test_five_thousand_rows_pass_the_gate() -> None:
    assert len(read(many_rows(4_999)).tasks) == 4_999


def test_harmless_extras_pass() -> None:
    """Positive control for the gate: what ordinary office programs add is let through."""

    def link(made: Workbook) -> None:
        page: Worksheet = made["Cam kết"]
        page["Q2"].hyperlink = "https://example.invalid/bao-cao"
        page["Q2"] = "Báo cáo"
        page["XFC1048575"].number_format = "0.00"  # a format, no content

    parts: dict[str, str | bytes] = {
        "xl/media/image1.png": b"\x89PNG",
        "xl/printerSettings/printerSettings1.bin": b"x",
        "xl/drawings/vmlDrawing1.vml": "<xml><br></xml>",  # Office writes it so, not well-formed
        "customXml/item1.xml": "<x/>",
        "xl/": b"",
    }
    form = read(with_parts(book(shape=link), parts))
    assert form.commitments[0].evidence_plan == "Báo cáo"
    assert form.warnings == ("Tệp: có hình ảnh hoặc hình vẽ; hình không được đưa vào hệ thống.",)


def test_cells_without_references_are_counted() -> None:
    data = book()
    for cell in ('r="A2" ', 'r="B2" ', 'r="C2" '):
        data = altered(data, SHEET, cell, "")
    data = altered(data, SHEET, '<row r="2"', "<row")
    assert read(data).commitments == read(book()).commitments


def test_whatever_prefix_names_the_relationship() -> None:
    data = altered(book(), "xl/workbook.xml", "r:id=", "quan:id=")
    text = unzipped(data)["xl/workbook.xml"].decode().replace("xmlns:r=", "xmlns:quan=")
    assert read(with_parts(data, {"xl/workbook.xml": text})) == read(book())


def test_a_sheet_without_its_part_is_not_read() -> None:
    data = altered(book(), RELS, 'Target="/xl/worksheets/sheet3.xml"', 'Target="/xl/none.xml"')
    assert [fault.reason for fault in faults(data)] == [Reason.DAMAGED]


def test_a_sheet_whose_link_is_unknown_is_damage() -> None:
    data = altered(book(), "xl/workbook.xml", 'r:id="rId3"', 'r:id="rId99"')
    assert [fault.reason for fault in faults(data)] == [Reason.DAMAGED]


_ALONE = """
import sys
from portal.office.programme.workbook import WorkbookRefused, read_workbook

def note(event, details):
    mode = str(details[1] or "r") if event == "open" else ""
    if watching and (set(mode) & set("wax+") or event in ("os.mkdir", "os.rename")):
        written.append(details[0])

watching, written = False, []
sys.addaudithook(note)
data = sys.stdin.buffer.read()
watching = True
try:
    said = len(read_workbook(data, filename="a.xlsx", unit_exists=lambda code: True).tasks)
except WorkbookRefused as refused:
    said = refused.faults[0].reason
left = list(written)
open("control", "w").close()
watching = False
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(said, int(status["VmHWM"].split()[0]) // 1024, len(left), len(written))
"""


def alone(data: bytes, folder: Path) -> tuple[str, int, int, int]:
    """Read in a process of its own: outcome, peak MiB, files written, the same with one control."""
    ran = subprocess.run(
        [sys.executable, "-c", _ALONE],
        input=data,
        capture_output=True,
        check=True,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    said, peak, left, control = ran.stdout.decode().split()
    return said, int(peak), int(left), int(control)


@pytest.mark.parametrize(
    "name",
    ["bomb by size", "over 10 MB", "huge token", "formats without end", "styles without end"],
)
def test_a_refusal_needs_little_memory_and_writes_nothing(name: str, tmp_path: Path) -> None:
    said, peak, left, control = alone(made(name), tmp_path)
    assert said == HOSTILE[name][1]
    assert peak < 256  # MiB, interpreter and libraries included
    assert (left, control) == (0, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["control"]


def test_a_sound_file_writes_nothing_either(tmp_path: Path) -> None:
    said, _, left, control = alone(book(), tmp_path)
    assert (said, left, control) == ("1", 0, 1)


def test_a_saved_book_round_trips_through_the_helpers() -> None:
    """Positive control for the helpers: packing and unpacking alone changes nothing."""
    data = saved(Workbook())
    assert unzipped(zipped(unzipped(data))) == unzipped(data)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_spoilt_file_is_refused_or_read_but_never_breaks_the_reader(data: st.DataObject) -> None:
    spoilt = bytearray(made("sound"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at] = data.draw(st.integers(0, 255))
    assert outcome(bytes(spoilt)) in ("read", "refused")


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_spoilt_xml_is_refused_or_read_but_never_breaks_the_reader(data: st.DataObject) -> None:
    parts = unzipped(made("sound"))
    name = data.draw(st.sampled_from(sorted(parts)))
    values = list(re.finditer(rb'(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)', parts[name]))
    value = data.draw(st.sampled_from(values))
    odd = data.draw(st.sampled_from([b"", b"-1", b"9" * 5000, b"1E999", b"A1:ZZ9", b"s", b"e"]))
    spoilt = parts[name][: value.start()] + odd + parts[name][value.end() :]
    assert outcome(zipped({**parts, name: spoilt})) in ("read", "refused")


def outcome(data: bytes) -> str:
    try:
        read(data)
    except WorkbookRefused:
        return "refused"
    return "read"
