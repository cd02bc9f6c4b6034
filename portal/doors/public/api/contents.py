"""What the API sends: frozen documents of the record in an envelope that says where each comes from."""

from dataclasses import dataclass, make_dataclass
from datetime import date, datetime
from typing import Any

from portal.doors.language import ENGLISH, catalogue
from portal.doors.public.addresses import FOLDERS, page_of
from portal.doors.readings import Viewpoint
from portal.record.canon import DOCUMENT_TYPES
from portal.record.documents import (
    Act,
    CommitmentDoc,
    Document,
    Kind,
    Notice,
    ProgressDoc,
    Revision,
    UnitLink,
)
from portal.record.search import Note
from portal.record.standing_words import StandingKey

BASE = "/api/v1"

PLURALS: dict[Kind, str] = {
    Kind.UNIT: "units",
    Kind.PROGRAMME: "programmes",
    Kind.COMMITMENT: "commitments",
    Kind.COMMENT: "comments",
    Kind.MODERATION: "moderation",
    Kind.PROCEDURES: "procedures",
    Kind.RATINGS: "ratings",
    Kind.THEME: "themes",
    Kind.TRANSPARENCY: "transparency",
    Kind.DOSSIER: "dossiers",
    Kind.EXPLANATION: "explanations",
    Kind.QUOTATION: "quotations",
}
"""How the address of each kind is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where to read on; absolute addresses. ``page`` is None where people have no page for it."""

    self: str
    page: str | None
    log: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDoc:
    """Where a commitment stands on the day ``as_of``, computed as its page does; no grade, no score."""

    key: StandingKey
    word: str
    word_en: str
    as_of: date
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One revision and its place in the log, without the document."""

    position: int
    kind: Kind
    ref: str
    number: int
    act: Act
    at: datetime
    digest: str
    links: Links


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry(Entry):
    """One entry of the log with what it said; ``document`` is null once it was taken down or erased."""

    notice: Notice
    document: Document | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresDoc:
    """The reports on one commitment: self-reported ones have no ``confirmation``. Layers are never merged."""

    commitment_ref: str
    indicator: str
    measure_unit: str
    reports: tuple[ProgressDoc, ...]
    standing: StandingDoc
    links: Links


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointDoc:
    """The signed statement of the log's size and root. Keep copies: they show if the log is altered."""

    size: int
    root_hex: str
    at: datetime
    signed: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofDoc:
    """Fold ``path`` into ``leaf_hex`` and get ``root_hex`` of the log of ``size`` (RFC 6962)."""

    size: int
    leaf_hex: str
    path: tuple[str, ...]
    root_hex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenEntry(ChangeEntry):
    """One entry of the log with the proof that the log holds it."""

    proof: ProofDoc


def _made(name: str, said: str, fields: dict[str, Any], base: type = object) -> type:
    """A frozen dataclass of these fields, with ``said`` for its docstring."""
    return make_dataclass(
        name, list(fields.items()), bases=(base,), frozen=True, kw_only=True, namespace={"__doc__": said}
    )


def _item(kind: Kind, document: type) -> type:
    name = document.__name__.removesuffix("Doc") + "Item"
    fields: dict[str, Any] = {"notice": Notice, "document": document}
    if kind is Kind.COMMITMENT:
        fields["standing"] = StandingDoc
    return _made(name, f"One published {kind}: the document and the revision it comes from.", fields, Entry)


def _page(item: type, name: str, said: str, **more: Any) -> type:
    made: Any = tuple[item, ...]  # type: ignore[valid-type]  # made above, one a kind
    return _made(name, said, {"items": made, "next": str | None, **more})


_PAGE_SAID = "Some of what there is. Read on with ``next`` until it is null; a page may be short or empty."

ITEMS: dict[Kind, type] = {kind: _item(kind, document) for kind, document in DOCUMENT_TYPES.items()}
PAGES: dict[Kind, type] = {
    kind: _page(item, item.__name__.removesuffix("Item") + "Page", _PAGE_SAID) for kind, item in ITEMS.items()
}
CHANGES = _page(ChangeEntry, "ChangePage", _PAGE_SAID)
ENTRIES = _page(Entry, "EntryPage", _PAGE_SAID)
FOUND = _page(
    ITEMS[Kind.COMMITMENT],
    "FoundPage",
    "Commitments found, and the units and programmes the words name.",
    total=int,
    suggestion=str | None,
    notes=tuple[Note, ...],
    units=tuple[UnitLink, ...],
    programmes=tuple[str, ...],
)


@dataclass(frozen=True, slots=True)
class Packer:
    """Puts revisions into their envelopes; ``site``: what absolute addresses begin with."""

    site: str
    view: Viewpoint

    def item(self, rev: Revision) -> Any:
        """``rev`` as an item of its kind; its document is there."""
        more: dict[str, Any] = {"notice": rev.notice, "document": rev.document}
        if isinstance(rev.document, CommitmentDoc):
            more["standing"] = self.standing(rev.document)
        return ITEMS[rev.kind](**self._entry(rev), **more)

    def change(self, rev: Revision) -> ChangeEntry:
        """``rev`` as a line of what changed."""
        return ChangeEntry(**self._entry(rev), notice=rev.notice, document=rev.document)

    def proven(self, rev: Revision, proof: ProofDoc) -> ProvenEntry:
        """``rev`` with the proof that the log holds it."""
        return ProvenEntry(**self._entry(rev), notice=rev.notice, document=rev.document, proof=proof)

    def entry(self, rev: Revision) -> Entry:
        """``rev`` as a bare line of the log."""
        return Entry(**self._entry(rev))

    def standing(self, doc: CommitmentDoc) -> StandingDoc:
        """Where ``doc`` stands today."""
        found = self.view.standing(doc)
        word = catalogue(ENGLISH).ugettext(found.word)
        return StandingDoc(
            key=found.key, word=found.word, word_en=word, as_of=self.view.today, days_late=found.days_late
        )

    def links(self, rev: Revision) -> Links:
        """The addresses of ``rev``."""
        page = page_of(rev)
        if page is None and rev.kind in FOLDERS:
            page = f"{FOLDERS[rev.kind]}/{rev.ref}"
        return Links(
            self=f"{self.site}{BASE}/{PLURALS[rev.kind]}/{name_of(rev)}",
            page=None if page is None else self.site + page,
            log=f"{self.site}{BASE}/log/entries/{rev.position}",
        )

    def _entry(self, rev: Revision) -> dict[str, Any]:
        return {
            "position": rev.position,
            "kind": rev.kind,
            "ref": rev.ref,
            "number": rev.number,
            "act": rev.act,
            "at": rev.at,
            "digest": rev.digest,
            "links": self.links(rev),
        }


PROCEDURES_END = "/thu-tuc"  # the record's reference is that of the unit and this


def name_of(rev: Revision) -> str:
    """What ``rev`` is called in an address of the API: results of procedures by their unit alone."""
    return rev.ref.removesuffix(PROCEDURES_END) if rev.kind is Kind.PROCEDURES else rev.ref


def ref_in(kind: Kind, name: str) -> str:
    """The reference that ``name`` in an address stands for."""
    return name + PROCEDURES_END if kind is Kind.PROCEDURES else name
