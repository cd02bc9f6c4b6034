"""Taking comments in from the inbox: each becomes a case with a clock, labels, twins and a moderator.

What the signals say orders nothing and decides nothing: it labels. A comment is taken in once its author
can no longer change it; the last version counts, and one that was withdrawn is never seen by anybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from portal.inbox.feedback.tables import Comment, Receipt
from portal.inbox.recognition.language import signals
from portal.kernel.clock import day
from portal.kernel.policy import Refusal, Refused
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.moderation import asking, likeness
from portal.office.moderation.assigning import Roster
from portal.office.moderation.calendar import working_calendar
from portal.office.moderation.clocks import deadline
from portal.office.moderation.events import CaseTakenIn
from portal.office.moderation.receipts import move_on
from portal.office.moderation.rules import CaseState
from portal.office.moderation.tables import Case, Intake
from portal.office.programme.stamps import find_stamp
from portal.publication.commenting import take_turn
from portal.record.checkpoint import Signer

_BATCH = 500  # rows of the inbox at a time
_SLACK = timedelta(minutes=2)  # a work that began earlier may commit later
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def take_in(w: Work, *, signer: Signer, most: int = _BATCH, at_once: str = "") -> int:
    """Take in what is ripe, and do what authors asked since; how many comments became cases.

    At most ``most`` rows of the inbox are looked at: a page that is opened must not wait for all of them.
    ``at_once`` is a receipt whose comment is taken in although it could still be changed: an author may
    change words only while nobody has read them.
    """
    take_turn(w.session)
    asking.withdraw_early(w)
    mark = w.session.get(Intake, 1)
    if mark is None:
        mark = Intake(id=1, comments_from=_LONG_AGO)
        w.session.add(mark)
    found = w.session.scalars(
        select(Comment).where(Comment.at >= mark.comments_from).order_by(Comment.at, Comment.key).limit(most)
    ).all()
    taken = _Taking(w, Roster.of(w), at_once).all(found)
    mark.comments_from = _next_mark(w, mark.comments_from, found, taken.ripens)
    asking.hear(w, signer=signer)
    w.session.flush()
    return taken.count


def _next_mark(w: Work, before: datetime, found: Sequence[Comment], ripens: Iterable[datetime]) -> datetime:
    """From where the inbox is read next time: nothing that is unripe, or may come late, is passed over."""
    last = found[-1].at if found else w.now
    return max(before, min([last, w.now - _SLACK, *ripens]))


@dataclass(slots=True)
class _Taking:
    """One look at the inbox."""

    w: Work
    roster: Roster
    at_once: str
    count: int = 0
    ripens: tuple[datetime, ...] = ()

    def all(self, found: Sequence[Comment]) -> "_Taking":
        """Take in every ripe comment of ``found``, the last version of each code."""
        last = {comment.code: comment for comment in found}
        known = {c.code: c for c in self.w.session.scalars(select(Case).where(Case.code.in_(last)))}
        for comment in last.values():
            case = known.get(comment.code)
            if case is not None:
                self._again(case, comment)
            elif comment.code != self.at_once and open_until(self.w, comment.code):
                self.ripens += (comment.at,)
            else:
                self._fresh(comment)
        return self

    def _again(self, case: Case, comment: Comment) -> None:
        """A further version: what was returned comes back; in any other state it comes too late."""
        if case.comment_key != comment.key and CaseState(case.state) is CaseState.RETURNED:
            case.comment_key, case.kind, case.shown_as = comment.key, comment.kind, comment.shown_as
            self._start(case, comment)
            case.assigned_id = self.roster.draw(case.programme, without={case.first_id or 0})
            case.state, case.verdict, case.reason = CaseState.WAITING.value, None, None
            move_on(self.w, case)
            self._tell(case)

    def _fresh(self, comment: Comment) -> None:
        about = self.roster.concerned(comment.programme)
        if about is None:
            return  # no programme of this house: nobody could judge it
        key = self.w.ids.key()
        case = Case(
            id=key,
            ref=self.w.ids.ref(),
            code=comment.code,
            comment_key=comment.key,
            programme=comment.programme,
            commitment=comment.commitment,
            kind=comment.kind,
            shown_as=comment.shown_as,
            has_personal=comment.has_personal,
            state=CaseState.WAITING.value,
            received_on=day(comment.at),
            assigned_id=self.roster.draw(comment.programme, without=set()),
            cluster=key,
            note=Sealed(""),
            plea=Sealed(""),
        )
        self._start(case, comment)
        move_on(self.w, case)
        self._tell(case)
        self.count += 1

    def _start(self, case: Case, comment: Comment) -> None:
        """Words, labels, twins and clock."""
        about = self.roster.concerned(case.programme)
        names = (about.name,) if about else ()
        found = signals(comment.words, known_names=names, find_stamp=find_stamp)
        case.words, case.signals = Sealed(comment.words), [signal.kind.value for signal in found]
        case.received_at = comment.at
        days = self.w.settings.moderate_within_days
        case.due_at = deadline(comment.at, days, working_calendar(self.w.settings))
        case.is_breached = False
        self.w.session.add(case)
        self.w.session.flush()
        likeness.forget(self.w, case.id)
        likeness.place(self.w, case, comment.words)

    def _tell(self, case: Case) -> None:
        excluded = self.roster.excluded(case.programme)
        self.w.tell(CaseTakenIn(case=case.id, assigned=case.assigned_id, excluded=excluded))


def open_until(w: Work, code: str) -> datetime | None:
    """Until when the author of a receipt's comment may change it; None where nobody may any more.

    The one rule for what waits: the desk, the clock and the command line ask here.
    """
    receipt = w.session.get(Receipt, code)
    until = receipt.editable_until if receipt else None
    return until if until is not None and until > w.now else None


@dataclass(frozen=True, slots=True)
class Changing:
    """A comment nobody reads yet, because its author may still change it.

    ``until`` is the end of the half hour in which that ends: officers are told no moment at which somebody
    wrote (architecture decision 8).
    """

    commitment: str
    kind: str
    received_on: date
    until: datetime


def changing(w: Work, *, most: int = 100) -> list[Changing]:
    """The comments that can still be changed, by when that ends; never their words."""
    mark = w.session.get(Intake, 1)
    since = mark.comments_from if mark else _LONG_AGO
    asked = select(Comment).where(Comment.at >= since, Comment.code.not_in(select(Case.code)))
    found = w.session.scalars(asked.order_by(Comment.at, Comment.key).limit(_BATCH))
    last = {comment.code: comment for comment in found}
    ends = [(until, comment) for code, comment in last.items() if (until := open_until(w, code))]
    rows = [Changing(one.commitment, one.kind, day(one.at), half_hour(until)) for until, one in ends]
    return sorted(rows, key=lambda row: (row.until, row.commitment))[:most]


def half_hour(at: datetime) -> datetime:
    """The end of the half hour in which ``at`` lies."""
    begun = at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0)
    return begun if begun == at else begun + timedelta(minutes=30)


def case_by_code(w: Work, code: str) -> Case:
    """The case of a receipt, by the digest of its code. Raises Refused when there is none."""
    found = w.session.scalar(select(Case).where(Case.code == code))
    if found is None:
        raise Refused(Refusal.NO_SUCH_CASE)
    return found
