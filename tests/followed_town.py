"""The town with readers who follow it: they ask, confirm by the mailed link, and are written to."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import town
import townhall
from mail_server import Box
from werkzeug.test import TestResponse

from portal.commands.letters import Postman, Round
from portal.kernel.clock import StoppedClock
from portal.kernel.db import db
from portal.migrations.upgrade import upgrade
from portal.record import reads
from portal.record.append import Line
from portal.record.changes import changes_between
from portal.record.documents import Act, CommitmentDoc, Document, Kind, Notice, TombstoneDoc
from portal.settings import Settings

LINK = re.compile(r"http://127\.0\.0\.1:8000(/theo-doi/\S+)")


class FollowedTown:
    """The town over any database, its mail going to ``mail_url``, where ``box`` is."""

    def __init__(self, folder: Path, box: Box, mail_url: str, *, database_url: str = "") -> None:
        instance = folder / "instance"
        self.settings = Settings(
            instance=instance,
            database_url=database_url or f"sqlite:///{instance / 'portal.sqlite'}",
            search_index=folder / "index",
            mail_url=mail_url,
        )
        upgrade(self.settings)
        townhall.write(self.settings, town.first_lines(), townhall.EARLIER)
        townhall.write(self.settings, town.later_lines(), townhall.NOW)
        self.clock = StoppedClock(townhall.NOW)
        self.box = box
        self.door = townhall.open_door(self.settings, self.clock)
        self.postman = Postman(self.settings, self.clock)
        self.docs = {doc.ref: doc for doc in town.commitments().values()}

    def close(self) -> None:
        """Let go of the database."""
        self.postman.close()
        self.door.extensions["record_log"].close()
        with self.door.app_context():
            db.engine.dispose()

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.clock.at += timedelta(**time)

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send a form of the public door."""
        return self.door.test_client().post(path, data=fields)

    def get(self, path: str) -> TestResponse:
        """Open a page of the public door."""
        return self.door.test_client().get(path, headers={"Accept": "text/html"})

    def ask(self, address: str, matter: str, rhythm: str = "instant") -> str:
        """Ask to follow; the path of the link in the letter."""
        assert self.post("/theo-doi", email=address, muc=matter, nhip=rhythm).status_code == 200
        return self.links()[0]

    def follow(self, address: str, matter: str, rhythm: str = "instant") -> str:
        """Follow ``matter``; the path of one's own page."""
        answer = self.post(self.ask(address, matter, rhythm))
        assert answer.status_code == 303, answer.text
        self.box.letters.clear()
        return answer.location.partition("?")[0]

    def links(self) -> list[str]:
        """The links to pages of following in the last letter, the Vietnamese ones first."""
        return LINK.findall(self.box.texts()[-1])

    def deliver(self) -> Round:
        """One round of letters."""
        return self.postman.write_round()

    def write(self, *lines: Line) -> None:
        """Publish, now."""
        townhall.write(self.settings, lines, self.clock.at)

    def change(self, ref: str, act: Act = Act.PROGRESS, **changed: object) -> None:
        """Publish ``ref`` anew with some fields changed."""
        before = self.docs[ref]
        self.docs[ref] = replace(before, **changed)  # type: ignore[arg-type]
        notice = Notice(reason="Minh họa", changes=changes_between(before, self.docs[ref]))
        self.write(town.line(Kind.COMMITMENT, self.docs[ref], act, notice))

    def report(self, ref: str, value: str, *, confirmed: bool = False, days: int = 0) -> None:
        """Publish one more figure of ``ref``."""
        row = town.report(self.clock.at.date() - timedelta(days=days), value, confirmed=confirmed)
        self.change(ref, progress=(*self.docs[ref].progress, row))

    def erase(self, ref: str, number: int) -> None:
        """Erase the text of one revision of ``ref``."""
        with self.door.app_context(), db.engine.connect() as c:
            old = reads.revision(c, ref, number)
        assert old
        stone = TombstoneDoc(ref=ref, withdrawn_on=self.clock.at.date(), reason="Theo yêu cầu (minh họa)")
        self.write(replace(town.line(Kind.COMMITMENT, stone, Act.REDACT), cites=old.position))

    def withdraw(self, ref: str, reason: str = "Công bố nhầm (minh họa)") -> None:
        """Take ``ref`` down."""
        stone = TombstoneDoc(ref=ref, withdrawn_on=self.clock.at.date(), reason=reason)
        kind = Kind.COMMITMENT if ref in self.docs else Kind.PROGRAMME
        self.write(town.line(kind, stone, Act.WITHDRAW, Notice(reason=reason)))


def new_commitment(ref: str, **changed: object) -> CommitmentDoc:
    """One more commitment of the chairman."""
    return town.commitment("AS-01", town.CHAIR, "ct0chairman", ref=ref, **changed)


def published(documents: Iterable[tuple[Kind, Document]]) -> list[Line]:
    """Lines that publish ``documents`` for the first time."""
    return [town.line(kind, document) for kind, document in documents]
