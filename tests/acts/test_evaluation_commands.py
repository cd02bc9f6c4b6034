"""Evaluation at the command line: open, freeze, write the files, check them; a changed file is refused."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from evaluated import DANH, evaluators, published
from world import World

from portal.cli import portal
from portal.kernel.policy import Refusal, Refused

BY = ("--by", DANH.email)
DAYS = ("--from", "2026-07-01", "--to", "2026-09-30")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with closing(World(tmp_path_factory.mktemp("commands") / "instance").settle_in()) as made:
        evaluators(made)
        yield made


def run(world: World, *words: str, status: int = 0) -> str:
    """Run a sub-command; what it printed."""
    environ = {
        "PORTAL_INSTANCE": str(world.settings.instance),
        "PORTAL_SEARCH_INDEX": str(world.settings.search_index),
    }
    done = CliRunner().invoke(portal, words, env=environ)
    if isinstance(done.exception, Refused):
        raise done.exception
    assert done.exit_code == status, done.output
    return done.output


def refused(world: World, refusal: Refusal, *words: str) -> None:
    with pytest.raises(Refused) as caught:
        run(world, *words)
    assert caught.value.refusal is refusal


def test_a_period_from_its_opening_to_a_checked_file(world: World, tmp_path: Path) -> None:
    ref = published(world)
    out = ("--period", "2026-Q3", "--out", str(tmp_path / "ra"))
    refused(world, Refusal.NO_SUCH_PERIOD, "dossier", ref, *out)
    assert "quarter" in run(world, "period", "open", "2026-Q3", *DAYS, *BY)
    refused(world, Refusal.PERIOD_KNOWN, "period", "open", "2026-Q3", *DAYS, *BY)
    refused(world, Refusal.PERIOD_NOT_FROZEN, "dossier", ref, *out)
    assert f"{ref}: đã chốt" in run(world, "period", "freeze", "2026-Q3", "--unit", "31", *BY)
    refused(world, Refusal.PERIOD_FROZEN, "period", "freeze", "2026-Q3", *BY)
    run(world, "period", "open", "2099-Q1", "--from", "2099-01-01", "--to", "31/03/2099", *BY)
    refused(world, Refusal.PERIOD_RUNNING, "period", "freeze", "2099-Q1", *BY)
    digest = run(world, "dossier", ref, *out).split()[-1]
    made = sorted((tmp_path / "ra").iterdir())
    assert {path.suffix for path in made} >= {".json", ".docx", ".xlsx"}
    for path in made:
        told = run(world, "dossier", "verify", str(path))
        assert "Tệp đúng" in told
        assert digest in told
    [data] = [path for path in made if path.suffix == ".json"]
    data.write_text(
        data.read_text(encoding="utf-8").replace('"version": 1', '"version": 7'), encoding="utf-8"
    )
    assert "không khớp" in run(world, "dossier", "verify", str(data), status=1)
    into = ("--period", "2026-Q3", "--out", str(tmp_path / "hai"))
    assert "-v2." in run(world, "dossier", ref, *into, "--correct", "Nhầm (minh họa)", *BY)
    older = next(path for path in made if path.suffix == ".docx")
    assert "phiên bản mới hơn" in run(world, "dossier", "verify", str(older))
    assert "DIR" in run(world, "dossier", ref, status=2)
