"""Beginning to follow in two steps, changing how often, stopping: by links, without an account."""

import base64
import hmac
import secrets
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select

from portal.inbox.following.rhythm import LINK_DAYS, Rhythm, first_letter
from portal.inbox.following.tables import Asked, Follow, FollowWish
from portal.kernel.boxes import lock, public_half, seal, unlock, unseal
from portal.kernel.keys import derived, digest, key
from portal.kernel.work import Work

FOLLOWING = "following"  # name of the key pair and of the secret in instance/keys
_SECRET = "following-names"
_ADDRESS = "follower's address"  # what the sealed box is for
_PERSON = "follower's name"  # what the locked one is for
_KEY_BYTES, _MAC_BYTES = 8, 15


def ask(w: Work, address: str, *, matter: str, rhythm: Rhythm) -> str:
    """Ask to follow ``matter``; the token for the link that confirms it.

    The same whether or not ``address`` follows it already.
    """
    token = secrets.token_urlsafe(24)
    folder = _folder(w)
    person = _digest(folder, "person", address)
    w.session.add(
        FollowWish(
            token=_digest(folder, "wish", token),
            asker=_digest(folder, "asker", person),
            claim=lock(token.encode(), _PERSON, person.encode()),
            matter=matter,
            rhythm=rhythm.value,
            box=seal(public_half(folder, FOLLOWING), _ADDRESS, address.encode()),
            until=w.now + timedelta(days=LINK_DAYS),
        )
    )
    return token


def wish_of(w: Work, token: str) -> FollowWish | None:
    """What the link asks for; None when it was used, is too old or was never given out."""
    found = w.session.get(FollowWish, _digest(_folder(w), "wish", token))
    return found if found and found.until >= w.now else None


def confirm(w: Work, token: str, *, head: int, told_on: date) -> Follow | None:
    """Follow from now on, which uses the link up; None when it does not hold.

    What was in the log before ``head`` is not told, nor what the clock brought up to ``told_on``. Whoever
    follows it already only changes how often.
    """
    wish = wish_of(w, token)
    if wish is None:
        return None
    w.session.execute(delete(FollowWish).where(FollowWish.token == wish.token))
    rhythm = Rhythm(wish.rhythm)
    person = unlock(token.encode(), _PERSON, wish.claim).decode()
    name = _digest(_folder(w), "follow", f"{person}|{wish.matter}")
    found = w.session.scalar(select(Follow).where(Follow.name == name))
    if found is None:
        found = Follow(
            key=w.ids.key(), name=name, person=person, matter=wish.matter, box=wish.box,
            since=w.today, told=head, told_on=told_on, memory="", sending=None, failures=0,
        )  # fmt: skip
        w.session.add(found)
    set_rhythm(w, found, rhythm)
    w.session.flush()
    return found


def set_rhythm(w: Work, follow: Follow, rhythm: Rhythm) -> None:
    """Write as often as ``rhythm`` says from now on."""
    follow.rhythm = rhythm.value
    follow.next_at = first_letter(rhythm, w.now)


def stop(w: Work, follow: Follow) -> None:
    """Not another letter about this matter; with the last one goes all that is kept of the person."""
    w.session.execute(delete(Follow).where(Follow.key == follow.key))
    others = select(func.count()).select_from(Follow).where(Follow.person == follow.person)
    if not w.session.scalar(others):
        w.session.execute(delete(Asked).where(Asked.person == follow.person))


def stop_all(w: Work, follow: Follow) -> None:
    """Not another letter to this address; wishes that wait go too."""
    _forget(w, follow.person)


def stop_address(w: Work, address: str) -> None:
    """Not another letter to ``address``, whose owner wants to be forgotten."""
    _forget(w, _digest(_folder(w), "person", address))


def _forget(w: Work, person: str) -> None:
    for table in (Follow, Asked):
        w.session.execute(delete(table).where(table.person == person))
    asker = _digest(_folder(w), "asker", person)
    w.session.execute(delete(FollowWish).where(FollowWish.asker == asker))


def token_of(folder: Path, number: int) -> str:
    """The token of the follow ``number``: the same in every letter, and nowhere in the database."""
    raw = number.to_bytes(_KEY_BYTES, "big")
    return base64.urlsafe_b64encode(raw + _mac(folder, raw)).decode().rstrip("=")


def followed(w: Work, token: str) -> Follow | None:
    """What whoever holds ``token`` follows; None when that was stopped, or for any other token."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    number, mac = raw[:_KEY_BYTES], raw[_KEY_BYTES:]
    if len(number) < _KEY_BYTES or not hmac.compare_digest(mac, _mac(_folder(w), number)):
        return None
    return w.session.get(Follow, int.from_bytes(number, "big"))


def address_of(folder: Path, box: bytes) -> str:
    """The address in ``box``; only where the private key lies. Raises BoxFault."""
    return unseal(folder, FOLLOWING, _ADDRESS, box).decode()


def _folder(w: Work) -> Path:
    return w.settings.instance / "keys"


def _digest(folder: Path, purpose: str, text: str) -> str:
    return digest(derived(key(folder, _SECRET), purpose), text)


def _mac(folder: Path, number: bytes) -> bytes:
    return hmac.digest(derived(key(folder, _SECRET), "manage"), number, "sha256")[:_MAC_BYTES]
