"""What may become of a comment, and who may decide: the table of moves, the line of command, the clocks.

Pure. A pair of state and decision that MOVES does not list is refused. Nobody in the cadre's line of
command decides (facts §5.4); what is not shown needs two people, an appeal a third one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.policy import Actor, Role


class CaseState(StrEnum):
    """Where a case stands at the desk; the public sees another, coarser list."""

    WAITING = "waiting"
    REFUSAL_PROPOSED = "refusal_proposed"
    REDIRECT_PROPOSED = "redirect_proposed"
    RETURNED = "returned"
    SHOWN = "shown"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    MERGED = "merged"
    APPEALED = "appealed"
    UPHELD = "upheld"
    SEALED = "sealed"  # a denunciation: its text lies elsewhere, behind another door
    LAPSED = "lapsed"  # returned, and nothing came back
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"  # withdrawn after it was public


class Decision(StrEnum):
    """What can happen to a case, whoever does it."""

    PUBLISH = "publish"
    PUBLISH_MASKED = "publish_masked"
    RETURN = "return"
    REFUSE = "refuse"
    REDIRECT = "redirect"
    SEAL = "seal"
    MERGE = "merge"
    CONFIRM = "confirm"
    OVERTURN = "overturn"
    UPHOLD = "uphold"
    RELEASE = "release"
    REWORK = "rework"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"
    REDACT = "redact"
    LAPSE = "lapse"


class Who(StrEnum):
    """Whose move it is."""

    MODERATOR = "moderator"
    SEAL_KEEPER = "seal_keeper"  # the officer designated to open what is sealed
    AUTHOR = "author"
    CLOCK = "clock"


class Need(StrEnum):
    """What a decision must come with."""

    REFUSAL_REASON = "refusal_reason"
    REDIRECT_REASON = "redirect_reason"
    MASKED_WORDS = "masked_words"
    TWIN = "twin"  # the shown comment this one repeats


@dataclass(frozen=True, slots=True)
class Move:
    """Where a decision leads, whose it is and what it needs."""

    to: CaseState
    who: Who = Who.MODERATOR
    needs: Need | None = None


_S, _D = CaseState, Decision
_PROPOSED = (_S.REFUSAL_PROPOSED, _S.REDIRECT_PROPOSED)
_OPEN = (_S.WAITING, *_PROPOSED)
_APPEALABLE = (_S.REFUSED, _S.REDIRECTED, _S.MERGED, _S.RETURNED)
_UNSEEN = (*_OPEN, *_APPEALABLE, _S.APPEALED, _S.UPHELD)  # the words are not public
_REDACTABLE = (*_OPEN, _S.RETURNED, _S.APPEALED, _S.SHOWN)

MOVES: dict[tuple[CaseState, Decision], Move] = {
    **{(s, _D.PUBLISH): Move(_S.SHOWN) for s in (*_OPEN, _S.APPEALED)},
    **{(s, _D.PUBLISH_MASKED): Move(_S.SHOWN, needs=Need.MASKED_WORDS) for s in (*_OPEN, _S.APPEALED)},
    **{(s, _D.SEAL): Move(_S.SEALED) for s in (*_OPEN, _S.APPEALED)},
    (_S.WAITING, _D.RETURN): Move(_S.RETURNED, needs=Need.REFUSAL_REASON),
    (_S.WAITING, _D.REFUSE): Move(_S.REFUSAL_PROPOSED, needs=Need.REFUSAL_REASON),
    (_S.WAITING, _D.REDIRECT): Move(_S.REDIRECT_PROPOSED, needs=Need.REDIRECT_REASON),
    (_S.WAITING, _D.MERGE): Move(_S.MERGED, needs=Need.TWIN),
    (_S.REFUSAL_PROPOSED, _D.CONFIRM): Move(_S.REFUSED),
    (_S.REDIRECT_PROPOSED, _D.CONFIRM): Move(_S.REDIRECTED),
    **{(s, _D.OVERTURN): Move(_S.WAITING) for s in _PROPOSED},
    (_S.APPEALED, _D.UPHOLD): Move(_S.UPHELD),
    (_S.SEALED, _D.RELEASE): Move(_S.WAITING, Who.SEAL_KEEPER),
    (_S.RETURNED, _D.REWORK): Move(_S.WAITING, Who.AUTHOR),
    (_S.RETURNED, _D.LAPSE): Move(_S.LAPSED, Who.CLOCK),
    **{(s, _D.APPEAL): Move(_S.APPEALED, Who.AUTHOR) for s in _APPEALABLE},
    (_S.SEALED, _D.APPEAL): Move(_S.SEALED, Who.AUTHOR),  # its keeper is told
    **{(s, _D.WITHDRAW): Move(_S.WITHDRAWN, Who.AUTHOR) for s in _UNSEEN},
    (_S.SHOWN, _D.WITHDRAW): Move(_S.TAKEN_BACK, Who.AUTHOR),
    **{(s, _D.REDACT): Move(s, Who.AUTHOR) for s in _REDACTABLE},
}

INBOXES = (_S.WAITING, *_PROPOSED, _S.APPEALED)  # states in which a moderator has something to do


def move_of(state: CaseState, decision: Decision, who: Who) -> Move | None:
    """The move ``who`` makes by ``decision`` in ``state``; None where there is none."""
    found = MOVES.get((state, decision))
    return found if found and found.who is who else None


def decisions_in(state: CaseState) -> tuple[Decision, ...]:
    """What a moderator may choose from in ``state``."""
    return tuple(d for (s, d), move in MOVES.items() if s is state and move.who is Who.MODERATOR)


@dataclass(frozen=True, slots=True)
class Post:
    """A post somebody holds: in which unit, by account where one is tied, and by name to compare."""

    unit_id: int
    officer_id: int | None = None
    name_key: str = ""


@dataclass(frozen=True, slots=True)
class Org:
    """Who stands where: the unit above each unit, and the posts that are held."""

    above: Mapping[int, int | None]
    posts: Collection[Post] = ()


def line(unit_id: int, org: Org) -> tuple[int, ...]:
    """The unit and every unit above it, nearest first."""
    found: list[int] = []
    here: int | None = unit_id
    while here is not None and here not in found:
        found.append(here)
        here = org.above.get(here)
    return tuple(found)


def in_one_line(one: int, other: int, org: Org) -> bool:
    """Whether one of two units is the other, or lies above it: then one commands the other."""
    return one in line(other, org) or other in line(one, org)


def is_holder(by: Actor, post: Post) -> bool:
    """Whether ``by`` holds ``post``, by account or by name."""
    return by.id == post.officer_id or bool(by.name_key and by.name_key == post.name_key)


def holds_in_line(by: Actor, holder: Post, org: Org) -> bool:
    """Whether ``by`` is ``holder``, or holds a post in the holder's unit, above it or below it."""
    posts = (post for post in org.posts if in_one_line(post.unit_id, holder.unit_id, org))
    return any(is_holder(by, post) for post in (holder, *posts))


