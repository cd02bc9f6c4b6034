"""The doctor: all is well in a healthy house, and each check goes red when its thing is broken."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import servers
from click.testing import CliRunner
from patients import ELSEWHERE, LOOKED_AT, Served, Sick, healthy
from prometheus_client import generate_latest
from sickness import BREAKS
from world import World

from portal.cli import portal
from portal.commands.doctor import THEMES, examine
from portal.commands.doctor.check import Check, Level
from portal.commands.doctor.patient import Patient
from portal.commands.metrics import House, registry_of

CHECKS: dict[str, Check] = {check.name: check for _, checks in THEMES.values() for check in checks}
POSTGRESQL_ONLY = {"login"}
MAY_BE_SKIPPED = {"login", "mail_sender", "responsible", "mail_key_apart", "hsts"}  # in the healthy house


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Served]]:
    """A healthy installation, and its public door on a port."""
    world = healthy(tmp_path_factory.mktemp("healthy"))
    with Served(world.public).running() as served:
        yield world, served
    world.close()


@pytest.fixture
def sick(house: tuple[World, Served], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sick]:
    """A copy to be broken."""
    made = Sick(house[0].settings, tmp_path, house[1], monkeypatch)
    yield made
    made.served.spoil = lambda path, status, headers: (status, headers)


def test_in_a_healthy_house_all_is_well(sick: Sick) -> None:
    patient = sick.patient()
    found = [one for findings in examine(patient).values() for one in findings]
    patient.close()
    assert [one for one in found if one.level in (Level.FAULT, Level.ADVICE)] == []
    assert {one.name for one in found if one.level is Level.SKIPPED} == MAY_BE_SKIPPED


def test_there_are_enough_checks_and_each_can_be_broken() -> None:
    assert len(CHECKS) == sum(len(checks) for _, checks in THEMES.values()) >= 40
    assert set(BREAKS) == set(CHECKS) - POSTGRESQL_ONLY


@pytest.mark.parametrize("name", BREAKS)
def test_a_check_goes_red_and_says_how_to_mend(sick: Sick, name: str) -> None:
    check = CHECKS[name]
    BREAKS[name](sick)
    patient = sick.patient()
    found = check.run(patient)
    patient.close()
    assert found.level is check.level, found
    assert found.said
    assert " / " in found.title


def test_on_a_real_site_more_is_asked_than_on_somebodys_own_machine(sick: Sick) -> None:
    """Nobody need keep denunciations, or have the portal running, on a machine for trying."""
    sick.change(seal_keepers=())
    for address, level in (("http://127.0.0.1:1", Level.SKIPPED), (ELSEWHERE, Level.FAULT)):
        sick.change(base_url=address)
        patient = Patient(sick.settings, sick.now, "http://127.0.0.1:1")
        assert [CHECKS[name].run(patient).level for name in ("seal_keepers", "health")] == [level] * 2
        patient.close()


def test_the_command_tells_and_ends_with_its_status(sick: Sick) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(portal, ["doctor", "--ask", sick.served.address, *words], env=environ)
        return done.exit_code, done.stdout

    environ = {
        "PORTAL_INSTANCE": str(sick.instance),
        "PORTAL_SEARCH_INDEX": str(sick.settings.search_index),
        "PORTAL_MAIL_URL": (sick.folder / "mail").as_uri(),
    }
    (sick.instance / "settings.toml").write_text('seal_keepers = ["tham@namro.example"]\n', encoding="utf-8")
    before = {path: path.read_bytes() for path in sick.keys.rglob("*") if path.is_file()}
    status, said = run()
    assert (status, "0 lỗi / faults" in said) == (0, True), said
    assert {path: path.read_bytes() for path in sick.keys.rglob("*") if path.is_file()} == before
    sick.sql("DROP TRIGGER guard_update_record_entry")
    status, said = run("--json")
    found = json.loads(said)
    assert (status, found["counts"]["fault"]) == (1, 1)
    assert [one["name"] for one in found["checks"]["database"] if one["level"] == "fault"] == ["append_only"]
    assert len(run("--quiet", "--mail", "van-hanh@namro.example")[1].splitlines()) < 8
    (letter,) = (path.read_text(encoding="utf-8") for path in sick.folder.glob("mail/*.eml"))
    assert "To: van-hanh@namro.example" in letter
    assert "append_only" in letter


def test_nothing_is_made_where_there_is_nothing(tmp_path: Path) -> None:
    """Looking over a folder that is empty makes no database, and tells every check it cannot do."""
    environ = {"PORTAL_INSTANCE": str(tmp_path / "none"), "PORTAL_SEARCH_INDEX": str(tmp_path / "no-index")}
    done = CliRunner().invoke(portal, ["doctor", "--json"], env=environ)
    assert done.exit_code == 1
    assert "could not be looked at" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_public_only_host_is_looked_over_without_the_office(
    postgres: servers.Postgres, tmp_path: Path
) -> None:
    """On PostgreSQL with the public login alone: office checks are skipped and say so; walls are tried."""
    url = postgres.database()
    name = url.split("@/")[1].split("?")[0]
    world = World(tmp_path / "instance", database_url=url).settle_in()
    world.signer.verifier()
    postgres.run("DROP ROLE IF EXISTS doctors_public")
    postgres.run("CREATE ROLE doctors_public LOGIN IN ROLE portal_public")
    whole = Patient(world.settings, LOOKED_AT)
    bare = Patient(replace(world.settings, database_url=postgres.url("doctors_public", name)), LOOKED_AT)
    try:
        assert (whole.has_office, bare.has_office) == (True, False)
        every = [
            one for one_patient in (whole, bare) for some in examine(one_patient).values() for one in some
        ]
        assert [one.name for one in every if "could not be looked at" in one.said] == []
        with closing(House(world.settings, has_desk=True)) as seen:
            assert b"namro_readable 1.0" in generate_latest(registry_of(seen))
        found = {one.name: one.level for findings in examine(bare).values() for one in findings}
        for check in ("schema", "cases", "two_people", "sandbox"):
            assert found[check] is Level.SKIPPED, check
        for check in ("public_wall", "grants", "append_only", "foreign_keys", "whole", "login"):
            assert found[check] is Level.FINE, check
        assert CHECKS["schema"].run(whole).level is Level.FINE
        assert found["clock"] is Level.FAULT  # LOOKED_AT is not the cluster's time
        assert found["durable"] is Level.FAULT  # this cluster writes nothing safely, and is found out
        assert CHECKS["grants"].run(whole).level is Level.FINE
        postgres.run("GRANT SELECT ON office_programme TO portal_public", name)
        assert [CHECKS[n].run(bare).level for n in ("public_wall", "grants")] == [Level.FAULT] * 2
        superuser = Patient(replace(world.settings, database_url=postgres.url("super", name)), LOOKED_AT)
        assert CHECKS["login"].run(superuser).level is Level.FAULT
        superuser.close()
    finally:
        whole.close(), bare.close(), world.close()
        postgres.run("DROP ROLE doctors_public")
