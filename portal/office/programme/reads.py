"""Looking up drafts, and seeing them as the policy sees them."""

from sqlalchemy import select

from portal.kernel import text
from portal.kernel.policy import Matter, Refusal, Refused
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.appraisal.tables import Assignment
from portal.office.programme.tables import Commitment, KeyTask, Programme, Writer
from portal.office.units.reads import line_above


def programme(w: Work, ref: str) -> Programme:
    """The draft with this reference. Raises Refused when there is none."""
    found = w.session.scalar(select(Programme).where(Programme.ref == ref.strip().lower()))
    if found is None:
        raise Refused(Refusal.NO_SUCH_PROGRAMME, ref)
    return found


def programme_of_commitment(w: Work, ref: str) -> Programme:
    """The draft that holds the commitment with this reference. Raises Refused when there is none."""
    found = w.session.scalar(
        select(Programme)
        .join(KeyTask, KeyTask.programme_id == Programme.id)
        .join(Commitment, Commitment.task_id == KeyTask.id)
        .where(Commitment.ref == ref.strip().lower())
    )
    if found is None:
        raise Refused(Refusal.NO_SUCH_COMMITMENT, ref)
    return found


def matter(w: Work, found: Programme) -> Matter:
    """``found`` as the policy sees it: where it belongs, who wrote or assigned some of it, whose it is."""
    return Matter(
        unit_ids=frozenset(line_above(w.session, found.mandate.unit_id)),
        author_id=found.author_id,
        writer_ids=frozenset(
            w.session.scalars(select(Writer.officer_id).where(Writer.programme_id == found.id))
        ),
        assigner_ids=frozenset(
            w.session.scalars(select(Assignment.officer_id).where(Assignment.programme_id == found.id))
        ),
        cadre_officer_id=found.mandate.cadre_officer_id,
        cadre_name_key=text.key(found.mandate.cadre_name.open(reason=Reason.CONFLICT)),
    )
