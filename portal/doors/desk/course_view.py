"""How a commitment goes as the desk shows it: every report with what it replaced, causes, steps, files."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer
from portal.office.programme.tables import Commitment
from portal.office.progress.claims import claim_of
from portal.office.progress.form import ConfirmationForm
from portal.office.progress.rules import standing
from portal.office.progress.tables import Cause, Evidence, Progress

T = TypeVar("T")
Told = TypeVar("Told", Progress, Cause)

WORKBOOK = "từ sổ tính"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A report or a cause: who recorded it, who confirmed it, why it replaces or was replaced."""

    key: int
    is_public: bool
    by: str
    at: datetime | None
    body: str
    document: str
    reason: str

    @property
    def is_confirmed(self) -> bool:
        """Whether a body and a document stand behind it."""
        return bool(self.body and self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView(Record):
    """One report that stands, and the older ones it replaced, newest first."""

    on: date
    state: str
    value: Decimal | None
    note: str
    source: str
    claim: ConfirmationForm | None
    older: tuple["ReportView", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseView(Record):
    """One objective cause that stands."""

    text: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One milestone."""

    key: int
    title: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One evidence file; ``of_day`` is the report it proves, if it is about one."""

    key: int
    sha256: str
    kind: str
    media_type: str
    size: int
    description: str
    dropped: tuple[str, ...]
    by: str
    at: datetime
    is_public: bool
    of_day: date | None


def reports_of(w: Work, row: Commitment) -> list[ReportView]:
    """The reports that stand, newest first."""
    by_key = {one.id: one for one in row.progress}
    found = [_report(w, one, by_key) for one in standing(row.progress)]
    return sorted(found, key=lambda one: one.on, reverse=True)


def causes_of(w: Work, row: Commitment) -> list[CauseView]:
    """The causes that stand, in the order they were named."""
    return [
        CauseView(**_record(w, one), text=_open(one.text), from_on=_open(one.from_on), to_on=_open(one.to_on))
        for one in standing(row.causes)
    ]


def steps_of(row: Commitment) -> list[StepView]:
    """The milestones, in order."""
    return [
        StepView(key=m.id, title=_open(m.title), due_on=_open(m.due_on), done_on=_open(m.done_on))
        for m in row.milestones
    ]


def files_of(w: Work, row: Commitment) -> list[FileView]:
    """The files that are kept, oldest first."""
    return [file_view(w, row, one) for one in row.evidence if one.kept_at]


def file_view(w: Work, row: Commitment, one: Evidence) -> FileView:
    """One file."""
    report = next((p for p in row.progress if p.id == one.progress_id), None)
    return FileView(
        key=one.id,
        sha256=one.sha256,
        kind=one.kind,
        media_type=one.media_type,
        size=one.size,
        description=_open(one.description),
        dropped=tuple(one.dropped),
        by=_officer(w, one.added_by_id),
        at=one.added_at,
        is_public=one.disclosed,
        of_day=_open(report.reported_on) if report else None,
    )


def _report(w: Work, one: Progress, by_key: dict[int, Progress]) -> ReportView:
    older, newer = [], one
    while newer.replaces_id is not None:
        old = by_key[newer.replaces_id]
        older.append(replace(_one(w, old), reason=_open(newer.reason)))
        newer = old
    return _one(w, one, tuple(older))


def _one(w: Work, row: Progress, older: tuple[ReportView, ...] = ()) -> ReportView:
    return ReportView(
        **_record(w, row),
        on=_open(row.reported_on),
        state=_open(row.state),
        value=_open(row.value),
        note=_open(row.note),
        source=_open(row.source),
        claim=claim_of(row),
        older=older,
    )


def _record(w: Work, row: Told) -> dict[str, Any]:
    return {
        "key": row.id,
        "is_public": row.disclosed,
        "by": WORKBOOK if row.reporter_id is None else _officer(w, row.reporter_id),
        "at": row.recorded_at,
        "body": _open(row.confirmed_by),
        "document": _open(row.confirmed_document),
        "reason": _open(row.reason),
    }


def _officer(w: Work, key: int) -> str:
    found = w.session.get_one(Officer, key)
    return found.name or found.email


def _open(value: Sealed[T]) -> T:
    return value.open(reason=Reason.DRAFT)
