"""Invented officers for trying the portal: their passwords and codes may be printed, a real one's never.

Both come from this installation's own key, so no sample password is known beforehand to anybody.
"""

from collections.abc import Iterable

from passlib.totp import TOTP  # type: ignore[import-untyped]

from portal.kernel.ids import ALPHABET
from portal.kernel.keys import derived, key
from portal.kernel.policy import Refusal, Refused
from portal.kernel.work import Work
from portal.office.accounts.acts import add_officer
from portal.office.accounts.events import SecondFactorEnrolled
from portal.office.accounts.passwords import matches
from portal.office.accounts.reads import officer
from portal.office.accounts.second_factor import METHOD, codes
from portal.office.accounts.tables import Officer

_GROUPS, _GROUP = 4, 4  # sixteen characters of five bits each


def add_sample_officer(w: Work, *, email: str, name: str, role: str, unit_code: str) -> Officer:
    """An invented officer who can sign in at once, with ``sample_password`` and ``sample_second_factor``."""
    added = add_officer(
        w, email=email, name=name, role=role, unit_code=unit_code, password=sample_password(w, email)
    )
    if not added.has_second_factor:
        added.is_sample = True
        added.tf_totp_secret = _codes(w).new().to_json(encrypt=True)
        added.tf_primary_method = METHOD
        w.tell(SecondFactorEnrolled(officer_id=added.id))
    return added


def sample_password(w: Work, email: str) -> str:
    """The password an invented officer begins with."""
    root = key(w.settings.instance / "keys", "desk")
    letters = "".join(ALPHABET[byte & 31] for byte in derived(root, f"sample password {email}"))
    return "-".join(letters[at * _GROUP : (at + 1) * _GROUP] for at in range(_GROUPS))


def sample_second_factor(w: Work, email: str) -> str:
    """The code of this moment for an invented officer; it lasts half a minute and works once.

    Raises Refused for an officer who is not one of the sample.
    """
    found = officer(w, email)
    if not found.is_sample or found.tf_totp_secret is None:
        raise Refused(Refusal.NO_SUCH_OFFICER, email)
    code: str = _codes(w).from_source(found.tf_totp_secret).generate().token
    return code


def sign_in_lines(w: Work, emails: Iterable[str]) -> list[str]:
    """How to sign in as each of the invented officers, in lines to print."""
    lines = [f"Bàn làm việc / the desk: {w.settings.base_url.rstrip('/')}/van-phong"]
    for email in emails:
        found = officer(w, email)
        roles = ", ".join(sorted({a.role for a in found.appointments}))
        lines.append(f"  {email} ({roles})")
        if found.is_sample and found.has_second_factor:
            lines.append(f"    mật khẩu / password: {_password_line(w, found)}")
            lines.append(f"    mã một lần / one-time code: {sample_second_factor(w, email)}")
    lines.append("Mã đổi mỗi 30 giây; in lại bằng: portal demo / codes change, print them again: portal demo")
    return lines


def _password_line(w: Work, found: Officer) -> str:
    password = sample_password(w, found.email)
    unchanged = found.password is not None and matches(password, found.password)
    return password if unchanged else "(đã đổi / changed)"


def _codes(w: Work) -> type[TOTP]:
    return codes(w.settings, w.now.timestamp)
