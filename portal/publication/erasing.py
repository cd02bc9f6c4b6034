"""Erasing published texts: one officer asks, another confirms; the log keeps the proof and loses the words.

An erased revision that is the newest one leaves a tombstone. What it took away, and words somebody named,
are looked for in whatever the record and the office keep besides; named words go with the request.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Matter, Refusal, Refused, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.audit.events import RedactionAsked, RedactionSettled
from portal.office.programme.reads import matter
from portal.office.programme.tables import Commitment, Programme
from portal.office.programme.typed import refuse_stamps
from portal.publication.acts import page_without
from portal.publication.lines import is_readable, public_revisions, refs_of, tombstone
from portal.publication.reaching import Reached, reach
from portal.publication.retelling import Erasure, bodies, plan
from portal.publication.scrubbing import scrub_waiting
from portal.publication.sending import Outcome, send
from portal.publication.tables import Redaction
from portal.publication.words import contains
from portal.record import reads
from portal.record.append import Line, take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import Act, Kind, Notice, Revision, TombstoneDoc


@dataclass(frozen=True, slots=True)
class Erasable:
    """One entry of the programme in the log; ``says_it``: the words looked for are in its text."""

    revision: Revision
    is_newest: bool
    says_it: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What to erase and why; the reason is read by everybody, so it repeats nothing of the text."""

    positions: tuple[int, ...]
    reason: str
    words: str = ""


def erasable(w: Work, programme: Programme, *, words: str = "") -> tuple[Erasable, ...]:
    """Every entry of ``programme`` that still has its text, newest first."""
    newest = {r.position for r in public_revisions(w, programme)}
    found = [r for ref in refs_of(programme) for r in reads.history(w.session, ref)]
    texts = bodies(w, [r.position for r in found])
    return tuple(
        Erasable(r, r.position in newest, contains(texts[r.position], words))
        for r in sorted(found, key=lambda r: -r.position)
        if r.position in texts and not isinstance(r.document, TombstoneDoc)
    )


def ask(w: Work, programme: Programme, wish: Wish, *, by: Actor) -> Redaction:
    """Ask for an erasure; nothing is erased yet. Raises Refused and StampTyped."""
    require(by, DeskAct.ASK_REDACTION, matter(w, programme))
    refuse_stamps(replace(wish, words=""))  # the words to be erased may well be a stamp
    if waiting(w, programme):
        raise Refused(Refusal.ALREADY_ASKED)
    _check(w, programme, wish.positions)
    if not wish.reason.strip():
        raise Refused(Refusal.NO_REASON)
    made = Redaction(
        id=w.ids.key(),
        programme_id=programme.id,
        positions=sorted(set(wish.positions)),
        words=Sealed(wish.words.strip()),
        reason=Sealed(wish.reason.strip()),
        asked_by_id=by.id,
        asked_at=w.now,
        state="waiting",
    )
    w.session.add(made)
    w.session.flush()
    w.tell(RedactionAsked(by=by.id, programme=programme.ref, entries=len(made.positions)))
    return made


def _check(w: Work, programme: Programme, positions: Sequence[int]) -> list[Revision]:
    """The entries at ``positions``. Raises Refused when one is not this programme's or is erased."""
    refs = set(refs_of(programme))
    found = [reads.entry(w.session, position) for position in sorted(set(positions))]
    revisions = [r for r in found if r is not None and r.ref in refs]
    if not revisions or len(revisions) != len(found):
        raise Refused(Refusal.NO_SUCH_ENTRY)
    left = bodies(w, [r.position for r in revisions])
    if len(left) != len(revisions) or any(isinstance(r.document, TombstoneDoc) for r in revisions):
        raise Refused(Refusal.ALREADY_ERASED)
    return revisions


def waiting(w: Work, programme: Programme) -> Redaction | None:
    """The request that waits for a second officer, if any."""
    return w.session.scalar(
        select(Redaction).where(Redaction.programme_id == programme.id, Redaction.state == "waiting")
    )


def decline(w: Work, programme: Programme, *, by: Actor) -> Redaction:
    """Say no to the waiting request, or take one's own back. Raises Refused when none waits."""
    require(by, DeskAct.ASK_REDACTION, matter(w, programme))
    found = _waiting(w, programme)
    _settle(w, programme, found, "declined", by=by, reached=Reached())
    return found


def confirm(w: Work, programme: Programme, *, by: Actor, signer: Signer) -> Outcome:
    """Erase what somebody else asked to have erased, wherever it is kept. Raises Refused."""
    take_turn(w.session)
    require(by, DeskAct.REDACT, matter(w, programme))  # strangers are not told whether anything waits
    found = _waiting(w, programme)
    require(by, DeskAct.REDACT, asked_matter(matter(w, programme), found.asked_by_id))
    _check(w, programme, found.positions)
    named = found.words.open(reason=Reason.ERASURE)
    reason = found.reason.open(reason=Reason.COMPOSE)
    going = plan(w, programme, found.positions, named=named, reason=reason)
    outcome = send(w, programme, _lines(w, programme, going, reason), by=by, signer=signer)
    found.state = "done"  # the guard of frozen versions asks for it
    found.words = Sealed("")
    w.session.flush()
    _settle(w, programme, found, "done", by=by, reached=reach(w, programme, going.words, going.files))
    w.afterwards(scrub_waiting)
    return outcome


def _waiting(w: Work, programme: Programme) -> Redaction:
    found = waiting(w, programme)
    if found is None:
        raise Refused(Refusal.NOT_ASKED)
    return found


def asked_matter(seen: Matter, asked_by_id: int) -> Matter:
    """``seen`` as the policy looks at a request: who asked may not confirm."""
    return replace(seen, asked_by_id=asked_by_id)


def _lines(w: Work, programme: Programme, going: Erasure, reason: str) -> list[Line]:
    """One line for each erased entry, what is told again, then whatever cannot be read without them."""
    newest = {r.ref: r for r in public_revisions(w, programme)}
    again = {line.ref for line in going.again}
    erased = [one.revision for one in going.entries]
    gone = {r.ref for r in erased if newest[r.ref].position == r.position} - again
    lines = [*(_redaction(w, r, reason) for r in erased), *going.again]
    if programme.ref in gone:
        programme.state = "withdrawn"
        orphans = [r for r in newest.values() if is_readable(r) and r.ref not in gone]
        return [*lines, *(tombstone(r.kind, r.ref, w.today, reason) for r in orphans)]
    rows = [row for row in _rows(programme) if row.ref in gone]
    for row in rows:
        row.disclosed = False
    page = newest.get(programme.ref)
    return [*lines, *page_without(page if page and is_readable(page) else None, rows, reason)]


def _rows(programme: Programme) -> list[Commitment]:
    return [row for task in programme.tasks for row in task.commitments]


def _redaction(w: Work, erased: Revision, reason: str) -> Line:
    return Line(
        kind=Kind(erased.kind),
        ref=erased.ref,
        act=Act.REDACT,
        document=TombstoneDoc(ref=erased.ref, withdrawn_on=w.today, reason=reason),
        notice=Notice(reason=reason),
        cites=erased.position,
    )


def _settle(
    w: Work, programme: Programme, found: Redaction, state: str, *, by: Actor, reached: Reached
) -> None:
    found.state, found.words = state, Sealed("")
    found.settled_by_id, found.settled_at = by.id, w.now
    w.tell(
        RedactionSettled(
            by=by.id,
            asked_by=found.asked_by_id,
            programme=programme.ref,
            outcome=state,
            entries=len(found.positions),
            versions=reached.versions,
            texts=reached.texts,
            files=reached.files,
        )
    )
    w.session.flush()
