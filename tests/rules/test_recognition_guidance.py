"""Guidance: every channel has it in both languages, references unsure are not printed, nothing is saved."""

import json
import re
from pathlib import Path

import pytest

import portal.inbox.recognition as package
from portal.inbox.recognition.channels import HELD, OFFERED, Channel
from portal.inbox.recognition.guidance import SOURCED, guidance

STORED = Path(package.__file__).parent / "guidance.json"
LANGUAGES = ("vi", "en")
SOURCED_NUMBERS = {"136/2025/QH15"}  # seen in a public source (domain facts, section 0)
SOURCED_ARTICLES = {("25/2018/QH14", "25")}  # facts, 5.4


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_channel_is_explained(channel: Channel, language: str) -> None:
    shown = guidance(channel, language)
    assert all((shown.title, shown.what, shown.where))
    if channel in HELD | OFFERED:
        assert all((shown.keep, shown.unsaved, shown.laws))


def test_only_held_channels_may_not_be_sent_here() -> None:
    for language in LANGUAGES:
        refused = {channel for channel in Channel if not guidance(channel, language).may_send_here}
        assert refused == HELD


def test_an_unsure_number_is_not_printed() -> None:
    for channel in Channel:
        for language in LANGUAGES:
            for law in guidance(channel, language).laws:
                assert (law.number in law.cited(language)) == (law.mark == SOURCED)
                assert (law.mark == SOURCED) == (law.number in SOURCED_NUMBERS)
                assert not law.article or (law.number, law.article) in SOURCED_ARTICLES


def test_no_number_or_article_hides_in_the_words() -> None:
    for channel in Channel:
        for language in LANGUAGES:
            shown = guidance(channel, language)
            words = " ".join((shown.what, shown.where, shown.keep, shown.unsaved))
            assert not re.search(r"\d+/\d{4}|Điều \d|[Aa]rticle \d", words)


def test_an_article_that_is_sourced_is_cited() -> None:
    assert guidance(Channel.DENUNCIATION).laws[0].cited() == "Điều 25 Luật Tố cáo năm 2018"


def test_the_file_holds_nothing_else() -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    assert set(stored["channels"]) == set(Channel)
    marks = {law["mark"] for row in stored["channels"].values() for law in row["laws"]}
    assert marks <= {SOURCED, "unverified"}


def test_a_resident_is_addressed_politely() -> None:
    for channel in HELD | OFFERED:
        assert "ông/bà" in guidance(channel).what + guidance(channel).where + guidance(channel).keep
