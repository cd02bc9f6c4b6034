"""The first page: search first, my own ward, what is late, what changed lately, figures with their source."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, url_for

from portal.doors import readings
from portal.doors.public import places
from portal.doors.public.counts import programmes_by_unit
from portal.doors.public.finder import searcher
from portal.doors.public.pages import reading, show, viewpoint
from portal.doors.public.pages.search import standings_of
from portal.record import reads
from portal.record.documents import Act, CommitmentDoc, Kind, ProgrammeDoc, Revision
from portal.record.search import Query, Sort
from portal.record.standing_words import StandingKey

pages = Blueprint("home", __name__)

_LATELY, _LATE = 6, 5  # lines shown
_LOOK_BACK = 200  # entries of the log


@dataclass(frozen=True, slots=True)
class Changed:
    """One recent entry of the log, named by what it is about."""

    act: Act
    kind: Kind
    at: datetime
    href: str
    title: str


@pages.get("/", endpoint="show_page")
def show_home() -> Response:
    """The front page."""
    checkpoint, view = reads.checkpoint(reading()), viewpoint()
    everything = searcher(view).search(Query(size=1), today=view.today)
    counts = programmes_by_unit(reading())
    units = reads.units(reading())
    return show(
        "public/home.html",
        "home",
        choices=places.choices(units, view.today),
        wards=places.with_programmes(units, counts, view.today),
        size=checkpoint.size if checkpoint else 0,
        updated=checkpoint.at if checkpoint else None,
        commitments=everything.total,
        programmes=sum(counts.values()),
        places_with=len(counts),
        standings=standings_of(everything),
        late=_late(view),
        late_key=StandingKey.OVERDUE,
        changed=_changed(),
        today=view.today,
    )


def _late(view: readings.Viewpoint) -> list[readings.Row]:
    """The commitments longest overdue."""
    refs = searcher(view).browse(
        today=view.today, standings=(StandingKey.OVERDUE,), sort=Sort.DEADLINE, n=_LATE
    )
    found = reads.documents(reading(), refs)
    documents = (found[ref].document for ref in refs if ref in found)
    return [readings.row_of(d, view) for d in documents if isinstance(d, CommitmentDoc)]


def _changed() -> list[Changed]:
    """The newest entries about programmes and commitments, one for each.

    A programme that goes out with its commitments is one piece of news, not thirty.
    """
    entries = [
        rev for rev in reads.lately(reading(), _LOOK_BACK) if rev.kind in (Kind.PROGRAMME, Kind.COMMITMENT)
    ]
    whole = {(r.ref, r.at) for r in entries if r.kind is Kind.PROGRAMME and r.act is Act.PUBLISH}
    found: dict[str, Changed] = {}
    for rev in entries:
        if (_programme_of(rev), rev.at) not in whole and len(found) < _LATELY:
            found.setdefault(rev.ref, Changed(rev.act, rev.kind, rev.at, _href(rev), _title(rev)))
    return list(found.values())


def _programme_of(rev: Revision) -> str:
    if isinstance(rev.document, CommitmentDoc) and rev.act is Act.PUBLISH:
        return rev.document.programme_ref
    return ""


def _href(rev: Revision) -> str:
    return url_for(f"{rev.kind}.show_page", ref=rev.ref)


def _title(rev: Revision) -> str:
    match rev.document:
        case CommitmentDoc():
            return rev.document.text
        case ProgrammeDoc():
            return f"{rev.document.holder.cadre_name}, {rev.document.holder.post}"
    return ""
