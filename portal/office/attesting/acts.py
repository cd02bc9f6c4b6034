"""Issuing code letters: by an officer of the attesting body, for a unit within reach, on the audit."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.inbox.signin.letters import Issued, issue_letters, issues_of
from portal.kernel import text
from portal.kernel.policy import POLICY, Act, Actor, Matter, Refusal, Refused, require
from portal.kernel.succession import is_in_force
from portal.kernel.work import Work
from portal.office.attesting.events import LettersIssued
from portal.office.units.reads import line_above, units_under
from portal.office.units.tables import Unit
from portal.record.voice import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be printed: ``unit`` by its public address, ``body`` as people know it."""

    group: Group
    unit: str
    body: str
    count: int


def issue(w: Work, order: Order, *, by: Actor) -> list[str]:
    """The codes of ``order``, which nobody can read again. Raises Refused."""
    unit = units_of(w, by).get(order.unit)
    if unit is None:
        raise Refused(Refusal.NO_SUCH_UNIT)
    require(by, Act.ATTEST, Matter(unit_ids=frozenset(line_above(w.session, unit.id))))
    _, codes = issue_letters(w, order.count, group=order.group, unit=unit.slug, body=order.body)
    w.tell(LettersIssued(by=by.id, unit_id=unit.id, group=order.group.value, letters=len(codes)))
    return codes


def units_of(w: Work, by: Actor) -> Mapping[str, Unit]:
    """The units in force for which ``by`` attests, by public address, in the order of their names."""
    held = frozenset().union(*(by.roles.get(role, frozenset()) for role in POLICY[Act.ATTEST].roles))
    found = [unit for unit in units_under(w.session, held) if is_in_force(unit, w.today)]
    return {unit.slug: unit for unit in sorted(found, key=lambda unit: (text.fold(unit.name), unit.code))}


def issued(w: Work, by: Actor) -> list[Issued]:
    """What was issued before where ``by`` attests: how many letters, how many used, never by whom."""
    return issues_of(w, set(units_of(w, by)))
