"""Signing in with a one-time code, staying signed in, signing out; nothing of the machine is kept."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy import bindparam, delete, select, text, update

from portal.inbox.signin import rules
from portal.inbox.signin.tables import Account, Attested, SignInCode, Visit
from portal.kernel.boxes import lock, unlock
from portal.kernel.db import Instant
from portal.kernel.keys import derived, digest, key
from portal.kernel.work import Work

_ADDRESS_BOX = "address"
# One statement each: whoever asks, or comes in, twice at the same instant is answered twice.
_ASK = text(
    "INSERT INTO door_code (name, code, until, tries) VALUES (:name, :code, :until, 0) "
    "ON CONFLICT (name) DO UPDATE SET code = excluded.code, until = excluded.until, tries = 0"
).bindparams(bindparam("until", type_=Instant))
_JOIN = text(
    "INSERT INTO door_account (key, name, bound) VALUES (:key, :name, :bound) ON CONFLICT (name) DO NOTHING"
)


class AccountChanged(Exception):
    """Somebody wrote into the database past this program: an account is no longer its owner's."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in: the account's key, and the address if the way of signing in told one."""

    account: int
    address: str


class Names:
    """Keyed digests: what the database calls addresses, codes, cookies and letters."""

    def __init__(self, instance: Path) -> None:
        self._folder = instance / "keys"

    @cached_property
    def _root(self) -> bytes:
        return key(self._folder, "sign-in")

    def account(self, address: str) -> str:
        """The name of the account that signs in with ``address``."""
        return digest(derived(self._root, "account"), address)

    def asked(self, account: str, mark: str) -> str:
        """For whom a one-time code waits, and in which browser."""
        return digest(derived(self._root, "asked"), f"{account}|{mark}")

    def bound(self, name: str, account: int) -> str:
        """Proof that the account called ``name``, or the visit with that token, is ``account``'s."""
        return digest(derived(self._root, "bound"), f"{name}|{account}")

    def code(self, account: str, code: str) -> str:
        """What is kept of a one-time code: of no use for another account."""
        return digest(derived(self._root, "code"), f"{account}|{code}")

    def visit(self, token: str) -> str:
        """What is kept of a cookie."""
        return digest(derived(self._root, "visit"), token)

    def link(self, token: str) -> str:
        """What is kept of a one-time link."""
        return digest(derived(self._root, "link"), token)

    def letter(self, printed: str) -> str:
        """What is kept of a code letter; its secret is shared with the desk, which prints them."""
        return digest(key(self._folder, "letters"), printed)


def names_of(w: Work) -> Names:
    """The digests of this installation."""
    return Names(w.settings.instance)


def ask_code(w: Work, address: str, *, mark: str) -> str:
    """A fresh code for ``address``: the same whether or not it is known.

    It takes the place of the one before with the same ``mark``, a secret of the browser that asks: strangers
    who ask in somebody's name, or try codes, spoil only their own.
    """
    names = names_of(w)
    name, code = names.account(address), rules.new_code()
    # Swept before anything is held, so that no two who ask at once wait for each other.
    w.session.execute(delete(SignInCode).where(SignInCode.until < w.now))
    until = w.now + timedelta(minutes=rules.CODE_MINUTES)
    w.session.execute(_ASK, {"name": names.asked(name, mark), "code": names.code(name, code), "until": until})
    return code


def enter(w: Work, address: str, typed: str, *, mark: str) -> str | None:
    """A cookie's token for whoever was sent the ``typed`` code; None when it does not hold."""
    names = names_of(w)
    name, code = names.account(address), rules.tidy_code(typed) or ""
    is_theirs = SignInCode.name == names.asked(name, mark)
    # One statement counts the try, so that tries at the same time count too.
    counted = w.session.execute(
        update(SignInCode)
        .where(is_theirs, SignInCode.until >= w.now, SignInCode.tries < rules.CODE_TRIES)
        .values(tries=SignInCode.tries + 1)
        .returning(SignInCode.code)
    ).scalar()
    if counted is None or not hmac.compare_digest(counted, names.code(name, code)):
        return None
    w.session.execute(delete(SignInCode).where(is_theirs))
    return sign_in(w, name, address)


def sign_in(w: Work, name: str, address: str) -> str:
    """A cookie's token for the account called ``name``, which is made if it is new. Raises AccountChanged."""
    names, account, token = names_of(w), _account(w, name), secrets.token_urlsafe(32)
    w.session.execute(delete(Visit).where(Visit.until < w.today))
    w.session.add(
        Visit(
            token=names.visit(token),
            account=account,
            bound=names.bound(names.visit(token), account),
            address=lock(token.encode(), _ADDRESS_BOX, address.encode()) if address else None,
            until=rules.lasts_until(w.today, w.settings.visit_days),
        )
    )
    return token


def _account(w: Work, name: str) -> int:
    names, new = names_of(w), w.ids.key()
    w.session.execute(_JOIN, {"key": new, "name": name, "bound": names.bound(name, new)})
    found = w.session.scalars(select(Account).where(Account.name == name)).one()
    if not hmac.compare_digest(found.bound, names.bound(name, found.key)):
        raise AccountChanged
    return found.key


def visitor_of(w: Work, token: str) -> Visitor | None:
    """Who comes with the cookie ``token``; None when the visit is over."""
    names = names_of(w)
    found = w.session.get(Visit, names.visit(token))
    if found is None or found.until < w.today:
        return None
    if not hmac.compare_digest(found.bound, names.bound(found.token, found.account)):
        return None
    address = unlock(token.encode(), _ADDRESS_BOX, found.address).decode() if found.address else ""
    return Visitor(found.account, address)


def sign_out(w: Work, token: str) -> None:
    """End this visit."""
    w.session.execute(delete(Visit).where(Visit.token == names_of(w).visit(token)))


def sign_out_everywhere(w: Work, account: int) -> None:
    """End every visit of ``account``."""
    w.session.execute(delete(Visit).where(Visit.account == account))


def standing_of(w: Work, account: int) -> list[Attested]:
    """What was attested of ``account`` and still holds."""
    rows = select(Attested).where(Attested.account == account, Attested.until >= w.today)
    return list(w.session.scalars(rows.order_by(Attested.until)))


def forget(w: Work, account: int) -> None:
    """The account, its standing and its visits are gone."""
    for table in (Visit, Attested):
        w.session.execute(delete(table).where(table.account == account))
    w.session.execute(delete(Account).where(Account.key == account))
