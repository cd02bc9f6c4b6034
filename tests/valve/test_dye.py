"""Nothing withheld reaches any public byte: secrets are planted everywhere, then looked for everywhere."""

import base64
import gzip
import html
import json
import logging
import unicodedata
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from crawl import everything, files
from dye import Dye, Search, dyed, forms_of, found_in
from world import SAMPLES as SAMPLES_FOLDER
from world import World

from portal.kernel.sealed import Reason
from portal.publication import compose

SAMPLES = ("01-chu-tich-phuong-nhi-chieu.xlsx", "02-pho-chu-tich-phuong-kinh-mon.xlsx", "04-chu-tich-xa.xlsx")


def planted(world: World, seeds: range) -> list[Dye]:
    """Programmes with secrets in every withheld field, published as far as they may be."""
    forms = [world.read(name) for name in SAMPLES]
    dyes = []
    for seed in seeds:
        form, dye = dyed(forms[seed % len(forms)], seed)
        if any(c.disclosed for c in form.commitments):
            opinion = dye.text()
            ref = world.draft(form)
            world.approve(ref, opinion=opinion)
            world.publish(ref)
        else:
            world.draft(form)
        dyes.append(dye)
    world.follow()
    return dyes


@pytest.fixture
def world(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.INFO, "sqlalchemy.engine")  # every statement, a chatty log
    return World(tmp_path).settle_in()


def leaks(world: World, dyes: list[Dye], log: str = "") -> list[tuple[str, str]]:
    """Where what lies outside the office, or ``log``, holds a secret."""
    secrets = [secret for dye in dyes for secret in dye.secrets]
    assert len(secrets) > 100
    search = Search(secrets)
    return [
        (where, s)
        for where, heap in (*everything(world), ("log", log.encode()))
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
    assert found_in(b"".join(heap for _, heap in everything(world)), dye.secrets) == []


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
    assert leaks(world, planted(world, range(3)))


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
