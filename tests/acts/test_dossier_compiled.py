"""Dossiers compiled again from the record: the same bytes, however often, whenever, on either database."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from dossier_town import Q4, fill, go_on
from servers import Postgres
from world import World

from portal.kernel.calendar import vietnam
from portal.record import reads
from portal.record.evaluation.compiling import Frame, calendar_of, compile_dossier
from portal.record.evaluation.dossier import REFERENCE_ONLY, Dossier
from portal.record.evaluation.dossier_text import NotADossier, decode, digest, encode
from portal.record.evaluation.gathering import gather, root_at, taken_away_since

FROZEN = date(2027, 1, 4)


@contextmanager
def town(folder: Path, **changed: object) -> Iterator[World]:
    with closing(World(folder, seed="dossier", **changed)) as made:
        yield made


def head(world: World) -> int:
    with world.work() as w:
        return reads.head(w.session)


def compiled(world: World, ref: str, size: int) -> Dossier:
    with world.work() as w:
        source = gather(w.session, ref, Q4.code, size=size)
        assert source is not None
        frame = Frame(
            period=Q4, frozen_on=FROZEN, log_size=size, root_hex=root_at(w.session, size), calendar=vietnam()
        )
        return compile_dossier(source, frame)


@pytest.mark.parametrize("count", [10, pytest.param(100, marks=pytest.mark.proof)])
def test_random_dossiers_are_recomputed_byte_for_byte(count: int, tmp_path: Path) -> None:
    with town(tmp_path) as world:
        frozen = {}
        for seed in range(count):
            ref = fill(world, seed)
            size = head(world)
            frozen[seed] = (ref, size, encode(compiled(world, ref, size)))
        for seed, (ref, _, _) in frozen.items():
            go_on(world, seed, ref)
        unequal = [s for s, (ref, size, said) in frozen.items() if encode(compiled(world, ref, size)) != said]
        assert unequal == []
        now = [s for s, (ref, _, said) in frozen.items() if encode(compiled(world, ref, head(world))) == said]
        assert now == []  # the control: what came later would be seen
        assert len({said for _, _, said in frozen.values()}) == count


def test_both_databases_give_the_same_bytes(tmp_path: Path, postgres: Postgres) -> None:
    said = []
    for name, address in (("a", None), ("b", postgres.database())):
        changed = {"database_url": str(address)} if address else {}
        with town(tmp_path / name, **changed) as world:
            refs = [fill(world, seed) for seed in range(3)]
            said.append([encode(compiled(world, ref, head(world))) for ref in refs])
    assert said[0] == said[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    with town(tmp_path_factory.mktemp("dossier")) as world:
        return compiled(world, fill(world, 7, commitments=12, comments=60), head(world))


def test_the_text_is_read_back_and_nothing_else_is(made: Dossier) -> None:
    said = encode(made)
    assert decode(said) == made
    assert calendar_of(made.calendar) == vietnam()
    for other in (said + " ", said.replace('"version":1', '"version":1,"grade":"A"'), "{}", "", "[1"):
        with pytest.raises(NotADossier):
            decode(other)
    assert digest(said) != digest(encode(replace(made, version=2)))


def test_it_counts_and_quotes_and_judges_nobody(made: Dossier) -> None:
    said = encode(made)
    assert REFERENCE_ONLY in said
    keys = set(_keys(json.loads(said)))
    assert "four_figures" not in keys
    assert not keys & {"grade", "score", "points", "rank", "total"}
    assert {"assigned", "on_time", "beyond", "late"} <= keys
    found = made.moderation
    assert found.shown + found.masked + sum(one.count for one in found.refused) == found.decisions
    assert found.decisions > 10
    [theme] = made.themes
    assert len(theme.examples) == 3
    assert all(example.words for example in theme.examples)
    assert all(Q4.first <= example.received_on <= Q4.last for example in theme.examples)
    assert made.changes
    assert made.accounts
    assert made.evidence
    assert [part.quarter for part in made.ratings] == ["2026-Q4", "2026-Q4"]


def test_only_what_is_public_has_a_dossier(tmp_path: Path) -> None:
    with town(tmp_path) as world:
        ref = fill(world, 1)
        with world.work() as w:
            assert gather(w.session, "khong-co", Q4.code, size=reads.head(w.session)) is None
            assert gather(w.session, ref, Q4.code, size=0) is None
            assert taken_away_since(w.session, [ref], size=0) == 0
        go_on(world, 1, ref)
        with world.work() as w:
            assert gather(w.session, "x1", Q4.code, size=reads.head(w.session)) is None  # taken down
            assert taken_away_since(w.session, ["x1"], size=reads.head(w.session) - 1) == 1
            assert taken_away_since(w.session, ["x1"], size=0) == 0  # it was not there yet


def _keys(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, part in value.items():
                yield key
                yield from _keys(part)
        case list():
            for part in value:
                yield from _keys(part)
