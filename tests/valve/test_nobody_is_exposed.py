"""Nobody who speaks is exposed: contributors with planted names, addresses, machines; everything searched.

Looked through: every table outside the vault, every file of the installation (a letter to its addressee
apart), every log line, every desk page officers of each role can open.
"""

import base64
import json
import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from dye import Search
from people import CITY, NHI_CHIEU, Person
from seated import Office, Seat
from speakers import BENCH, Square
from sqlalchemy import inspect, select, text
from takers import Taker, letters
from world import World

from portal.commands.taking_part import take_care
from portal.inbox.feedback.acts import digest_of
from portal.inbox.feedback.tables import Comment, Rating
from portal.inbox.signin.tables import Account
from portal.inbox.signin.vault import PeriodClosed, living, person_key, vault
from portal.kernel.policy import Role
from portal.migrations.upgrade import owner_engine
from portal.office.moderation.rules import Decision
from portal.office.moderation.tables import Case

SEED = 20261124
EVALUATOR = Person("Kha Thị Xác", "xac@namro.example", Role.EVALUATOR, NHI_CHIEU)
ADMIN = Person("Kha Văn Trị", "tri@namro.example", Role.ADMIN, CITY)
LONG = 12  # characters from which a value that two tables share would join them


@dataclass(frozen=True)
class Contributor:
    """One planted person."""

    number: int
    address: str
    phone: str
    machine: str
    browser: str

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be found nowhere."""
        return self.address, self.phone, self.machine, self.browser


def contributors(count: int) -> list[Contributor]:
    dice = random.Random(SEED)
    names = ["".join(dice.choice("bcdfghklmnpqrstvx") for _ in range(10)) for _ in range(count)]
    return [
        Contributor(
            number=n,
            address=f"tran.thi.{name}@{name[::-1]}.example",
            phone=f"09{dice.randrange(10**7, 10**8)}",
            machine=f"203.{dice.randrange(100, 256)}.{dice.randrange(100, 256)}.{dice.randrange(100, 256)}",
            browser=f"TrinhDuyet{name}/7.1",
        )
        for n, name in enumerate(names)
    ]


@pytest.fixture
def square(tmp_path: Path) -> Iterator[Square]:
    settings = {"review_percent": 0, "mail_url": (tmp_path / "mail").as_uri(), "feedback_per_day": 50}
    made = Square(World(tmp_path, **settings)).settle_in()
    yield made
    made.close()


def take_part(square: Square, who: Contributor) -> str:
    """Sign in, rate, comment with a telephone number in it (covered up), look, ask; the receipt's code."""
    taker = Taker(
        square.world.public, square.world.settings, who.address,
        REMOTE_ADDR=who.machine, HTTP_USER_AGENT=who.browser,
    )  # fmt: skip
    taker.sign_in()
    place = f"/cam-ket/{square.commitment}/gop-y"
    words = f"Việc số {who.number} chưa xong, cần hỏi xin gọi {who.phone}."
    asked = taker.speak(place, words=words, rating="not_seen", mail="y")
    piece = taker.hidden(asked)["seen"]
    code = taker.receipt(
        place, words=words, rating="not_seen", relation="local", mail="y", buoc="gui", seen=piece, mask=piece
    )
    taker.get(f"/bien-nhan/{code}")
    if who.number % 3 == 0:
        taker.fill("/tai-khoan", to="/tai-khoan/ban-sao")
    if who.number % 5 == 4:
        taker.client.post(f"/bien-nhan/{code}/rut")
    return code


def moderate(square: Square, codes: list[str]) -> None:
    """Take everything in and decide some of it."""
    square.world.later(minutes=31)
    square.take_in()
    with square.world.office.app_context():
        take_care()
    for number, code in enumerate(codes):
        with square.world.work() as w:
            digest = digest_of(w, code)
            is_open = w.session.scalar(select(Case.id).where(Case.code == digest)) is not None
        if is_open and number % 2:
            square.decide(digest, Decision.PUBLISH)


def tables(square: Square) -> Iterator[tuple[str, bytes]]:
    """Every row of every table, as bytes that can be searched."""
    engine = owner_engine(square.world.settings)
    with engine.connect() as c:
        for name in inspect(engine).get_table_names():
            for row in c.execute(text(f'SELECT * FROM "{name}"')):
                yield name, b"\0".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    engine.dispose()


def files(square: Square) -> Iterator[tuple[str, bytes]]:
    """Every file; of a letter, what stands in it for others than its addressee."""
    for path in sorted(square.world.settings.instance.rglob("*")):
        if path.is_file() and path.suffix != ".eml":
            yield str(path), path.read_bytes()
    for to, subject, body in letters(square.world.settings):
        yield f"a letter to {to}", f"{subject}\n{body}".encode()


