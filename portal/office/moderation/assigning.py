"""Whom a case is given to: drawn at random among those the line of command does not touch."""

from dataclasses import dataclass

from portal.kernel.policy import Actor
from portal.kernel.work import Work
from portal.office.moderation.events import CaseAssigned
from portal.office.moderation.org import Concerned, concerned, moderators, recused
from portal.office.moderation.rules import pool
from portal.office.moderation.tables import Case


@dataclass(slots=True)
class Roster:
    """Everybody who may be drawn, looked up once for one unit of work."""

    w: Work
    moderators: list[Actor]
    seen: dict[str, Concerned | None]

    @classmethod
    def of(cls, w: Work) -> "Roster":
        """The roster as it is now."""
        return cls(w, moderators(w), {})

    def concerned(self, programme: str) -> Concerned | None:
        """Whom ``programme`` is about."""
        if programme not in self.seen:
            self.seen[programme] = concerned(self.w, programme)
        return self.seen[programme]

    def draw(self, programme: str, *, without: set[int]) -> int | None:
        """One of those who may handle what is said about ``programme``, at random; None: nobody may."""
        of = self.concerned(programme)
        if of is None:
            return None
        needed = self.w.settings.moderators_needed
        free = pool(self.moderators, of.holder, of.org, needed=needed, without=without)
        return free[self.w.ids.key() % len(free)].id if free else None

    def excluded(self, programme: str) -> int:
        """How many moderators the line of command keeps out."""
        of = self.concerned(programme)
        if of is None:
            return 0
        return len(self.moderators) - len(pool(self.moderators, of.holder, of.org, needed=10**9))


def hands_on(case: Case) -> set[int]:
    """Who decided something of the case already."""
    return {key for key in (case.first_id, case.second_id, case.third_id) if key is not None}


def give(w: Work, case: Case, *, why: str, without: set[int] | None = None) -> int | None:
    """Draw somebody for ``case`` who did not decide it before; None and unassigned where nobody is free."""
    out = hands_on(case) | recused(w, case.id) | (without or set())
    case.assigned_id = Roster.of(w).draw(case.programme, without=out)
    case.claimed_until = None
    w.tell(CaseAssigned(case=case.id, assigned=case.assigned_id, why=why))
    return case.assigned_id
