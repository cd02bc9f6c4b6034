"""A case as its moderator sees it: the commitment beside the words, what stands out, what may be chosen.

Nobody sees who wrote it, nor at what moment; of the day there is only the day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from portal.doors.desk.moderation_words import (
    BURST,
    DECISIONS,
    KINDS,
    PROPOSED,
    REDIRECT_WORDS,
    REFUSAL_WORDS,
    SIGNALS,
    URGENCY,
    VERDICTS,
)
from portal.inbox.recognition.language import signals
from portal.inbox.recognition.personal import find_personal, mask
from portal.kernel.clock import day
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.moderation.calendar import working_calendar
from portal.office.moderation.clocks import urgency
from portal.office.moderation.org import concerned
from portal.office.moderation.reads import is_in_a_burst, twins
from portal.office.moderation.rules import CaseState, Decision, decisions_in
from portal.office.moderation.tables import Case
from portal.office.programme.stamps import find_stamp
from portal.record import reads
from portal.record.documents import CommitmentDoc
from portal.record.moderation_words import Verdict, reason_words
from portal.record.voice import CommentKind

_EXCERPT = 160  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of the words; ``is_marked``: a signal points at it."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the queue."""

    key: int
    kind: str
    commitment: str
    state: str
    due_on: date
    urgency: tuple[str, str, str]
    labels: tuple[str, ...]
    reason: str
    is_claimed: bool
    excerpt: str  # enough to tell spam from an opinion before anything is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything the page of one case shows."""

    key: int
    kind: str
    shown_as: str
    received_on: date
    due_on: date
    urgency: tuple[str, str, str]
    pieces: tuple[Piece, ...]
    suggested: str
    labels: tuple[tuple[str, str], ...]
    commitment: CommitmentDoc | None
    twins: tuple[tuple[str, str], ...]  # reference and words of those that may be merged into
    like_it: int
    proposal: str
    verdict: str
    reason: str
    note: str
    plea: str
    choices: tuple[tuple[str, str, str], ...]
    needs_reason: bool  # some choice does
    refusals: tuple[tuple[str, str], ...] = tuple((r.value, word) for r, word in REFUSAL_WORDS.items())
    redirects: tuple[tuple[str, str], ...] = tuple((r.value, word) for r, word in REDIRECT_WORDS.items())


def line_of(w: Work, case: Case, titles: Mapping[str, str]) -> Line:
    """``case`` as a row of the queue."""
    return Line(
        key=case.id,
        kind=KINDS[CommentKind(case.kind)],
        commitment=titles.get(case.commitment, "Cam kết đã gỡ"),
        state=case.state,
        due_on=day(case.due_at),
        urgency=URGENCY[urgency(case.due_at, w.now, working_calendar(w.settings))],
        labels=tuple(SIGNALS[kind][0] for kind in case.signals),
        reason=_reason(case.reason),
        is_claimed=case.claimed_until is not None and case.claimed_until > w.now,
        excerpt=shorten(case.words.open(reason=Reason.MODERATION), _EXCERPT, placeholder=" …"),
    )


def titles_of(w: Work, cases: Sequence[Case]) -> dict[str, str]:
    """What each case's commitment says, as the public reads it."""
    found = reads.documents(w.session, sorted({case.commitment for case in cases}))
    return {ref: r.document.text for ref, r in found.items() if isinstance(r.document, CommitmentDoc)}


def case_view(w: Work, case: Case) -> CaseView:
    """``case`` as its page shows it; opens the words."""
    words = case.words.open(reason=Reason.MODERATION)
    about = concerned(w, case.programme)
    names = (about.name,) if about else ()
    found = signals(words, known_names=names, find_stamp=find_stamp)
    page = reads.revision(w.session, case.commitment)
    state = CaseState(case.state)
    alike = twins(w, case)
    mergeable = [twin for twin in alike if twin.state == CaseState.SHOWN.value]
    return CaseView(
        key=case.id,
        kind=KINDS[CommentKind(case.kind)],
        shown_as=case.shown_as,
        received_on=case.received_on,
        due_on=day(case.due_at),
        urgency=URGENCY[urgency(case.due_at, w.now, working_calendar(w.settings))],
        pieces=pieces(words, [span for signal in found for span in signal.spans]),
        suggested=mask(words, find_personal(words, known_names=names)),
        labels=(
            *(SIGNALS[signal.kind] for signal in found),
            *((BURST,) if is_in_a_burst(w, case) else ()),
        ),
        commitment=page.document if page and isinstance(page.document, CommitmentDoc) else None,
        twins=tuple((twin.ref, f"nhận ngày {twin.received_on:%d/%m/%Y}") for twin in mergeable),
        like_it=len(alike),
        proposal=PROPOSED.get(state, ""),
        verdict=VERDICTS[Verdict(case.verdict)] if case.verdict else "",
        reason=_reason(case.reason),
        note=case.note.open(reason=Reason.MODERATION),
        plea=case.plea.open(reason=Reason.MODERATION),
        choices=tuple((d.value, *DECISIONS[d]) for d in offered(state, has_twin=bool(mergeable))),
        needs_reason=state is CaseState.WAITING,
    )


def offered(state: CaseState, *, has_twin: bool) -> tuple[Decision, ...]:
    """What may be chosen in ``state``, in the order of the desk's words; merging needs a shown twin."""
    possible = set(decisions_in(state))
    if not has_twin:
        possible.discard(Decision.MERGE)
    return tuple(decision for decision in DECISIONS if decision in possible)


def pieces(words: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """``words`` cut where signals begin and end."""
    marked = {at for start, end in spans for at in range(start, end)} if spans else set()
    cut: list[Piece] = []
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or (at in marked) != (start in marked):
            cut.append(Piece(words[start:at], start in marked))
            start = at
    return tuple(cut)


def _reason(key: str | None) -> str:
    """The desk's words for a reason."""
    for table in (REFUSAL_WORDS, REDIRECT_WORDS):
        for reason, word in table.items():
            if reason.value == key:
                return word
    return reason_words(key) if key else ""
