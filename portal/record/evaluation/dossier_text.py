"""A dossier as text: one canonical JSON form, the same bytes on every machine and database."""

import hashlib
import json
from datetime import date
from decimal import Decimal

from cattrs import Converter

from portal.record.canon import plain_figure
from portal.record.evaluation.dossier import Dossier


class NotADossier(ValueError):
    """The text is none that this program wrote."""


def _converter() -> Converter:
    made = Converter(detailed_validation=False, forbid_extra_keys=True)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(Decimal, plain_figure)
    made.register_structure_hook(date, lambda v, _: date.fromisoformat(v))
    made.register_structure_hook(Decimal, lambda v, _: Decimal(v))
    return made


_CONVERTER = _converter()


def encode(dossier: Dossier) -> str:
    """The canonical text: sorted keys, no spaces, UTF-8 as it is."""
    plain = _CONVERTER.unstructure(dossier)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Hex SHA-256 of the canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def decode(text: str) -> Dossier:
    """The dossier that ``text`` says. Raises NotADossier unless it is, to the byte, as `encode` writes it."""
    try:
        found = _CONVERTER.structure(json.loads(text), Dossier)
    except Exception as fault:  # whatever a foreign text makes the converter raise, it is no dossier
        raise NotADossier(str(fault)) from fault
    if encode(found) != text:
        raise NotADossier("not canonical")
    return found
