"""Open files: three that say the same, whole and checkable, the same bytes again, no live formula."""

import base64
import csv
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from archives import unpacked
from components import must_have_all
from open_files import FORMULAS, GONE, built, csv_rows, json_rows, settings_with_everything

from portal.record import merkle
from portal.record.checkpoint import is_signed
from portal.record.opendata import book, cells, writers
from portal.record.opendata.about import About
from portal.record.opendata.building import FORMATS
from portal.record.opendata.catalogue import TABLES
from portal.record.opendata.dictionary import DICTIONARY
from portal.record.opendata.papers import CHECKPOINT, README, SUMS, VERIFIER
from portal.record.opendata.shelf import ARCHIVE, Manifest
from portal.record.opendata.table import Type
from portal.settings import Settings

ABOUT = About(site="s", owner="o", address="a", licence="l", licence_address="", verifier="v")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_with_everything(tmp_path_factory.mktemp("open") / "instance")


@pytest.fixture(scope="module")
def files(settings: Settings) -> tuple[Path, Manifest]:
    return built(settings)


def read(files: tuple[Path, Manifest], name: str) -> bytes:
    return (files[0] / name).read_bytes()


def test_every_table_has_rows_here_so_that_the_rest_says_something(files: tuple[Path, Manifest]) -> None:
    empty = [t.name for t in (*TABLES, DICTIONARY) if not files[1].files[f"{t.name}.csv"].rows]
    assert empty == []


@pytest.mark.parametrize("table", [*TABLES, DICTIONARY], ids=lambda t: t.name)
def test_the_three_files_of_a_table_say_the_same(files: tuple[Path, Manifest], table: object) -> None:
    name, columns = table.name, table.all_columns()  # type: ignore[attr-defined]  # a Table
    heading, *rows = csv_rows(read(files, f"{name}.csv"))
    said = json_rows(read(files, f"{name}.json"))
    sheet = openpyxl.load_workbook(files[0] / f"{name}.xlsx").worksheets[0]
    top, *lines = sheet.iter_rows(values_only=True)
    assert heading == [c.name for c in columns] == list(top) == list(said[0])
    assert len(rows) == len(said) == len(lines) == files[1].files[f"{name}.csv"].rows
    for row, one, line in zip(rows, said, lines, strict=True):
        for cell, value, seen, column in zip(row, one.values(), line, columns, strict=True):
            text = "; ".join(value) if isinstance(value, list) else value
            if isinstance(text, str) and column.holds in (Type.TEXT, Type.CODE, Type.LIST):
                assert cell == cells.harmless(text)
                assert (cell.removeprefix("'") if cell.startswith("'") else cell) == text
                assert (seen or "").replace("_x000D_", "\r") == text  # as OOXML writes it
            else:
                assert cell == ("" if text is None else json.dumps(text).strip('"'))
                assert seen is None or isinstance(seen, int | float | datetime) or seen == cell


def test_numbers_and_days_are_real_in_a_workbook(files: tuple[Path, Manifest]) -> None:
    sheet = openpyxl.load_workbook(files[0] / "progress.xlsx").worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, column["reported_on"]).is_date
    assert isinstance(sheet.cell(2, column["value"]).value, int | float)
    stamp = sheet.cell(2, column["published_at"]).value
    said = datetime.fromisoformat(json_rows(read(files, "progress.json"))[0]["published_at"])
    assert (stamp.hour - said.hour) % 24 == 7  # Vietnam


def test_both_layers_are_told_apart(files: tuple[Path, Manifest]) -> None:
    rows = [r for r in json_rows(read(files, "progress.json")) if r["commitment_ref"] == "ckdt01"]
    assert sum(r["layer"] == "self_reported" for r in rows) == 5
    confirmed = [r for r in rows if r["layer"] == "confirmed"]
    assert len(confirmed) == 2
    told = ("confirmed_by", "confirmed_in", "source", "reported_on")
    assert all(row[name] for row in confirmed for name in told)


def test_no_contributor_and_no_grade_is_in_any_file(files: tuple[Path, Manifest]) -> None:
    heap = b"".join(data for name in files[1].files for _, data in unpacked(name, read(files, name)))
    assert b"yk0" in heap  # comments are there
    for shown_as in ("TDP số 3", "Người dân, T"):
        assert shown_as.encode() not in heap
    names = {c.name for t in TABLES for c in t.all_columns()}
    assert not [n for n in names if any(w in n for w in ("grade", "score", "rank", "shown_as", "sender"))]


def test_what_was_taken_down_leaves_its_tombstone_only(files: tuple[Path, Manifest]) -> None:
    heap = b"".join(data for name in files[1].files for _, data in unpacked(name, read(files, name)))
    assert b"xylotoken" not in heap
    gone = [r["ref"] for r in json_rows(read(files, "withdrawals.json"))]
    assert GONE in gone
    assert "ckgone" in gone
    assert GONE not in [r["ref"] for r in json_rows(read(files, "commitments.json"))]


