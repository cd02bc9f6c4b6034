"""Type wall: a sealed value cannot be shown, copied, compared or stored elsewhere by accident."""

import copy
import csv
import dataclasses
import io
import json
import logging
import operator
import pickle
import pprint
import re
import string
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cattrs
import pytest
import xlsxwriter
from flask import Flask
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape
from sqlalchemy import create_engine, insert, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session
from world import World

from portal.kernel.db import Base
from portal.kernel.sealed import Sealed, SealedError, SealedType
from portal.kernel.work import work
from portal.migrations import metadata
from portal.office.programme.tables import Commitment, Programme
from portal.record.tables import Entry

SECRET = "Mật bcdfgh ẩn"
PORTAL = Path(__file__).parents[2] / "portal"


@dataclasses.dataclass
class Page:
    """Something a careless view might build."""

    title: object


def jinja(source: str) -> Callable[[Sealed[str]], str]:
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    return lambda s: template.render(s=s)


def to_sheet(value: Sealed[str]) -> None:
    with xlsxwriter.Workbook(io.BytesIO()) as book:
        book.add_worksheet().write(0, 0, value)


WAYS: dict[str, Callable[[Sealed[str]], object]] = {
    "str": str,
    "print": lambda s: print(s, file=io.StringIO()),
    "f-string": lambda s: f"{s}",
    "f-string with a width": lambda s: f"{s:>20}",
    "format": "{}".format,
    "format_map": lambda s: "{s}".format_map({"s": s}),
    "percent": lambda s: "%s" % s,  # noqa: UP031  (this way too)
    "string.Template": lambda s: string.Template("$s").substitute(s=s),
    "join": lambda s: "".join([s]),
    "plus": lambda s: s + "",
    "plus behind": lambda s: "" + s,
    "bytes": bytes,
    "int": int,
    "float": float,
    "index": operator.index,
    "truth": bool,
    "length": len,
    "iteration": list,
    "first letter": lambda s: s[0],
    "search in it": lambda s: "M" in s,
    "less": lambda s: s < SECRET,
    "more or equal": lambda s: s >= SECRET,
    "sorting": lambda s: sorted([s, s]),
    "json": json.dumps,
    "json with str": lambda s: json.dumps([s], default=str),
    "csv": lambda s: csv.writer(io.StringIO()).writerow([s]),
    "xlsx": to_sheet,
    "pickle": pickle.dumps,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "deepcopy of a page": lambda s: copy.deepcopy({"page": [s]}),
    "asdict": lambda s: dataclasses.asdict(Page(s)),
    "astuple": lambda s: dataclasses.astuple(Page(s)),
    "vars": vars,
    "Markup": Markup,
    "escape": escape,
    "Markup.format": Markup("<p>{}</p>").format,
    "Markup percent": lambda s: Markup("<p>%s</p>") % s,
    "an exception's text": lambda s: str(ValueError(s)),
    "jinja": jinja("{{ s }}"),
    "jinja string": jinja("{{ s|string }}"),
    "jinja tojson": jinja("{{ s|tojson }}"),
    "jinja e": jinja("{{ s|e }}"),
    "jinja upper": jinja("{{ s|upper }}"),
    "jinja ~": jinja("{{ 'x' ~ s }}"),
    "jinja if": jinja("{% if s %}x{% endif %}"),
    "jinja for": jinja("{% for c in s %}{{ c }}{% endfor %}"),
    "jinja length": jinja("{{ s|length }}"),
    "jinja safe": jinja("{{ s|safe }}"),
    "jinja format": jinja("{{ '%s'|format(s) }}"),
    "jinja default": jinja("{{ s|default('x', true) }}"),
    "jinja open": jinja("{{ s.open(reason='draft') }}"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_showing_it_raises(way: str) -> None:
    with pytest.raises((SealedError, TypeError, ValueError, StatementError)) as caught:
        WAYS[way](Sealed(SECRET))
    told = "".join(traceback.format_exception(caught.value))
    assert SECRET not in told


@pytest.mark.parametrize("way", WAYS)
def test_the_same_ways_show_a_plain_value(way: str) -> None:
    """The positive control: what is refused above works on a text, or fails for another reason than ours."""
    assert fault_of(WAYS[way], SECRET) is not SealedError


def fault_of(way: Callable[[Any], object], value: object) -> type[Exception] | None:
    try:
        way(value)
    except Exception as fault:  # whichever it is, we are asked for it
        return type(fault)
    return None


@pytest.mark.parametrize(
    "show",
    [
        repr,
        pprint.pformat,
        lambda s: f"{s!r}",
        lambda s: f"{[s]}",
        lambda s: json.dumps([s], default=repr),
        lambda s: str(Page(s)),
        lambda s: str(cattrs.unstructure(Page(s))),
        lambda s: repr(ValueError(s)),
        lambda s: str({"s": s}),
        lambda s: str(dir(s)),
        lambda s: str(s == SECRET),
        lambda s: str(s in [SECRET]),
    ],
)
def test_what_does_not_raise_shows_nothing(show: Callable[[Sealed[str]], str]) -> None:
    assert SECRET not in show(Sealed(SECRET))
    assert show(Sealed(SECRET)) == show(Sealed("")).replace(repr(Sealed("")), repr(Sealed(SECRET)))


def test_a_log_line_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    logger = logging.Logger("careless")
    logger.addHandler(logging.StreamHandler(out))
    logger.error("draft %s", Sealed(SECRET))
    logger.error(Sealed(SECRET))
    logger.error("draft %r", Sealed(SECRET))
    assert SECRET not in out.getvalue() + capsys.readouterr().err
    assert "Sealed" in out.getvalue()


def test_a_traceback_shows_nothing() -> None:
    try:
        raise ValueError(Sealed(SECRET))
    except ValueError as fault:
        shown = "".join(traceback.TracebackException.from_exception(fault, capture_locals=True).format())
    assert SECRET not in shown.replace(f"SECRET = '{SECRET}'", "")


def test_two_are_equal_only_if_they_are_the_same() -> None:
    one = Sealed(SECRET)
    assert one == one
    assert one != Sealed(SECRET)
    assert len({one, Sealed(SECRET)}) == 2


def test_it_cannot_be_stored_in_a_plain_column(desk: Flask) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[Base.metadata.tables["record_entry"]])
    row = {"position": 0, "kind": "unit", "number": 1, "act": "publish", "digest": "", "leaf": b""}
    with Session(engine) as session, work() as w:
        session.execute(insert(Entry).values(**row, ref="plain", at=w.now))  # the positive control
        session.rollback()
        with pytest.raises(StatementError):
            session.execute(insert(Entry).values(**row, ref=Sealed(SECRET), at=w.now))
    engine.dispose()


SEALED_COLUMNS = [
    (mapper.class_, column.key)
    for mapper in Base.registry.mappers
    for column in mapper.columns
    if isinstance(column.type, SealedType)
]


def test_every_withheld_column_of_a_published_draft_loads_sealed(tmp_path: Path) -> None:
    assert metadata.ROOMS
    world = World(tmp_path).settle_in()
    world.bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    seen = set()
    with world.work() as w:
        for cls, key in SEALED_COLUMNS:
            for row in w.session.scalars(select(cls)):
                assert isinstance(getattr(row, key), Sealed), (cls.__name__, key)
                seen.add((cls.__tablename__, key))
    assert len(seen) > 40
    assert {name for name, _ in seen} >= {"office_mandate", "office_commitment", "office_progress"}


def test_a_column_can_be_searched_and_shows_nothing(tmp_path: Path) -> None:
    world = World(tmp_path).settle_in()
    world.draft(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    with world.work() as w:
        count = len(w.session.scalars(select(Commitment).where(Commitment.direction == "up")).all())
        assert count > 0
        assert len(w.session.scalars(select(Programme).where(Programme.preface.is_(None))).all()) == 0
        assert all(isinstance(v, Sealed) for v in w.session.scalars(select(Commitment.text)))


def test_only_the_desks_side_and_the_valve_open_anything() -> None:
    found = {
        str(path.relative_to(PORTAL))
        for path in PORTAL.rglob("*.py")
        if ".open(reason=" in path.read_text(encoding="utf-8") and path.name != "sealed.py"
    }
    assert "publication/compose.py" in found
    assert [name for name in found if not name.startswith(("office/", "publication/", "doors/desk/"))] == []


_ROUND_IT = re.compile(r"\._stored\b|_Sealed__value")


def test_nobody_goes_round_the_seal() -> None:
    files = [*PORTAL.rglob("*.py"), *PORTAL.parent.glob("templates/**/*.html")]
    found = [str(path) for path in files if _ROUND_IT.search(path.read_text(encoding="utf-8"))]
    assert found == [str(PORTAL / "kernel" / "sealed.py")]
