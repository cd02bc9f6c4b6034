"""What every screen of one programme's way to the public has in common: which one it is, and who may what."""

from typing import Any

from flask import url_for

from portal.doors.desk.gate import me
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.wording import STATES
from portal.kernel.policy import Act, Matter, Refusal, refusal_of, require
from portal.kernel.work import Work
from portal.office.accounts.reads import actor
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme


def look(w: Work, ref: str, act: Act = Act.READ_DRAFT) -> tuple[Programme, dict[str, Any]]:
    """The programme ``ref`` and what its page shows above everything else. Raises Refused."""
    draft = programme(w, ref)
    seen = matter(w, draft)
    require(actor(me()), act, seen)
    return draft, {
        "ref": draft.ref,
        "name": name_of(draft),
        "state": draft.state,
        "states": STATES,
        "may": Rights(seen),
    }


class Rights:
    """What the officer at this desk may do with a programme; a template asks by the act's name."""

    def __init__(self, seen: Matter) -> None:
        self._seen = seen

    def __getattr__(self, name: str) -> bool:
        """Whether the act called ``name`` is allowed."""
        return self.refusal(Act(name)) is None

    def refusal(self, act: Act) -> Refusal | None:
        """Why it is not."""
        return refusal_of(actor(me()), act, self._seen)


def trail_to(ref: str, name: str, *more: tuple[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The way to a page of the programme."""
    steps = ((url_for("home.show_home"), "Chương trình"), (url_for("draft.show_programme", ref=ref), name))
    return tuple((href, label, "") for href, label in (*steps, *more))
