"""Asking the public door for every page, and writing each into the folder."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.doors.language import LANGUAGES, path_in
from portal.doors.public.copying.names import SEARCH, Names
from portal.doors.public.copying.rewriting import Rewriter, instead_of_search
from portal.doors.public.pages import end_reading, reading, today
from portal.kernel.db import db
from portal.kernel.work import house
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.export import export

_FIRST = ("/", "/du-lieu", "/don-vi", SEARCH)
_MOVED = (301, 302, 303, 307, 308)
_SHOWN = (200, 404, 410)  # what is gone or was never published is said in words, there as here


_EVIDENCE = re.compile(r"(?:/en)?/minh-chung/([0-9a-f]{64})\.")


class CannotCopy(Exception):
    """The site does not give a page that it links to; ``args[0]`` says which."""


class Moved(Exception):
    """Something was published, or the day changed, while the copy was made."""


def gather(app: Flask, folder: Path) -> int:
    """Write everything the public can read into ``folder``; how many files. Raises CannotCopy, Moved."""
    with app.app_context():
        settings = house().settings
        before = _state()
        names = Names(settings.base_url)
        rewriter = Rewriter(names, before[0], before[2], _is_there)
        try:
            written = sum(1 for _ in _pages(app, folder, rewriter))
        except CannotCopy as fault:  # perhaps only because a page that linked there was of an earlier state
            if _state() != before:
                raise Moved from fault
            raise
        with Session(db.engine) as session:
            entries = export(session, folder, verifier=load_verifier(settings.instance / "keys"))
        if _state() != before or entries != before[0]:
            raise Moved
    return written + 3


def _state() -> tuple[int, date, datetime | None]:
    """The state of the log and the day: what every page depends on."""
    checkpoint = reads.checkpoint(reading())
    end_reading()
    return (checkpoint.size, today(), checkpoint.at) if checkpoint else (0, today(), None)


def _is_there(address: str) -> bool:
    """Old revisions name files that nothing cites any more; those are given out no more."""
    named = _EVIDENCE.match(address)
    found = named is None or reads.evidence_type(reading(), named[1]) is not None
    end_reading()
    return found


def _pages(app: Flask, folder: Path, rewriter: Rewriter) -> Iterator[str]:
    client = app.test_client(use_cookies=False)
    rewriter.targets.update(dict.fromkeys(path_in(tongue, path) for path in _FIRST for tongue in LANGUAGES))
    done: set[str] = set()
    while waiting := [address for address in rewriter.targets if address not in done]:
        for address in waiting:
            done.add(address)
            file = rewriter.names.file_of(address)
            if file is None or (folder / file).exists():
                continue  # a file shared by both languages, or a search
            _write(folder / file, _content(client, rewriter, address, file))
            yield file


def _content(client: FlaskClient, rewriter: Rewriter, address: str, file: str) -> bytes:
    answer = client.get(address, base_url=rewriter.names.base)
    try:
        if answer.status_code in _MOVED:
            return rewriter.sheet(_inside(answer.location, rewriter.names), address, file).encode()
        is_page = answer.mimetype == "text/html"
        if answer.status_code not in _SHOWN or is_page != file.endswith(".html"):
            raise CannotCopy(f"{address}: {answer.status}, {answer.mimetype}")
        if not is_page:
            return bytes(answer.data)
        text = answer.text
        if address in (path_in(tongue, SEARCH) for tongue in LANGUAGES):
            units = client.get(address.replace(SEARCH, "/don-vi"), base_url=rewriter.names.base)
            text = instead_of_search(text, units.text)
        return rewriter.page(text, address, file).encode()
    finally:
        answer.close()


def _inside(location: str, names: Names) -> str:
    """Where a redirect leads, as a link of a page would say it."""
    return location.removeprefix(names.base.rstrip("/").removesuffix(names.root))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
