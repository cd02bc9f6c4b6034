"""Sending mail: to a folder of ``.eml`` files (the default, for trying) or to an SMTP server.

A letter says as little as it can: neutral subject, no programme and no cadre named in it, because a
mailbox may be read by others.
"""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from portal.kernel.ids import Ids
from portal.kernel.outside import WAYS, OutsideBusy

# Folding at 78 columns loses a space between two encoded words of a Vietnamese subject now and then.
_WHOLE_HEADERS = default.clone(max_line_length=998)

TIMEOUT = 10  # seconds to wait for the SMTP server


class MailFault(Exception):
    """The letter could not be handed over; nobody has received it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one person; ``headers`` for what a list or a thread needs."""

    to: str
    subject: str
    text: str
    headers: tuple[tuple[str, str], ...] = ()


Deliver = Callable[[EmailMessage], None]


@dataclass(frozen=True, slots=True)
class Mailer:
    """Hands letters over in the name of ``sender``."""

    deliver: Deliver
    sender: str
    ids: Ids

    def send(self, letter: Letter, *, now: datetime) -> None:
        """Hand ``letter`` over. Raises MailFault."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = (
            f"<{self.ids.ref()}{self.ids.ref()}@{self.sender.rsplit('@', 1)[-1].strip('>')}>"
        )
        message["Auto-Submitted"] = "auto-generated"
        for name, value in letter.headers:
            message[name] = value
        message.set_content(letter.text, cte="quoted-printable")
        message.policy = _WHOLE_HEADERS
        self.deliver(message)


def mailer(mail_url: str, *, sender: str, ids: Ids) -> Mailer:
    """The mailer for ``file:///folder`` or ``smtp[s]://[user:password@]host[:port][?starttls=no]``."""
    url = urlsplit(mail_url)
    if url.scheme == "file":
        return Mailer(_to_folder(Path(unquote(url.path)), ids), sender, ids)
    if url.scheme in ("smtp", "smtps"):
        return Mailer(_to_server(mail_url), sender, ids)
    raise MailFault(f"mail_url không dùng được / cannot be used: {url.scheme or mail_url!r}")


def _to_folder(folder: Path, ids: Ids) -> Deliver:
    def deliver(message: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{message['Date'].datetime:%Y%m%d-%H%M%S}-{ids.ref()}"
        partial = folder / f".{name}"
        partial.write_bytes(message.as_bytes())
        partial.replace(folder / f"{name}.eml")

    return deliver


def _to_server(mail_url: str) -> Deliver:
    url = urlsplit(mail_url)
    options = parse_qs(url.query)
    is_plain = options.get("starttls") == ["no"]
    host, port = url.hostname or "localhost", url.port or (465 if url.scheme == "smtps" else 587)

    def connect() -> smtplib.SMTP:
        if url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=TIMEOUT)

    def deliver(message: EmailMessage) -> None:
        try:
            with WAYS.out(), connect() as server:
                if url.scheme == "smtp" and not is_plain:
                    server.starttls(context=ssl.create_default_context())
                if url.username:
                    server.login(unquote(url.username), unquote(url.password or ""))
                server.send_message(message)
        except (OSError, smtplib.SMTPException, OutsideBusy) as fault:
            raise MailFault("máy chủ thư không nhận / the mail server did not take it") from fault

    return deliver
