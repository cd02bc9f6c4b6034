"""Ending a programme whose post passed on: from what is public alone, so that nothing else goes out."""

from dataclasses import replace

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Refusal, Refused, require
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.movement import rules
from portal.office.movement.reads import decided, movement
from portal.office.programme.reads import matter
from portal.publication.lines import standing_revisions
from portal.publication.passing_on import PassingOn, passing_on
from portal.publication.sending import Outcome, send
from portal.record.append import Line, take_turn
from portal.record.changes import changes_between
from portal.record.checkpoint import Signer
from portal.record.documents import Act, CommitmentDoc, Notice, ProgrammeDoc, Revision
from portal.record.standing_words import ENDING_WORDS


def end_programme(w: Work, key: int, *, by: Actor, signer: Signer) -> Outcome:
    """Let the public read that a programme ended; or, once more later, link it to what goes on with it.

    Not by whoever recorded the movement. Raises Refused while an item is undecided or not accepted.
    """
    take_turn(w.session)
    found, draft = movement(w, key)
    require(by, DeskAct.END, replace(matter(w, draft), asked_by_id=found.recorded_by_id))
    standing = [decided(item) for item in found.items]
    if against := rules.refusal_to_end(standing, found.effective_on, today=w.today):
        raise Refused(against[0], "\n".join(against[1]))
    ends = passing_on(w, draft, is_ending=True)
    assert ends is not None  # there is a movement
    document = found.document.open(reason=Reason.COMPOSE)
    lines = [line for r in standing_revisions(w, draft) if (line := _line(r, ends, document))]
    if not lines:
        raise Refused(Refusal.NOTHING_CHANGED)
    outcome = send(w, draft, lines, by=by, signer=signer)
    found.state = "ended"
    return outcome


def _line(revision: Revision, ends: PassingOn, document: str) -> Line | None:
    known = revision.document
    assert isinstance(known, ProgrammeDoc | CommitmentDoc)  # nothing else of a programme stands
    after = replace(known, ending=ends.ending, ended_on=ends.ended_on)
    if isinstance(after, ProgrammeDoc):
        after = replace(after, continued_by=ends.continued_by)
    else:
        after = replace(after, fate=ends.fates.get(after.ref))
    if after == known:
        return None
    notice = Notice(
        reason=ENDING_WORDS[ends.ending], document=document, changes=changes_between(known, after)
    )
    return Line(kind=revision.kind, ref=revision.ref, act=Act.AMEND, document=after, notice=notice)
