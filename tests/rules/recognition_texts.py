"""The labelled texts: what was typed, and what a careful reader sees in it."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STORED = Path(__file__).parents[1] / "recognition" / "texts.json"
HELD_OUT = "held_out"  # the half written before any rule, and never learned from
MARKED = re.compile(r"⟦(\w+):([^⟧]*)⟧")
CADRES = ("Lương Công Mẫu", "Ngô Thị Minh Họa")  # whose pages the texts are written on; made up


@dataclass(frozen=True)
class Labelled:
    """A text with its labels; ``personal`` holds kind, start and end of each piece of personal data."""

    part: str
    register: str
    channel: str
    is_fair_criticism: bool
    text: str
    personal: tuple[tuple[str, int, int], ...]

    @property
    def is_denunciation(self) -> bool:
        """Whether a careful reader takes it for tố cáo."""
        return self.channel == "denunciation"


def read_marks(marked: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """A text without its marks, and what they marked."""
    text = ""
    labels: list[tuple[str, int, int]] = []
    at = 0
    for mark in MARKED.finditer(marked):
        text += marked[at : mark.start()]
        labels.append((mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], tuple(labels)


@cache
def rows() -> tuple[dict[str, str], ...]:
    """The rows as stored, marks and all."""
    return tuple(json.loads(STORED.read_text(encoding="utf-8")))


@cache
def labelled() -> tuple[Labelled, ...]:
    """All texts, in the order they were written."""
    found = []
    for row in rows():
        text, personal = read_marks(row["text"])
        is_fair = bool(row["fair_criticism"])
        found.append(Labelled(row["part"], row["register"], row["channel"], is_fair, text, personal))
    return tuple(found)
