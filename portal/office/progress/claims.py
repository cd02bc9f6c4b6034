"""Confirmations a workbook claims: its author's word alone, until somebody competent confirms them."""

from collections.abc import Iterator

from sqlalchemy import select

from portal.kernel.policy import Act, Actor, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.programme.reads import matter
from portal.office.programme.tables import Commitment, Programme
from portal.office.progress.acts import confirm
from portal.office.progress.form import ConfirmationForm
from portal.office.progress.rules import standing
from portal.office.progress.tables import Progress


def claim_of(row: Progress) -> ConfirmationForm | None:
    """The confirmation claimed for a report nobody has confirmed; half a claim is none."""
    body, document = (cell.open(reason=Reason.DRAFT) for cell in (row.claimed_by, row.claimed_document))
    if row.confirmed_at is not None or not (body and document):
        return None
    return ConfirmationForm(body=body, document=document)


def claimed(programme: Programme) -> Iterator[tuple[Commitment, Progress, ConfirmationForm]]:
    """The reports of ``programme`` that stand and wait for what was claimed of them to be confirmed."""
    for commitment in (c for task in programme.tasks for c in task.commitments):
        for row in standing(commitment.progress):
            if claim := claim_of(row):
                yield commitment, row, claim


def confirm_claims(w: Work, programme: Programme, *, by: Actor) -> int:
    """Confirm every claim as it was made; how many. Raises Refused where ``by`` may not confirm."""
    found = list(claimed(programme))
    for commitment, row, claim in found:
        confirm(w, commitment.ref, row.id, claim, by=by)
    return len(found)


def claims_for(w: Work, by: Actor) -> list[tuple[Programme, int]]:
    """The programmes in which ``by`` may confirm, each with how many claims wait there."""
    drafts = w.session.scalars(select(Programme).where(Programme.state != "withdrawn")).unique()
    found = [
        (draft, len(list(claimed(draft))))
        for draft in drafts
        if refusal_of(by, Act.CONFIRM_PROGRESS, matter(w, draft)) is None
    ]
    return [(draft, count) for draft, count in found if count]
