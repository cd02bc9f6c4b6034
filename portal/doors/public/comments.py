"""Comments as their pages show them: words and stubs alike, each with its day and, if refused, its reason."""

from dataclasses import dataclass

from portal.doors.public.finder import record_log
from portal.doors.public.pages import reading
from portal.record import voices
from portal.record.documents import CommentDoc
from portal.record.moderation_words import reason_words
from portal.record.voice import CommentKind, CommentState

FEW = 5  # on the commitment's own page; all of them have a page beside it

KINDS: dict[CommentKind, str] = {
    CommentKind.OPINION: "Góp ý",
    CommentKind.QUESTION: "Câu hỏi",
    CommentKind.EVIDENCE: "Cung cấp minh chứng",
    CommentKind.PRAISE: "Biểu dương",
}
# What stands where words are not, or not all of them, shown.
STATES: dict[CommentState, str] = {
    CommentState.MASKED: "Một phần đã được che vì là dữ liệu cá nhân.",
    CommentState.REFUSED: "Ý kiến này không đăng.",
    CommentState.TAKEN_BACK: "Người gửi đã rút ý kiến này.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One comment; the words of ours are Vietnamese, to be translated."""

    doc: CommentDoc
    kind: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Voices:
    """Some comments on a commitment, and how many there are."""

    said: tuple[Said, ...]
    total: int
    last: int


def latest_on(commitment_ref: str) -> Voices:
    """The latest comments on one commitment."""
    return _voices(record_log().comments(commitment_ref, size=FEW), FEW)


def voices_on(commitment_ref: str, *, page: int, size: int) -> Voices:
    """A page of the comments on one commitment, the latest first."""
    return _voices(voices.comments_of(reading(), commitment_ref, page=page, size=size), size)


def _voices(found: voices.Page, size: int) -> Voices:
    return Voices(tuple(_said(doc) for doc in voices.comments(found)), found.total, found.last(size))


def _said(doc: CommentDoc) -> Said:
    reason = reason_words(doc.reason) if doc.state is CommentState.REFUSED and doc.reason else ""
    return Said(doc, KINDS[doc.kind], STATES.get(doc.state, ""), reason)
