"""Posters, leaflets and slips as PDF, typeset by Typst where the extra ``pdf`` is installed.

Its data is passed as JSON and prints literally: no officer's text is ever part of the program.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import fontpkg_be_vietnam_pro as font  # type: ignore[import-untyped]

from portal.doors.public.poster import Poster

_HERE = Path(__file__).parent
_GROUND = "paper.typ"  # what every sheet begins with: the data, the type, shapes, the code
_ONE_AT_A_TIME = Lock()  # the compiler is one object; a sheet takes some milliseconds


def can_typeset() -> bool:
    """Whether PDFs can be made here."""
    return find_spec("typst") is not None


def typeset(poster: Poster, words: Mapping[str, str], *, size: str, tongue: str, at: datetime) -> bytes:
    """``poster`` on paper of ``size``; ``at`` as of `print_sheet`."""
    data = {"poster": asdict(poster), "words": dict(words), "size": size, "lang": tongue}
    return print_sheet("poster.typ", data, at=at)


def print_sheet(sheet: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """``data`` laid out by the program ``sheet``, as PDF/UA-1 where its letters allow.

    ``at``: the instant the file says it was made; the same input then gives the same bytes.
    """
    program = (_HERE / _GROUND).read_bytes() + (_HERE / sheet).read_bytes()
    options = {"sys_inputs": {"data": json.dumps(data, ensure_ascii=False)}, "timestamp": at}
    with _ONE_AT_A_TIME:
        try:
            return _pdf(program, pdf_standards="ua-1", **options)
        except RuntimeError:  # a letter none of the fonts has: PDF/UA forbids it, the board does not
            return _pdf(program, **options)


def _pdf(program: bytes, **options: Any) -> bytes:
    made: bytes = _compiler().compile(input=program, format="pdf", **options)
    return made


@cache
def _compiler() -> Any:
    import typst  # here: an extra that may be absent, 80 MB that only a poster needs

    # Typst's own faces step in for a sign that Be Vietnam Pro lacks.
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(font.ROOT) / "files")])
    return typst.Compiler(font_paths=fonts)
