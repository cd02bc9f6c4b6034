"""The files of a dossier: which there are, and how each is made of the same text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal.office.evaluation.paper import as_paper
from portal.office.evaluation.print import as_print, can_print
from portal.office.evaluation.workbook import as_workbook
from portal.record.evaluation import dossier_text
from portal.record.evaluation.dossier import Dossier

MEDIA_TYPES = {
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def endings() -> tuple[str, ...]:
    """The kinds of file that can be made here."""
    return tuple(ending for ending in MEDIA_TYPES if ending != "pdf" or can_print())


def as_json(made: Dossier) -> bytes:
    """The dossier, its digest and its checkpoint as JSON that people can read too."""
    text = dossier_text.encode(made)
    told: dict[str, Any] = {
        "digest": dossier_text.digest(text),
        "checkpoint": {"size": made.checkpoint.log_size, "root": made.checkpoint.root_hex},
        "dossier": json.loads(text),
    }
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def file_of(made: Dossier, ending: str, *, template: Path) -> bytes:
    """The file that ends with ``ending``. Raises KeyError for an unknown one, TemplateFault."""
    makers: dict[str, Callable[[], bytes]] = {
        "json": lambda: as_json(made),
        "docx": lambda: as_paper(made, template),
        "xlsx": lambda: as_workbook(made),
        "pdf": lambda: as_print(made),
    }
    return makers[ending]()


def name_of(made: Dossier, ending: str) -> str:
    """What the file is called: ``tong-hop-<programme>-<period>-v1.docx``."""
    return f"tong-hop-{made.programme.ref}-{made.period.code.lower()}-v{made.version}.{ending}"