def desk_pages(square: Square) -> Iterator[tuple[str, bytes]]:
    """Every page of the desk that opens, for officers of every role."""
    office = Office(square.world)
    with square.world.work() as w:
        cases = [str(key) for key in w.session.scalars(select(Case.id))]
    for person in (*BENCH[:1], EVALUATOR, ADMIN):
        seat: Seat = office.seat(person)
        for rule in office.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            filled = [rule.rule] if not rule.arguments else [
                rule.rule.replace("<int:key>", case) for case in cases if "kiem-duyet/<int:key>" in rule.rule
            ]  # fmt: skip
            for path in filled:
                answer = seat.ask("GET", path)
                yield f"{person.role} {path} {answer.status_code}", answer.data


@pytest.mark.parametrize("count", [20, pytest.param(100, marks=pytest.mark.proof)])
def test_nothing_planted_is_found_anywhere(
    square: Square, caplog: pytest.LogCaptureFixture, count: int
) -> None:
    caplog.set_level(logging.DEBUG)
    planted = contributors(count)
    codes = [take_part(square, who) for who in planted]
    moderate(square, codes)
    search = Search(secret for who in planted for secret in who.secrets)
    seen = [*tables(square), *files(square), *desk_pages(square), ("log", caplog.text.encode())]
    assert {name for name, _ in seen} >= {"inbox_comment", "door_session", "office_case", "record_content"}
    assert sum(name.endswith(" 200") for name, _ in seen) > 15
    found = {name: hits for name, heap in seen if (hits := search.found_in(heap))}
    assert found == {}
    assert not any(search.found_in(base64.b64encode(heap)) for _, heap in seen[:500])
    assert len(letters(square.world.settings)) >= count  # so the letters were looked into


def test_a_leak_is_found(square: Square, caplog: pytest.LogCaptureFixture) -> None:
    """The positive control: each way out, one thing planted in it."""
    (who,) = contributors(1)
    code = take_part(square, who)
    search = Search(who.secrets)
    with square.world.work() as w:
        w.session.execute(
            text("UPDATE door_receipt SET note = :n WHERE code = :c"),
            {"n": who.machine, "c": digest_of(w, code)},
        )
    (square.world.settings.instance / "access.log").write_text(who.browser)
    caplog.set_level(logging.INFO)
    logging.getLogger("portal").info("%s signed in", who.address)
    assert {n for n, heap in tables(square) if search.found_in(heap)} == {"door_receipt"}
    assert any(n.endswith("access.log") for n, heap in files(square) if search.found_in(heap))
    assert search.found_in(caplog.text.encode()) == [who.address]


def test_no_value_joins_people_and_what_they_said(square: Square) -> None:
    """Nothing as long as a key stands both where people are known and where words lie."""
    codes = [take_part(square, who) for who in contributors(6)]
    moderate(square, codes)
    known, said = set[str](), set[str]()
    engine = owner_engine(square.world.settings)
    with engine.connect() as c:
        for name in inspect(engine).get_table_names():
            into = known if name in PEOPLE else said if name.startswith(("inbox_", "office_case")) else None
            for row in c.execute(text(f'SELECT * FROM "{name}"')) if into is not None else ():
                into.update(t for v in row if len(t := v.hex() if isinstance(v, bytes) else str(v)) >= LONG)
    engine.dispose()
    assert len(known) >= 12
    assert len(said) >= 12
    assert known & said == set()


PEOPLE = ("door_account", "door_session", "door_standing", "door_code")


def test_with_the_key_of_the_quarter_one_can_link_and_without_it_nobody_can(square: Square) -> None:
    for who in contributors(3):
        take_part(square, who)
    folder = vault(square.world.settings.instance)
    with square.world.work() as w:
        accounts = list(w.session.scalars(select(Account.key)))
        people = set(w.session.scalars(select(Rating.person)))
        assert people == set(w.session.scalars(select(Comment.person)))

    def linked() -> set[str]:
        return {
            person_key(folder, "2026-Q4", account=account, programme=square.programme) for account in accounts
        }

    assert linked() == people  # the control: whoever holds the key can
    square.world.later(days=60)
    with square.world.office.app_context():
        take_care()
    assert living(folder) == []
    with pytest.raises(PeriodClosed):
        linked()
    assert json.dumps(sorted(people))[2:66] not in "".join(p.read_text() for p in folder.iterdir())
