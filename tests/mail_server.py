"""A real mail server on this machine that keeps what it is given, or refuses it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from servers import free_port


class Box:
    """Takes letters in; refuses them while ``is_shut``, or for the addresses it does not know."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.is_shut = False
        self.unknown: set[str] = set()
        self.taken: Callable[[], None] = lambda: None  # called once a letter lies here, before it is said

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:
        """Keep one letter."""
        if self.is_shut or self.unknown & set(envelope.rcpt_tos):
            return "451 try later"
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append((envelope.rcpt_tos, letter))
        self.taken()
        return "250 OK"

    def texts(self) -> list[str]:
        """What each letter says, oldest first."""
        return [letter.get_content() for _, letter in self.letters]


@contextmanager
def mail_server() -> Iterator[tuple[Box, str]]:
    """The box and the address of its server."""
    made = Box()
    port = free_port()
    server = Controller(made, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield made, f"smtp://127.0.0.1:{port}?starttls=no"
    finally:
        server.stop()
