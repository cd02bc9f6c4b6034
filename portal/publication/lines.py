"""What has to be appended for the public to read exactly what a draft marks public."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.kernel.work import Work
from portal.office.programme.tables import Programme
from portal.publication import rules
from portal.publication.compose import Setting, compose_commitments, compose_programme
from portal.record import canon, reads
from portal.record.append import Line
from portal.record.changes import changes_between
from portal.record.documents import (
    Act,
    Change,
    CommitmentDoc,
    Kind,
    Notice,
    ProgrammeDoc,
    Revision,
    TombstoneDoc,
)

_ANY_DAY = date.min  # stands for the day it happens, which is no part of what was agreed to


@dataclass(frozen=True, slots=True)
class Going:
    """What is about to go out: the documents composed, and the lines that bring the record up to them.

    ``is_news``: news of progress alone, put into what is public, not composed from the draft.
    """

    programme: ProgrammeDoc
    commitments: tuple[CommitmentDoc, ...]
    lines: tuple[Line, ...]
    is_news: bool = False

    @property
    def acts(self) -> tuple[Act, ...]:
        """The act of each line."""
        return tuple(line.act for line in self.lines)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change of every line."""
        return tuple(change for line in self.lines for change in line.notice.changes)


def public_revisions(w: Work, programme: Programme) -> list[Revision]:
    """The newest revision of everything of ``programme`` that ever was public."""
    return list(reads.documents(w.session, refs_of(programme)).values())


def standing_revisions(w: Work, programme: Programme) -> list[Revision]:
    """Those of them that can be read."""
    return [r for r in public_revisions(w, programme) if is_readable(r)]


def is_readable(revision: Revision) -> bool:
    """Whether the revision still says something."""
    return revision.document is not None and not isinstance(revision.document, TombstoneDoc)


def refs_of(programme: Programme) -> list[str]:
    """The references of ``programme`` and of all its commitments."""
    return [programme.ref, *(c.ref for task in programme.tasks for c in task.commitments)]


def going_out(programme: Programme, setting: Setting, known: Sequence[Revision], *, today: date) -> Going:
    """Compose ``programme`` and compare it with what is ``known`` to the public. Raises Incomplete."""
    before = {r.ref: r for r in known if is_readable(r)}
    document = compose_programme(programme, setting)
    commitments = compose_commitments(programme, setting)
    documents: list[ProgrammeDoc | CommitmentDoc] = [document, *commitments]
    lines = [line for d in documents if (line := line_of(d, before.get(d.ref)))]
    gone = before.keys() - {d.ref for d in documents}
    lines += [tombstone(before[ref].kind, ref, today, "") for ref in sorted(gone)]
    return Going(document, commitments, tuple(lines))


def line_of(document: ProgrammeDoc | CommitmentDoc, before: Revision | None) -> Line | None:
    """The line that brings ``before`` up to ``document``; None where it says the same."""
    kind = Kind.PROGRAMME if isinstance(document, ProgrammeDoc) else Kind.COMMITMENT
    known = before.document if before else None
    if not isinstance(known, ProgrammeDoc | CommitmentDoc):
        return Line(kind=kind, ref=document.ref, act=Act.PUBLISH, document=document)
    # That the same words were approved once more is no news, least of all a correction.
    as_approved = replace(document, appraised=known.appraised)
    if as_approved == known:
        return None
    act = rules.act_of(known, as_approved, changes_between(known, as_approved))
    shown = as_approved if act is Act.PROGRESS else document
    notice = Notice(changes=changes_between(known, shown))
    return Line(kind=kind, ref=document.ref, act=act, document=shown, notice=notice)


def tombstone(kind: Kind, ref: str, today: date, reason: str) -> Line:
    """The line that takes ``ref`` down."""
    stone = TombstoneDoc(ref=ref, withdrawn_on=today, reason=reason.strip())
    return Line(kind=kind, ref=ref, act=Act.WITHDRAW, document=stone, notice=Notice(reason=reason.strip()))


def explained(line: Line, reason: str, document: str) -> Line:
    """``line`` with the reason people read; news of progress needs none."""
    if line.act is Act.PROGRESS:
        return line
    notice = replace(line.notice, reason=reason.strip(), document=document.strip())
    stone = line.document
    if isinstance(stone, TombstoneDoc):
        stone = replace(stone, reason=reason.strip())
    return replace(line, notice=notice, document=stone)


def digest_of(programme: Programme, going: Going) -> str:
    """Hex SHA-256 of what would go out and of what would stay inside, whatever day it happens."""
    marks = [
        [task.ref, task.disclosed, [[c.ref, c.disclosed] for c in task.commitments]]
        for task in programme.tasks
    ]
    said = [[line.kind, line.ref, line.act, _undated(programme, line)] for line in going.lines]
    return hashlib.sha256(json.dumps([said, marks], separators=(",", ":")).encode()).hexdigest()


def _undated(programme: Programme, line: Line) -> str:
    document = line.document
    if isinstance(document, TombstoneDoc):
        document = replace(document, withdrawn_on=_ANY_DAY)
    elif isinstance(document, ProgrammeDoc) and programme.issued_on is None:
        document = replace(document, issued_on=_ANY_DAY)
    return canon.encode(document, line.notice)
