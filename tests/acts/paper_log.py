"""A log on paper: what a follower may ask of the record, in memory, with withdrawals and erasures."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from portal.record.documents import (
    Act,
    Appraised,
    Area,
    ClarityProfile,
    CommitmentDoc,
    Decision,
    Direction,
    Document,
    Holder,
    Kind,
    Notice,
    Origin,
    ProgrammeDoc,
    RatingsDoc,
    Revision,
    Succession,
    TombstoneDoc,
    Track,
    UnitDoc,
    UnitLink,
)
from portal.record.search import Judged, Trait

TODAY = date(2026, 11, 24)
AT = datetime(2026, 7, 1, tzinfo=UTC)
KINDS: dict[type[Document], Kind] = {
    CommitmentDoc: Kind.COMMITMENT,
    ProgrammeDoc: Kind.PROGRAMME,
    UnitDoc: Kind.UNIT,
    RatingsDoc: Kind.RATINGS,
}


class PaperLog:
    """The record's log as ``portal.record.search.Log`` describes it."""

    def __init__(self, *documents: Document) -> None:
        self.entries: list[Revision] = []
        self.erased: set[int] = set()
        for document in documents:
            self.publish(document)

    def publish(self, document: Document, act: Act = Act.PUBLISH) -> int:
        """Append a revision; returns its position."""
        ref = document.slug if isinstance(document, UnitDoc) else document.ref
        return self._append(KINDS[type(document)], ref, act, document)

    def withdraw(self, kind: Kind, ref: str) -> int:
        """Take a document down: no text of it is given out any more."""
        return self._append(kind, ref, Act.WITHDRAW, _tombstone(ref))

    def redact(self, position: int) -> int:
        """Erase the text of one entry; the document stays up when it has a newer revision."""
        cited = self.entries[position]
        self.erased.add(position)
        return self._append(cited.kind, cited.ref, Act.REDACT, _tombstone(cited.ref))

    def head(self) -> int:
        """The number of entries."""
        return len(self.entries)

    def since(self, position: int, limit: int = 1000) -> Sequence[Revision]:
        """At most ``limit`` entries from ``position``, texts that are gone left out."""
        return [self._given_out(entry) for entry in self.entries[position : position + limit]]

    def fingerprint(self, size: int) -> str:
        """A hash over the first ``size`` entries."""
        return hashlib.sha256("".join(e.digest for e in self.entries[:size]).encode()).hexdigest()

    def standing(self) -> dict[tuple[Kind, str], Revision]:
        """The newest readable revision of everything that is up, with its position."""
        up: dict[tuple[Kind, str], Revision] = {}
        for entry in self.entries:
            name = (entry.kind, entry.ref)
            if entry.act is Act.REDACT:
                if name in up and up[name].position in self.erased:
                    del up[name]
            elif isinstance(entry.document, TombstoneDoc):
                up.pop(name, None)
            else:
                up[name] = entry
        return up

    def _append(self, kind: Kind, ref: str, act: Act, document: Document) -> int:
        position = len(self.entries)
        self.entries.append(
            Revision(
                position=position,
                kind=kind,
                ref=ref,
                number=1 + sum(e.ref == ref for e in self.entries),
                act=act,
                at=AT,
                digest=hashlib.sha256(f"{position} {document!r}".encode()).hexdigest(),
                document=document,
                notice=Notice(),
            )
        )
        return position

    def _given_out(self, entry: Revision) -> Revision:
        up = (entry.kind, entry.ref) in self.standing()
        is_newest = not any(e.ref == entry.ref for e in self.entries[entry.position + 1 :])
        if entry.position in self.erased or not (up or is_newest):
            return replace(entry, document=None)
        return entry


def place(name: str, code: str = "10000", *, into: tuple[UnitDoc, ...] = ()) -> UnitDoc:
    """A unit; one that was merged ``into`` others is no more."""
    slug = name.lower().replace(" ", "-") + ("-cu" if into else "")
    merged_on = date(2025, 7, 1)
    return UnitDoc(
        slug=slug,
        code=code,
        name=name,
        unit_type="phường",
        parent_name="Thành phố Minh Họa",
        parent_slug=None,
        valid_from=None if into else merged_on,
        valid_to=date(2025, 6, 30) if into else None,
        successors=tuple(Succession(unit=link(u), whole=True, effective_on=merged_on) for u in into),
        predecessors=(),
    )


def link(unit: UnitDoc) -> UnitLink:
    """What a document says of its unit."""
    return UnitLink(slug=unit.slug, code=unit.code, name=unit.name, parent_name=unit.parent_name)


HERE = place("Phường Minh Họa", "10001")


def promise(
    ref: str,
    text: str,
    *,
    unit: UnitDoc = HERE,
    area: str = "chung",
    deadline: date = date(2027, 6, 30),
    target: int = 10,
    name: str = "Lê Thị Ví Dụ",
    coordinators: tuple[str, ...] = (),
) -> CommitmentDoc:
    """A commitment that says ``text`` and little else."""
    return CommitmentDoc(
        ref=ref,
        programme_ref="P",
        holder=Holder(cadre_name=name, post="Chủ tịch", unit=link(unit)),
        task_title="",
        areas=(Area(code=area, label=area),),
        text=text,
        indicator="",
        measure_unit="hồ sơ",
        baseline=Decimal(0),
        baseline_on=None,
        baseline_source="",
        target=Decimal(target),
        direction=Direction.UP,
        deadline=deadline,
        first_target=Decimal(target),
        first_deadline=deadline,
        accountable="",
        coordinators=coordinators,
        mode=None,
        authority="",
        deliverable="",
        evidence_plan="",
        frequency=None,
        origin=Origin.SELF_PROPOSED,
        profile_code="5ro",
        appraised=Appraised(body="", appraised_on=date(2026, 6, 20)),
        milestones=(),
        progress=(),
        causes=(),
    )


def programme(ref: str, name: str, post: str, unit: UnitDoc = HERE) -> ProgrammeDoc:
    """A programme without tasks."""
    return ProgrammeDoc(
        ref=ref,
        holder=Holder(cadre_name=name, post=post, unit=link(unit)),
        assigned_fields=(),
        track=Track.APPOINTMENT,
        decision=Decision(number="1", decided_on=TODAY, issuer=""),
        mandate_from=TODAY,
        mandate_to=TODAY,
        preface="",
        profile=ClarityProfile(code="5ro", label="5 rõ", criteria=()),
        appraised=Appraised(body="", appraised_on=TODAY),
        issued_on=TODAY,
        tasks=(),
        withheld_count=None,
        withheld_bases=(),
    )


def standing_of(doc: CommitmentDoc, today: date) -> str:
    """A standing that depends on figures, dates and the day, as the real one does."""
    if doc.deadline < today:
        return "overdue"
    return "not_due" if (doc.target or 0) > 50 else "on_track"


def judge(doc: CommitmentDoc, today: date) -> Judged:
    """`standing_of` as the searcher asks it, and what is past its deadline is late."""
    is_late = doc.deadline < today
    return Judged(standing_of(doc, today), frozenset({Trait.LATE} if is_late else ()))


def _tombstone(ref: str) -> TombstoneDoc:
    return TombstoneDoc(ref=ref, withdrawn_on=TODAY, reason="theo quyết định")
