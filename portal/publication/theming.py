"""Themes through the valve: comments that say the same, and the duty to answer that begins with enough."""

from collections.abc import Sequence
from dataclasses import replace

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Matter, Refusal, Refused, refusal_of, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.moderation.org import concerned
from portal.office.moderation.rules import may_handle
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.typed import refuse_stamps
from portal.office.replies import rules
from portal.office.replies.events import ThemeGathered, ThemePublished
from portal.office.replies.form import ThemeForm
from portal.office.replies.reads import overdue, theme_of
from portal.office.replies.rules import Duty
from portal.office.replies.tables import Theme
from portal.publication.replying import answered, tell_receipts
from portal.record import reads
from portal.record.append import Line, append, take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import Act, CommentDoc, Kind, ThemeDoc
from portal.record.moderation_words import ReceiptState


def gather(w: Work, ref: str, form: ThemeForm, *, by: Actor) -> Theme:
    """Put public comments on the programme together; the theme waits for another officer. Raises Refused."""
    draft = _open(w, ref, form, by)
    if refusal := rules.refusal_to_gather(form.title, form.comments):
        raise Refused(refusal)
    _check(w, draft, form.comments)
    row = Theme(
        id=w.ids.key(),
        ref=w.ids.ref(),
        programme_id=draft.id,
        title=Sealed(form.title.strip()),
        comments=sorted(set(form.comments), key=form.comments.index),
        gathered_by_id=by.id,
        gathered_at=w.now,
    )
    w.session.add(row)
    _tell(w, draft, row, by)
    return row


def add(w: Work, ref: str, theme: str, form: ThemeForm, *, by: Actor) -> Theme:
    """Add comments to a theme, whose title stays; what is new waits for another officer. Raises Refused."""
    draft = _open(w, ref, form, by)
    row = theme_of(w, draft.id, theme)
    if refusal := rules.refusal_to_gather(row.title.open(reason=Reason.COMPOSE), form.comments, row.comments):
        raise Refused(refusal)
    _check(w, draft, form.comments)
    row.comments = [*row.comments, *sorted(set(form.comments) - set(row.comments), key=form.comments.index)]
    row.state, row.gathered_by_id, row.gathered_at = "waiting", by.id, w.now
    _tell(w, draft, row, by)
    return row


def publish_theme(w: Work, ref: str, theme: str, *, by: Actor, signer: Signer) -> int:
    """Let a theme out as far as its comments are public; its position in the log. Raises Refused.

    With as many comments as the setting says, the duty to answer begins today.
    """
    take_turn(w.session)
    draft = programme(w, ref)
    row = theme_of(w, draft.id, theme)
    require(by, DeskAct.PUBLISH_THEME, gathered_matter(w, draft, row))
    require_outside(w, draft, by)
    if row.state != "waiting":
        raise Refused(Refusal.THEME_WAITS_NOT)
    shown = tuple(comment for comment in row.comments if _is_public(w, draft, comment))
    if len(shown) < rules.FEWEST:
        raise Refused(Refusal.TOO_FEW_COMMENTS)
    settings = w.settings
    owes = rules.duty(
        Duty(row.asked_on, row.due_on),
        len(shown),
        threshold=settings.theme_comments,
        days=settings.reply_days,
        today=w.today,
    )
    row.asked_on, row.due_on, row.state = owes.asked_on, owes.due_on, "published"
    return _send(w, draft, row, shown, by=by, signer=signer)


def remind_receipts(w: Work) -> None:
    """Let the receipts of comments whose answer is overdue say so; runs with the hours."""
    for theme in overdue(w, w.today):
        tell_receipts(w, tuple(theme.comments), ReceiptState.REPLY_OVERDUE)


def stands_outside(w: Work, draft: Programme, by: Actor) -> bool:
    """Whether ``by`` stands outside the cadre's line of command, by the rule that moderation goes by.

    What is grouped, and under which title, begins a duty to answer: it is as much a judgement of what
    people said as a decision on one comment (facts §5.4, architecture decision 9).
    """
    about = concerned(w, draft.ref)
    return about is not None and may_handle(by, about.holder, about.org)


def may_gather(w: Work, draft: Programme, by: Actor) -> bool:
    """Whether ``by`` may put comments on the programme together."""
    return refusal_of(by, DeskAct.GATHER, matter(w, draft)) is None and stands_outside(w, draft, by)


def may_publish(w: Work, draft: Programme, row: Theme, by: Actor) -> bool:
    """Whether ``by`` may let the theme out."""
    known = gathered_matter(w, draft, row)
    return refusal_of(by, DeskAct.PUBLISH_THEME, known) is None and stands_outside(w, draft, by)


def require_outside(w: Work, draft: Programme, by: Actor) -> None:
    """Raise Refused for whoever stands in the cadre's line of command."""
    if not stands_outside(w, draft, by):
        raise Refused(Refusal.IN_LINE_OF_COMMAND)


def gathered_matter(w: Work, draft: Programme, row: Theme) -> Matter:
    """What the policy must know of a theme: whoever put it together is one of the writers."""
    about = matter(w, draft)
    return replace(about, writer_ids=about.writer_ids | {row.gathered_by_id})


def _open(w: Work, ref: str, form: ThemeForm, by: Actor) -> Programme:
    refuse_stamps(form)
    take_turn(w.session)
    draft = programme(w, ref)
    require(by, DeskAct.GATHER, matter(w, draft))
    require_outside(w, draft, by)
    return draft


def _check(w: Work, draft: Programme, comments: Sequence[str]) -> None:
    if not all(_is_public(w, draft, comment) for comment in comments):
        raise Refused(Refusal.NOT_ANSWERABLE)


def _is_public(w: Work, draft: Programme, comment: str) -> bool:
    found = answered(w, draft, comment)
    return found is not None and isinstance(found.document, CommentDoc)


def _send(w: Work, draft: Programme, row: Theme, shown: tuple[str, ...], *, by: Actor, signer: Signer) -> int:
    known = reads.revision(w.session, row.ref)
    said = known.document if known else None
    document = ThemeDoc(
        ref=row.ref,
        programme_ref=draft.ref,
        title=row.title.open(reason=Reason.COMPOSE),
        comments=shown,
        asked_on=row.asked_on,
        due_on=row.due_on,
        reply=said.reply if isinstance(said, ThemeDoc) else None,
    )
    act = Act.CORRECT if known else Act.PUBLISH
    [position] = append(w, [Line(kind=Kind.THEME, ref=row.ref, act=act, document=document)], signer=signer)
    if row.due_on is not None and row.answered_on is None:
        tell_receipts(w, shown, ReceiptState.AWAITING_REPLY)
    due_on = row.due_on.isoformat() if row.due_on else ""
    w.tell(ThemePublished(by=by.id, programme=draft.ref, theme=row.ref, due_on=due_on))
    w.session.flush()
    return position


def _tell(w: Work, draft: Programme, row: Theme, by: Actor) -> None:
    w.tell(ThemeGathered(by=by.id, programme=draft.ref, theme=row.ref, comments=len(row.comments)))
    w.session.flush()
