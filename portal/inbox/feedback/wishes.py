"""What people ask about their own data: a copy of it, or that it goes. Nothing here says whose it is.

The public door, which alone can say by which keys a person is known, seals them for the follower at the
desk's side. The follower compiles the copy and locks it with a secret that came in the same seal and is
made from the one-time link: neither the database nor the desk's pages can open it afterwards.
"""

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from portal.inbox.feedback.acts import MAIL
from portal.inbox.feedback.tables import Wish
from portal.kernel.boxes import lock, public_half, seal, unlock, unseal
from portal.kernel.keys import derived, digest, key
from portal.kernel.work import Work

EXPORT, ERASE = "export", "erase"
_WISH, _COPY = "wish", "copy"


@dataclass(frozen=True, slots=True)
class Opened:
    """A wish as the follower reads it: the keys of the person, and what locks the copy."""

    people: frozenset[str]
    secret: bytes


def ask_copy(w: Work, people: Collection[str]) -> str:
    """Ask for a copy of what ``people`` (one person's keys) said; the token of the one-time link."""
    token = secrets.token_urlsafe(32)
    _add(w, EXPORT, people, secret=_secret_of(token), link=_link(w, token))
    return token


def ask_erasure(w: Work, people: Collection[str]) -> None:
    """Ask that what ``people`` (one person's keys) said goes."""
    _add(w, ERASE, people, secret=b"", link=None)


def waiting(w: Work) -> list[Wish]:
    """What nobody has seen to yet; for the follower."""
    return list(w.session.scalars(select(Wish).where(Wish.sealed.is_not(None)).order_by(Wish.key)))


def open_wish(w: Work, wish: Wish) -> Opened:
    """The wish as it was meant; only where the private key lies. Raises BoxFault."""
    folder, purpose = w.settings.instance / "keys", _purpose(wish.kind, wish.link)
    found = json.loads(unseal(folder, MAIL, purpose, wish.sealed or b""))
    return Opened(frozenset(found["people"]), bytes.fromhex(found["secret"]))


def answer(wish: Wish, opened: Opened, copy: dict[str, Any]) -> None:
    """The copy is ready; who the person is was known until here and is forgotten."""
    text = json.dumps(copy, ensure_ascii=False, indent=1)
    wish.answer, wish.sealed = lock(opened.secret, _COPY, text.encode()), None


def fetch(w: Work, token: str) -> str | None:
    """The copy behind a link: given once. Empty while it is being made; None for no such link."""
    found = w.session.scalar(select(Wish).where(Wish.link == _link(w, token)))
    if found is None:
        return None
    if found.answer is None:
        return ""
    text = unlock(_secret_of(token), _COPY, found.answer).decode()
    w.session.execute(delete(Wish).where(Wish.key == found.key))
    return text


def _add(w: Work, kind: str, people: Collection[str], *, secret: bytes, link: str | None) -> None:
    meant = json.dumps({"people": sorted(people), "secret": secret.hex()}).encode()
    sealed = seal(public_half(w.settings.instance / "keys", MAIL), _purpose(kind, link), meant)
    w.session.add(Wish(key=w.ids.key(), kind=kind, asked_on=w.today, sealed=sealed, link=link, answer=None))


def _purpose(kind: str, link: str | None) -> str:
    """Bound to this wish: put into another's row, the seal does not open, and nobody gets another's copy."""
    return f"{_WISH} {kind} {link or ''}"


def _secret_of(token: str) -> bytes:
    return derived(token.encode(), "copy of my data")


def _link(w: Work, token: str) -> str:
    return digest(key(w.settings.instance / "keys", "wishes"), token)
