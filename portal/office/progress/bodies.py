"""For which body an officer confirms."""

from portal.kernel.policy import POLICY, Act, Actor
from portal.kernel.work import Work
from portal.office.programme.tables import Programme
from portal.office.units.reads import line_above
from portal.office.units.tables import Unit


def body_of(w: Work, draft: Programme, by: Actor) -> str:
    """The name of the nearest unit, at or above the programme's, for which ``by`` may confirm."""
    held = frozenset[int]().union(
        *(by.roles.get(role, frozenset()) for role in POLICY[Act.CONFIRM_PROGRESS].roles)
    )
    line = line_above(w.session, draft.mandate.unit_id)
    return next((w.session.get_one(Unit, unit).name for unit in line if unit in held), "")
