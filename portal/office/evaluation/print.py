"""A dossier as PDF, typeset by Typst where the extra ``pdf`` is installed; its data goes along inside."""

import json
from datetime import UTC, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import fontpkg_be_vietnam_pro as font  # type: ignore[import-untyped]

from portal.office.evaluation.paper import words_of
from portal.record.evaluation import dossier_text
from portal.record.evaluation.dossier import Dossier

_SHEET = Path(__file__).with_name("sheet.typ")
_ONE_AT_A_TIME = Lock()  # the compiler is one object


def can_print() -> bool:
    """Whether PDFs can be made here."""
    return find_spec("typst") is not None


def as_print(made: Dossier) -> bytes:
    """The bytes of the .pdf; the same dossier gives the same bytes."""
    text = dossier_text.encode(made)
    words = words_of(made)
    data = {
        **{name: words[name] for name in ("tieu_de", "cau_tham_khao", "thong_tin", "cac_phan")},
        "chan_trang": f"SHA-256 {dossier_text.digest(text)} · mốc {made.checkpoint.log_size} "
        f"{made.checkpoint.root_hex[:16]}…",
        "dinh_kem": text,
    }
    frozen = datetime.combine(made.frozen_on, time(0), UTC)
    with _ONE_AT_A_TIME:
        out: bytes = _compiler().compile(
            input=_SHEET.read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=frozen,
        )
    return out


@cache
def _compiler() -> Any:
    import typst  # here: an extra that may be absent, 80 MB that only a print needs

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(font.ROOT) / "files")])
    return typst.Compiler(font_paths=fonts)
