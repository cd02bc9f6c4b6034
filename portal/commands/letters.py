"""Letters to those who follow, written as the log grows and the days pass; ``portal follow`` runs it."""

import fcntl
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.doors.public.follow_letters import Writer
from portal.doors.public.follow_news import Sight, news_for, parts_now
from portal.doors.public.pages import viewpoint
from portal.inbox.following import posting
from portal.inbox.following.acts import FOLLOWING, address_of
from portal.inbox.following.keeping import sweep_wishes
from portal.inbox.following.posting import Due, Reached
from portal.inbox.following.rhythm import FIRST_RETRY, Rhythm, next_letter
from portal.kernel.boxes import BoxFault
from portal.kernel.clock import Clock, SystemClock
from portal.kernel.db import configure, db
from portal.kernel.grants import DoorRole
from portal.kernel.mail import TIMEOUT, Letter, MailFault
from portal.kernel.work import House, settle, work
from portal.record.asking import to_be_asked
from portal.record.documents import CommitmentDoc
from portal.record.log import RecordLog
from portal.record.news.clock import told_day
from portal.record.news.matter import Matter, What, matter_of, name_of
from portal.record.search import Searcher, judge_by
from portal.record.search.saved import saved
from portal.settings import Settings

log = logging.getLogger(__name__)

EVERY = 5.0  # seconds between rounds, while following
ENOUGH = 3  # letters refused one after the other: the mail server is down, the rest wait for the next round
LOCK = "letters.lock"  # in the instance folder; the kernel frees it on a kill


class ServerDown(Exception):
    """The mail server takes nothing at the moment."""


class LogGrew(Exception):
    """Something was published while letters were being written: they are written anew."""


@dataclass(slots=True)
class Round:
    """What one round came to."""

    sent: int = 0
    failed: int = 0
    in_a_row: int = 0


