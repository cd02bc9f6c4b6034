"""Nothing withheld reaches any public byte: secrets are planted everywhere, then looked for everywhere."""

import base64
import gzip
import html
import json
import logging
import unicodedata
import urllib.parse
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import papers
import pytest
from crawl import everything, files
from dye import Dye, Search, dyed, forms_of, found_in
from hearing import appraise_each, ask_for_erasure, present, schedule_and_cancel
from people import SOAN
from stuffed_files import Stuffed, stuffed_files
from withheld_months import withhold_months
from world import SAMPLES as SAMPLES_FOLDER
from world import World, who

from portal.kernel.sealed import Reason
from portal.office.evidence.cleaning import clean
from portal.office.programme.reads import programme
from portal.office.progress import acts as progress
from portal.office.progress import evidence
from portal.office.progress.evidence import FileForm
from portal.office.progress.form import CauseForm, ReportForm
from portal.publication import compose, procedures
from portal.record.documents import FigureState

SAMPLES = ("01-chu-tich-phuong-nhi-chieu.xlsx", "02-pho-chu-tich-phuong-kinh-mon.xlsx", "04-chu-tich-xa.xlsx")


def planted(world: World, seeds: range) -> list[Dye]:
    """Programmes with secrets in every withheld field, published as far as they may be."""
    forms = [world.read(name) for name in SAMPLES]
    dyes = []
    for seed in seeds:
        form, dye = dyed(forms[seed % len(forms)], seed)
        ref = world.draft(form)
        present(world, ref, dye)
        appraise_each(world, ref, form, dye)
        if any(c.disclosed for c in form.commitments):
            schedule_and_cancel(world, ref, dye)
            world.publish(ref)
            ask_for_erasure(world, ref, dye)
        dyes.append(dye)
    withhold_months(world, dyes[0])
    world.follow()
    world.make_open_data()
    return dyes


@pytest.fixture
def world(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.INFO, "sqlalchemy.engine")  # every statement, a chatty log
    return World(tmp_path).settle_in()


def leaks(world: World, dyes: list[Dye], log: str = "") -> list[tuple[str, str]]:
    """Where what lies outside the office, or ``log``, holds a secret."""
    secrets = [secret for dye in dyes for secret in (*dye.secrets, *dye.figures)]
    assert len(secrets) > 100
    search = Search(secrets)
    return [
        (where, s)
        for where, heap in (*everything(world, most=2000 + 300 * len(dyes)), ("log", log.encode()))
        for s in search.found_in(heap)
    ]


@pytest.mark.parametrize("programmes", [9, pytest.param(100, marks=pytest.mark.proof)])
def test_no_planted_secret_is_in_any_public_byte(
    world: World, caplog: pytest.LogCaptureFixture, programmes: int
) -> None:
    dyes = planted(world, range(programmes))
    assert leaks(world, dyes, caplog.text) == []
    assert "INSERT INTO office_commitment" in caplog.text  # it tells what was done, not with what


def test_nothing_of_the_file_itself_gets_out(world: World, tmp_path: Path) -> None:
    """Its name, its properties, its notes and what the office wrote about it stay inside."""
    dye = Dye(7)
    book = openpyxl.load_workbook(SAMPLES_FOLDER / "programmes" / SAMPLES[0])
    for name in ("creator", "lastModifiedBy", "title", "subject", "description", "keywords", "category"):
        setattr(book.properties, name, dye.text())
    sheet = book.worksheets[0]
    sheet.cell(1, 1).comment = openpyxl.comments.Comment(dye.text(), dye.text())
    sheet.oddFooter.center.text = dye.text()
    file = tmp_path / f"{dye.text()}.xlsx"
    book.save(file)
    ref = world.draft(world.read(file))
    world.approve(ref, opinion=dye.text())
    world.publish(ref)
    world.follow()
    world.make_open_data()
    assert found_in(b"".join(heap for _, heap in everything(world)), dye.secrets) == []