def may_keep(by: Actor, holder: Post, org: Org) -> bool:
    """Whether ``by``, once designated, may open what was sealed: no role in the holder's unit or below.

    Officers above may: a denunciation goes to the body that is competent for the cadre (facts §5.4).
    """
    units = {unit for held in by.roles.values() for unit in held}
    is_inside = any(holder.unit_id in line(unit, org) for unit in units)
    return not is_inside and not holds_in_line(by, holder, org)


def may_handle(by: Actor, holder: Post, org: Org) -> bool:
    """Whether ``by`` stands outside the line of command of ``holder`` and so may judge words about them.

    In the line are: the holder; whoever holds a post in the holder's unit, above it or below it; and
    whoever does other work of the desk (drafting, appraising, publishing, evaluating, administering)
    there. Moderators who do nothing else there are of a neutral body: Mặt trận Tổ quốc, Ban Thanh tra
    nhân dân, an editorial board (facts §5.4).
    """
    if holds_in_line(by, holder, org):
        return False
    working = {unit for role, units in by.roles.items() if role is not Role.MODERATOR for unit in units}
    return not any(in_one_line(unit, holder.unit_id, org) for unit in working)


def pool(
    moderators: Collection[Actor], holder: Post, org: Org, *, needed: int, without: Collection[int] = ()
) -> tuple[Actor, ...]:
    """Whom a case may be drawn for: the nearest level with ``needed`` moderators free to judge, or the last.

    Each level adds the unit above, up to the province; ``without`` are officers who had the case before
    or said they are involved. A ward too small for three different people borrows from above.
    """
    free = [m for m in moderators if m.is_active and may_handle(m, holder, org)]
    found: list[Actor] = []
    for unit in line(holder.unit_id, org):
        found += [m for m in free if m not in found and unit in m.roles.get(Role.MODERATOR, frozenset())]
        if len(found) >= needed and any(m.id not in without for m in found):
            break
    return tuple(sorted((m for m in found if m.id not in without), key=lambda m: m.id))
