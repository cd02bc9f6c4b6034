"""What the desk shows of replies: comments and themes of one programme, and what may be done about them."""

from dataclasses import dataclass
from datetime import date

from portal.inbox.recognition.personal import KIND_WORDS, find_personal
from portal.kernel.policy import Act, Actor, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.office.replies.reads import replies_of, themes_of
from portal.office.replies.tables import Reply, Theme
from portal.publication.replying import written_matter
from portal.publication.theming import may_gather, may_publish
from portal.record import reads
from portal.record.documents import CommentDoc, ProgrammeDoc, ThemeDoc
from portal.record.voice import CommentState

READABLE = (CommentState.SHOWN, CommentState.MASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class May:
    """What somebody may do about the comments on a programme."""

    reply: bool
    gather: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """One theme as the desk sees it; ``may_publish`` for whoever looks."""

    ref: str
    title: str
    comments: int
    is_waiting: bool
    due_on: date | None
    answered_on: date | None
    is_overdue: bool
    may_publish: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow:
    """One answer that waits, or was returned; ``warnings`` name what may be personal data in it."""

    key: int
    about: str
    subject: str
    text: str
    note: str
    state: str
    warnings: tuple[str, ...]
    may_publish: bool


def public_page(w: Work, ref: str) -> ProgrammeDoc | None:
    """The programme as the public reads it: names at this desk come from there, never from the draft."""
    found = reads.revision(w.session, ref)
    return found.document if found and isinstance(found.document, ProgrammeDoc) else None


def public_name(w: Work, ref: str) -> str:
    """Post and person of a public programme; its reference where it is not public."""
    page = public_page(w, ref)
    return f"{page.holder.post} – {page.holder.cadre_name}" if page else f"Chương trình {ref}"


def comments_in(w: Work, ref: str) -> tuple[CommentDoc, ...]:
    """The comments on the programme that can be read, the latest first."""
    refs = [commitment.ref for commitment in reads.commitments_of(w.session, ref)]
    found = reads.comments_on(w.session, refs) if refs else ()
    return tuple(comment for comment in reversed(found) if comment.state in READABLE)


def themes_in(w: Work, draft: Programme, by: Actor) -> list[ThemeRow]:
    """The themes of the programme."""
    return [_theme(w, draft, row, by) for row in themes_of(w, draft.id)]


def replies_waiting(w: Work, draft: Programme, by: Actor) -> list[ReplyRow]:
    """The answers that wait to be published, oldest first."""
    rows = (row for row in replies_of(w, draft.id) if row.state == "waiting")
    return [reply_row(w, draft, row, by) for row in reversed(list(rows))]


def reply_row(w: Work, draft: Programme, row: Reply, by: Actor) -> ReplyRow:
    """One answer as the desk sees it."""
    text = row.text.open(reason=Reason.DRAFT)
    return ReplyRow(
        key=row.id,
        about=row.about,
        subject=subject_of(w, row.about),
        text=text,
        note=row.note.open(reason=Reason.DRAFT),
        state=row.state,
        warnings=warnings_of(w, draft, text),
        may_publish=refusal_of(by, Act.PUBLISH_REPLY, written_matter(w, draft, row)) is None,
    )


def subject_of(w: Work, about: str) -> str:
    """What an answer is about, in the words that are public; empty when they are no longer."""
    found = reads.revision(w.session, about)
    match found.document if found else None:
        case CommentDoc() as comment:
            return comment.words
        case ThemeDoc() as theme:
            return theme.title
    return ""


def warnings_of(w: Work, draft: Programme, text: str) -> tuple[str, ...]:
    """The kinds of personal data that ``text`` may hold; the cadre's own name is public."""
    page = public_page(w, draft.ref)
    known = (page.holder.cadre_name,) if page else ()
    return tuple(sorted({KIND_WORDS[found.kind] for found in find_personal(text, known_names=known)}))


def permissions(w: Work, draft: Programme, by: Actor) -> May:
    """What ``by`` may do about replies of this programme."""
    return May(reply=refusal_of(by, Act.REPLY, matter(w, draft)) is None, gather=may_gather(w, draft, by))


def _theme(w: Work, draft: Programme, row: Theme, by: Actor) -> ThemeRow:
    return ThemeRow(
        ref=row.ref,
        title=row.title.open(reason=Reason.DRAFT),
        comments=len(row.comments),
        is_waiting=row.state == "waiting",
        due_on=row.due_on,
        answered_on=row.answered_on,
        is_overdue=row.due_on is not None and row.answered_on is None and row.due_on < w.today,
        may_publish=may_publish(w, draft, row, by),
    )
