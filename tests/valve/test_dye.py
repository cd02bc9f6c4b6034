"""Nothing withheld reaches any public byte: secrets are planted everywhere, then looked for everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from crawl import everything, files
from dye import Dye, dyed, forms_of, found_in
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
def world(tmp_path: Path) -> Iterator[World]:
    yield World(tmp_path).settle_in()


def leaks(world: World, dyes: list[Dye]) -> list[tuple[str, str]]:
    secrets = [secret for dye in dyes for secret in dye.secrets]
    assert len(secrets) > 100
    return [(where, s) for where, heap in everything(world) for s in found_in(heap, secrets)]


@pytest.mark.parametrize("programmes", [9, pytest.param(100, marks=pytest.mark.proof)])
def test_no_planted_secret_is_in_any_public_byte(world: World, programmes: int) -> None:
    assert leaks(world, planted(world, range(programmes))) == []


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

    monkeypatch.setattr("portal.publication.acts.compose_programme", leaking)
    assert leaks(world, planted(world, range(3)))


@pytest.mark.parametrize("wrap", [str, lambda s: s.upper(), lambda s: f"x{s}y"])
def test_the_search_knows_a_secret_in_disguise(wrap) -> None:  # type: ignore[no-untyped-def]
    import base64
    import gzip
    import html
    import json
    import unicodedata
    import urllib.parse

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
