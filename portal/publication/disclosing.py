"""What may be read and what stays inside: one mark an item, each with its ground, each change audited."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.kernel.policy import Act, Actor, Refusal, Refused
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.audit.events import DisclosureChanged
from portal.office.programme import desk_draft as desk
from portal.office.programme.tables import Commitment, KeyTask, Programme, Writer
from portal.office.programme.typed import StampTyped, stamped
from portal.office.programme.workbook.disclosure import NO_BASIS
from portal.office.programme.workbook.form import Part
from portal.office.progress.rules import standing
from portal.office.progress.tables import Cause, Evidence, Progress
from portal.publication import bases

Below = Progress | Cause | Evidence
_WHAT: dict[type, str] = {Progress: "progress", Cause: "cause", Evidence: "evidence"}
COUNT = "count"  # the item that says whether the number of withheld items is shown


@dataclass(frozen=True, slots=True)
class Mark:
    """What an officer decides for one item: its ground by code, with a note that stays inside."""

    disclosed: bool
    ground: str = bases.OTHER
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item with its mark as it stands. ``closed_above``: withheld with what it lies under."""

    key: str
    what: str  # task, commitment, progress, cause, evidence
    place: int
    text: str
    mark: Mark
    has_own_mark: bool
    closed_above: bool
    carries: int  # how many items stay inside with it

    @property
    def is_public(self) -> bool:
        """Whether it would be read once published."""
        return self.mark.disclosed and not self.closed_above


def items(programme: Programme) -> tuple[Item, ...]:
    """Every task, commitment and progress report of ``programme``, in its order."""
    return tuple(_items(programme))


def _items(programme: Programme) -> Iterator[Item]:
    for task in programme.tasks:
        below = [list(below_of(row)) for row in task.commitments]
        is_moral = task.part == Part.MORAL  # it has no mark of its own: it follows its commitments
        carries = len(below) + sum(len(rows) for rows in below)
        said = task.title.open(reason=Reason.DISCLOSURE)
        yield Item(task.ref, "task", task.place, said, _mark(task), not is_moral, False, carries)
        closed = not task.disclosed and not is_moral
        for row, rows in zip(task.commitments, below, strict=True):
            said = row.text.open(reason=Reason.DISCLOSURE)
            yield Item(row.ref, "commitment", row.place, said, _mark(row), True, closed, len(rows))
            for one in rows:
                yield _below(row, one, closed=closed or not row.disclosed)


def below_of(row: Commitment) -> Iterator[Below]:
    """What stands under a commitment: reports and causes nobody replaced, files somebody said yes to."""
    yield from standing(row.progress)
    yield from standing(row.causes)
    yield from (file for file in row.evidence if file.kept_at)


def _below(row: Commitment, one: Below, *, closed: bool) -> Item:
    if isinstance(one, Evidence):
        report = next((p for p in row.progress if p.id == one.progress_id), None)
        closed = closed or (report is not None and not report.disclosed)
    return Item(str(one.id), what_of(one), row.place, said_by(one), Mark(one.disclosed), True, closed, 0)


def what_of(one: Below) -> str:
    """What kind of thing it is."""
    return _WHAT[type(one)]


def said_by(one: Below) -> str:
    """What a report, a cause or a file says, as its line in a list."""
    if isinstance(one, Progress):
        on = one.reported_on.open(reason=Reason.DISCLOSURE)
        return f"{on:%d/%m/%Y}: {one.note.open(reason=Reason.DISCLOSURE)}"
    told = one.text if isinstance(one, Cause) else one.description
    return told.open(reason=Reason.DISCLOSURE)


def _mark(row: KeyTask | Commitment) -> Mark:
    typed = row.withheld_basis.open(reason=Reason.DISCLOSURE)
    ground = bases.basis_of(typed)
    is_told = ground == bases.OTHER and typed != NO_BASIS
    return Mark(row.disclosed, ground, typed if is_told else "")


def disclose(
    w: Work,
    ref: str,
    marks: Mapping[str, Mark],
    *,
    show_count: bool,
    expected: int,
    by: Actor,
) -> Programme:
    """Decide for the items keyed in ``marks``; others stay as they are. ``expected``: the version read.

    Whoever opens something to the public may not be the one who publishes it. Raises Refused, StampTyped.
    """
    if names := stamped({key: mark.note for key, mark in marks.items()}):
        raise StampTyped(names)
    draft = desk.take(w, ref, by=by, act=Act.DISCLOSE)
    if draft.state == "submitted":
        raise Refused(Refusal.IN_APPRAISAL)
    if draft.version != expected:
        raise Refused(Refusal.CHANGED_MEANWHILE)
    changed = list(_change(w, draft, marks, by))
    if show_count != draft.show_withheld_count:
        draft.show_withheld_count = show_count
        changed.append(_event(draft, "programme", COUNT, Mark(show_count, ""), by))
    if changed:
        _leave_traces(w, draft, changed, by)
    return draft


def _change(w: Work, draft: Programme, marks: Mapping[str, Mark], by: Actor) -> Iterator[DisclosureChanged]:
    for task in draft.tasks:
        if task.part != Part.MORAL and _set(w, task, marks.get(task.ref), by):
            yield _event(draft, "task", task.ref, marks[task.ref], by)
        for row in task.commitments:
            if _set(w, row, marks.get(row.ref), by):
                yield _event(draft, "commitment", row.ref, marks[row.ref], by)
            for one in below_of(row):
                mark = marks.get(str(one.id))
                if mark and mark.disclosed != one.disclosed:
                    one.disclosed = mark.disclosed
                    yield _event(draft, what_of(one), str(one.id), Mark(mark.disclosed, ""), by)
        desk.follow_commitments(task)


def _set(w: Work, row: KeyTask | Commitment, mark: Mark | None, by: Actor) -> bool:
    """Whether ``mark`` changed anything; a ground that stays the same keeps the words it was typed in."""
    known = _mark(row)
    if mark is None or (mark.disclosed and known.disclosed):
        return False
    wanted = Mark(mark.disclosed, mark.ground, mark.note.strip() if mark.ground == bases.OTHER else "")
    if wanted == known:
        return False
    if not wanted.disclosed and (wanted.ground, wanted.note) != (known.ground, known.note):
        row.withheld_basis = Sealed(_basis(wanted))
    row.disclosed = wanted.disclosed
    desk.sign(w, row, by=by)
    return True


def _basis(mark: Mark) -> str:
    """The ground as it is kept: in the words of the list, or in the officer's own."""
    return (mark.note or NO_BASIS) if mark.ground == bases.OTHER else bases.label(mark.ground)


def _event(draft: Programme, what: str, item: str, mark: Mark, by: Actor) -> DisclosureChanged:
    return DisclosureChanged(
        by=by.id,
        programme=draft.ref,
        what=what,
        item=item,
        disclosed=mark.disclosed,
        basis="" if mark.disclosed else mark.ground,
    )


def _leave_traces(w: Work, draft: Programme, changed: list[DisclosureChanged], by: Actor) -> None:
    """A decision about marks needs no new appraisal, but somebody to publish it."""
    if any(one.disclosed and one.item != COUNT for one in changed) and (
        w.session.get(Writer, (draft.id, by.id)) is None
    ):
        w.session.add(Writer(programme_id=draft.id, officer_id=by.id))
    if draft.state == "published":
        draft.state = "approved"
    desk.grow(draft)
    for one in changed:
        w.tell(one)
    w.session.flush()