def test_anybody_can_check_the_archive(files: tuple[Path, Manifest], tmp_path: Path) -> None:
    """From the archive alone: digests, the root from the leaves, the signature."""
    zipfile.ZipFile(files[0] / ARCHIVE).extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    sums = (folder / SUMS).read_text().splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in sums)}
    assert set(listed) | {SUMS} == {path.name for path in folder.iterdir()}
    for name, digest in listed.items():
        data = (folder / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest == files[1].files[name].sha256
        assert data == read(files, name)
    nodes: dict[tuple[int, int], bytes] = {}
    for n, row in enumerate(json_rows((folder / "log.json").read_bytes())):
        for level, place, one in merkle.grown(n, bytes.fromhex(row["leaf"]), lambda *at: nodes[at]):
            nodes[level, place] = one
    note = (folder / CHECKPOINT).read_text(encoding="utf-8")
    root = merkle.root(n + 1, lambda *at: nodes[at])
    assert note.split("\n")[1:3] == [str(n + 1), base64.b64encode(root).decode()]
    assert is_signed(note, (folder / VERIFIER).read_text(encoding="utf-8").strip())
    assert "CC BY 4.0" in (folder / README).read_text(encoding="utf-8")


def test_the_same_log_gives_the_same_bytes(settings: Settings, files: tuple[Path, Manifest]) -> None:
    first = {name: read(files, name) for name in files[1].files}
    shutil.rmtree(files[0].parent)
    folder, again = built(settings)
    assert again == files[1]
    assert {name: (folder / name).read_bytes() for name in again.files} == first


def test_the_database_makes_no_difference(
    database_url: str, tmp_path: Path, files: tuple[Path, Manifest]
) -> None:
    other = settings_with_everything(tmp_path / "instance", database_url=database_url)
    _, manifest = built(other)
    # Salts and the signing key differ from one installation to the next; what was said does not.
    same = [t.name for t in TABLES if t.name != "log"]
    assert [manifest.files[f"{n}.csv"] for n in same] == [files[1].files[f"{n}.csv"] for n in same]


def test_no_cell_is_a_live_formula_in_a_real_program(
    files: tuple[Path, Manifest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(FORMULAS) >= 36
    rows = json_rows(read(files, "commitments.json"))
    assert len({text for one in rows for text in one.values() if isinstance(text, str)} & set(FORMULAS)) > 8
    assert live_formulas(sorted(files[0].glob("*.csv")), tmp_path / "csv") == 0
    assert live_formulas(sorted(files[0].glob("*.xlsx")), tmp_path / "xlsx") == 0
    # The control: the same rows with the guards off.
    monkeypatch.setattr(cells, "harmless", lambda text: text)
    monkeypatch.setattr(book, "_PLAIN", {"constant_memory": True})
    monkeypatch.setattr(book.BookWriter, "_put", lambda self, n, value: self._sheet.write(self._at, n, value))
    for ending in ("csv", "xlsx"):
        bare = tmp_path / f"bare.{ending}"
        writer = FORMATS[ending](bare, DICTIONARY, ABOUT)
        for formula in FORMULAS:
            writer.add(["a", *[formula] * 8])
        writer.close()
        assert live_formulas([bare], tmp_path / f"bare {ending}") > len(FORMULAS)


def live_formulas(files: Sequence[Path], folder: Path) -> int:
    """How many cells of these files a real LibreOffice takes for formulas."""
    office = shutil.which("soffice")
    if office is None:
        if must_have_all():
            pytest.fail("LibreOffice: with CI=true it must be there", pytrace=False)
        pytest.skip("LibreOffice: not installed (libreoffice-calc-nogui)")
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    made = [(folder / f"{file.stem}.fods").read_text(encoding="utf-8") for file in files]
    assert all("table:table-row" in one for one in made)
    return sum(one.count("table:formula=") for one in made)


@pytest.fixture
def sheet(tmp_path: Path) -> book.BookWriter:
    return book.BookWriter(tmp_path / "one.xlsx", DICTIONARY, ABOUT, last_row=3)


def test_a_workbook_holds_what_it_can_and_says_what_it_cannot(sheet: book.BookWriter, tmp_path: Path) -> None:
    long, old = "dài " * 20_000, date(1889, 5, 1)
    exact, rough = Decimal("46.80"), Decimal("1234567890123456.5")
    for value in (long, old, exact, rough, True, datetime(2026, 1, 1, tzinfo=UTC), 5, ("a", "b")):
        sheet.add([value])
    sheet.close()
    found = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert found.sheetnames == ["dictionary", "Giải thích - About", "dictionary 2", "dictionary 3"]
    told = [row[0] for s in (0, 2, 3) for row in found.worksheets[s].iter_rows(min_row=2, values_only=True)]
    assert told[0].endswith("[…]")
    assert len(told[0]) <= 32_000
    assert told[1:] == [
        "1889-05-01", 46.8, "1234567890123456.5", "true", datetime(2026, 1, 1, 7), 5, "a; b",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [*FORMULAS, "", "a", " a", "1", "'", '"', "a,b\r\nc"])
def test_a_guarded_text_can_be_had_back(text: str) -> None:
    guarded = cells.harmless(text)
    assert (guarded[1:] if guarded.startswith("'") else guarded) == text
    written = io.StringIO(f"{cells.csv_cell(text)},1\r\n", newline="")
    assert list(csv.reader(written, strict=True)) == [[guarded, "1"]]


def test_figures_keep_their_digits_in_json(tmp_path: Path) -> None:
    writer = writers.JsonWriter(tmp_path / "a.json", DICTIONARY, ABOUT)
    writer.add([Decimal("46.80"), None, True, date(2026, 1, 2), ("x",), 3, "“", "", ()])
    writer.close()
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert '{"table": 46.80, "table_vi": null, "table_en": true, "column": "2026-01-02"' in text
