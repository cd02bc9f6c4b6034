"""Looking before opening the valve: what would go out, what differs, what stays inside, what is missing."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from portal.kernel.policy import Refused
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.programme.tables import Programme
from portal.publication import bases, gate
from portal.publication.compose import Incomplete
from portal.publication.disclosing import below_of, said_by, what_of
from portal.publication.going import going_of
from portal.publication.lines import Going, digest_of, is_readable, public_revisions
from portal.record.documents import Act, CommitmentDoc, ProgrammeDoc, Revision

_ANY = "…"  # a reason and a paper are given when it is published, not when it is looked at


@dataclass(frozen=True, slots=True)
class Withheld:
    """One item that stays inside: what it is, its number, what it says, the ground named in public."""

    what: str  # task, commitment, progress, cause, evidence
    place: int
    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an officer sees before publishing; ``going`` is None while too little is there to compose."""

    going: Going | None
    known: tuple[Revision, ...]
    withheld: tuple[Withheld, ...]
    obstacle: Refused | None
    digest: str

    @property
    def is_first(self) -> bool:
        """Whether none of it is public now."""
        return not any(is_readable(revision) for revision in self.known)

    @property
    def is_news(self) -> bool:
        """Whether only news of progress goes out, because the draft waits for a new appraisal."""
        return self.going is not None and self.going.is_news

    @property
    def needs_reason(self) -> bool:
        """Whether people will read a reason with it."""
        acts = set(self.going.acts) if self.going else set()
        return bool(self.known) and acts != {Act.PROGRESS}

    def document(self, ref: str) -> ProgrammeDoc | CommitmentDoc | None:
        """The document ``ref`` as it would be read."""
        if self.going is None:
            return None
        if self.going.programme.ref == ref:
            return self.going.programme
        return next((document for document in self.going.commitments if document.ref == ref), None)


def preview(w: Work, programme: Programme) -> Preview:
    """Everything to be looked at before ``programme`` is published, or published anew."""
    known = tuple(public_revisions(w, programme))
    obstacle: Refused | None = None
    going: Going | None = None
    with suppress(Incomplete):  # the gate says what is missing, in words
        going = going_of(w, programme, known, is_preview=True)
    try:
        gate.check(w, programme, going, known, reason=_ANY, document=_ANY)
    except Refused as refused:
        obstacle = refused
    return Preview(
        going=going,
        known=known,
        withheld=tuple(_withheld(programme)),
        obstacle=obstacle,
        digest=digest_of(programme, going) if going else "",
    )


def _withheld(programme: Programme) -> Iterator[Withheld]:
    labels = {ground.code: ground.label for ground in bases.grounds()}

    def ground(typed: Sealed[str]) -> str:
        return labels[bases.basis_of(typed.open(reason=Reason.DISCLOSURE))]

    for task in programme.tasks:
        if not task.disclosed:
            said = task.title.open(reason=Reason.DISCLOSURE)
            yield Withheld("task", task.place, said, ground(task.withheld_basis))
        for row in task.commitments:
            is_public = task.disclosed and row.disclosed
            if not is_public:
                basis = task.withheld_basis if not task.disclosed else row.withheld_basis
                said = row.text.open(reason=Reason.DISCLOSURE)
                yield Withheld("commitment", row.place, said, ground(basis))
            for one in below_of(row):
                if not (is_public and one.disclosed):
                    yield Withheld(what_of(one), row.place, said_by(one), "")
