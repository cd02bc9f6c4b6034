"""A whole installation in a temporary folder: real database, real record, real index, both doors.

The clock stands still and chance is seeded, so two worlds told the same story are equal to the byte.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from people import CAST, CONG, SOAN, THAM, Person

from portal.commands.followers import index_folder, public_log
from portal.commands.opendata import build_now
from portal.doors.public import create_app
from portal.kernel.clock import StoppedClock
from portal.kernel.db import configure, db
from portal.kernel.grants import DoorRole
from portal.kernel.ids import Ids, seeded
from portal.kernel.policy import Actor
from portal.kernel.work import House, Work, settle, work
from portal.migrations.upgrade import upgrade
from portal.office.accounts.acts import add_officer
from portal.office.accounts.reads import actor, officer
from portal.office.audit.acts import record_events
from portal.office.programme.acts import appraise, import_programme, update_programme
from portal.office.programme.reads import programme
from portal.office.programme.workbook.form import ProgrammeForm
from portal.office.programme.workbook.reading import read_workbook
from portal.office.progress.claims import confirm_claims
from portal.office.units.acts import import_units
from portal.office.units.reads import unit_of_code
from portal.publication import acts as valve
from portal.publication.units import publish_units
from portal.record.checkpoint import Signer, load_signer
from portal.record.search.writer import Writer
from portal.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OPINION = "Phù hợp thực tế, có tính khả thi; đồng ý (ý kiến minh họa)."


UNHURRIED = {"api_per_minute": 10**6, "pictures_per_minute": 10**6}  # who reads everything reads a lot


def make_settings(instance: Path, **changed: object) -> Settings:
    """Settings of an installation in ``instance``."""
    return Settings(
        instance=instance,
        search_index=instance / "search_index",
        **{"database_url": f"sqlite:///{instance / 'portal.sqlite'}", **UNHURRIED, **changed},  # type: ignore[arg-type]
    )


class World:
    """One installation with the sample units and the cast of ``people``."""

    def __init__(self, instance: Path, *, seed: str = "world", **changed: object) -> None:
        self.settings = make_settings(instance, **changed)
        self.clock = StoppedClock(NOW)
        self.ids = Ids(seeded(seed))
        upgrade(self.settings)
        self.office = Flask("office")
        configure(self.office, self.settings, DoorRole.DESK)
        settle(self.office, House(self.settings, self.clock, self.ids, record_events))

    @cached_property
    def signer(self) -> Signer:
        """Who signs this world's checkpoints."""
        return load_signer(self.settings.instance / "keys", "namro.example/so-cai")

    @cached_property
    def public(self) -> Flask:
        """The public door."""
        return create_app(House(self.settings, self.clock))

    def close(self) -> None:
        """Let go of the database; the folder stays."""
        apps = [self.office, *([self.public] if "public" in self.__dict__ else [])]
        for app in apps:
            if log := app.extensions.get("record_log"):
                log.close()
            with app.app_context():
                db.engine.dispose()

    def reader(self) -> FlaskClient:
        """Somebody who reads."""
        return self.public.test_client()

    @contextmanager
    def work(self) -> Iterator[Work]:
        """One unit of work at the desk."""
        with self.office.app_context(), work() as w:
            yield w

    def settle_in(self) -> "World":
        """Load the sample units, publish them, and give the cast their accounts."""
        file = SAMPLES / "units_kinh_mon.json"
        with self.work() as w:
            import_units(w, file.read_bytes(), filename=file.name, by="operator")
            publish_units(w, self.signer)
        with self.work() as w:
            for person in CAST:
                add_officer(
                    w, email=person.email, name=person.name, role=person.role, unit_code=person.unit_code
                )
        return self

    def read(self, workbook: str | Path) -> ProgrammeForm:
        """A workbook, one of the samples unless it is a whole path, as the import reads it."""
        file = SAMPLES / "programmes" / workbook
        with self.work() as w:
            session, on = w.session, w.today
            return read_workbook(
                file.read_bytes(),
                filename=file.name,
                unit_exists=lambda code: unit_of_code(session, code, on) is not None,
            )

    def draft(self, form: ProgrammeForm, *, by: Person = SOAN) -> str:
        """Import ``form``; the new draft's reference."""
        with self.work() as w:
            return import_programme(w, form, by=who(w, by)).ref

    def revise(self, ref: str, form: ProgrammeForm, *, by: Person = SOAN) -> None:
        """Import ``form`` into the draft ``ref``."""
        with self.work() as w:
            update_programme(w, programme(w, ref), form, by=who(w, by))

    def approve(self, ref: str, *, by: Person = THAM, opinion: str = OPINION) -> None:
        """Appraise the draft with approval."""
        with self.work() as w:
            appraise(w, programme(w, ref), by=who(w, by), opinion=opinion)

    def confirm(self, ref: str, *, by: Person = THAM) -> int:
        """Confirm what the workbook claims was confirmed; how many reports."""
        with self.work() as w:
            return confirm_claims(w, programme(w, ref), by=who(w, by))

    def publish(self, ref: str, *, by: Person = CONG, reason: str = "", document: str = "") -> valve.Outcome:
        """Publish the draft, or bring what is public up to date."""
        with self.work() as w:
            return valve.publish(
                w, programme(w, ref), by=who(w, by), signer=self.signer, reason=reason, document=document
            )

    def bring_in(self, form: ProgrammeForm) -> str:
        """The whole way: draft, appraisal, confirmations, publication, index."""
        ref = self.draft(form)
        self.approve(ref)
        self.confirm(ref)
        self.publish(ref)
        self.follow()
        return ref

    def withdraw(
        self, ref: str, *, by: Person = CONG, reason: str = "Công bố nhầm (minh họa)"
    ) -> valve.Outcome:
        """Take down the whole programme."""
        with self.work() as w:
            return valve.withdraw(w, programme(w, ref), by=who(w, by), signer=self.signer, reason=reason)

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.clock.at += timedelta(**time)

    def follow(self) -> None:
        """Let the followers catch up."""
        with public_log(self.settings) as log:
            Writer(index_folder(self.settings)).follow(log)

    def make_open_data(self) -> None:
        """Let the follower of the open data catch up."""
        with public_log(self.settings) as log:
            build_now(self.settings, log)


def who(w: Work, person: Person) -> Actor:
    """``person`` as the policy sees them."""
    return actor(officer(w, person.email))
