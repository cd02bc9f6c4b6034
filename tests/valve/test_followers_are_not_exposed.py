"""Nobody who follows is exposed: planted addresses, and everything outside their own letters searched.

Looked through: every table, every file of the installation, every log line, what the command says, every
desk page officers can open. What is sealed there, only the sender of the letters opens.
"""

import base64
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from dye import Search
from people import CONG, QUAN, SOAN
from seated import Office
from sqlalchemy import inspect, text
from takers import letters
from world import World

from portal.commands.followers import follow
from portal.commands.letters import Postman
from portal.inbox.following.acts import address_of
from portal.kernel.boxes import BoxFault
from portal.migrations.upgrade import owner_engine
from portal.record import reads

READERS = [f"tran.thi.{name}@{name[::-1]}.example" for name in ("bkvxqhtdmn", "xqzkfvhcbd", "gkhtrqpzvb")]
MATTERS = ("cam-ket/{commitment}", "chuong-trinh/{programme}", "don-vi/phuong-nhi-chieu")
BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, mail_url=(tmp_path / "mail").as_uri()).settle_in()
    yield made
    made.close()


def follow_it(world: World) -> str:
    """Every reader follows something, one more only asked; they are written to about a change."""
    programme = world.bring_in(world.read(BOOK))
    with world.work() as w:
        commitment = reads.commitments_of(w.session, programme)[0].ref
    door = world.public.test_client()
    for reader, matter in zip(READERS, MATTERS, strict=True):
        muc = matter.format(commitment=commitment, programme=programme)
        origin = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": "TrinhDuyetLa/1"}
        asked = door.post(
            "/theo-doi", data={"email": reader, "muc": muc, "nhip": "instant"}, environ_base=origin
        )
        assert asked.status_code == 200
    for to, _, body in letters(world.settings):
        link = body.split("http://127.0.0.1:8000", 1)[1].split()[0]
        if to != READERS[-1]:  # the last one never confirms
            assert door.post(link).status_code == 303
    world.withdraw(programme)
    world.later(minutes=1)
    postman = Postman(world.settings, world.clock)
    assert postman.write_round().sent == 2
    postman.close()
    return programme


def heaps(world: World) -> Iterator[tuple[str, bytes]]:
    """Everything anybody but the readers themselves can see."""
    engine = owner_engine(world.settings)
    with engine.connect() as c:
        for name in inspect(engine).get_table_names():
            for row in c.execute(text(f'SELECT * FROM "{name}"')):
                yield name, b"\0".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    engine.dispose()
    for path in sorted(world.settings.instance.rglob("*")):
        if path.is_file() and path.suffix != ".eml":
            yield str(path), path.name.encode() + path.read_bytes()
    office = Office(world)
    for person in (SOAN, CONG, QUAN):
        seat = office.seat(person)
        for rule in office.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint != "static":
                answer = seat.ask("GET", rule.rule)
                yield f"{person.role} {rule.rule} {answer.status_code}", answer.data


def run_follow(world: World) -> bytes:
    """What the command says to whoever runs it."""
    environ = {
        "PORTAL_INSTANCE": str(world.settings.instance),
        "PORTAL_SEARCH_INDEX": str(world.settings.search_index),
        "PORTAL_MAIL_URL": world.settings.mail_url,
    }
    told = CliRunner().invoke(follow, ["--once", "--no-due"], env=environ)
    assert told.exit_code == 0, told.output
    return told.output.encode()


def test_no_address_is_found_outside_the_letters(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    follow_it(world)
    search = Search([*READERS, "203.0.113.7", "TrinhDuyetLa"])
    seen = [*heaps(world), ("command", run_follow(world)), ("log", caplog.text.encode())]
    assert {"door_follow", "door_follow_wish"} <= {name for name, _ in seen}
    assert sum(name.endswith(" 200") for name, _ in seen) > 15
    assert {name: hits for name, heap in seen if (hits := search.found_in(heap))} == {}
    assert not any(search.found_in(base64.b64encode(heap)) for _, heap in seen[:500])
    assert {to for to, _, _ in letters(world.settings)} == set(READERS)  # so there was something to find


def test_the_control_a_leak_is_found(world: World, caplog: pytest.LogCaptureFixture) -> None:
    follow_it(world)
    search = Search(READERS)
    with world.work() as w:
        w.session.execute(text("UPDATE door_follow SET memory = :a"), {"a": READERS[0]})
    (world.settings.instance / "sent.log").write_text(READERS[1])
    caplog.set_level(logging.INFO)
    logging.getLogger("portal").info("written to %s", READERS[2])
    found = {name for name, heap in heaps(world) if search.found_in(heap)}
    assert {"door_follow", str(world.settings.instance / "sent.log")} <= found
    assert search.found_in(caplog.text.encode()) == [READERS[2]]


def test_only_the_private_half_opens_an_address(world: World, tmp_path: Path) -> None:
    follow_it(world)
    with world.work() as w:  # the desk's own connection may read the row, and gets a sealed box
        boxes = [bytes(box) for (box,) in w.session.execute(text("SELECT box FROM door_follow"))]
    keys = world.settings.instance / "keys"
    assert {address_of(keys, box) for box in boxes} == set(READERS[:2])
    for box in boxes:
        with pytest.raises(BoxFault):
            address_of(tmp_path / "another", box)


def test_nothing_joins_who_follows_with_accounts_or_words(world: World) -> None:
    """The digest of an address is another one for every purpose."""
    follow_it(world)
    door = world.public.test_client()
    page = door.get("/dang-nhap").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert door.post("/dang-nhap", data={"csrf_token": token, "email": READERS[0]}).status_code == 200
    engine = owner_engine(world.settings)
    with engine.connect() as c:
        persons = {value for row in c.execute(text("SELECT person, name FROM door_follow")) for value in row}
        names = {row.name for row in c.execute(text("SELECT name FROM door_code"))}
    engine.dispose()
    assert (len(persons), len(names)) == (4, 1)
    assert persons & names == set()


def test_who_sees_the_rows_learns_nothing_by_asking_in_somebodys_name(world: World) -> None:
    """Whoever has a copy of the database and a name to try asks to follow, and looks for a row like it."""
    follow_it(world)
    door = world.public.test_client()

    def rows(table: str) -> set[object]:
        engine = owner_engine(world.settings)
        with engine.connect() as c:
            found = {value for row in c.execute(text(f"SELECT * FROM {table}")) for value in row}
        engine.dispose()
        return {value for value in found if len(str(value)) >= 32}

    followed, before = rows("door_follow"), rows("door_follow_wish")
    for _ in range(2):
        assert (
            door.post("/theo-doi", data={"email": READERS[0], "muc": "don-vi/phuong-nhi-chieu"}).status_code
            == 200
        )
    asked = rows("door_follow_wish") - before
    assert (
        len(asked) == 7
    )  # of both: the asker; of each: the link, what is locked with it, the sealed address
    assert asked & followed == set()
