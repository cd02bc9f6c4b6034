"""Code wall: a process that serves only the public door has no office code in it at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from world import World

OFFICE = ("portal.office", "portal.publication", "portal.commands", "portal.doors.desk", "portal.migrations")

# Runs in an interpreter of its own; says which pages were served and which modules are loaded.
SERVE = """
import json, sys
import portal.doors.public
from portal import settings, wsgi
from werkzeug.test import Client

{sabotage}
client = Client(wsgi.build(settings.load(), "public"))
pages = {{address: client.get(address).status_code for address in {addresses!r}}}
print(json.dumps([pages, sorted(name for name in sys.modules if name.startswith("portal"))]))
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One published programme to serve."""
    made = World(tmp_path_factory.mktemp("world")).settle_in()
    made.bring_in(made.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    return made


@pytest.fixture(scope="module")
def addresses(world: World) -> list[str]:
    """A page of every kind."""
    commitments = world.reader().get("/sitemap.xml").get_data(as_text=True)
    found = [part.split("</loc>")[0] for part in commitments.split("<loc>")[1:]]
    paths = ["/" + address.split("/", 3)[3] for address in found if address.count("/") >= 3]
    kinds = {path.split("/")[1]: path for path in paths}
    return ["/", "/tim-kiem?q=c%E1%BA%A3i", "/so-cai", "/tinh-trang", "/en/", *kinds.values()]


def loaded(world: World, addresses: list[str], sabotage: str = "") -> list[str]:
    """The portal's modules in a public-only process that has served ``addresses``."""
    environment = {
        **os.environ,
        "PORTAL_INSTANCE": str(world.settings.instance),
        "PORTAL_SEARCH_INDEX": str(world.settings.search_index),
    }
    done = subprocess.run(
        [sys.executable, "-c", SERVE.format(addresses=addresses, sabotage=sabotage)],
        env=environment, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages, modules = json.loads(done.stdout)
    assert set(pages.values()) <= {200, 302}, pages  # an old unit leads to the one of today
    assert list(pages.values()).count(200) >= 7, pages
    return [str(name) for name in modules]


def beyond_the_wall(modules: list[str]) -> list[str]:
    return [name for name in modules if name.startswith(OFFICE)]


def test_the_public_door_loads_no_office_code(world: World, addresses: list[str]) -> None:
    assert len(addresses) >= 8
    modules = loaded(world, addresses)
    assert "portal.doors.public" in modules
    assert beyond_the_wall(modules) == []


@pytest.mark.parametrize(
    ("sabotage", "seen"),
    [
        ("import portal.office.units.reads", "portal.office.units.reads"),
        # Indirectly, and only once a page is read: the way such a thing would really happen.
        (
            "from portal.record import reads\n"
            "honest = reads.checkpoint\n"
            "def checkpoint(c):\n"
            "    import portal.publication.bases\n"
            "    return honest(c)\n"
            "reads.checkpoint = checkpoint",
            "portal.publication.bases",
        ),
    ],
)
def test_an_offending_import_is_seen(world: World, addresses: list[str], sabotage: str, seen: str) -> None:
    assert seen in beyond_the_wall(loaded(world, addresses, sabotage))
