"""Documents as bytes: one canonical JSON form, the same on every machine and database."""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn

from portal.record.documents import (
    CommentDoc,
    CommitmentDoc,
    Document,
    DossierDoc,
    ExplanationDoc,
    Kind,
    ModerationDoc,
    Notice,
    ProceduresDoc,
    ProgrammeDoc,
    QuotationDoc,
    RatingsDoc,
    ThemeDoc,
    TombstoneDoc,
    TransparencyDoc,
    UnitDoc,
)

DOCUMENT_TYPES: dict[Kind, type[Document]] = {
    Kind.UNIT: UnitDoc,
    Kind.PROGRAMME: ProgrammeDoc,
    Kind.COMMITMENT: CommitmentDoc,
    Kind.COMMENT: CommentDoc,
    Kind.MODERATION: ModerationDoc,
    Kind.PROCEDURES: ProceduresDoc,
    Kind.RATINGS: RatingsDoc,
    Kind.THEME: ThemeDoc,
    Kind.TRANSPARENCY: TransparencyDoc,
    Kind.DOSSIER: DossierDoc,
    Kind.EXPLANATION: ExplanationDoc,
    Kind.QUOTATION: QuotationDoc,
}


def plain_figure(value: Decimal) -> str:
    """The digits of ``value`` without exponent: ``46.8``, never ``4.68E+1``."""
    return format(value, "f")


def _converter() -> Converter:
    made = Converter(detailed_validation=False)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(datetime, datetime.isoformat)
    made.register_unstructure_hook(Decimal, plain_figure)
    made.register_structure_hook(date, lambda v, _: date.fromisoformat(v))
    made.register_structure_hook(Decimal, lambda v, _: Decimal(v))
    for cls in (*DOCUMENT_TYPES.values(), TombstoneDoc, Notice):
        # A field this version does not know must not be dropped in silence.
        made.register_structure_hook(cls, make_dict_structure_fn(cls, made, _cattrs_forbid_extra_keys=True))
    return made


_CONVERTER = _converter()


def plain(document: object) -> dict[str, Any]:
    """``document``, or what holds some, as JSON-ready values; the API and the exports render exactly this."""
    made: dict[str, Any] = _CONVERTER.unstructure(document)
    return made


def encode(document: Document, notice: Notice) -> str:
    """The canonical text of one entry: sorted keys, no spaces, UTF-8 as it is."""
    tombstone = isinstance(document, TombstoneDoc)
    content = {
        "document": plain(document),
        "notice": _CONVERTER.unstructure(notice),
        "tombstone": tombstone,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=512)  # a text says the same for ever, and what it says is frozen
def decode(kind: Kind, body: str) -> tuple[Document, Notice]:
    """The document and notice in ``body``. Raises when the text is not one we wrote."""
    content = json.loads(body)
    target: type[Document] = TombstoneDoc if content["tombstone"] else DOCUMENT_TYPES[kind]
    document: Document = _CONVERTER.structure(content["document"], target)
    return document, _CONVERTER.structure(content["notice"], Notice)
