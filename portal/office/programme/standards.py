"""The five moral standards a commitment of the moral-training part answers to: data, with its source."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard; ``code`` is its number in the document."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Standards:
    """The standards in order, the paper they come from, and how the part is called by default."""

    number: str
    on: date
    issuer: str
    title: str
    task: str
    area: str
    all: tuple[Standard, ...]

    def label(self, code: str) -> str:
        """The words of the standard ``code``; empty when there is none."""
        return next((one.label for one in self.all if one.code == code), "")


@cache
def standards() -> Standards:
    """The standards in ``standards.json`` (facts 4.5)."""
    data = json.loads(Path(__file__).with_name("standards.json").read_text(encoding="utf-8"))
    source = data["source"]
    return Standards(
        number=source["number"],
        on=date.fromisoformat(source["on"]),
        issuer=source["issuer"],
        title=source["title"],
        task=data["task"],
        area=data["area"],
        all=tuple(Standard(row["code"], row["label"]) for row in data["standards"]),
    )
