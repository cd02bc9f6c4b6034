"""Every revision of a document, newest first, and what each changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, abort

from portal.doors.public.happenings import line_of
from portal.doors.public.pages import reading, show, today
from portal.record import reads
from portal.record.change_words import KIND_WORDS, LABELS
from portal.record.documents import (
    CommitmentDoc,
    Document,
    Kind,
    ProceduresDoc,
    ProgrammeDoc,
    Revision,
)

_FIGURES = {"baseline", "target", "first_target"}  # written in the unit of the commitment
_TONES = {"target_lowered": "warn", "deadline_moved_later": "warn"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One changed field as shown; ``said`` names a change people must notice, else it is empty."""

    label: str
    before: str
    after: str
    said: str
    tone: str


@dataclass(frozen=True, slots=True)
class Version:
    """One revision on the history page; without ``href`` when its text is no longer given out."""

    rev: Revision
    href: str
    changes: tuple[Difference, ...]

    @property
    def erased(self) -> bool:
        """Whether the text of this revision is gone."""
        return self.rev.document is None


def show_history(ref: str, kind: Kind, href: str, label: str) -> Response:
    """The history page of ``ref``, whose own page is at ``href``. 404 when it never was a ``kind``."""
    revisions = reads.history(reading(), ref)
    if not revisions or revisions[0].kind is not kind:
        abort(404)
    versions = [
        Version(rev, _href(href, rev, newest=revisions[0]), tuple(_differences(rev))) for rev in revisions
    ]
    steps = ((href, label, ""),)
    name = _name(revisions[0].document)
    line = line_of(revisions, today=today()) if kind is Kind.COMMITMENT else None
    return show("public/history.html", versions=versions, steps=steps, name=name, line=line)


def _differences(rev: Revision) -> Iterator[Difference]:
    unit = rev.document.measure_unit if isinstance(rev.document, CommitmentDoc) else ""
    for change in rev.notice.changes:
        told = "_" in change.kind  # the plain kinds are one word: changed, added, removed
        of = unit if change.field in _FIGURES else ""
        yield Difference(
            label=LABELS[change.field],
            before=_with_unit(change.before, of),
            after=_with_unit(change.after, of),
            said=KIND_WORDS[change.kind] if told else "",
            tone=_TONES.get(change.kind, "note"),
        )


def _with_unit(figure: str, unit: str) -> str:
    if not figure or not unit:
        return figure
    return f"{figure}{unit}" if unit.startswith("%") else f"{figure} {unit}"


def _href(href: str, rev: Revision, *, newest: Revision) -> str:
    if rev is newest:
        return href
    return "" if rev.document is None else f"{href}?ban={rev.number}"


def _name(document: Document | None) -> str:
    match document:
        case CommitmentDoc():
            return document.text
        case ProgrammeDoc():
            return f"{document.holder.cadre_name}, {document.holder.post}"
        case ProceduresDoc():
            return document.unit.name
    return ""
