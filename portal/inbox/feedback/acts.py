"""Saying something: ratings and words go into the inbox with a receipt, and are never read back here."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import insert

from portal.inbox.feedback.codes import code_digest, new_code
from portal.inbox.feedback.tables import Comment, Rating, Receipt, Request
from portal.kernel.boxes import BoxFault, lock, public_half, seal, unlock
from portal.kernel.keys import key
from portal.kernel.work import Work
from portal.record.voice import Answer, CommentKind, Group, Relation, Standing

RECEIPTS, MAIL = "receipts", "mail"  # names of keys in instance/keys
ANSWER_TO = "answer to"  # what the sealed address is for
RECEIVED, WITHDRAWN = "received", "withdrawn"
_AUTHOR = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is spoken about: the entry of the log that was read."""

    programme: str
    commitment: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, as far as anybody will know: an opaque key, a capacity, how it came in."""

    person: str
    period: str
    group: Group = Group.RESIDENT
    standing: Standing = Standing.UNVERIFIED
    via: str = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One answer to what is seen of the work; ``answer`` None takes an earlier one back."""

    answer: Answer | None
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One comment as its author wants it read."""

    kind: CommentKind
    text: str
    shown_as: str
    has_personal: bool = False
    answer_to: str = ""  # address; sealed before it is stored


@dataclass(frozen=True, slots=True)
class Author:
    """What another version of a comment must carry over; locked with the receipt's code."""

    person: str
    period: str
    programme: str
    commitment: str
    position: int
    kind: str
    shown_as: str
    via: str
    answer_to: str  # the sealed address, in hex


def submit(
    w: Work, about: About, *, by: Speaker, rating: Word | None, comment: Words | None, due_on: date | None
) -> str:
    """Take in a rating, a comment or both; the receipt's code, which nothing here keeps."""
    code = new_code(w.ids, w.today)
    named = digest_of(w, code)
    if rating:
        w.session.execute(insert(Rating).values(**_rating(w, about, by, rating)))
    author = None
    if comment:
        author = Author(
            by.person, by.period, about.programme, about.commitment, about.position,
            comment.kind.value, comment.shown_as, by.via, _sealed(w, comment.answer_to).hex(),
        )  # fmt: skip
        _write(w, named, author, comment)
    w.session.add(
        Receipt(
            code=named, state=RECEIVED, reason=None, commitment=about.commitment, comment_ref=None,
            received_on=w.today.isoformat(), due_on=due_on.isoformat() if due_on and comment else None,
            editable_until=_window(w) if comment else None, appeal_until=None, appeal=None,
            box=_locked(code, author) if author else None,
        )
    )  # fmt: skip
    return code


def rewrite(w: Work, receipt: Receipt, code: str, comment: Words) -> None:
    """Another version of the comment of ``receipt``, which supersedes the one before.

    It stays by the same person, about the same thing, under the same name. Raises ValueError for the
    receipt of a rating.
    """
    author = author_of(receipt, code)
    if author is None:
        raise ValueError("a receipt of a rating has no comment to rewrite")
    _write(w, receipt.code, author, replace(comment, shown_as=author.shown_as))
    receipt.state = RECEIVED


def ask(w: Work, receipt: Receipt, kind: str, words: str = "") -> None:
    """Ask something about a contribution: ``withdraw``, ``redact`` or ``appeal``."""
    row = {"key": w.ids.key(), "at": w.now, "code": receipt.code, "kind": kind, "words": words}
    w.session.execute(insert(Request).values(**row))


def digest_of(w: Work, code: str) -> str:
    """What the database calls ``code``."""
    return code_digest(key(w.settings.instance / "keys", RECEIPTS), code)


def author_of(receipt: Receipt, code: str) -> Author | None:
    """What the receipt carries for another version; None for the receipt of a rating."""
    if receipt.box is None:
        return None
    try:
        return Author(**json.loads(unlock(code.encode(), _AUTHOR, receipt.box)))
    except BoxFault:
        return None


def _locked(code: str, author: Author) -> bytes:
    return lock(code.encode(), _AUTHOR, json.dumps(asdict(author)).encode())


def _window(w: Work) -> datetime:
    return w.now + timedelta(minutes=w.settings.edit_minutes)


def _rating(w: Work, about: About, by: Speaker, word: Word) -> dict[str, object]:
    return {
        "key": w.ids.key(), "at": w.now, "period": by.period, "programme": about.programme,
        "commitment": about.commitment, "position": about.position, "person": by.person,
        "answer": word.answer and word.answer.value, "relation": word.relation.value,
        "group": by.group.value, "standing": by.standing.value, "via": by.via,
    }  # fmt: skip


def _write(w: Work, named: str, author: Author, comment: Words) -> None:
    values = {
        "key": w.ids.key(), "at": w.now, "period": author.period, "programme": author.programme,
        "commitment": author.commitment, "position": author.position, "person": author.person,
        "code": named, "kind": comment.kind.value, "words": comment.text, "shown_as": comment.shown_as,
        "has_personal": comment.has_personal, "answer_to": bytes.fromhex(author.answer_to) or None,
        "via": author.via,
    }  # fmt: skip
    w.session.execute(insert(Comment).values(**values))


def _sealed(w: Work, address: str) -> bytes:
    if not address:
        return b""
    return seal(public_half(w.settings.instance / "keys", MAIL), ANSWER_TO, address.encode())
