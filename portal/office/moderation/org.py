"""Who stands where, as the conflict rule sees it: the holder of a programme, the line, the moderators."""

from dataclasses import dataclass, field

from sqlalchemy import select

from portal.kernel import text
from portal.kernel.policy import Actor, Role
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.accounts.reads import actor
from portal.office.accounts.tables import Officer, RoleInUnit
from portal.office.moderation.rules import Org, Post, in_one_line
from portal.office.moderation.tables import Recusal
from portal.office.programme.tables import Mandate, Programme
from portal.office.units.tables import Unit


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom a case is about, in which organisation."""

    holder: Post
    org: Org
    name: str = field(repr=False)  # as the public page has it; known, so no third person's


def concerned(w: Work, programme_ref: str) -> Concerned | None:
    """The holder the programme belongs to and everybody's place; None where the office has none such."""
    found = w.session.scalar(select(Programme).where(Programme.ref == programme_ref))
    if found is None:
        return None
    name = found.mandate.cadre_name.open(reason=Reason.CONFLICT)
    return Concerned(_post(found.mandate), organisation(w, found.mandate.unit_id), name)


def organisation(w: Work, unit_id: int) -> Org:
    """Every unit, and the posts held in one line with ``unit_id``: no other post is of any consequence."""
    above = dict(w.session.execute(select(Unit.id, Unit.parent_id)).all())
    bare = Org(above)
    near = [unit for unit in above if in_one_line(unit, unit_id, bare)]
    posts = w.session.scalars(select(Mandate).where(Mandate.unit_id.in_(near)))
    return Org(above, tuple(_post(mandate) for mandate in posts))


def moderators(w: Work) -> list[Actor]:
    """Every officer with the moderator's role somewhere, as the rules see them."""
    found = w.session.scalars(
        select(Officer)
        .join(RoleInUnit, RoleInUnit.officer_id == Officer.id)
        .where(RoleInUnit.role == Role.MODERATOR.value, Officer.active)
        .order_by(Officer.id)
        .distinct()
    )
    return [actor(officer) for officer in found]


def recused(w: Work, case_id: int) -> set[int]:
    """Who said that the case is not theirs."""
    return set(w.session.scalars(select(Recusal.officer_id).where(Recusal.case_id == case_id)))


def _post(mandate: Mandate) -> Post:
    name = mandate.cadre_name.open(reason=Reason.CONFLICT)
    return Post(mandate.unit_id, mandate.cadre_officer_id, text.key(name))
