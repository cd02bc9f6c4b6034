"""Keeping the open data: one run, or a thread beside ``portal follow``: large files hold up nothing else."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from portal.record.checkpoint import load_verifier
from portal.record.log import RecordLog
from portal.record.opendata import shelf
from portal.record.opendata.about import About
from portal.record.opendata.following import FollowerBusy, follow
from portal.settings import Settings

told = logging.getLogger(__name__)
_PAUSE = 1.0  # seconds between looks
_FAREWELL = 10.0  # seconds a set that is being made is waited for; half a set is never seen


def about_of(settings: Settings) -> About:
    """What the files of this installation say of themselves."""
    return About(
        site=settings.site_name,
        owner=settings.site_owner,
        address=settings.base_url.rstrip("/"),
        licence=settings.data_licence,
        licence_address=settings.data_licence_url,
        verifier=load_verifier(settings.instance / "keys"),
    )


def folder_of(settings: Settings) -> Path:
    """Where the files lie."""
    return settings.search_index / shelf.FOLDER


def build_now(settings: Settings, log: RecordLog) -> int | None:
    """Bring the files up to ``log``; the size they say, None while another process is making them."""
    try:
        return follow(log, folder_of(settings), about_of(settings))
    except FollowerBusy:
        return None


@contextmanager
def keeping(settings: Settings, log: RecordLog) -> Iterator[None]:
    """Keep the files up to ``log`` in a thread, as long as this lasts."""
    stop = threading.Event()
    thread = threading.Thread(target=_keep, args=(settings, log, stop), name="open data", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_FAREWELL)


def _keep(settings: Settings, log: RecordLog, stop: threading.Event) -> None:
    folder, pause = folder_of(settings), settings.open_data_minutes * 60
    while not stop.is_set():
        try:
            with suppress(FollowerBusy):
                follow(log, folder, about_of(settings), pause=pause)
        except Exception:  # a full disk, a lost connection: the old files are not given out wrongly meanwhile
            told.exception("the open data could not be made; it is tried again")
        stop.wait(_PAUSE)
