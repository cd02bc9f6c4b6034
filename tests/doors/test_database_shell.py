"""An insider who can write into the database but holds no key: nobody's words become theirs to fetch."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import townhall
from flask import Flask
from sqlalchemy import text
from takers import Taker

from portal.doors.desk import create_app
from portal.inbox.feedback import wishes
from portal.inbox.feedback.tables import Wish
from portal.inbox.signin.acts import AccountChanged, names_of
from portal.kernel.boxes import BoxFault
from portal.kernel.clock import StoppedClock
from portal.kernel.work import work
from portal.migrations.upgrade import owner_engine
from portal.settings import Settings

Shell = Callable[..., list[tuple[Any, ...]]]

VICTIM, INSIDER = "mai@thu.example", "tay.trong@thu.example"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return townhall.found(tmp_path, mail_url=(tmp_path / "mail").as_uri())


@pytest.fixture
def app(settings: Settings) -> Flask:
    return townhall.open_door(settings, StoppedClock(townhall.NOW))


@pytest.fixture
def shell(settings: Settings) -> Iterator[Shell]:
    """The database, as whoever owns the machine writes into it; what a statement found."""
    engine = owner_engine(settings)

    def run(statement: str, **values: object) -> list[tuple[Any, ...]]:
        with engine.begin() as c:
            told = c.execute(text(statement), values)
            return [tuple(row) for row in told] if told.returns_rows else []

    yield run
    engine.dispose()


def sign_in(app: Flask, settings: Settings, address: str) -> Taker:
    return Taker(app, settings, address).sign_in()


def name_of(app: Flask, address: str) -> str:
    with app.app_context(), work() as w:
        return names_of(w).account(address)


def key_of(app: Flask, shell: Shell, address: str) -> int:
    ((found,),) = shell("SELECT key FROM door_account WHERE name = :n", n=name_of(app, address))
    return int(found)


def test_a_visit_cannot_be_made_another_accounts(app: Flask, settings: Settings, shell: Shell) -> None:
    sign_in(app, settings, VICTIM)
    insider = sign_in(app, settings, INSIDER)
    assert insider.get("/tai-khoan").status_code == 200
    theirs, own = key_of(app, shell, VICTIM), key_of(app, shell, INSIDER)
    shell("UPDATE door_session SET account = :a WHERE account = :b", a=theirs, b=own)
    assert insider.get("/tai-khoan").status_code == 303  # nobody is signed in


def test_an_account_cannot_be_given_another_name(
    app: Flask, settings: Settings, shell: Shell, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)  # the failure is meant
    for address in (VICTIM, INSIDER):
        sign_in(app, settings, address)
    theirs, own = key_of(app, shell, VICTIM), key_of(app, shell, INSIDER)
    shell("DELETE FROM door_account WHERE key = :k", k=own)
    shell("UPDATE door_account SET name = :n WHERE key = :k", n=name_of(app, INSIDER), k=theirs)
    insider = Taker(app, settings, INSIDER)
    page = insider.fill("/dang-nhap", email=INSIDER)
    app.testing = True
    with pytest.raises(AccountChanged):
        insider.client.post("/dang-nhap", data={"csrf_token": insider.token(page), "code": insider.code()})


def test_whoever_asks_for_a_code_in_somebodys_name_learns_of_no_account(
    app: Flask, settings: Settings, shell: Shell
) -> None:
    sign_in(app, settings, VICTIM)
    Taker(app, settings, "").fill("/dang-nhap", email=VICTIM)
    asked = set(shell("SELECT name FROM door_code"))
    accounts = set(shell("SELECT name FROM door_account"))
    assert (len(asked), len(accounts), asked & accounts) == (1, 1, set())


def test_what_a_wish_is_about_cannot_be_put_under_another_link(
    app: Flask, settings: Settings, shell: Shell
) -> None:
    for address in (VICTIM, INSIDER):
        sign_in(app, settings, address).fill("/tai-khoan", to="/tai-khoan/ban-sao")
    (first, sealed), (second, _) = shell("SELECT key, sealed FROM door_wish")
    desk = create_app(settings, clock=StoppedClock(townhall.NOW))
    with desk.app_context(), work() as w:
        assert wishes.open_wish(w, w.session.get_one(Wish, second)).secret  # the control
    shell("UPDATE door_wish SET sealed = :s WHERE key = :k", s=sealed, k=second)
    with desk.app_context(), work() as w:
        with pytest.raises(BoxFault):
            wishes.open_wish(w, w.session.get_one(Wish, second))
        assert wishes.open_wish(w, w.session.get_one(Wish, first)).secret