def planted_evidence(world: World, dye: Dye, stuffed: list[Stuffed]) -> list[str]:
    """A published programme: public files full of what nobody sees, withheld ones that say secrets."""
    ref = world.bring_in(world.read(SAMPLES[0]))
    with world.work() as w:
        rows = [c for t in programme(w, ref).tasks if t.disclosed for c in t.commitments if c.disclosed]
        item, by = rows[0].ref, who(w, SOAN)
        for one in stuffed:
            said = FileForm(description=f"Minh chứng công khai {one.name} (minh họa)", disclosed=True)
            key = evidence.hold(w, item, clean(one.data, filename=f"{one.dye}.bin"), said, by=by).id
            evidence.keep(w, item, key, by=by)
        hidden = FileForm(description=dye.text(), disclosed=False)
        other = papers.saved(papers.picture((33, 21)), "PNG")
        key = evidence.hold(w, item, clean(other, filename=f"{dye.text()}.png"), hidden, by=by).id
        evidence.keep(w, item, key, by=by)
        cause = CauseForm(text=dye.text(), from_on=w.today, to_on=None, disclosed=True)
        progress.name_cause(w, item, cause, by=by)  # public, but nobody confirmed it
        first = ReportForm(
            reported_on=w.today, state=FigureState.FIGURE, value=dye.figure(), note=dye.text(),
            source=dye.text(), disclosed=False,
        )  # fmt: skip
        told = progress.report(w, item, first, by=by)
        mended = replace(first, value=Decimal(1), note="", source="Sổ", disclosed=True, reason=dye.text())
        progress.report(w, item, mended, by=by, replaces=told.id)
    world.publish(ref)
    world.follow()
    world.make_open_data()
    return [*dye.secrets, *(one.dye for one in stuffed)]


def test_nothing_withheld_of_files_causes_and_corrections_gets_out(world: World) -> None:
    """Names, properties and hidden parts of files; what is withheld beside what is public."""
    chosen = ("exif position", "png text", "pdf attachment", "pdf title", "hidden sheet", "workbook author")
    stuffed = [one for one in stuffed_files() if one.name in chosen or "document" in one.name]
    stuffed = list({clean(one.data, filename="").sha256: one for one in stuffed}.values())
    assert len(stuffed) > 4
    secrets = planted_evidence(world, Dye(11), stuffed)
    heap = [content for _, content in everything(world)]
    assert sum(b"minh-chung-" in one for one in heap) >= len(stuffed)  # the files themselves were looked into
    search = Search(secrets)
    assert [secret for one in heap for secret in search.found_in(one)] == []
    inside = b"".join(content for _, content in files(world.settings.instance))
    typed = [secret for secret in secrets if "đường" in secret]
    assert len(set(found_in(inside, typed))) == len(typed) - 1  # all but the name of a file, kept nowhere


def test_the_secrets_are_really_there_to_be_found(world: World) -> None:
    """The same search over the office's own database finds them: the test above can fail."""
    dyes = planted(world, range(2))
    secrets = [secret for dye in dyes for secret in dye.secrets]
    heap = b"".join(content for _, content in files(world.settings.instance))
    assert set(found_in(heap, secrets)) == set(secrets)


def test_a_leaking_valve_turns_the_search_red(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leak one field on purpose: the withheld commitments' texts join the public preface."""
    honest = compose.compose_programme

    def leaking(draft, setting):  # type: ignore[no-untyped-def]
        document = honest(draft, setting)
        hidden = [c for t in draft.tasks for c in t.commitments if not c.disclosed]
        slip = " ".join(c.text.open(reason=Reason.COMPOSE) for c in hidden)
        object.__setattr__(document, "preface", document.preface + slip)
        return document

    monkeypatch.setattr("portal.publication.lines.compose_programme", leaking)
    found = [where for where, _ in leaks(world, planted(world, range(3)))]
    for place in ("/du-lieu/programmes.csv", "nam-ro-du-lieu.zip/", "programmes.xlsx/xl/"):  # looked into too
        assert [where for where in found if place in where], place


def test_a_valve_that_leaks_withheld_months_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose every month, marked public or not: words and figures of them are found."""
    honest = procedures.compose_procedures

    def leaking(ref, unit, rows):  # type: ignore[no-untyped-def]
        return honest(ref, unit, [replace(row, disclosed=True) for row in rows])

    monkeypatch.setattr(procedures, "compose_procedures", leaking)
    dyes = planted(world, range(1))
    found = {secret for _, secret in leaks(world, dyes)}
    assert found & set(dyes[0].secrets)
    assert found & set(dyes[0].figures)


@pytest.mark.parametrize("wrap", [str, str.upper, str.lower, "x{}y".format])
def test_the_search_knows_a_secret_in_disguise(wrap: Callable[[str], str]) -> None:
    secret = Dye(1).text()
    text = wrap(secret)
    for heap in (
        text.encode(),
        html.escape(text).encode(),
        json.dumps(text).encode(),
        urllib.parse.quote(text).encode(),
        base64.b64encode(b"ab" + text.encode() + b"tail"),
        text.encode("utf-16"),
        unicodedata.normalize("NFD", text).encode(),
        gzip.compress(text.encode()),
    ):
        assert found_in(b"prefix" + heap + b"suffix", [secret]) == [secret], heap
    assert forms_of(secret)
    assert found_in(b"an honest page", [secret]) == []
