"""Taking a slip in: into the same inbox as everything else, marked as a slip, by nobody known.

Each slip is a person of its own. It counts as an unverified resident, unless a code letter came with it.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from portal.inbox.feedback.acts import About, Speaker, Word, Words, submit
from portal.inbox.feedback.periods import period_of
from portal.inbox.signin.letters import Proof, spend_letter
from portal.kernel.policy import Actor, Refusal, Refused
from portal.kernel.work import Work
from portal.office.moderation.calendar import working_calendar
from portal.office.programme.reads import programme
from portal.office.programme.tables import Programme
from portal.office.slips.events import SlipEntered
from portal.office.slips.rules import Typing
from portal.office.slips.waiting import how_to_type
from portal.office.units.reads import line_above
from portal.office.units.tables import Unit
from portal.record.voice import Group, Standing

SLIP = "slip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One slip as typed; ``position`` is the entry of the log that shows the commitment."""

    programme: str
    commitment: str
    position: int
    rating: Word | None
    comment: Words | None
    letter: str = ""


def enter_slip(w: Work, slip: Slip, *, by: Actor, first_by: int) -> str:
    """The receipt's code of ``slip``, which ``first_by`` typed before. Raises Refused.

    One officer types both times only where nobody else does that work there, or the setting allows it.
    """
    typing = how_to_type(w, slip.programme, by=by)
    if first_by == by.id and typing is Typing.ANOTHER:
        raise Refused(Refusal.SAME_PERSON)
    draft = programme(w, slip.programme)
    proof = _proof(w, draft, slip.letter) if slip.letter else None
    code = submit(
        w,
        About(programme=draft.ref, commitment=slip.commitment, position=slip.position),
        by=Speaker(
            person=secrets.token_hex(32),
            period=period_of(w.today).code,
            group=proof.group if proof else Group.RESIDENT,
            standing=Standing.VERIFIED if proof else Standing.UNVERIFIED,
            via=SLIP,
        ),
        rating=slip.rating,
        comment=slip.comment,
        due_on=working_calendar(w.settings).add_working_days(w.today, w.settings.moderate_within_days),
    )
    w.tell(
        SlipEntered(
            by=by.id,
            commitment=slip.commitment,
            has_words=slip.comment is not None,
            first_by=first_by,
            typing=typing.value if first_by == by.id else Typing.ANOTHER.value,
        )
    )
    return code


def _proof(w: Work, draft: Programme, letter: str) -> Proof:
    """What the letter on the slip attests, if it is for where the programme is. Raises Refused."""
    proof = spend_letter(w, letter)
    if proof is None or not _is_there(w, draft, proof.unit):
        raise Refused(Refusal.NO_SUCH_LETTER)
    return proof


def _is_there(w: Work, draft: Programme, slug: str) -> bool:
    unit = w.session.scalar(select(Unit).where(Unit.slug == slug))
    here = draft.mandate.unit_id
    return unit is not None and (
        unit.id in line_above(w.session, here) or here in line_above(w.session, unit.id)
    )
