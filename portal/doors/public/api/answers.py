"""What the API answers: each function reads the record and gives back something ``canon.plain`` renders."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.doors.public.api.contents import (
    CHANGES,
    ENTRIES,
    FOUND,
    PAGES,
    CheckpointDoc,
    FiguresDoc,
    Packer,
    ProofDoc,
    ProvenEntry,
    ref_in,
)
from portal.doors.public.api.parameters import ITEMS as ITEMS_A_PAGE
from portal.doors.public.api.parameters import cursor_at, start_of
from portal.doors.public.api.problems import Problem
from portal.doors.public.finder import searcher
from portal.doors.public.pages import reading
from portal.doors.public.pages.health import Health, look
from portal.kernel.text import tidy
from portal.kernel.work import house
from portal.record import listing, reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import CommitmentDoc, Kind, Revision, TombstoneDoc, UnitDoc
from portal.record.search import Query, Sort, Trait

_BATCH, _MOST_LOOKED_AT = 100, 400  # documents, for filters that are computed, some 0.1 ms each


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the values of its path and query, and how answers are packed."""

    path: Mapping[str, Any]
    query: Mapping[str, Any]
    pack: Packer

    @property
    def limit(self) -> int:
        """How many items at most."""
        return int(self.query.get("limit", ITEMS_A_PAGE))


Answer = Callable[[Asked], Any]


def list_of(kind: Kind) -> Answer:
    """Answers with the standing documents of ``kind``."""

    def answer(asked: Asked) -> Any:
        found, then = _walk(kind, asked)
        return PAGES[kind](items=tuple(asked.pack.item(rev) for rev in found), next=then)

    return answer


def one_of(kind: Kind) -> Answer:
    """Answers with one document of ``kind``; a problem when it is gone or never was."""

    def answer(asked: Asked) -> Any:
        return asked.pack.item(_readable(ref_in(kind, asked.path["ref"]), kind, asked.query.get("revision")))

    return answer


def _readable(ref: str, kind: Kind, number: int | None = None) -> Revision:
    """The revision asked for, with its document. Raises Problem when there is none to read."""
    newest = reads.revision(reading(), ref)
    if newest is None or newest.kind is not kind:
        raise Problem("not_found")
    if isinstance(newest.document, TombstoneDoc):
        raise Problem("gone", tombstone=newest.document)
    wanted = newest if number is None else reads.revision(reading(), ref, number)
    if wanted is None:
        raise Problem("not_found")
    if wanted.document is None:
        raise Problem("erased")
    return wanted


def _walk(kind: Kind, asked: Asked) -> tuple[list[Revision], str | None]:
    """What the filters let through, from the cursor on, and the cursor of what follows."""
    places, keeps = _places(kind, asked), _keeps(asked)
    kept: list[Revision] = []
    start, looked_at = start_of(asked.query), 0
    since = asked.query.get("changed_since")
    while looked_at < _MOST_LOOKED_AT:
        batch = listing.standing(
            reading(),
            kind,
            start=start,
            most=_BATCH if keeps else asked.limit + 1,
            since=since,
            places=places,
        )
        for rev in batch:
            if len(kept) == asked.limit:
                return kept, cursor_at(start)
            start, looked_at = rev.position + 1, looked_at + 1
            if all(keep(rev) for keep in keeps):
                kept.append(rev)
        if not keeps or len(batch) < _BATCH:
            return kept, None
    return kept, cursor_at(start)


def _places(kind: Kind, asked: Asked) -> list[str] | None:
    """Within what the documents must lie; None where nothing is asked."""
    query = asked.query
    if unit := query.get("unit"):
        slugs = _with_predecessors(unit)
        if kind is not Kind.COMMITMENT:
            return slugs
        return [
            p.ref for p in reads.programmes_of(reading(), slugs) if query.get("programme", p.ref) == p.ref
        ]
    within = query.get("programme") or query.get("commitment")
    return [within] if within else None


def _with_predecessors(slug: str) -> list[str]:
    unit = reads.unit(reading(), slug)
    return [slug, *(old.unit.slug for old in unit.predecessors)] if unit else [slug]


