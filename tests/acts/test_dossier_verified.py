"""Checking a dossier's file after something was taken down, and beside another office's template."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from evaluated import commitments, evaluators, freeze_q4, gather_theme, open_q4, published
from published_comments import publish_comment
from test_dossier_files import SHIPPED, other_text
from world import World

from portal.doors.looks import find_folder
from portal.office.evaluation import files
from portal.office.evaluation.paper import NAME, templates_in
from portal.office.evaluation.reads import newest_dossier, period_of
from portal.office.evaluation.verifying import Finding, check
from portal.office.programme.reads import programme
from portal.publication.commenting import take_back
from portal.record.checkpoint import load_verifier
from portal.record.evaluation import dossier_text
from portal.record.evaluation.dossier import Dossier
from portal.record.export import export
from portal.record.exported import opened

TITLE = "CƠ QUAN LẬP BẢN TỔNG HỢP"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Dossier, list[str]]]:
    """A frozen programme, its dossier, a comment that a theme quotes and one that is only counted."""
    with closing(World(tmp_path_factory.mktemp("verified") / "instance").settle_in()) as world:
        evaluators(world)
        ref = published(world)
        _, said = gather_theme(world, ref)
        counted = publish_comment(world, commitments(world, ref)[1], "Chưa thấy làm (minh họa).")
        later = publish_comment(world, commitments(world, ref)[1], "Đã thấy làm (minh họa).")
        open_q4(world)
        freeze_q4(world)
        with world.work() as w:
            draft = programme(w, ref)
            made = dossier_text.decode(newest_dossier(w, period_of(w, draft, "2026-Q4"), draft).body)
        yield world, made, [said[0], counted, later]


@pytest.fixture
def own(town: tuple[World, Dossier, list[str]], tmp_path: Path) -> Path:
    """A province's own template, with another heading."""
    file = tmp_path / NAME
    file.write_bytes(
        other_text(SHIPPED.read_bytes(), TITLE.encode(), "SỞ NỘI VỤ (MINH HỌA)".encode(), "word/document.xml")
    )
    return file


def findings(
    world: World, data: bytes, ending: str = "docx", *, templates: tuple[Path, ...] = (SHIPPED,)
) -> list[Finding]:
    with world.work() as w:
        return check(w.session, data, ending, templates=templates)


def holds(found: list[Finding]) -> list[bool | None]:
    return [one.holds for one in found]


def test_another_offices_template_is_told_line_by_line(
    town: tuple[World, Dossier, list[str]], own: Path
) -> None:
    world, made, _ = town
    data = files.file_of(made, "docx", template=own)
    found = findings(world, data)
    assert holds(found) == [True, True, True, True, True, None]
    assert "+ SỞ NỘI VỤ (MINH HỌA)" in found[-1].said
    assert f"- {TITLE}" in found[-1].said
    assert found[-1].said.count("\n") == 2  # no other line
    assert holds(findings(world, data, templates=(SHIPPED, own))) == [True] * 5  # where it is known


def test_a_figure_changed_in_another_offices_paper_is_found(
    town: tuple[World, Dossier, list[str]], own: Path
) -> None:
    world, made, _ = town
    data = files.file_of(made, "docx", template=own)
    forged = other_text(
        data, made.commitments[0].text.encode(), "Nội dung khác".encode(), "word/document.xml"
    )
    found = findings(world, forged)
    assert holds(found) == [True, True, True, True, False]
    assert "! " in found[-1].said
    assert "+ Nội dung khác" in found[-1].said


def test_words_changed_by_a_known_template_are_no_other_template(
    town: tuple[World, Dossier, list[str]],
) -> None:
    world, made, _ = town
    data = files.file_of(made, "docx", template=SHIPPED)
    forged = other_text(data, TITLE.encode(), "HOÀN THÀNH XUẤT SẮC".encode(), "word/document.xml")
    found = findings(world, forged)
    assert holds(found) == [True, True, True, True, False]
    assert "+ HOÀN THÀNH XUẤT SẮC" in found[-1].said


def test_a_paper_without_some_table_says_which(
    town: tuple[World, Dossier, list[str]], tmp_path: Path
) -> None:
    world, made, _ = town
    short = tmp_path / NAME
    body = zipfile.ZipFile(io.BytesIO(SHIPPED.read_bytes())).read("word/document.xml").decode()
    old = "{%p if phan.dong %}"
    assert old in body
    short.write_bytes(
        other_text(
            SHIPPED.read_bytes(),
            old.encode(),
            b"{%p if phan.dong and phan.khoa != 'bon_so_lieu' %}",
            "word/document.xml",
        )
    )
    found = findings(world, files.file_of(made, "docx", template=short))
    assert holds(found) == [True, True, True, True, True, None, None]
    assert "không in" in found[-1].said


def test_templates_of_before_are_still_known(tmp_path: Path) -> None:
    shipped = find_folder("templates")
    assert templates_in(tmp_path, shipped) == [SHIPPED]
    (tmp_path / "mau").mkdir()
    for name in (NAME, "ban-cu.docx"):
        (tmp_path / "mau" / name).write_bytes(SHIPPED.read_bytes())
    assert [one.name for one in templates_in(tmp_path, shipped)] == [NAME, "ban-cu.docx", NAME]


@pytest.mark.parametrize("which", [2, 1, 0])  # one after another: each is enough
def test_what_was_taken_back_since_is_said_and_a_forgery_still_found(
    town: tuple[World, Dossier, list[str]], tmp_path: Path, which: int
) -> None:
    world, made, said = town
    data = files.as_json(made)
    if which == 2:
        assert holds(findings(world, data, "json")) == [True] * 5
    with world.work() as w:
        take_back(w, said[which], signer=world.signer)
    found = findings(world, data, "json")
    assert holds(found) == [True, True, True, None, True]
    assert f"{3 - which} nội dung" in found[3].said
    with world.work() as w:
        export(w.session, tmp_path, verifier=load_verifier(world.settings.instance / "keys"))
    with opened(tmp_path) as c:  # and by an exported record, from which texts are gone too
        assert check(c, data, "json", templates=(SHIPPED,)) == found
    assert "đã được gỡ hoặc xóa theo quy định" in found[3].said
    forged = replace(made, figures=replace(made.figures, late=made.figures.late + 1))
    assert holds(findings(world, files.as_json(forged), "json")) == [True, False, True, None, True]
