"""Officers seated at a desk over a whole world; the steps of signing in have tests of their own."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from flask import Flask
from people import Person
from reader import CHECKS, Page
from werkzeug.test import TestResponse
from world import World

from portal.doors import desk
from portal.doors.looks import find_folder
from portal.kernel.fonts import build_fonts
from portal.office.accounts import sessions
from portal.office.accounts.acts import add_officer
from portal.office.accounts.reads import officer

_TOKEN = "dau-cua-phep-thu"
Typed = str | Sequence[str]


@dataclass
class Office:
    """The desk door over ``world``, with somewhere to sit for everybody."""

    world: World
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        build_fonts(find_folder("static") / "fonts")
        self.app = desk.create_app(self.world.settings, clock=self.world.clock, ids=self.world.ids)

    def seat(self, person: Person) -> "Seat":
        """``person`` at the desk."""
        secret = secrets.token_urlsafe(32)
        with self.world.work() as w:
            add_officer(w, email=person.email, name=person.name, role=person.role, unit_code=person.unit_code)
            found = officer(w, person.email)
            found.tf_primary_method, found.tf_totp_secret = "authenticator", "co"
            state = {
                "_user_id": found.fs_uniquifier, "_fresh": True, "csrf_token": _TOKEN, "fs_cc": "set",
                "fs_paa": w.now.timestamp(),
            }  # fmt: skip
            kept = json.loads(json.dumps(state))
            assert sessions.begin(w, secret, uniquifier=found.fs_uniquifier, signed_in=True, state=kept)
        return Seat(self, f"~{secret}")


@dataclass
class Seat:
    """One officer with a browser, who looks at every page closely."""

    office: Office
    cookie: str
    page: str = ""

    def open(self, path: str, status: int = 200) -> str:
        """The page at ``path``; it must be sound."""
        return self._seen(path, self.ask("GET", path), status)

    def send(self, path: str, status: int = 303, **typed: Typed) -> TestResponse:
        """Send a form with the token of the page last seen."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        data: dict[str, Any] = {"csrf_token": unescape(token[1]) if token else "", **typed}
        answer = self.ask("POST", path, data)
        self._seen(path, answer, status)
        return answer

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page last seen."""
        found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', self.page)
        assert found, name
        return unescape(found[1])

    def ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> TestResponse:
        """The bare answer."""
        client = self.office.app.test_client(use_cookies=False)
        return client.open(path, method=method, data=data, headers={"Cookie": f"van-phong={self.cookie}"})

    def _seen(self, path: str, answer: TestResponse, status: int) -> str:
        assert answer.status_code == status, (path, answer.status_code, said_on(answer.text)[:1500])
        if answer.mimetype == "text/html" and status != 303:
            page = Page(path, answer)
            assert [fault for check in CHECKS for fault in check(page)] == [], path
            self.page = answer.text
        return answer.text


def said_on(page: str) -> str:
    """What is read on a page."""
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(plain).split())
