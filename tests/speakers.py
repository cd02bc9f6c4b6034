"""Residents who speak, moderators who judge: a published programme, an inbox, and a bench of moderators."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask
from people import CITY, NHI_CHIEU, Person
from story import ONE, ref_of
from world import World, who

from portal.inbox.feedback.acts import About, Speaker, Words, submit
from portal.inbox.feedback.codes import code_digest, new_code
from portal.inbox.feedback.periods import period_of
from portal.inbox.feedback.tables import Comment, Receipt, Request
from portal.kernel.db import configure, db
from portal.kernel.grants import DoorRole
from portal.kernel.policy import Role
from portal.kernel.work import House, Work, settle, work
from portal.office.accounts.acts import add_officer
from portal.office.moderation.acts import Choice, decide
from portal.office.moderation.intake import case_by_code, take_in
from portal.office.moderation.rules import Decision
from portal.office.moderation.tables import Case
from portal.record.moderation_words import ReceiptState
from portal.record.voice import CommentKind

SECRET = b"s" * 32
MOT = Person("Tạ Thị Một", "mot@namro.example", Role.MODERATOR, NHI_CHIEU)
HAI = Person("Vi Văn Hai", "hai@namro.example", Role.MODERATOR, NHI_CHIEU)
BA = Person("Cù Thị Ba", "ba@namro.example", Role.MODERATOR, NHI_CHIEU)
TINH = Person("Lò Văn Tỉnh", "tinh@namro.example", Role.MODERATOR, CITY)
BENCH = (MOT, HAI, BA, TINH)
OPINION = "Đường vào ngõ 5 vẫn ngập, làm chưa đến nơi đến chốn."


@dataclass
class Square:
    """A world with one public programme where people speak through the public door's own rights."""

    world: World
    programme: str = ""
    commitment: str = ""
    door: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.door = Flask("public")
        configure(self.door, self.world.settings, DoorRole.PUBLIC)
        settle(self.door, House(self.world.settings, self.world.clock, self.world.ids))

    def settle_in(self) -> "Square":
        """Publish the first sample programme and give the bench its accounts."""
        self.world.settle_in()
        self.programme = self.world.bring_in(self.world.read(ONE))
        self.commitment = ref_of(self.world, self.programme, number=1)
        with self.world.work() as w:
            for person in BENCH:
                add_officer(
                    w, email=person.email, name=person.name, role=person.role, unit_code=person.unit_code
                )
        return self

    def close(self) -> None:
        """Let go of the database."""
        with self.door.app_context():
            db.engine.dispose()
        self.world.close()

    @contextmanager
    def speaking(self) -> Iterator[Work]:
        """One unit of work at the public door."""
        with self.door.app_context(), work() as w:
            yield w

    def say(self, words: str = OPINION, *, code: str = "", kind: str = "opinion", window: int = 0) -> str:
        """Send a comment, or another version of ``code``; the digest of its receipt."""
        with self.speaking() as w:
            digest = code or code_digest(SECRET, new_code(w.ids, w.today))
            w.session.add(
                Comment(
                    key=w.ids.key(), at=w.now, period=period_of(w.today).code, programme=self.programme,
                    commitment=self.commitment, position=1, person=f"{w.ids.key():064x}", code=digest,
                    kind=kind, words=words, shown_as="Người dân, Tổ dân phố số 3", has_personal=False,
                    answer_to=None, via="web",
                )
            )  # fmt: skip
            if not code:
                w.session.add(
                    Receipt(
                        code=digest, state=ReceiptState.RECEIVED.value, commitment=self.commitment, note="",
                        received_on=w.today.isoformat(), editable_until=w.now + timedelta(minutes=window),
                    )
                )  # fmt: skip
        return digest

    def submit(self, words: str, *, answer_to: str = "") -> str:
        """A comment sent by the public door's own act; the code of its receipt, as its author holds it."""
        about = About(programme=self.programme, commitment=self.commitment, position=1)
        comment = Words(kind=CommentKind.OPINION, text=words, shown_as="Người dân", answer_to=answer_to)
        with self.speaking() as w:
            speaker = Speaker(person="p" * 64, period=period_of(w.today).code)
            return submit(w, about, by=speaker, rating=None, comment=comment, due_on=None)

    def ask(self, code: str, kind: str, words: str = "") -> None:
        """Ask for something by receipt."""
        with self.speaking() as w:
            w.session.add(Request(key=w.ids.key(), at=w.now, code=code, kind=kind, words=words))

    def take_in(self) -> int:
        """Let the desk look into the inbox."""
        with self.world.work() as w:
            return take_in(w, signer=self.world.signer)

    def heard(self, words: str = OPINION, **more: str) -> str:
        """A comment that was taken in; the digest of its receipt."""
        code = self.say(words, **more)  # type: ignore[arg-type]
        self.world.later(seconds=1)
        self.take_in()
        return code

    def decide(self, code: str, decision: Decision, by: Person = MOT, **more: str) -> None:
        """Let ``by`` decide the case of a receipt."""
        with self.world.work() as w:
            key = case_by_code(w, code).id
            decide(w, key, Choice(decision=decision, **more), by=who(w, by), signer=self.world.signer)

    def case(self, code: str) -> Case:
        """The case as it stands, detached; its words stay sealed."""
        with self.world.work() as w:
            found = case_by_code(w, code)
            w.session.expunge(found)
            return found

    def receipt(self, code: str) -> Receipt:
        """What the receipt says."""
        with self.world.work() as w:
            found = w.session.get_one(Receipt, code)
            w.session.expunge(found)
            return found
