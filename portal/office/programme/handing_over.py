"""A draft leaves the author's hands for the appraiser's, as a frozen version; or comes back to be changed."""

from portal.kernel.policy import Act, Actor, Refusal, Refused
from portal.kernel.work import Work
from portal.office.audit.events import DraftHandedOver
from portal.office.programme import desk_draft as desk
from portal.office.programme.tables import Version
from portal.office.programme.versions import snapshot

SUBMITTED = "submitted"  # the label of such versions


def hand_over(w: Work, ref: str, *, by: Actor) -> Version:
    """Hand the draft over for appraisal; from now on it cannot be changed. Its frozen version.

    Raises Refused when it is on its way already, or when there is nothing to appraise.
    """
    draft = desk.take(w, ref, by=by, act=Act.SUBMIT_DRAFT)
    if draft.state == "submitted":
        raise Refused(Refusal.IN_APPRAISAL)
    if draft.state not in ("draft", "returned"):
        raise Refused(Refusal.NOT_A_DRAFT)
    if not any(task.commitments for task in draft.tasks):
        raise Refused(Refusal.NOTHING_TO_APPRAISE)
    draft.state = "submitted"
    desk.remember_writer(w, draft, by.id)
    made = snapshot(w, draft, label=SUBMITTED, by=by)
    w.tell(DraftHandedOver(by=by.id, programme=draft.ref, version=made.number))
    return made


def take_back(w: Work, ref: str, *, by: Actor) -> None:
    """Take the draft back before the appraiser has decided. The version handed over stays on file."""
    draft = desk.take(w, ref, by=by, act=Act.SUBMIT_DRAFT)
    if draft.state != "submitted":
        raise Refused(Refusal.NOT_IN_APPRAISAL)
    draft.state = "draft"
    w.tell(DraftHandedOver(by=by.id, programme=draft.ref, version=0))