class Postman:
    """Writes to those who follow, with no more rights than the public door has."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self._app = Flask("portal.letters")
        configure(self._app, settings, DoorRole.PUBLIC)
        self._house = House(settings, clock or SystemClock())
        settle(self._app, self._house)
        with self._app.app_context():
            self._log = RecordLog(db.engine)
        self._writer = Writer(self._house)
        self._searcher: Searcher | None = None
        self._questions_at: datetime | None = None

    def write_round(self) -> Round:
        """Write to whoever is due; to nobody while another process does, or where no address can be read."""
        instance, done = self._house.settings.instance, Round()
        if not (instance / "keys" / f"{FOLLOWING}.key").exists():
            return done  # a host beside the public one: it must neither write nor count failures
        with self._app.app_context(), _alone(instance) as is_alone:
            if is_alone:
                with suppress(ServerDown, LogGrew):  # whoever was not written to is due in the next round
                    self._write(done)
        return done

    def close(self) -> None:
        """Let go of the database."""
        self._log.close()
        with self._app.app_context():
            db.engine.dispose()

    def _write(self, done: Round) -> None:
        now = self._house.clock.now()
        today, head = told_day(now), self._log.head()
        with db.engine.connect() as c, Session(c) as session:
            sight = Sight(c, head, replace(viewpoint(), today=today), self._matches)
            for one in posting.not_looked_at(session):
                with work() as w:
                    posting.remember(w, one, tuple(sorted(parts_now(sight, _matter(one)))))
            for one in posting.due(session, now=now, head=head, told_on=today):
                self._try_to_tell(sight, one, done)
            if self._questions_at is None or self._questions_at <= now:
                self._questions_at = now + FIRST_RETRY
                self._ask(session, sight, done)
                if not done.failed:
                    self._questions_at = next_letter(Rhythm.DAILY, now)
                with work() as w:
                    sweep_wishes(w)

    def _try_to_tell(self, sight: Sight, one: Due, done: Round) -> None:
        try:
            self._tell(sight, one, done)
        except (ServerDown, LogGrew, SQLAlchemyError):
            raise
        except Exception as fault:  # whatever is wrong with one letter must not hold up the others
            log.error("a letter could not be written: %s", type(fault).__name__)
            done.failed += 1
            with work() as w:
                posting.give_back(w, one)

    def _tell(self, sight: Sight, one: Due, done: Round) -> None:
        matter = _matter(one)
        if one.interrupted and not news_for(sight, one, matter, since=one.interrupted).told:
            return  # what may have arrived is said again only beside something new
        to_tell = news_for(sight, one, matter, since=one.told)
        if not to_tell.told:
            with work() as w:
                posting.settle(w, one, to_tell.reached)
            return
        address = self._address(one, done)
        if address:
            letter = self._writer.news(
                address,
                one.key,
                name=name_of(sight.c, matter),
                page=matter.path,
                told=to_tell.told,
                again=one.interrupted is not None,
            )
            self._send(sight, one, letter, to_tell.reached, done)

    def _send(self, sight: Sight, one: Due, letter: Letter, reached: Reached, done: Round) -> None:
        """Noted as on its way, sent, noted as told: see `posting`."""
        with work() as w:
            if not posting.take(w, one, reached):
                return
        if self._log.head() != sight.head:  # what the letter quotes may have been taken down
            with work() as w:
                posting.let_go(w, one)
            raise LogGrew
        if self._hand_over(letter, done):
            with work() as w:
                posting.settle(w, one, reached)
            return
        with work() as w:
            posting.give_back(w, one)
        _stop_if_down(done)

    def _ask(self, session: Session, sight: Sight, done: Round) -> None:
        """Has it really been done? One letter to each reader, about whatever they were not asked yet."""
        weeks = self._house.settings.done_question_weeks
        open_questions: dict[str, tuple[Due, list[CommitmentDoc]]] = {}
        for doc in to_be_asked(sight.c, today=sight.view.today, weeks=weeks):
            were_asked = posting.were_asked(session, doc.ref)
            matters = [Matter(What.COMMITMENT, doc.ref), Matter(What.PROGRAMME, doc.programme_ref)]
            asked_now = set[str]()
            for one in posting.followers_of(session, [str(matter) for matter in matters]):
                if one.person not in were_asked | asked_now:
                    open_questions.setdefault(one.person, (one, []))[1].append(doc)
                    asked_now.add(one.person)
        for one, docs in open_questions.values():
            self._ask_one(sight, one, docs, done)

    def _ask_one(self, sight: Sight, one: Due, docs: list[CommitmentDoc], done: Round) -> None:
        address, refs = self._address(one, done), [doc.ref for doc in docs]
        if not address:
            return
        with work() as w:
            posting.begin_asking(w, one.person, refs)
        is_stale = self._log.head() != sight.head
        if is_stale or not self._hand_over(self._writer.question(address, one.key, docs), done):
            with work() as w:
                posting.unask(w, one.person, refs)
            if is_stale:
                raise LogGrew
            _stop_if_down(done)

    def _hand_over(self, letter: Letter, done: Round) -> bool:
        try:
            self._writer.post().send(letter, now=self._house.clock.now())
        except MailFault:
            done.failed += 1
            done.in_a_row += 1
            return False
        done.sent += 1
        done.in_a_row = 0
        return True

    def _address(self, one: Due, done: Round) -> str:
        """Whom to write to; empty, and counted, where the box is not ours to open."""
        try:
            return address_of(self._house.settings.instance / "keys", one.box)
        except BoxFault:
            log.error("a follower's address cannot be opened with this installation's key")
            done.failed += 1
            with work() as w:
                posting.give_back(w, one)
            return ""

    def _matches(self, query: str, today: date) -> frozenset[str]:
        if self._searcher is None:
            folder, view = self._house.settings.search_index / "public", viewpoint()
            self._searcher = Searcher(folder, self._log, judge_by(view.calendar, view.tolerance))
        return self._searcher.matches(saved(query), today=today)


@contextmanager
def writing(settings: Settings) -> Iterator[None]:
    """Write letters in a thread, as long as this lasts: a slow mail server holds up nothing else."""
    stop = threading.Event()
    thread = threading.Thread(target=_write_on, args=(settings, stop), name="letters", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(TIMEOUT)


def write_now(settings: Settings) -> Round:
    """One round; what it came to."""
    postman = Postman(settings)
    try:
        return postman.write_round()
    finally:
        postman.close()


def _write_on(settings: Settings, stop: threading.Event) -> None:
    postman = Postman(settings)
    while not stop.is_set():
        try:
            postman.write_round()
        except Exception as fault:  # the database is away, the index half written: tried again
            log.error("letters could not be written: %s", type(fault).__name__)
        stop.wait(EVERY)
    postman.close()


@contextmanager
def _alone(instance: Path) -> Iterator[bool]:
    with (instance / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _matter(one: Due) -> Matter:
    found = matter_of(one.matter)
    assert found, "only what can be followed is stored"
    return found


def _stop_if_down(done: Round) -> None:
    if done.in_a_row >= ENOUGH:
        raise ServerDown
