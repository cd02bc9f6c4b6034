"""What can be followed: everything, a unit, a programme, a commitment, a search; and what belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import String, bindparam, text

from portal.record import reads
from portal.record.documents import Kind, ProgrammeDoc, Revision, TombstoneDoc, UnitDoc
from portal.record.news.differences import title_of
from portal.record.news.kinds import Said
from portal.record.search.saved import LONGEST, saved

_LONGEST = LONGEST + 100  # characters of a matter
_TOGETHER = 500  # refs a query

_WITHIN = text("SELECT ref FROM record_latest WHERE within IN :places AND kind <> 'unit'").bindparams(
    bindparam("places", expanding=True, type_=String)
)


class What(StrEnum):
    """The kinds of matter, as addresses name them."""

    EVERYTHING = "tat-ca"
    UNIT = "don-vi"
    PROGRAMME = "chuong-trinh"
    COMMITMENT = "cam-ket"
    SEARCH = "tim-kiem"


_KINDS = {What.UNIT: Kind.UNIT, What.PROGRAMME: Kind.PROGRAMME, What.COMMITMENT: Kind.COMMITMENT}

WITH_DEADLINES = frozenset(_KINDS)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to follow. ``name``: the document's reference; of a search its query, in normal form."""

    what: What
    name: str = ""

    def __str__(self) -> str:
        """As it stands in addresses and is stored: ``cam-ket/abc``, ``tim-kiem?q=abc``, ``tat-ca``."""
        if self.what is What.SEARCH:
            return f"{self.what}?{self.name}" if self.name else str(self.what)
        return f"{self.what}/{self.name}" if self.name else str(self.what)

    @property
    def path(self) -> str:
        """The page of it, without language and host."""
        return "/" if self.what is What.EVERYTHING else f"/{self}"


def matter_of(written: str) -> Matter | None:
    """The matter written so; None for anything else. Whether there is such a document is not asked.

    The query of a search is taken as it is: whoever reads an address brings it into normal form.
    """
    if len(written) > _LONGEST or not written.isprintable():
        return None
    if written == What.EVERYTHING:
        return Matter(What.EVERYTHING)
    if written == What.SEARCH or written.startswith(f"{What.SEARCH}?"):
        return Matter(What.SEARCH, written.partition("?")[2])
    what, _, name = written.partition("/")
    is_named = bool(name) and all(c.isalnum() or c in "-._" for c in name)
    return Matter(What(what), name) if is_named and what in list(_KINDS) else None


def document_of(c: reads.Reader, matter: Matter) -> Revision | None:
    """The newest revision of what ``matter`` names, a tombstone when it was taken down; None: no such."""
    kind = _KINDS.get(matter.what)
    found = reads.revision(c, matter.name) if kind else None
    return found if found and found.kind is kind else None


def name_of(c: reads.Reader, matter: Matter) -> Said:
    """What the matter is called in either language; a document by its own, Vietnamese name."""
    if matter.what is What.EVERYTHING:
        return "Mọi thay đổi", "Every change"
    if matter.what is What.SEARCH:
        if not matter.name:
            return "Mọi cam kết", "Every commitment"
        words = saved(matter.name).text
        vi, en = "Kết quả tìm kiếm", "Search results"
        return (f"{vi}: {words}", f"{en}: {words}") if words else (vi, en)
    found = document_of(c, matter)
    if found is None or isinstance(found.document, TombstoneDoc):
        return "Nội dung đã được gỡ", "Taken down"
    title = title_of(found.document)
    return title, title


def parts_of(c: reads.Reader, matter: Matter) -> tuple[str, ...]:
    """The references ``matter`` consists of now, before what lies within each; a search has its own.

    A unit has its programmes, those of the units it came from included, and itself.
    """
    if matter.what is not What.UNIT:
        return (matter.name,)
    unit = reads.unit(c, matter.name)
    before = [old.unit.slug for old in unit.predecessors] if isinstance(unit, UnitDoc) else []
    return (matter.name, *before, *_within(c, [matter.name, *before]))


def all_of(c: reads.Reader, parts: Iterable[str]) -> frozenset[str]:
    """``parts`` and everything that lies within them, what was taken down from a programme included."""
    found = set(parts)
    programmes = [rev for rev in _documents(c, found) if rev.kind is Kind.PROGRAMME]
    found |= {ref for rev in programmes for ref in commitments_ever(c, rev.ref)}
    found |= _within(c, found)
    found |= _within(c, found)  # comments and ratings of a programme's commitments
    return frozenset(found)


def commitments_ever(c: reads.Reader, programme: str) -> frozenset[str]:
    """Every commitment that ever was a public part of ``programme``; known while the programme stands."""
    documents = (rev.document for rev in reads.history(c, programme))
    return frozenset(
        ref
        for doc in documents
        if isinstance(doc, ProgrammeDoc)
        for task in doc.tasks
        for ref in task.commitments
    )


def _documents(c: reads.Reader, refs: Iterable[str]) -> Iterable[Revision]:
    return (rev for some in _some(refs) for rev in reads.documents(c, some).values())


def _within(c: reads.Reader, places: Iterable[str]) -> set[str]:
    return {ref for some in _some(places) for (ref,) in c.execute(_WITHIN, {"places": some})}


def _some(refs: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(refs)
    return (ordered[n : n + _TOGETHER] for n in range(0, len(ordered), _TOGETHER))
