"""Dye: distinctive secrets for every withheld field, and a search that finds them however they leak."""

import base64
import contextlib
import html
import json
import random
import sys
import unicodedata
import urllib.parse
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from portal.kernel.text import fold, new_tone
from portal.office.programme.workbook.form import (
    CommitmentForm,
    ProgrammeForm,
    ProgressForm,
    TaskForm,
)

_LETTERS = "bcdfghkmnpqrstvx"
_WINDOW = 8  # bytes: the shortest form that is looked for


class Dye:
    """A source of secrets; remembers every one it gave out."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.secrets: list[str] = []
        self.figures: list[str] = []  # secrets too, in every spelling; a database keeps them as numbers

    def text(self) -> str:
        """A Vietnamese-looking secret that no honest page can contain."""
        core = "".join(self._random.choice(_LETTERS) for _ in range(9))
        secret = f"Mật{core}ẩn đường{core[::-1]}"
        self.secrets.append(secret)
        return secret

    def figure(self) -> Decimal:
        """A secret figure of ten digits."""
        digits = f"{self._random.randrange(10**5, 10**6)}.{self._random.randrange(1000, 9999)}"
        self.secrets.append(digits)
        return Decimal(digits)

    def day(self) -> date:
        """A secret day, far from any honest one."""
        day = date(self._random.randrange(2071, 2096), self._random.randrange(1, 13), 17)
        self.secrets.append(day.isoformat())
        return day


def forms_of(secret: str) -> set[bytes]:
    """Every way ``secret`` could lie in bytes: escaped, encoded, decomposed, unaccented, in pieces."""
    spellings = {secret, secret.lower(), secret.upper(), fold(secret), new_tone(secret)}
    spellings |= {fold(part) for part in secret.split()}  # the index keeps syllables
    spellings |= {unicodedata.normalize("NFD", text) for text in spellings}
    if secret[:4].isdigit() and "-" in secret:
        spellings |= {"/".join(reversed(secret.split("-")))}
    if "." in secret:
        whole, _, rest = secret.partition(".")
        spellings |= {
            f"{whole},{rest}",
            f"{whole[:-3]}.{whole[-3:]},{rest}",
            f"{whole[:-3]},{whole[-3:]}.{rest}",
        }
    found: set[bytes] = set()
    for text in spellings:
        found |= {
            text.encode(),
            text.encode("utf-16-le"),
            text.encode("utf-16-be"),
            html.escape(text).encode(),
            html.escape(text).encode("ascii", "xmlcharrefreplace"),
            urllib.parse.quote(text).encode(),
            urllib.parse.quote_plus(text).encode(),
            json.dumps(text).strip('"').encode(),
        }
        found |= set(_base64_forms(text.encode()))
    return {form for form in found if len(form) >= _WINDOW}


def _base64_forms(raw: bytes) -> Iterator[bytes]:
    """``raw`` inside base64, at each of the three alignments, without the bytes its neighbours share."""
    for lead in range(3):
        encoded = base64.b64encode(b"\0" * lead + raw)
        yield encoded[(lead * 8 + 5) // 6 : len(encoded) - 4]


class Search:
    """Looks for many secrets in many heaps at once, by the first eight bytes of each of their forms."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._forms: dict[int, list[tuple[bytes, str]]] = {}
        for secret in secrets:
            for form in forms_of(secret):
                self._forms.setdefault(int.from_bytes(form[:_WINDOW], sys.byteorder), []).append(
                    (form, secret)
                )

    def found_in(self, heap: bytes) -> list[str]:
        """The secrets that lie in ``heap``, also inside zlib and gzip streams."""
        return sorted({secret for one in (heap, *_inflated(heap)) for secret in self._in(one)})

    def _in(self, heap: bytes) -> Iterator[str]:
        for start in _windows(heap) & self._forms.keys():
            yield from (secret for form, secret in self._forms[start] if form in heap)


def _windows(heap: bytes) -> set[int]:
    """Every eight consecutive bytes of ``heap``, as numbers."""
    found: set[int] = set()
    for shift in range(_WINDOW):
        whole = (len(heap) - shift) // _WINDOW * _WINDOW
        found.update(memoryview(heap)[shift : shift + whole].cast("Q"))
    return found


def found_in(heap: bytes, secrets: Iterable[str]) -> list[str]:
    """The ``secrets`` that lie in ``heap``, also inside zlib and gzip streams."""
    return Search(secrets).found_in(heap)


def _inflated(heap: bytes) -> Iterator[bytes]:
    for magic, window in ((b"\x1f\x8b", 31), (b"\x78\x9c", 15), (b"\x78\xda", 15)):
        start = heap.find(magic)
        while start >= 0:
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj(window).decompress(heap[start:], 10_000_000)
            start = heap.find(magic, start + 1)


def dyed(form: ProgrammeForm, seed: int, *, secrets: int | None = None) -> tuple[ProgrammeForm, Dye]:
    """``form`` with random items withheld, and a secret in every field of every withheld item.

    ``seed`` chooses the items, ``secrets`` (default: the same) what they say.
    """
    chance, dye = random.Random(seed), Dye(seed if secrets is None else secrets)
    tasks = tuple(_dyed_task(t, dye) if chance.random() < 0.25 else t for t in form.tasks)
    closed = {t.number for t in tasks if not t.disclosed}
    commitments = tuple(
        _dyed_commitment(c, dye) if c.task_number in closed or chance.random() < 0.35 else c
        for c in form.commitments
    )
    hidden = {c.number for c in commitments if not c.disclosed}
    progress = tuple(
        _dyed_progress(p, dye) if p.commitment_number in hidden or chance.random() < 0.35 else p
        for p in form.progress
    )
    return (
        replace(form, tasks=tasks, commitments=commitments, progress=progress, declared_by=dye.text()),
        dye,
    )


_PLACES = {"row", "number", "task_number", "commitment_number", "disclosed", "milestones", "figure_state"}
_CHOICES = {"direction", "mode", "frequency", "origin"}
_OURS = {"part", "ref", "standard"}  # not of the workbook


def _secrets(item: TaskForm | CommitmentForm | ProgressForm, dye: Dye) -> dict[str, object]:
    made: dict[str, object] = {}
    for field in fields(item):
        if field.name in _PLACES | _CHOICES | _OURS:
            continue
        value = getattr(item, field.name)
        if isinstance(value, tuple):
            made[field.name] = (dye.text(),)
        elif field.name in ("value", "baseline", "target"):
            made[field.name] = dye.figure()
        elif field.name.endswith("_on") or field.name == "deadline":
            made[field.name] = dye.day()
        else:
            made[field.name] = dye.text()
    return made


def _dyed_task(task: TaskForm, dye: Dye) -> TaskForm:
    return replace(task, disclosed=False, **_secrets(task, dye))  # type: ignore[arg-type]


def _dyed_commitment(commitment: CommitmentForm, dye: Dye) -> CommitmentForm:
    return replace(commitment, disclosed=False, **_secrets(commitment, dye))  # type: ignore[arg-type]


def _dyed_progress(progress: ProgressForm, dye: Dye) -> ProgressForm:
    return replace(progress, disclosed=False, **_secrets(progress, dye))  # type: ignore[arg-type]
