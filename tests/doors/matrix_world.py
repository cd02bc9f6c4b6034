"""A desk with a programme in every state and officers of every kind, for trying each against each."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from matrix_cases import add_cases
from matrix_things import add_month, add_period, add_replies
from people import KINH_MON, NHI_CHIEU, SOAN, THAM
from sqlalchemy import select
from werkzeug.test import TestResponse
from world import World, who

from portal.doors import desk
from portal.doors.looks import find_folder
from portal.kernel import shelves
from portal.kernel.fonts import build_fonts
from portal.kernel.policy import Actor, Matter, Role
from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.accounts import sessions
from portal.office.accounts.acts import add_officer, close_account, take_role
from portal.office.accounts.reads import actor, officer
from portal.office.guidance.tables import Guidance
from portal.office.movement.tables import Movement, MovementItem
from portal.office.posting.tables import Posting
from portal.office.presentation.acts import PresentationForm, record
from portal.office.presentation.rules import Conference
from portal.office.programme.acts import appraise
from portal.office.programme.handing_over import hand_over
from portal.office.programme.keeping import hold_upload
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Commitment, Consultation, Programme, Writer
from portal.office.progress.acts import name_cause
from portal.office.progress.form import CauseForm
from portal.office.progress.tables import Evidence
from portal.office.units.reads import unit_of_code

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
STATES = ("draft", "submitted", "returned", "approved", "published", "withdrawn")
DYE = "Zyvorquil"  # a word that stands in every draft and nowhere else
COOKIE, TOKEN = "van-phong", "mat-dau-cua-phep-thu"
NOBODY, CLOSED, BARE, WRITER, CADRE = "nobody", "closed", "bare", "writer", "cadre"
PDF = b"%PDF-1.4 minh hoa"


@dataclass
class MatrixDesk:
    """The desk over those programmes; ``refs`` by state, and ``foreign``, one of another unit."""

    world: World
    app: Flask
    refs: dict[str, str] = field(default_factory=dict)
    foreign: str = ""
    guidance: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    parts: dict[tuple[str, str], str] = field(default_factory=dict)
    before: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    @cached_property
    def client(self) -> FlaskClient:
        """A browser that keeps no cookie: each request carries its own."""
        return self.app.test_client(use_cookies=False)

    @cached_property
    def token(self) -> str:
        """The form token of every session here."""
        signer = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token")
        return str(signer.dumps(TOKEN))

    def ask(self, person: str, method: str, path: str, *, token: bool = True) -> TestResponse:
        """What ``person`` is answered who opens ``path`` or sends it an empty form."""
        cookie = self.cookies.get(person)
        headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        data = {"csrf_token": self.token} if token else {}
        return self.client.open(path, method=method, headers=headers, data=data if method == "POST" else None)

    def restore(self) -> None:
        """Undo whatever was done since the world was made."""
        with sqlite3.connect(self._file) as now:
            self.before.backup(now)
        now.close()

    def remember(self) -> None:
        """From now on this is what is restored."""
        with sqlite3.connect(self._file) as now:
            now.backup(self.before)
        now.close()

    @cached_property
    def colleague(self) -> str:
        """The key of an officer of the programmes' ward."""
        with self.world.work() as w:
            return str(officer(w, self.emails["moderator-own"]).id)

    @cached_property
    def ward(self) -> str:
        """The key of that ward."""
        with self.world.work() as w:
            unit = unit_of_code(w.session, NHI_CHIEU, w.today)
            return str(unit.id if unit else 0)

    @cached_property
    def actors(self) -> dict[str, Actor | None]:
        """Everybody as the policy sees them; None for nobody."""
        with self.world.work() as w:
            known = {person: actor(officer(w, email)) for person, email in self.emails.items()}
        return {NOBODY: None, **known}

    @cached_property
    def matters(self) -> dict[str, Matter]:
        """The programme of each state as the policy sees it."""
        with self.world.work() as w:
            return {state: matter(w, programme(w, ref)) for state, ref in self.refs.items()}

    def part(self, ref: str, word: str, find: Callable[[Work, Programme], Any]) -> str:
        """What stands after ``word`` in an address about the programme ``ref``; empty when it has none."""
        if (ref, word) not in self.parts:
            with self.world.work() as w:
                self.parts[ref, word] = str(find(w, programme(w, ref)) or "")
        return self.parts[ref, word]

    @property
    def _file(self) -> Path:
        return self.world.settings.instance / "portal.sqlite"


@contextmanager
def open_matrix_desk(folder: Path, **changed: object) -> Iterator[MatrixDesk]:
    """The desk, everybody signed in, a programme of one ward in each state and one of another ward."""
    build_fonts(find_folder("static") / "fonts")
    world = World(folder, **changed).settle_in()
    made = MatrixDesk(world, desk.create_app(world.settings, clock=world.clock, ids=world.ids))
    for state in STATES:
        made.refs[state] = _programme(world, state, NHI_CHIEU)
    made.foreign = _programme(world, "draft", KINH_MON)
    made.guidance = _guidance(world)
    add_month(made)
    add_replies(made)
    add_period(made)
    _people(made)
    add_cases(made, DYE)
    made.remember()
    yield made
    world.close()


def first_commitment(draft: Programme) -> Commitment:
    """The commitment whose parts are tried."""
    return draft.tasks[0].commitments[0]


