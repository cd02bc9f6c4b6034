"""Deadlines as a calendar (RFC 5545): whole days, one event a commitment, each under a name that stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vDuration, vText

from portal.doors.language import path_in
from portal.record.documents import CommitmentDoc, Revision, TombstoneDoc

MIMETYPE = "text/calendar"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One deadline. ``sequence`` grows whenever the day moved; ``is_off``: it was taken down."""

    ref: str
    on: date
    sequence: int
    changed: datetime
    title: str
    told: str
    page: str
    is_off: bool


def appointment_of(revisions: Iterable[Revision], *, title: str, told: str, page: str) -> Appointment:
    """The deadline of a document with these ``revisions``, the newest first.

    What was taken down stands on the day it was taken down: its own day is no longer given out.
    """
    newest, *older = revisions
    doc = newest.document
    is_off = not isinstance(doc, CommitmentDoc)
    on = doc.deadline if isinstance(doc, CommitmentDoc) else _gone_on(newest)
    return Appointment(
        ref=newest.ref,
        on=on,
        sequence=(newest if is_off else _first_with(on, newest, older)).number - 1,
        changed=newest.at,
        title=title,
        told=told,
        page=page,
        is_off=is_off,
    )


def _gone_on(newest: Revision) -> date:
    stone = newest.document
    return stone.withdrawn_on if isinstance(stone, TombstoneDoc) else newest.at.date()


def _first_with(on: date, newest: Revision, older: list[Revision]) -> Revision:
    """The revision in which the deadline became the one in force."""
    first = newest
    for rev in older:
        if isinstance(rev.document, CommitmentDoc) and rev.document.deadline != on:
            break
        first = rev
    return first


def write(appointments: Iterable[Appointment], *, name: str, base: str, tongue: str) -> bytes:
    """The calendar ``name``; addresses begin with ``base`` and lead to pages in ``tongue``."""
    made = Calendar()
    made.add("prodid", "-//Nam Ro//Lich thoi han//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    made.add("refresh-interval", vDuration(_DAY), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(_DAY))
    for one in appointments:
        made.add_component(_event(one, base, tongue))
    written: bytes = made.to_ical()
    return written


def _event(one: Appointment, base: str, tongue: str) -> Event:
    event = Event()
    event.add("uid", f"{one.ref}@{urlsplit(base).hostname}")
    event.add("dtstamp", one.changed)
    event.add("last-modified", one.changed)
    event.add("sequence", one.sequence)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + _DAY)
    event.add("summary", vText(one.title))
    event.add("description", vText(one.told))
    event.add("url", base + path_in(tongue, one.page))
    event.add("status", "CANCELLED" if one.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
