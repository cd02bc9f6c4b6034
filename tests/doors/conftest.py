"""The public door over a record filled through the record's own code."""

import pytest
import townhall
from flask import Flask
from reader import Reader

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
