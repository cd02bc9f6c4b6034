"""What an officer chooses from when a commitment passes on: programmes that can go on with it, and theirs.

Nothing is typed: a reference that is misread would hand a promise to somebody else.
"""

from collections.abc import Iterable, Mapping

from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.wording import STATES
from portal.kernel import text
from portal.kernel.policy import Actor
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.movement.reads import is_in_reach, successors
from portal.office.programme.reads import programme
from portal.office.programme.tables import Programme
from portal.office.units.tables import Unit
from portal.record import reads

LONGEST = 160  # characters of a commitment in a list; the number before it tells two alike apart


def programmes(w: Work, draft: Programme, by: Actor) -> dict[str, str]:
    """In words, then by reference: the programmes that can go on with commitments of ``draft``."""
    return _told_apart(
        (
            f"{name_of(one)}, {w.session.get_one(Unit, one.mandate.unit_id).name} "
            f"({STATES[one.state][0].lower()})",
            one.ref,
        )
        for one in successors(w, draft, by)
    )


def commitments(w: Work, ref: str, by: Actor) -> dict[str, str]:
    """In words, then by reference: the commitments of the programme ``ref`` that ``by`` may be told of."""
    found = programme(w, ref)
    if is_in_reach(w, found, by):
        rows = [row for task in found.tasks for row in task.commitments]
        return _told_apart((_short(row.place, row.text.open(reason=Reason.DRAFT)), row.ref) for row in rows)
    public = reads.commitments_of(w.session, found.ref)
    return _told_apart((_short(place, one.text), one.ref) for place, one in enumerate(public, 1))


def words_of(ref: str | None, among: Mapping[str, str]) -> str:
    """What ``ref`` is called among these; empty when it is not among them."""
    return next((words for words, one in among.items() if one == ref), "")


def _told_apart(choices: Iterable[tuple[str, str]]) -> dict[str, str]:
    """``choices``; of those that read alike the later ones with their reference."""
    found: dict[str, str] = {}
    read: set[str] = set()
    for words, ref in choices:
        apart = words if text.key(words) not in read else f"{words}, mã {ref}"
        read.add(text.key(apart))
        found[apart] = ref
    return found


def _short(place: int, said: str) -> str:
    said = text.tidy(said)
    return f"{place}. {said if len(said) <= LONGEST else said[:LONGEST].rsplit(' ', 1)[0] + '…'}"
