"""The public's voice in the record: the words it is made of, and what of it anybody may read.

Nothing here says who spoke: a comment carries the name its author chose to be shown under, a figure
carries counts. Membership of the Party never stands beside a comment (facts §5.3).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answer(StrEnum):
    """What somebody sees of the work in fact (facts §9.1); never an opinion of a person."""

    DONE_WELL = "done_well"
    UNCLEAR = "unclear"
    NOT_SEEN = "not_seen"
    UNKNOWN = "unknown"  # counted, but no part of any ratio


class Relation(StrEnum):
    """How the person stands to the work."""

    AFFECTED = "affected"
    LOCAL = "local"
    INTERESTED = "interested"


class Group(StrEnum):
    """In which capacity the person speaks; groups stand side by side and are never blended."""

    RESIDENT = "resident"
    PARTY_MEMBER = "party_member"
    CADRE = "cadre"


class Standing(StrEnum):
    """Whether a body attested the capacity."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class CommentKind(StrEnum):
    """What a comment is: góp ý, câu hỏi, cung cấp minh chứng, biểu dương."""

    OPINION = "opinion"
    QUESTION = "question"
    EVIDENCE = "evidence"
    PRAISE = "praise"


class CommentState(StrEnum):
    """How a comment stands in public: whole, with personal data masked, or as a stub with its reason."""

    SHOWN = "shown"
    MASKED = "masked"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"  # by its author, after it was public


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDoc:
    """The official answer to a comment: by the office of a post, never by a private person."""

    text: str
    by: str  # the post and unit that answers
    replied_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDoc:
    """One moderated comment on a commitment. Refused and taken-back ones keep no words."""

    ref: str
    programme_ref: str
    commitment_ref: str
    kind: CommentKind
    state: CommentState
    words: str
    shown_as: str  # "Người dân, Tổ dân phố số 3": chosen from a list, never a name
    received_on: date
    decided_on: date
    reason: str | None = None  # key of the coded reason of a refusal
    appealed: bool = False
    reply: ReplyDoc | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDoc:
    """What several comments on one programme have in common, and the office's answer to all of them.

    From ``asked_on`` on an answer is owed by ``due_on``; both None while fewer comments than the
    setting say it. Whether the answer is late is computed on the day of reading, never stored.
    """

    ref: str
    programme_ref: str
    title: str
    comments: tuple[str, ...]  # refs of published comments, in the order they were gathered
    asked_on: date | None
    due_on: date | None
    reply: ReplyDoc | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationDoc:
    """One line of the public moderation ledger: rule, time taken, end of an appeal; no text, no person.

    A case handed to the denunciation channel has no line of its own: a counter beside a cadre would
    itself defame (facts §5.4). ``hours`` are working hours from receipt to decision.
    """

    ref: str
    decided_on: date
    decision: str  # key of the decision
    reason: str | None  # key of the coded reason
    hours: int
    in_time: bool
    second_person: bool
    appeal: str | None = None  # key of the result of the appeal
    comment_ref: str | None = None  # the stub or comment in public, where there is one
