"""Comments through the valve: a decision becomes a comment or a stub, and a line of the public ledger.

What goes out is made from ``Decided`` alone, which names each thing: no text of a refused comment, no
officer, no moment. Erasing keeps every proof: the text goes, the entry stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.kernel.work import Work
from portal.record import reads, voices
from portal.record.append import Line, append
from portal.record.append import take_turn as take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import (
    Act,
    CommentDoc,
    Kind,
    ModerationDoc,
    Notice,
    Revision,
    TombstoneDoc,
    TransparencyDoc,
)
from portal.record.moderation_words import AppealState, OtherReason, Verdict
from portal.record.voice import CommentKind, CommentState

HIDDEN = "[đã che theo yêu cầu của người gửi]"
_STATES = {
    Verdict.PUBLISH: CommentState.SHOWN,
    Verdict.PUBLISH_MASKED: CommentState.MASKED,
    Verdict.REFUSE: CommentState.REFUSED,
}
_ERASED = "Xóa theo yêu cầu của người gửi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as far as the public may know it. ``words``: exactly what will be read; none of a stub."""

    ref: str
    ledger_ref: str
    programme: str
    commitment: str
    kind: str
    verdict: Verdict
    reason: str | None
    words: str
    shown_as: str
    received_on: date
    decided_on: date
    hours: int
    in_time: bool
    second_person: bool
    appeal: AppealState | None = None
    twin_ref: str | None = None  # the shown comment it was merged into


def send_decision(w: Work, decided: Decided, *, signer: Signer) -> tuple[int, ...]:
    """Append the comment or stub, where the decision has one, and the ledger line; their positions.

    The ledger line of an appeal is a further revision of the line it appeals from.
    """
    lines = [_ledger_line(w, decided)]
    if decided.verdict in _STATES:
        lines.insert(0, _comment_line(w, decided))
    return tuple(append(w, lines, signer=signer))


def _comment_line(w: Work, decided: Decided) -> Line:
    is_shown = decided.verdict is not Verdict.REFUSE
    document = CommentDoc(
        ref=decided.ref,
        programme_ref=decided.programme,
        commitment_ref=decided.commitment,
        kind=CommentKind(decided.kind),
        state=_STATES[decided.verdict],
        words=decided.words if is_shown else "",
        shown_as=decided.shown_as if is_shown else "",
        received_on=decided.received_on,
        decided_on=decided.decided_on,
        reason=None if is_shown else decided.reason,
        appealed=decided.appeal is not None,
    )
    return Line(kind=Kind.COMMENT, ref=decided.ref, act=_act(w, decided.ref), document=document)


def _ledger_line(w: Work, decided: Decided) -> Line:
    document = ModerationDoc(
        ref=decided.ledger_ref,
        decided_on=decided.decided_on,
        decision=decided.verdict.value,
        reason=decided.reason,
        hours=decided.hours,
        in_time=decided.in_time,
        second_person=decided.second_person,
        appeal=decided.appeal.value if decided.appeal else None,
        comment_ref=decided.ref if decided.verdict in _STATES else decided.twin_ref,
    )
    return Line(
        kind=Kind.MODERATION, ref=decided.ledger_ref, act=_act(w, decided.ledger_ref), document=document
    )


def _act(w: Work, ref: str) -> Act:
    return Act.PUBLISH if reads.revision(w.session, ref) is None else Act.CORRECT


def settle_appeal(
    w: Work, ledger_ref: str, end: AppealState, *, ref: str, shown: Decided | None, signer: Signer
) -> None:
    """Say beside a decision, and on the stub ``ref`` where it has one, how its appeal ended.

    ``shown``: what is read from now on, where the decision was wrong. The line keeps what was decided.
    """
    found = reads.documents(w.session, [ledger_ref, ref])
    lines = [_comment_line(w, shown)] if shown else []
    for revision in found.values():
        match revision.document:
            case ModerationDoc() as line:
                place = ref if shown else line.comment_ref
                lines.append(_again(revision, replace(line, appeal=end.value, comment_ref=place)))
            case CommentDoc() as stub if not shown:
                lines.append(_again(revision, replace(stub, appealed=True)))
    append(w, lines, signer=signer)


def take_back(w: Work, ref: str, *, signer: Signer) -> int:
    """The author takes a public comment back: a stub stays, every text of it goes; entries erased."""
    shown = _shown(w, ref)
    gone = replace(
        shown,
        state=CommentState.TAKEN_BACK,
        words="",
        shown_as="",
        decided_on=w.today,
        reason=OtherReason.BY_AUTHOR.value,
    )
    return _replace(w, gone, signer=signer)


def hide(w: Work, ref: str, words: Sequence[str], *, signer: Signer) -> int:
    """Black out ``words`` in a public comment, as its author asks; entries erased, 0 where none has them."""
    shown = _shown(w, ref)
    text = shown.words
    for piece in words:
        text = text.replace(piece, HIDDEN)
    if text == shown.words:
        return 0
    return _replace(w, replace(shown, state=CommentState.MASKED, words=text), signer=signer)


def _shown(w: Work, ref: str) -> CommentDoc:
    found = reads.revision(w.session, ref)
    assert found is not None
    assert isinstance(found.document, CommentDoc)  # the desk names what it published
    return found.document


def _replace(w: Work, document: CommentDoc, *, signer: Signer) -> int:
    """Append ``document`` and erase the texts of every earlier revision; how many."""
    earlier = [r for r in reads.history(w.session, document.ref) if isinstance(r.document, CommentDoc)]
    fresh = Line(
        kind=Kind.COMMENT,
        ref=document.ref,
        act=Act.CORRECT,
        document=document,
        notice=Notice(reason=_ERASED),
    )
    append(w, [fresh, *(_erasure(w, revision) for revision in earlier)], signer=signer)
    return len(earlier)


def _erasure(w: Work, erased: Revision) -> Line:
    stone = TombstoneDoc(ref=erased.ref, withdrawn_on=w.today, reason=_ERASED)
    return Line(
        kind=erased.kind,
        ref=erased.ref,
        act=Act.REDACT,
        document=stone,
        notice=Notice(reason=_ERASED),
        cites=erased.position,
    )


def _again(revision: Revision, document: CommentDoc | ModerationDoc) -> Line:
    return Line(kind=revision.kind, ref=revision.ref, act=Act.CORRECT, document=document)


def known_months(w: Work) -> tuple[TransparencyDoc, ...]:
    """The figures that are public, the latest month first."""
    return voices.months(w.session)


def send_month(w: Work, document: TransparencyDoc, *, signer: Signer) -> int | None:
    """Publish the figures of a month, or bring them up to date; None where nothing differs."""
    known = reads.revision(w.session, document.ref)
    said = known.document if known else None
    if isinstance(said, TransparencyDoc) and replace(said, as_of=document.as_of) == document:
        return None
    act = Act.CORRECT if known else Act.PUBLISH
    line = Line(kind=Kind.TRANSPARENCY, ref=document.ref, act=act, document=document)
    return append(w, [line], signer=signer)[0]
