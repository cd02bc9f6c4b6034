"""Things of the matrix that belong to no programme: a month of a ward's results, an officer's own job."""

from datetime import date
from typing import TYPE_CHECKING

from months import town_month
from people import NHI_CHIEU, SOAN
from sqlalchemy import select

from portal.kernel.boxes import lock
from portal.kernel.keys import key
from portal.kernel.policy import Act, may_somewhere
from portal.kernel.sealed import Sealed
from portal.office.accounts.reads import actor, officer
from portal.office.evaluation.reads import periods_with
from portal.office.evaluation.tables import Period, Quotation
from portal.office.jobs.acts import ask
from portal.office.jobs.rules import JobKind, JobState
from portal.office.programme.tables import Programme
from portal.office.replies.tables import Reply, Theme
from portal.office.slips.tables import TypedSlip
from portal.office.slips.waiting import PURPOSE
from portal.office.units.reads import unit_of_code

if TYPE_CHECKING:
    from matrix_world import MatrixDesk

    from portal.kernel.work import Work


def add_month(made: "MatrixDesk") -> None:
    """Let the ward of the programmes have one month on record."""
    made.parts["", "thu-tuc"], made.parts["", "so-lieu"] = town_month(made.world, NHI_CHIEU)


def add_replies(made: "MatrixDesk") -> None:
    """Let every programme have a theme and an answer to it, each waiting for a second person."""
    with made.world.work() as w:
        by = officer(w, SOAN.email).id
        for draft in w.session.scalars(select(Programme)).unique():
            theme = Theme(
                id=w.ids.key(), ref=w.ids.ref(), programme_id=draft.id, title=Sealed("Nhóm minh họa"),
                comments=["khongcoa", "khongcob"], gathered_by_id=by, gathered_at=w.now,
            )  # fmt: skip
            reply = Reply(
                id=w.ids.key(), programme_id=draft.id, about=theme.ref, text=Sealed("Trả lời minh họa"),
                note=Sealed(""), written_by_id=by, written_at=w.now,
            )  # fmt: skip
            w.session.add_all([theme, reply])


def add_period(made: "MatrixDesk") -> None:
    """Let the ward of the programmes have an evaluation period."""
    with made.world.work() as w:
        unit = unit_of_code(w.session, NHI_CHIEU, w.today)
        assert unit is not None
        row = Period(
            id=w.ids.key(), unit_id=unit.id, code="2026-Q3", kind="quarter", first=date(2026, 7, 1),
            last=date(2026, 9, 30), opened_by_id=officer(w, SOAN.email).id, opened_at=w.now,
        )  # fmt: skip
        w.session.add(row)
        made.parts["", "ky"] = str(row.id)
        for draft in w.session.scalars(select(Programme)).unique():
            _quote(w, draft, row)
            box = lock(key(w.settings.instance / "keys", "slips"), PURPOSE, b"{}")
            slip = TypedSlip(
                id=w.ids.key(), number="MH123", programme_id=draft.id, commitment_ref="minh-hoa", locked=box,
                typed_by_id=officer(w, SOAN.email).id, typed_at=w.now,
            )  # fmt: skip
            w.session.add(slip)


def _quote(w: "Work", draft: Programme, period: Period) -> None:
    """Let a document of the competent level wait beside a programme."""
    words = {name: Sealed("Văn bản minh họa") for name in ("title", "number", "issuer", "text", "ordered_by")}
    row = Quotation(
        id=w.ids.key(), ref=f"{draft.ref}.trich-{w.ids.ref()}", period_id=period.id, programme_id=draft.id,
        decided_on=Sealed(w.today), link=Sealed(""), written_by_id=officer(w, SOAN.email).id,
        written_at=w.now, **words,
    )  # fmt: skip
    w.session.add(row)


def period_in(w: "Work", draft: Programme) -> str:
    """The period a programme lies in."""
    return next((row.code for row in periods_with(w, draft)), "")


def quotation_of(w: "Work", draft: Programme) -> str:
    """The document of a programme that waits to be quoted."""
    return str(w.session.scalar(select(Quotation.id).where(Quotation.programme_id == draft.id)) or "")


def slip_of(w: "Work", draft: Programme) -> str:
    """A slip about the programme that was typed once."""
    return str(w.session.scalar(select(TypedSlip.id).where(TypedSlip.programme_id == draft.id)) or "")


def theme_of(w: "Work", draft: Programme) -> str:
    """The theme of a programme."""
    return w.session.scalar(select(Theme.ref).where(Theme.programme_id == draft.id)) or ""


def reply_of(w: "Work", draft: Programme) -> str:
    """The answer of a programme that waits."""
    return str(w.session.scalar(select(Reply.id).where(Reply.programme_id == draft.id)) or "")


def job_of(made: "MatrixDesk", person: str, _: str | None) -> str:
    """The key of a job of the person's that was cut off; empty where they may not ask for one."""
    with made.world.work() as w:
        by = actor(officer(w, made.emails[person]))
        if not may_somewhere(by, Act.EXPORT_LISTS):
            return ""
        row = ask(w, JobKind.EXPORT_LISTS, by=by, about={})
        row.state = JobState.INTERRUPTED.value
        return str(row.id)
