"""The drafts an officer may see, in the order in which they wait for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import case, func, select

from portal.kernel import text
from portal.kernel.policy import POLICY, Act, Actor, Matter, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.programme.tables import Mandate, Programme
from portal.office.units.tables import Unit

PAGE = 50
_ORDER = ("returned", "draft", "submitted", "approved", "published", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One draft in a list."""

    ref: str
    cadre_name: str
    post: str
    unit_name: str
    state: str
    commitments: int
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftList:
    """One page of drafts, and how many there are in all."""

    lines: tuple[DraftLine, ...]
    total: int
    pages: int


def drafts_seen_by(w: Work, by: Actor, *, page: int = 1) -> DraftList:
    """The drafts ``by`` may read, fifty a page."""
    parents = _parents(w)
    held = frozenset().union(*(by.roles.get(role, frozenset()) for role in POLICY[Act.READ_DRAFT].roles))
    units = [unit_id for unit_id in parents if _line_above(parents, unit_id) & held]
    seen = select(Programme).join(Mandate).where(Mandate.unit_id.in_(units))
    total = w.session.scalar(select(func.count()).select_from(seen.subquery())) or 0
    place = case({state: at for at, state in enumerate(_ORDER)}, value=Programme.state)
    found = w.session.scalars(
        seen.order_by(place, Programme.declared_at.desc(), Programme.id).offset((page - 1) * PAGE).limit(PAGE)
    ).unique()
    lines = [_line(w, draft) for draft in found if _may_read(by, draft, parents)]
    return DraftList(lines=tuple(lines), total=total, pages=-(-total // PAGE))


def units_written_for(w: Work, by: Actor) -> list[tuple[str, str]]:
    """Code and name of every unit in force for which ``by`` may draft programmes, by name."""
    parents = _parents(w)
    held = frozenset().union(*(by.roles.get(role, frozenset()) for role in POLICY[Act.EDIT_DRAFT].roles))
    written = [unit_id for unit_id in parents if _line_above(parents, unit_id) & held]
    found = [
        unit for unit in w.session.scalars(select(Unit).where(Unit.id.in_(written))) if _is_in_force(unit, w)
    ]
    return [(unit.code, unit.name) for unit in sorted(found, key=lambda unit: text.fold(unit.name))]


def _is_in_force(unit: Unit, w: Work) -> bool:
    has_begun = unit.valid_from is None or unit.valid_from <= w.today
    return has_begun and (unit.valid_to is None or unit.valid_to >= w.today)


def _parents(w: Work) -> dict[int, int | None]:
    return {row.id: row.parent_id for row in w.session.execute(select(Unit.id, Unit.parent_id))}


def _line_above(parents: Mapping[int, int | None], unit_id: int) -> frozenset[int]:
    line: list[int] = []
    here: int | None = unit_id
    while here is not None and here not in line:
        line.append(here)
        here = parents.get(here)
    return frozenset(line)


def _may_read(by: Actor, draft: Programme, parents: Mapping[int, int | None]) -> bool:
    matter = Matter(
        unit_ids=_line_above(parents, draft.mandate.unit_id),
        author_id=draft.author_id,
        cadre_officer_id=draft.mandate.cadre_officer_id,
        cadre_name_key=text.key(draft.mandate.cadre_name.open(reason=Reason.CONFLICT)),
    )
    return refusal_of(by, Act.READ_DRAFT, matter) is None


def _line(w: Work, draft: Programme) -> DraftLine:
    commitments = [(task, one) for task in draft.tasks for one in task.commitments]
    return DraftLine(
        ref=draft.ref,
        cadre_name=draft.mandate.cadre_name.open(reason=Reason.DRAFT),
        post=draft.mandate.post.open(reason=Reason.DRAFT),
        unit_name=w.session.get_one(Unit, draft.mandate.unit_id).name,
        state=draft.state,
        commitments=len(commitments),
        withheld=sum(not (task.disclosed and one.disclosed) for task, one in commitments),
    )
