"""The public door over a record filled through the record's own code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import townhall
from desk_house import Desk, open_desk
from drafters import COMMITMENT, LAN, MANDATE, NEW, TASK, Author, new_commitment
from flask import Flask
from reader import Reader
from seated import Office
from world import World

from portal.kernel.policy import Role
from portal.settings import Settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation whose record holds the town."""
    return townhall.found(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    """The public door of the town."""
    return townhall.open_door(settings)


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Somebody who reads the town's pages and tolerates no fault."""
    return Reader(app.test_client())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one author, not yet invited in."""
    made = open_desk(tmp_path)
    made.add(LAN, Role.AUTHOR, name="Trần Thị Lan")
    yield made
    made.close()


@pytest.fixture
def lan(desk: Desk) -> Author:
    """The author, signed in."""
    return Author(desk.welcome(LAN))


@pytest.fixture
def draft(lan: Author) -> str:
    """The address of a draft with one task and one commitment."""
    here = lan.fill(NEW, **MANDATE).location
    lan.fill(f"{here}/nhiem-vu/moi", **TASK)
    lan.fill(new_commitment(lan, here), **COMMITMENT)
    return here


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A province with its officers, at the address a browser calls this machine."""
    made = World(tmp_path, base_url="http://localhost").settle_in()
    yield made
    made.close()


@pytest.fixture
def office(world: World) -> Office:
    """The desk of that province, each officer in front of a screen of their own."""
    return Office(world)