def _keeps(asked: Asked) -> list[Callable[[Revision], bool]]:
    """The filters that are computed document by document."""
    area, status, code = (asked.query.get(name) for name in ("area", "status", "code"))
    keeps: list[Callable[[Revision], bool]] = []
    if area:
        keeps.append(lambda rev: any(a.code == area for a in _commitment(rev).areas))
    if status:
        keeps.append(lambda rev: asked.pack.view.standing(_commitment(rev)).key == status)
    if code:
        keeps.append(lambda rev: isinstance(rev.document, UnitDoc) and rev.document.code == code)
    return keeps


def _commitment(rev: Revision) -> CommitmentDoc:
    assert isinstance(rev.document, CommitmentDoc)  # the filter is offered for commitments alone
    return rev.document


def figures(asked: Asked) -> FiguresDoc:
    """The reports on one commitment."""
    rev = _readable(asked.path["ref"], Kind.COMMITMENT)
    doc = _commitment(rev)
    return FiguresDoc(
        commitment_ref=doc.ref,
        indicator=doc.indicator,
        measure_unit=doc.measure_unit,
        reports=doc.progress,
        standing=asked.pack.standing(doc),
        links=asked.pack.links(rev),
    )


def search(asked: Asked) -> Any:
    """The commitments the words find. The cursor is a place in this ranking, not in the log."""
    query, pack = asked.query, asked.pack
    number = start_of(query) + 1
    said = " ".join(tidy(query.get("q", "")).split())
    wish = Query(
        text="".join(c for c in said if c.isprintable()),
        unit=query.get("unit", ""),
        area=query.get("area", ""),
        standing=query.get("status", ""),
        traits=frozenset(trait for trait in Trait if query.get(trait)),
        sort=query.get("sort", Sort.RELEVANCE),
        page=min(number, 10**6),
        size=asked.limit,
    )
    found = searcher(pack.view).search(wish, today=pack.view.today)
    is_there = found.page == number
    revisions = reads.documents(reading(), found.refs if is_there else ())
    return FOUND(
        items=tuple(pack.item(rev) for rev in _commitments(found.refs, revisions)),
        next=cursor_at(number) if is_there and number < found.pages else None,
        total=found.total,
        suggestion=found.suggestion,
        notes=found.notes,
        units=tuple(link for hit in found.units for link in hit.successors),
        programmes=found.programmes,
    )


def _commitments(refs: Iterable[str], revisions: Mapping[str, Revision]) -> Iterable[Revision]:
    """In the order of ``refs``; one may have been taken down a moment ago."""
    found = (revisions.get(ref) for ref in refs)
    return (rev for rev in found if rev and isinstance(rev.document, CommitmentDoc))


def changes(asked: Asked) -> Any:
    """What was published, changed and taken down, in the order it happened."""
    found, then = _entries(asked)
    return CHANGES(items=tuple(asked.pack.change(rev) for rev in found), next=then)


def entries(asked: Asked) -> Any:
    """The lines of the log."""
    found, then = _entries(asked)
    return ENTRIES(items=tuple(asked.pack.entry(rev) for rev in found), next=then)


def _entries(asked: Asked) -> tuple[tuple[Revision, ...], str]:
    """``next`` is there even at the end of the log: a follower asks again from where it stopped."""
    query = asked.query
    start = start_of(query)
    found = listing.entries(
        reading(),
        start=start,
        most=asked.limit,
        since=query.get("changed_since"),
        kind=query.get("kind", ""),
        ref=query.get("ref", ""),
    )
    return found, cursor_at(found[-1].position + 1 if found else start)


def entry(asked: Asked) -> ProvenEntry:
    """One entry of the log, proven."""
    position = asked.path["position"]
    found, proof = reads.entry(reading(), position), reads.inclusion(reading(), position)
    if found is None or proof is None:
        raise Problem("not_found")
    told = ProofDoc(size=proof.size, leaf_hex=proof.leaf_hex, path=proof.path, root_hex=proof.root_hex)
    return asked.pack.proven(found, told)


def checkpoint(asked: Asked) -> CheckpointDoc:
    """The newest signed checkpoint."""
    found = reads.checkpoint(reading())
    if found is None:
        raise Problem("not_found")
    return CheckpointDoc(
        size=found.size,
        root_hex=found.root_hex,
        at=found.at,
        signed=found.note,
        verifier=load_verifier(house().settings.instance / "keys"),
    )


def health(asked: Asked) -> Health:
    """Whether the record can be read."""
    found, _ = look()
    if not found.ok:
        raise Problem("unavailable", headers=(("Retry-After", "60"),))
    return found