def _programme(world: World, state: str, unit_code: str) -> str:
    form = world.read(BOOK)
    dyed = replace(
        form,
        cadre_name=f"Lê {DYE}",
        unit_code=unit_code,
        preface=f"{form.preface} {DYE}",
        tasks=tuple(replace(task, title=f"{task.title} {DYE}") for task in form.tasks),
    )
    ref = world.draft(dyed)
    if state in ("submitted", "returned"):
        with world.work() as w:
            hand_over(w, ref, by=who(w, SOAN))
    if state == "returned":
        with world.work() as w:
            appraise(w, programme(w, ref), by=who(w, THAM), opinion="Cần rõ hơn (minh họa)", approve=False)
    if state in ("approved", "published", "withdrawn"):
        world.approve(ref)
    _parts(world, ref)
    if state in ("published", "withdrawn"):
        world.publish(ref)
    if state == "withdrawn":
        world.withdraw(ref)
    return ref


def _parts(world: World, ref: str) -> None:
    """What else a programme may hold: a consultation, a presentation, a cause, a file."""
    with world.work() as w:
        draft, by = programme(w, ref), who(w, SOAN)
        row = first_commitment(draft)
        w.session.add(Consultation(id=w.ids.key(), programme_id=draft.id, role=f"Chi ủy {DYE}"))
        form = PresentationForm(
            kind=Conference.STEP2, held_on=w.today, conference=f"Hội nghị {DYE}", version=0,
            is_before_decision=True,
        )  # fmt: skip
        if draft.state in ("draft", "returned"):
            record(w, draft, form, by=by)
        name_cause(
            w, row.ref, CauseForm(text=f"Mưa lũ {DYE}", from_on=w.today, to_on=None, disclosed=False), by=by
        )
        moved = Movement(
            id=w.ids.key(), programme_id=draft.id, kind="transfer", effective_on=w.today,
            recorded_by_id=by.id, recorded_at=w.now,
        )  # fmt: skip
        w.session.add(moved)
        w.session.flush()
        w.session.add(
            MovementItem(
                id=w.ids.key(), movement_id=moved.id, commitment_ref=row.ref,
                successor_programme_id=draft.id, fate="carried",
            )
        )  # fmt: skip
        w.session.add(
            Posting(
                id=w.ids.key(), programme_id=draft.id, place=f"Nhà văn hóa {DYE}", posted_on=w.today,
                planned_until=w.today, recorded_by_id=by.id, recorded_at=w.now,
            )
        )  # fmt: skip
        sha256 = shelves.put(w.settings.instance / "files", shelves.OFFICE, PDF)
        w.session.add(
            Evidence(
                id=w.ids.key(), commitment_id=row.id, sha256=sha256, kind="pdf", size=len(PDF), dropped=[],
                media_type="application/pdf", description=Sealed(DYE), added_by_id=by.id, added_at=w.now,
            )
        )  # fmt: skip


def _guidance(world: World) -> str:
    with world.work() as w:
        unit = unit_of_code(w.session, NHI_CHIEU, w.today)
        assert unit is not None
        made = Guidance(
            id=w.ids.key(), unit_id=unit.id, version=1, title="Hướng dẫn minh họa", valid_from=w.today,
            body="Nội dung minh họa.", duty_titles=[], template=b"PK", template_name="mau.xlsx",
            written_by_id=who(w, SOAN).id, written_at=w.now,
        )  # fmt: skip
        w.session.add(made)
        return str(made.id)


def _people(made: MatrixDesk) -> None:
    """Each role in the programmes' ward and in another ward; all of them above; and the special cases."""
    for where, code in (("own", NHI_CHIEU), ("other", KINH_MON)):
        for role in Role:
            _add(made, f"{role}-{where}", code, role)
    _add(made, "above", "31", *Role)
    for person in (CLOSED, BARE, WRITER, CADRE):
        _add(made, person, NHI_CHIEU, *Role)
    with made.world.work() as w:
        bare = officer(w, made.emails[BARE])
        for one in list(bare.appointments):
            take_role(w, bare, role=one.role, unit_id=one.unit_id)
        for draft in w.session.scalars(select(Programme)).unique():
            w.session.add(Writer(programme_id=draft.id, officer_id=officer(w, made.emails[WRITER]).id))
            draft.mandate.cadre_officer_id = officer(w, made.emails[CADRE]).id
    for person in made.emails:
        made.cookies[person] = _begin(made, person)
    with made.world.work() as w:
        close_account(w, officer(w, made.emails[CLOSED]))


def _add(made: MatrixDesk, person: str, unit_code: str, *roles: Role) -> None:
    email = made.emails[person] = f"{person}@namro.example"
    with made.world.work() as w:
        for role in roles:
            found = add_officer(w, email=email, name=f"Người thử {person}", role=role, unit_code=unit_code)
        found.tf_primary_method, found.tf_totp_secret = "authenticator", "co"


def _begin(made: MatrixDesk, person: str) -> str:
    """A session as the door begins one after both factors; the value of its cookie."""
    secret = secrets.token_urlsafe(32)
    with made.world.work() as w:
        known_as = officer(w, made.emails[person]).fs_uniquifier
        state = {
            "_user_id": known_as, "_fresh": True, "csrf_token": TOKEN, "fs_cc": "set",
            "fs_paa": w.now.timestamp(),
        }  # fmt: skip
        assert sessions.begin(w, secret, uniquifier=known_as, signed_in=True, state=state)
    return f"~{secret}"


def held_upload_of(made: MatrixDesk, person: str, ref: str | None) -> str:
    """The key of a workbook that ``person`` has sent and not yet confirmed."""
    data = (Path(__file__).parents[2] / "samples" / "programmes" / BOOK).read_bytes()
    with made.world.work() as w:
        draft = programme(w, ref) if ref else None
        key = hold_upload(
            w, officer(w, made.emails[person]).id, data, programme_id=draft.id if draft else None
        )
        return str(key)


def session_of(made: MatrixDesk, person: str) -> str:
    """The key of the person's session."""
    with made.world.work() as w:
        found = sessions.session_of(w.session, made.cookies[person].removeprefix("~"))
        return str(found.id if found else 0)
