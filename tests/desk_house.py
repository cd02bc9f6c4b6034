"""A desk with officers, for tests: a real database, a clock that is moved by hand, visitors with cookies."""

import base64
import hashlib
import hmac
import re
import struct
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.doors import desk
from portal.doors.looks import find_folder
from portal.kernel.clock import StoppedClock
from portal.kernel.db import db
from portal.kernel.fonts import build_fonts
from portal.kernel.policy import Role
from portal.kernel.work import work
from portal.migrations.upgrade import upgrade
from portal.office.accounts.acts import add_officer, invite
from portal.office.accounts.tables import Officer
from portal.office.audit.tables import AuditLine
from portal.office.units.tables import Unit
from portal.settings import Settings

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # eight in the morning in Vietnam
PASSWORD = "cánh buồm nâu rẽ sóng sớm"
HERE, THERE = "203.0.113.7", "198.51.100.23"
BROWSER = "Mozilla/5.0 (X11; thu-nghiem) TrinhDuyet/99"


def one_time_code(secret: str, at: datetime, *, step: int = 0) -> str:
    """The code of RFC 6238, worked out apart from the library that checks it."""
    plain = secret.replace("-", "").replace(" ", "").upper()
    key = base64.b32decode(plain + "=" * (-len(plain) % 8))
    counter = struct.pack(">Q", int(at.timestamp()) // 30 + step)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


@dataclass
class Visitor:
    """Somebody at the door with a browser of their own."""

    app: Flask
    machine: str = HERE
    client: FlaskClient = field(init=False)
    page: str = ""

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    @property
    def cookie(self) -> str:
        """The value of the session cookie; empty when there is none."""
        found = self.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"], path="/van-phong")
        return found.value if found else ""

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self._seen(self.client.get(path, **self._from_here()))

    def post(self, path: str, **typed: str) -> TestResponse:
        """Send a form, with the token of the page last seen."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        form = {"csrf_token": unescape(token[1]) if token else "", **typed}
        return self._seen(self.client.post(path, data=form, **self._from_here()))

    def give_password(self, email: str, password: str = PASSWORD) -> TestResponse:
        """The first factor."""
        self.get("/van-phong/dang-nhap")
        return self.post("/van-phong/dang-nhap", email=email, password=password)

    def give_code(self, code: str) -> TestResponse:
        """The second factor."""
        self.get("/van-phong/dang-nhap/ma")
        return self.post("/van-phong/dang-nhap/ma", code=code)

    def _seen(self, answer: TestResponse) -> TestResponse:
        self.page = answer.text
        return answer

    def _from_here(self) -> dict[str, object]:
        return {"environ_overrides": {"REMOTE_ADDR": self.machine}, "headers": {"User-Agent": BROWSER}}


@dataclass
class Desk:
    """The desk door, its clock and its officers' devices."""

    app: Flask
    clock: StoppedClock
    settings: Settings
    devices: dict[str, str] = field(default_factory=dict)  # address -> secret of the second factor
    recovery: dict[str, list[str]] = field(default_factory=dict)

    def close(self) -> None:
        """Close its connections."""
        with self.app.app_context():
            db.engine.dispose()

    def visitor(self, machine: str = HERE) -> Visitor:
        """A new visitor."""
        return Visitor(self.app, machine)

    def pass_time(self, **much: float) -> None:
        """Let time pass."""
        self.clock.at += timedelta(**much)

    def add(self, email: str, *roles: Role, unit: str = "10714", name: str = "") -> str:
        """An officer with ``roles``, not yet invited in; their address."""
        with self.app.app_context(), work() as w:
            for role in roles or (Role.AUTHOR,):
                add_officer(w, email=email, name=name, role=role, unit_code=unit)
        return email

    def invitation(self, email: str) -> str:
        """A fresh invitation link, as a path."""
        with self.app.app_context(), work() as w:
            officer = w.session.query(Officer).filter_by(email=email).one()
            return invite(w, officer).address.removeprefix(self.settings.base_url)

    def welcome(self, email: str) -> Visitor:
        """Bring an officer in for the first time, all three stages; the visitor, signed in."""
        visitor = self.visitor()
        link = self.invitation(email)
        visitor.get(link)
        visitor.post(link, password=PASSWORD, password_confirm=PASSWORD)
        visitor.get("/van-phong/thiet-bi")
        visitor.post("/van-phong/thiet-bi", setup="authenticator")
        secret = re.search(r"nhập khóa: <code>([A-Z2-7 -]+)</code>", visitor.page)
        assert secret, visitor.page
        self.devices[email] = secret[1]
        visitor.post("/van-phong/dang-nhap/ma", code=self.code(email))
        visitor.get("/van-phong/tai-khoan/ma-du-phong")
        visitor.post("/van-phong/tai-khoan/ma-du-phong", generate_new_codes="1")
        self.recovery[email] = re.findall(r"<li><code>([0-9a-f-]+)</code>", visitor.page)
        self.pass_time(minutes=1)  # the code of the enrolment is used up
        return visitor

    def sign_in(self, email: str, machine: str = HERE) -> Visitor:
        """A visitor who gave both factors."""
        visitor = self.visitor(machine)
        visitor.give_password(email)
        visitor.give_code(self.code(email))
        self.pass_time(minutes=1)
        return visitor

    def code(self, email: str, *, step: int = 0) -> str:
        """What the officer's device shows now."""
        return one_time_code(self.devices[email], self.clock.at, step=step)

    def events(self, email: str) -> list[str]:
        """What the security log has of an officer."""
        with self.app.app_context(), work() as w:
            officer = w.session.query(Officer).filter_by(email=email).one()
            lines = w.session.query(AuditLine).filter_by(officer_id=officer.id).order_by(AuditLine.at)
            return [line.event for line in lines]


def open_desk(folder: Path, **changed: object) -> Desk:
    """A desk in ``folder`` over three made-up units: a city, a ward and a commune."""
    values = {
        "database_url": f"sqlite:///{folder / 'portal.sqlite'}",
        "base_url": "http://localhost",
        **changed,
    }
    settings = Settings(instance=folder, search_index=folder / "index", **values)  # type: ignore[arg-type]
    upgrade(settings)
    build_fonts(find_folder("static") / "fonts")  # if no set-up did
    clock = StoppedClock(START)
    app = desk.create_app(settings, clock=clock)
    with app.app_context(), work() as w:
        w.session.add(_unit(1, "31", "Thành phố mẫu", None))
        w.session.flush()
        w.session.add_all([_unit(2, "10714", "Phường Mẫu", 1), _unit(3, "10720", "Xã Khác", 1)])
    return Desk(app, clock, settings)


def _unit(number: int, code: str, name: str, parent_id: int | None) -> Unit:
    return Unit(
        id=number, slug=f"don-vi-{code}", code=code, name=name, unit_type="phường",
        parent_id=parent_id, valid_from=date(2025, 7, 1), valid_to=None,
    )  # fmt: skip
