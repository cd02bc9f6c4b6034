"""What a draft and its parts are called on its pages, and who changed them last."""

from datetime import datetime

from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer
from portal.office.programme.tables import Edited, KeyTask, Programme

OPERATOR = "người vận hành hệ thống"


def name_of(draft: Programme) -> str:
    """Post and person, as a draft is called."""
    mandate = draft.mandate
    return f"{mandate.post.open(reason=Reason.DRAFT)} – {mandate.cadre_name.open(reason=Reason.DRAFT)}"


def task_name(task: KeyTask) -> str:
    """Number and title of a task."""
    return f"{task.place}. {task.title.open(reason=Reason.DRAFT)}"


def changed_by(w: Work, row: Edited) -> tuple[str, datetime] | None:
    """Who changed ``row`` last and when; None when nobody did since it came in."""
    if row.changed_at is None:
        return None
    found = w.session.get(Officer, row.changed_by_id) if row.changed_by_id is not None else None
    return (found.name or found.email) if found else OPERATOR, row.changed_at
