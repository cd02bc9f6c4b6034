"""People who take part: a browser that signs in by the mailed code and speaks about commitments."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.settings import Settings

CODE = re.compile(r"\b\d{6}\b")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PLACE = "/cam-ket/ckdt01/gop-y"


def letters(settings: Settings) -> list[tuple[str, str, str]]:
    """Every letter in the mail folder, oldest first: to, subject, text."""
    folder = Path(settings.mail_url.removeprefix("file://"))
    found = [message_from_bytes(p.read_bytes(), policy=default) for p in _oldest_first(folder)]
    return [(m["To"], m["Subject"], m.get_content()) for m in found]


def _oldest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.eml"), key=lambda p: p.stat().st_mtime_ns)


class Taker:
    """One visitor with a cookie jar of their own."""

    def __init__(self, app: Flask, settings: Settings, address: str, **environ: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.client.environ_base.update(environ)
        self.settings, self.address = settings, address

    def get(self, path: str) -> TestResponse:
        """Open ``path``."""
        return self.client.get(path, headers={"Accept": "text/html"})

    def fill(self, path: str, *, to: str = "", **fields: str | list[str]) -> TestResponse:
        """Open the form at ``path`` and send it (to ``to``) with ``fields``."""
        found = _TOKEN.search(self.get(path).text)
        token = {"csrf_token": found[1]} if found else {}
        return self.client.post(to or path, data={**token, **fields})

    @staticmethod
    def token(page: TestResponse) -> str:
        """The form's token on ``page``."""
        found = _TOKEN.search(page.text)
        assert found, page.text
        return found[1]

    @staticmethod
    def hidden(page: TestResponse) -> dict[str, str]:
        """The hidden fields of ``page``."""
        return dict(_HIDDEN.findall(page.text))

    def code(self) -> str:
        """The code last mailed to this visitor."""
        mine = [text for to, _, text in letters(self.settings) if to == self.address]
        found = CODE.search(mine[-1])
        assert found
        return found[0]

    def sign_in(self) -> "Taker":
        """Sign in by mail."""
        page = self.fill("/dang-nhap", email=self.address)
        answer = self.client.post("/dang-nhap", data={"csrf_token": self.token(page), "code": self.code()})
        assert answer.status_code == 303, answer.text
        return self

    def speak(self, path: str = PLACE, **fields: str | list[str]) -> TestResponse:
        """Send the form of a commitment."""
        return self.fill(path, **fields)

    def receipt(self, path: str = PLACE, **fields: str | list[str]) -> str:
        """Send the form; the code of the receipt."""
        answer = self.speak(path, **fields)
        assert answer.status_code == 303, answer.text
        return answer.location.removeprefix("/bien-nhan/")
