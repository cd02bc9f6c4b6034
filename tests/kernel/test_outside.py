"""Servers that are not ours may hang: so many threads wait for them, the others read on."""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import proxied
import pytest
import requests
import townhall

from portal.commands.serve import THREADS
from portal.kernel.ids import Ids
from portal.kernel.mail import Letter, MailFault, mailer
from portal.kernel.outside import SPEAKING, WAITING, WAYS, OutsideBusy, Ways

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def speak(ways: Ways) -> str:
    """One thread's word with an outside server."""
    try:
        with ways.out():
            return "spoke"
    except OutsideBusy:
        return "refused"


def test_there_is_always_a_thread_for_readers() -> None:
    assert SPEAKING + WAITING < THREADS


def test_so_many_speak_one_waits_and_the_next_is_refused_at_once() -> None:
    ways = Ways(speaking=2, waiting=1, patience=60)
    with ThreadPoolExecutor(2) as more:
        with ways.out(), ways.out():
            both = [more.submit(speak, ways) for _ in range(2)]
            done, waiting = wait(both, timeout=60, return_when=FIRST_COMPLETED)
            assert [one.result() for one in done] == ["refused"]
        assert [one.result(timeout=60) for one in waiting] == ["spoke"]
    with ways.out(), ways.out():  # every turn was given back
        pass


def test_who_waits_too_long_is_refused_and_leaves_its_place() -> None:
    ways = Ways(speaking=1, waiting=1, patience=0.01)
    with ways.out():
        assert [speak(ways) for _ in range(3)] == ["refused"] * 3
    assert speak(ways) == "spoke"


def test_a_letter_that_gets_no_turn_is_a_fault_of_the_mail() -> None:
    post = mailer("smtp://127.0.0.1:9?starttls=no", sender="a@example.vn", ids=Ids())
    letter = Letter(to="b@example.vn", subject="x", text="y")
    with ExitStack() as held:
        for _ in range(SPEAKING + WAITING):
            held.callback(WAYS._places.release)
            assert WAYS._places.acquire(blocking=False)
        with pytest.raises(MailFault) as fault:
            post.send(letter, now=datetime(2026, 10, 1, tzinfo=UTC))
    assert isinstance(fault.value.__cause__, OutsideBusy)


@contextmanager
def silent_server() -> Iterator[str]:
    """Takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}?starttls=no"


def ask_code(base: str, address: str) -> int:
    """Ask for a code by mail; the status of the answer."""
    with requests.Session() as browser:
        token = _TOKEN.search(browser.get(f"{base}/dang-nhap", timeout=60).text)
        assert token
        fields = {"email": address, "csrf_token": token[1]}
        return browser.post(f"{base}/dang-nhap", data=fields, timeout=60).status_code


def test_readers_read_while_the_mail_server_hangs(tmp_path: Path) -> None:
    settings = townhall.found(tmp_path)
    environ = {"PORTAL_INSTANCE": str(settings.instance), "PORTAL_SEARCH_INDEX": str(settings.search_index)}
    crowd = 2 * THREADS
    with (
        silent_server() as mail,
        proxied.portal(environ={**environ, "PORTAL_MAIL_URL": mail}, workers=1) as port,
        ThreadPoolExecutor(crowd) as many,
    ):
        base = f"http://127.0.0.1:{port}"
        asked: list[Future[int]] = [many.submit(ask_code, base, f"a{n}@example.vn") for n in range(crowd)]
        done, hanging = wait(asked, timeout=60, return_when=FIRST_COMPLETED)
        assert {one.result() for one in done} == {503}  # refused at once, with the form given back
        assert requests.get(f"{base}/cam-ket/ckdt01", timeout=60).status_code == 200
        assert len([one for one in hanging if not one.done()]) >= SPEAKING  # nobody's time was up meanwhile
        assert {one.result(timeout=60) for one in asked} == {503}
