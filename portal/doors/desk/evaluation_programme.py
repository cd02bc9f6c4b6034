"""The programme and the period an evaluation page is about, for somebody who may act there."""

from portal.doors.desk.gate import me
from portal.kernel.policy import Act, require
from portal.kernel.work import Work
from portal.office.accounts.reads import actor
from portal.office.evaluation.reads import period_of
from portal.office.evaluation.tables import Period
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme


def look_up(w: Work, ref: str, code: str, act: Act) -> tuple[Programme, Period]:
    """The programme ``ref`` and its period ``code``; Refused to an officer who may not ``act`` there."""
    draft = programme(w, ref)
    require(actor(me()), act, matter(w, draft))
    return draft, period_of(w, draft, code)
