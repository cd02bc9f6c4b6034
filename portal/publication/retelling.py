"""Later entries that still tell what is erased: "it was … before". They are erased too, and told again.

The log can only lose the text of an entry as a whole. So where such an entry is the newest one, or told
something else besides, the same document goes in once more with what may still be read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal.kernel.work import Work
from portal.office.programme.tables import Programme
from portal.publication.erased import Erased, clean, erased
from portal.publication.lines import public_revisions, refs_of
from portal.record import canon, reads
from portal.record.append import Line
from portal.record.documents import Act, Document, Kind, Notice, Revision, TombstoneDoc
from portal.record.evidence import files_of
from portal.record.tables import Content


@dataclass(frozen=True, slots=True)
class Told:
    """One entry that still has its text, as it lies there, whatever the public may see of it."""

    revision: Revision
    document: Document
    notice: Notice

    @property
    def position(self) -> int:
        """Its place in the log."""
        return self.revision.position

    def tells_only_in_passing(self, words: Erased) -> bool:
        """Whether its notice says ``words`` and the document itself does not."""
        return words.is_in_any([self.notice]) and not words.is_in_any([self.document])


@dataclass(frozen=True, slots=True)
class Erasure:
    """What goes: the entries, the words, the files; and the lines that are told again without them."""

    words: Erased
    entries: tuple[Told, ...]
    again: tuple[Line, ...]
    files: frozenset[str]


def bodies(w: Work, positions: Sequence[int]) -> dict[int, str]:
    """The texts that still lie at ``positions``."""
    found = w.session.scalars(select(Content).where(Content.position.in_(positions)))
    return {content.position: content.body for content in found}


def plan(w: Work, programme: Programme, positions: Sequence[int], *, named: str, reason: str) -> Erasure:
    """What erasing ``positions`` has to reach in the log; ``named``: words somebody named, or none."""
    every = _told(w, programme)
    asked = [one for one in every if one.position in positions]
    left = [one for one in every if one.position not in positions]
    words = erased(named, [one.document for one in asked], [one.document for one in left])
    passing = [one for one in left if one.tells_only_in_passing(words)]
    # An entry that was asked for because of its notice alone: the document of it is not what is meant.
    passing += [one for one in asked if named and one.tells_only_in_passing(words.only_named())]
    entries = sorted({one.position: one for one in (*asked, *passing)}.items())
    newest = {r.position for r in public_revisions(w, programme)}
    return Erasure(
        words,
        tuple(one for _, one in entries),
        tuple(_again([one for one in every if one.position in newest], passing, asked, words, reason)),
        frozenset(_files(asked) - _files(left)),
    )


def _told(w: Work, programme: Programme) -> list[Told]:
    """Every entry of ``programme`` that still has its text, but for tombstones."""
    found = [r for ref in refs_of(programme) for r in reads.history(w.session, ref)]
    texts = bodies(w, [r.position for r in found])
    read = [Told(r, *canon.decode(Kind(r.kind), texts[r.position])) for r in found if r.position in texts]
    return [one for one in read if not isinstance(one.document, TombstoneDoc)]


def _files(told: Iterable[Told]) -> set[str]:
    return {name for one in told for name in files_of(one.document)}


def _again(
    newest: Iterable[Told], passing: Sequence[Told], asked: Sequence[Told], words: Erased, reason: str
) -> Iterable[Line]:
    """For each document that still stands: itself once more, with the changes that may still be read."""
    for one in newest:
        tellers = [p for p in passing if p.revision.ref == one.revision.ref]
        is_gone = one in asked and one not in tellers
        kept = [notice for p in tellers if (notice := clean(p.notice, words)).changes]
        if is_gone or not (one in tellers or kept):
            continue
        papers = dict.fromkeys(n.document for n in kept if not words.is_in(n.document))
        notice = Notice(
            reason=reason,
            document="; ".join(filter(None, papers)),
            changes=tuple(change for n in kept for change in n.changes),
        )
        yield Line(
            kind=Kind(one.revision.kind),
            ref=one.revision.ref,
            act=Act.CORRECT,
            document=one.document,
            notice=notice,
        )
