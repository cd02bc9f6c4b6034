"""Cases of moderation for the matrix: one that waits and one that is sealed, about every programme."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from portal.kernel.sealed import Sealed
from portal.kernel.work import Work
from portal.office.accounts.tables import Officer
from portal.office.moderation.tables import Case, SealedText
from portal.office.programme.tables import Programme

if TYPE_CHECKING:
    from matrix_world import MatrixDesk


def add_cases(made: "MatrixDesk", dye: str) -> None:
    """A case in each state the addresses can name, given to nobody."""
    with made.world.work() as w:
        some = w.session.scalars(select(Officer.id)).first()
        for draft in w.session.scalars(select(Programme)).unique().all():
            waiting, sealed = _case(w, draft, "waiting", dye), _case(w, draft, "sealed", "")
            w.session.add_all([waiting, sealed])
            w.session.flush()
            w.session.add(
                SealedText(case_id=sealed.id, words=Sealed(dye), sealed_at=w.now, sealed_by_id=some or 0)
            )


def _case(w: Work, draft: Programme, state: str, words: str) -> Case:
    key = w.ids.key()
    return Case(
        id=key, ref=w.ids.ref(), code=f"{key:064x}", comment_key=key, programme=draft.ref,
        commitment=draft.tasks[0].commitments[0].ref, kind="opinion", shown_as="Người dân",
        has_personal=False, words=Sealed(words), note=Sealed(words), plea=Sealed(words), signals=[],
        cluster=key, received_at=w.now, received_on=w.today, due_at=w.now, state=state,
    )  # fmt: skip


def case_of(w: Work, draft: Programme) -> int | None:
    """The case that waits."""
    return w.session.scalar(select(Case.id).where(Case.programme == draft.ref, Case.state == "waiting"))


def sealed_of(w: Work, draft: Programme) -> int | None:
    """The case that is sealed."""
    return w.session.scalar(select(Case.id).where(Case.programme == draft.ref, Case.state == "sealed"))
