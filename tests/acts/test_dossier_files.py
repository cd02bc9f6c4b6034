"""Files of a dossier: each carries its data, none carries a live formula, a changed one is found out."""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from components import must_have_all
from dossier_town import Q4, fill
from evaluated import DANH, evaluators, freeze_q4, open_q4, published
from openpyxl import Workbook, load_workbook
from world import World

from portal.doors.looks import find_folder
from portal.kernel.work import Work
from portal.office.evaluation import files
from portal.office.evaluation.carrying import read_back
from portal.office.evaluation.paper import NAME, TemplateFault, as_paper, template_in
from portal.office.evaluation.reads import newest_dossier, period_of
from portal.office.evaluation.verifying import check
from portal.office.evaluation.workbook import as_workbook
from portal.office.programme.reads import programme
from portal.record.evaluation import dossier_text
from portal.record.evaluation.document import AccountDoc, CauseKind
from portal.record.evaluation.dossier import Dossier

SHIPPED = find_folder("templates") / "dossier" / NAME
LINES = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://x.example\")", " =1+1",
         "=cmd|'/c calc'!A0", "＝1+1")  # fmt: skip
TAILS = ("", ";x", "\n=2", '&"a"', " <b>&amp;</b> ${7*7} {{7*7}}")
HOSTILE = [f"{line}{tail}" for line in LINES for tail in TAILS]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """The sample programme, frozen."""
    with closing(World(tmp_path_factory.mktemp("files") / "instance").settle_in()) as world:
        evaluators(world)
        ref = published(world)
        open_q4(world, by=DANH)
        freeze_q4(world)
        yield world, ref


@pytest.fixture(scope="module")
def made(town: tuple[World, str]) -> Dossier:
    world, ref = town
    with world.work() as w:
        return dossier_text.decode(_row(w, ref))


def _row(w: Work, ref: str) -> str:
    draft = programme(w, ref)
    return newest_dossier(w, period_of(w, draft, "2026-Q4"), draft).body


def accused(made: Dossier) -> Dossier:
    """The dossier with fifty hostile texts where people write."""
    accounts = tuple(
        AccountDoc(commitment_ref=made.commitments[0].ref, account=text, cause=CauseKind.NONE)
        for text in HOSTILE
    )
    return replace(made, accounts=accounts)


def findings(world: World, data: bytes, ending: str) -> list[bool | None]:
    with world.work() as w:
        return [one.holds for one in check(w.session, data, ending, templates=[SHIPPED])]


@pytest.mark.parametrize("ending", ["json", "docx", "xlsx", "pdf"])
def test_every_file_holds_and_carries_its_data(town: tuple[World, str], made: Dossier, ending: str) -> None:
    data = files.file_of(made, ending, template=SHIPPED)
    assert read_back(data, ending) == dossier_text.encode(made)
    assert findings(town[0], data, ending) == [True] * 5
    assert files.name_of(made, ending).endswith(f"-2026-q4-v1.{ending}")


def other_text(data: bytes, old: bytes, new: bytes, member: str) -> bytes:
    """The same package with other words in one member."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old_one,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh,
    ):
        for info in old_one.infolist():
            body = old_one.read(info)
            assert info.filename != member or old in body
            fresh.writestr(info, body.replace(old, new) if info.filename == member else body)
    return out.getvalue()


def test_what_was_changed_is_found_out(town: tuple[World, str], made: Dossier) -> None:
    world, _ = town
    forged = replace(made, figures=replace(made.figures, late=99))
    assert findings(world, files.as_json(forged), "json") == [True, False, True, False, True]
    paper = as_paper(made, SHIPPED)
    seen = other_text(paper, "Bản tổng hợp".upper().encode(), "Bản kết luận".encode(), "word/document.xml")
    assert findings(world, seen, "docx") == [True, True, True, True, False]
    book = load_workbook(io.BytesIO(as_workbook(made)))
    book["bon_so_lieu"]["B5"] = 42
    held = io.BytesIO()
    book.save(held)
    assert findings(world, held.getvalue(), "xlsx") == [True, True, True, True, False]
    stranger = replace(made, programme=replace(made.programme, ref="khong-co"))
    assert findings(world, files.as_json(stranger), "json")[1:3] == [False, False]
    later = replace(made, checkpoint=replace(made.checkpoint, log_size=10**6))
    assert findings(world, files.as_json(later), "json") == [True, False, False, False, True]
    older = replace(made, formulas="2020-01-01")
    assert findings(world, files.as_json(older), "json")[3] is None


@pytest.mark.parametrize(
    ("data", "ending"),
    [(b"", "json"), (b"[]", "json"), (b"{}", "json"), (b"PK", "docx"), (b"PK", "xlsx"), (b"%PDF", "pdf"),
     (b"", "txt"),     (b'{"dossier": {"form": 1}}', "json")],
)  # fmt: skip
def test_what_is_no_dossier_is_said_to_be_none(town: tuple[World, str], data: bytes, ending: str) -> None:
    assert findings(town[0], data, ending) == [False]


def test_the_offices_own_template_is_used_and_can_do_no_harm(made: Dossier, tmp_path: Path) -> None:
    assert template_in(tmp_path, find_folder("templates")) == SHIPPED
    own = tmp_path / "mau" / NAME
    own.parent.mkdir()
    shutil.copy(SHIPPED, own)
    assert template_in(tmp_path, find_folder("templates")) == own
    for harm in (b"{{ khong_co }}", b"{{ tieu_de.__class__.__mro__ }}"):
        own.write_bytes(other_text(SHIPPED.read_bytes(), b"{{ tieu_de }}", harm, "word/document.xml"))
        with pytest.raises(TemplateFault):
            as_paper(made, own)


def test_hostile_texts_stay_texts_in_the_paper(made: Dossier) -> None:
    data = as_paper(accused(made), SHIPPED)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml").decode()
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt; ${7*7} {{7*7}}" in body
    assert "49" not in body.split("{{7*7}}")[0][-40:]


def test_fifty_hostile_cells_are_no_formulas_in_a_real_program(made: Dossier, tmp_path: Path) -> None:
    assert len(HOSTILE) == 50
    sheet = tmp_path / "dossier.xlsx"
    sheet.write_bytes(as_workbook(accused(made)))
    control = Workbook()
    control.active["A1"] = "=1+1"  # what openpyxl writes as a formula: the control
    control.save(tmp_path / "control.xlsx")
    assert live_formulas(tmp_path / "control.xlsx", tmp_path) == 1
    assert live_formulas(sheet, tmp_path) == 0


def live_formulas(file: Path, folder: Path) -> int:
    """How many cells a real LibreOffice takes for formulas."""
    office = shutil.which("soffice")
    if office is None:
        if must_have_all():
            pytest.fail("LibreOffice: with CI=true it must be there", pytrace=False)
        pytest.skip("LibreOffice: not installed (libreoffice-calc-nogui)")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "fods", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"{file.stem}.fods").read_text(encoding="utf-8").count("table:formula=")


def test_random_dossiers_go_through_every_file(tmp_path: Path) -> None:
    from test_dossier_compiled import compiled, head  # here: the tests of compiling tell how

    with closing(World(tmp_path, seed="files")) as world:
        ref = fill(world, 3, commitments=8, comments=30)
        made = compiled(world, ref, head(world))
    for ending in files.endings():
        assert read_back(files.file_of(made, ending, template=SHIPPED), ending) == dossier_text.encode(made)
    assert json.loads(files.as_json(made))["dossier"]["period"]["code"] == Q4.code
