"""Things of the matrix that belong to no programme: a month of a ward's results, an officer's own job."""

from typing import TYPE_CHECKING

from months import town_month
from people import NHI_CHIEU

from portal.kernel.policy import Act, may_somewhere
from portal.office.accounts.reads import actor, officer
from portal.office.jobs.acts import ask
from portal.office.jobs.rules import JobKind, JobState

if TYPE_CHECKING:
    from matrix_world import MatrixDesk


def add_month(made: "MatrixDesk") -> None:
    """Let the ward of the programmes have one month on record."""
    made.parts["", "thu-tuc"], made.parts["", "so-lieu"] = town_month(made.world, NHI_CHIEU)


def job_of(made: "MatrixDesk", person: str, _: str | None) -> str:
    """The key of a job of the person's that was cut off; empty where they may not ask for one."""
    with made.world.work() as w:
        by = actor(officer(w, made.emails[person]))
        if not may_somewhere(by, Act.EXPORT_LISTS):
            return ""
        row = ask(w, JobKind.EXPORT_LISTS, by=by, about={})
        row.state = JobState.INTERRUPTED.value
        return str(row.id)
