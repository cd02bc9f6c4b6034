"""What a sender is told when a text belongs in another channel: what it is, where it goes, what is kept.

A law's number is cited only when its reference is sourced, and an article likewise; the words and
the references are data in guidance.json.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portal.inbox.recognition.channels import Channel

SOURCED = "sourced"
VIETNAMESE = "vi"
_ARTICLE = {VIETNAMESE: "Điều", "en": "Article"}
_NUMBER = {VIETNAMESE: "số", "en": "no."}


@dataclass(frozen=True, slots=True)
class Law:
    """A law that governs a channel. ``mark``: sourced, or unverified until a lawyer has confirmed it."""

    name: str
    number: str
    mark: str
    article: str = ""

    def cited(self, language: str = VIETNAMESE) -> str:
        """The law as printed: by name, its number and article only when sourced."""
        words = [f"{_ARTICLE[language]} {self.article}", self.name] if self.article else [self.name]
        cited = " ".join(words) if language == VIETNAMESE else ", ".join(words)
        return f"{cited} ({_NUMBER[language]} {self.number})" if self.mark == SOURCED else cited


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is shown for a channel, in one language; ``unsaved`` says that nothing has been saved."""

    title: str
    what: str
    where: str
    keep: str
    unsaved: str
    may_send_here: bool
    laws: tuple[Law, ...]


@cache
def guidance(channel: Channel, language: str = VIETNAMESE) -> Guidance:
    """The guidance for ``channel`` in ``language`` ("vi" or "en"; `KeyError` for another)."""
    stored = _stored()[channel.value]
    words = stored[language]
    return Guidance(
        title=words["title"],
        what=words["what"],
        where=words["where"],
        keep=words.get("keep", ""),
        unsaved=words.get("unsaved", ""),
        may_send_here=words["may_send_here"],
        laws=tuple(_law(row, language) for row in stored["laws"]),
    )


def _law(row: dict[str, Any], language: str) -> Law:
    article = row.get("article", {})
    is_sourced = article.get("mark") == SOURCED
    return Law(row["name"][language], row["number"], row["mark"], article["number"] if is_sourced else "")


@cache
def _stored() -> dict[str, Any]:
    text = Path(__file__).with_name("guidance.json").read_text(encoding="utf-8")
    channels: dict[str, Any] = json.loads(text)["channels"]
    return channels
