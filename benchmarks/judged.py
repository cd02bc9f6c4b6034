"""The judged queries and the two corpora they are judged on.

The thirty samples alone (judgments.json), and the thirty among six hundred invented commitments
(judgments_town.json). A judgment names what is promised; here it becomes a grade for every document.
Every third query is held out of tuning; what is marked fresh was written when the first was over, and
what is marked unseen before the second, which never looked at it.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks import corpus, sample_town
from portal.kernel.text import fold
from portal.record.documents import CommitmentDoc, Document

_HERE = Path(__file__).resolve().parent
_SEED, _INVENTED, _UNITS = 7, 600, 8
_HELD_OUT = 3  # every third


@dataclass(frozen=True, slots=True)
class Judged:
    """One query as typed with accents and without, and the grade of everything relevant, by reference."""

    corpus: str
    kind: str
    q: str
    plain: str
    grades: dict[str, int]
    is_held_out: bool
    is_fresh: bool  # written and judged after the first tuning, looked at in the second
    is_unseen: bool  # written and judged before the second, never looked at


@cache
def documents(name: str) -> tuple[Document, ...]:
    """The corpus "samples" or "town", units first."""
    samples: tuple[Document, ...] = (*sample_town.units().values(), *sample_town.commitments())
    if name == "samples":
        return samples
    places = corpus.units(_SEED, _UNITS)
    return (*samples, *places, *map(_counted_in_things, corpus.commitments(_SEED, _INVENTED, places)))


def _counted_in_things(doc: CommitmentDoc) -> CommitmentDoc:
    """``doc`` without the unit it is counted in: that was drawn by lot and names what it is not about."""
    unit = doc.measure_unit
    if unit == "%":
        return doc
    text = doc.text.replace(f"{doc.target} {unit}", f"{doc.target} việc", 1)
    return replace(doc, text=text, indicator=doc.indicator.replace(f"Số {unit} ", "Số việc về ", 1))


def promises(name: str) -> list[CommitmentDoc]:
    """The commitments of a corpus."""
    return [doc for doc in documents(name) if isinstance(doc, CommitmentDoc)]


def judgments() -> list[Judged]:
    """Every judged query."""
    return [*_read("samples", "judgments.json"), *_read("town", "judgments_town.json")]


def _read(name: str, file: str) -> Iterator[Judged]:
    rows: list[dict[str, Any]] = json.loads((_HERE / file).read_text("utf-8"))["queries"]
    for place, row in enumerate(rows):
        q = row["q"].removeprefix("~")
        yield Judged(
            corpus=name,
            kind=row["kind"],
            q=unicodedata.normalize("NFD", q) if row["q"].startswith("~") else q,
            plain=row.get("plain") or fold(q),
            grades=_graded(row["grades"], promises(name)),
            is_held_out=place % _HELD_OUT == _HELD_OUT - 1 and not {"fresh", "looked", "unseen"} & set(row),
            is_fresh=bool(row.get("fresh")),
            is_unseen=bool(row.get("unseen")),
        )


def _graded(grades: dict[str, list[str]], docs: Iterable[CommitmentDoc]) -> dict[str, int]:
    found: dict[str, int] = {}
    for doc in docs:
        best = max((int(g) for g, names in grades.items() if any(_is(doc, n) for n in names)), default=0)
        if best:
            found[doc.ref] = best
    return found


def _is(doc: CommitmentDoc, name: str) -> bool:
    """Whether ``name`` means ``doc``: a sample's code, @unit or post, #area or #_words, else an object."""
    if name == doc.ref:
        return True
    if name.startswith("@"):
        return _holds(doc, name[1:])
    if name.startswith("#_"):
        return name[2:].replace("_", " ") in fold(doc.text)
    if name.startswith("#"):
        return doc.ref[0].isdigit() and doc.areas[0].code == name[1:]
    return _promises(doc, name)


def _holds(doc: CommitmentDoc, name: str) -> bool:
    post = fold(doc.holder.post).replace(" ", "_")
    return name == post or (name == doc.holder.unit.code and not doc.ref[0].isdigit())


def _promises(doc: CommitmentDoc, thing: str) -> bool:
    """Invented commitments name what they are about in their indicator, as corpus_words.json has it."""
    pattern = re.escape(thing).replace(r"\{", "{").replace(r"\}", "}")
    pattern = re.sub(r"{\w+}", r"[\\w ]+", pattern)
    about = doc.indicator.removesuffix(" đã hoàn thành")
    return doc.ref[0].isdigit() and re.search(rf"^(Tỷ lệ|Số việc về) {pattern}$", about) is not None
