"""Replies through the valve: an office answers a comment or a theme, a second person publishes it."""

from dataclasses import replace

from sqlalchemy import update

from portal.inbox.feedback.tables import Receipt
from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Matter, Refusal, Refused, require
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.typed import refuse_stamps
from portal.office.replies import rules
from portal.office.replies.events import ReplySettled, ReplyWritten
from portal.office.replies.form import ReplyForm
from portal.office.replies.reads import reply_about, theme_of, waiting_reply
from portal.office.replies.tables import Reply
from portal.record import reads
from portal.record.append import Line, append, take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import Act, CommentDoc, Document, Notice, ProgrammeDoc, Revision, ThemeDoc
from portal.record.moderation_words import ReceiptState
from portal.record.voice import CommentState, ReplyDoc

_READABLE = (CommentState.SHOWN, CommentState.MASKED)
_CORRECTED = "Câu trả lời được thay bằng câu trả lời mới"
# Receipts of comments that are public: only these follow what becomes of the answer.
_FOLLOWING = (
    ReceiptState.SHOWN,
    ReceiptState.AWAITING_REPLY,
    ReceiptState.REPLY_OVERDUE,
    ReceiptState.REPLIED,
)


def write_reply(w: Work, ref: str, about: str, form: ReplyForm, *, by: Actor) -> Reply:
    """Write an answer to the comment or theme ``about``; it waits for another officer. Raises Refused."""
    refuse_stamps(form)
    take_turn(w.session)
    draft = programme(w, ref)
    require(by, DeskAct.REPLY, matter(w, draft))
    answerable(w, draft, about)
    if refusal := rules.refusal_to_reply(form.text):
        raise Refused(refusal)
    if reply_about(w, about):
        raise Refused(Refusal.REPLY_WAITS)
    row = Reply(
        id=w.ids.key(),
        programme_id=draft.id,
        about=about,
        text=Sealed(form.text.strip()),
        written_by_id=by.id,
        written_at=w.now,
        note=Sealed(""),
    )
    w.session.add(row)
    w.session.flush()
    w.tell(ReplyWritten(by=by.id, programme=draft.ref, about=about, item=str(row.id)))
    return row


def publish_reply(w: Work, ref: str, key: int, *, by: Actor, signer: Signer) -> int:
    """Let the answer ``key`` out beside what it answers; its position in the log. Raises Refused."""
    take_turn(w.session)
    draft = programme(w, ref)
    row = waiting_reply(w, draft.id, key)
    require(by, DeskAct.PUBLISH_REPLY, written_matter(w, draft, row))
    found = answered(w, draft, row.about)
    if found is None:
        raise Refused(Refusal.NO_LONGER_SHOWN)
    reply = ReplyDoc(text=row.text.open(reason=Reason.COMPOSE), by=_office_of(w, draft), replied_on=w.today)
    [position] = append(w, [_with_reply(found, reply)], signer=signer)
    if isinstance(found.document, ThemeDoc):
        theme_of(w, draft.id, row.about).answered_on = w.today
        tell_receipts(w, found.document.comments, ReceiptState.REPLIED)
    else:
        tell_receipts(w, (row.about,), ReceiptState.REPLIED)
    _settle(w, draft, row, "published", by)
    return position


def return_reply(w: Work, ref: str, key: int, form: ReplyForm, *, by: Actor) -> None:
    """Give the answer ``key`` back with the note in ``form``, which stays inside. Raises Refused."""
    refuse_stamps(form)
    draft = programme(w, ref)
    row = waiting_reply(w, draft.id, key)
    require(by, DeskAct.PUBLISH_REPLY, written_matter(w, draft, row))
    row.note = Sealed(form.text.strip())
    _settle(w, draft, row, "returned", by)


def written_matter(w: Work, draft: Programme, row: Reply) -> Matter:
    """What the policy must know of an answer: whoever wrote it is one of the writers."""
    about = matter(w, draft)
    return replace(about, writer_ids=about.writer_ids | {row.written_by_id})


def answerable(w: Work, draft: Programme, about: str) -> Revision:
    """The public comment or theme ``about`` of the programme. Raises Refused where there is none."""
    found = answered(w, draft, about)
    if found is None:
        raise Refused(Refusal.NOT_ANSWERABLE)
    return found


def answered(w: Work, draft: Programme, about: str) -> Revision | None:
    """The public comment or theme ``about`` of the programme; None where it is none, or no longer."""
    found = reads.revision(w.session, about)
    return found if found and _is_readable(found.document, draft.ref) else None


def _is_readable(document: Document | None, programme_ref: str) -> bool:
    match document:
        case CommentDoc():
            return document.state in _READABLE and document.programme_ref == programme_ref
        case ThemeDoc():
            return document.programme_ref == programme_ref
    return False


def tell_receipts(w: Work, comments: tuple[str, ...], state: ReceiptState) -> None:
    """Let the receipts of these public comments say how their answer stands."""
    w.session.execute(
        update(Receipt)
        .where(Receipt.comment_ref.in_(comments), Receipt.state.in_([one.value for one in _FOLLOWING]))
        .values(state=state.value)
    )


def _with_reply(found: Revision, reply: ReplyDoc) -> Line:
    document = found.document
    assert isinstance(document, CommentDoc | ThemeDoc)
    is_first = document.reply is None
    return Line(
        kind=found.kind,
        ref=found.ref,
        act=Act.REPLY if is_first else Act.CORRECT,
        document=replace(document, reply=reply),
        notice=Notice() if is_first else Notice(reason=_CORRECTED),
    )


def _office_of(w: Work, draft: Programme) -> str:
    """In whose name an answer is given: the post and the unit, as the public page names them."""
    page = reads.revision(w.session, draft.ref)
    if page is None or not isinstance(page.document, ProgrammeDoc):
        raise Refused(Refusal.NOT_PUBLISHED)
    return f"{page.document.holder.post}, {page.document.holder.unit.name}"


def _settle(w: Work, draft: Programme, row: Reply, outcome: str, by: Actor) -> None:
    row.state, row.settled_by_id, row.settled_at = outcome, by.id, w.now
    w.tell(ReplySettled(by=by.id, programme=draft.ref, about=row.about, item=str(row.id), outcome=outcome))
    w.session.flush()
