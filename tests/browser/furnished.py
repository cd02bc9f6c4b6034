"""The matrix's desk with what only a browser looks at besides: a second look, a milestone, a comment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import matrix_rules as rules
from matrix_world import NOBODY, STATES, MatrixDesk, first_commitment, open_matrix_desk
from published_comments import publish_comment
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.kernel.sealed import Sealed
from portal.office.accounts.reads import officer
from portal.office.moderation.tables import Case, Review
from portal.office.programme.reads import programme
from portal.office.programme.tables import Milestone
from portal.record import reads

READER, KEEPER = "moderator-own", "above"
# Which programme says most on a page; elsewhere the published one comes first.
BEST = {
    "draft.show_programme": "draft",
    "disclosure.show_marks": "approved",
    "publication.show_gate": "approved",
    "appraisal.show_board": "submitted",
}


@dataclass(frozen=True)
class Furnished:
    """The desk, and the addresses that the matrix leaves empty."""

    desk: MatrixDesk
    more: dict[str, str]

    def opens(self, rule: Rule) -> tuple[str, str, str] | None:
        """Who may open an address, its path and what kind of file it is; None: nobody can."""
        first = BEST.get(rule.endpoint, "published")
        states = (first, *(state for state in STATES if state != first))
        for person in ("above", *(one for one in self.desk.cookies if one != "above"), NOBODY):
            for state in states if rules.is_about_a_programme(rule) else ("published",):
                path, _ = rules.address(self.desk, rule, person, self.desk.refs[state])
                path = self.more.get(rule.endpoint, path)
                answer = self.desk.ask(person, "GET", path)
                if answer.status_code == 200:
                    return person, path, answer.mimetype
        return None


@contextmanager
def open_furnished(folder: Path) -> Iterator[Furnished]:
    """The matrix's desk, whose public comment, milestone and second look are in place."""
    with open_matrix_desk(folder, seal_keepers=(f"{KEEPER}@namro.example",)) as desk:
        ref, more = desk.refs["published"], {}
        for add in (_comment, _milestone, _second_look):
            more.update(add(desk, ref))
        desk.remember()
        yield Furnished(desk, more)


def _comment(desk: MatrixDesk, ref: str) -> dict[str, str]:
    with desk.world.work() as w:
        commitment = reads.commitments_of(w.session, ref)[0].ref
    about = publish_comment(desk.world, commitment, "Đèn ngõ 5 vẫn tắt (minh họa).")
    return {"replies.write": f"/van-phong/giai-trinh/{ref}/tra-loi/{about}"}


def _milestone(desk: MatrixDesk, ref: str) -> dict[str, str]:
    with desk.world.work() as w:
        row, key = first_commitment(programme(w, ref)), w.ids.key()
        w.session.add(
            Milestone(
                id=key, commitment_id=row.id, place=1, title=Sealed("Xong phần móng (minh họa)"),
                due_on=Sealed(w.today), done_on=Sealed(None),
            )
        )  # fmt: skip
        return {"progress.tick": f"/van-phong/tien-do/{row.ref}/moc/{key}"}


def _second_look(desk: MatrixDesk, ref: str) -> dict[str, str]:
    with desk.world.work() as w:
        reader, key = officer(w, desk.emails[READER]).id, w.ids.key()
        case = w.session.scalars(select(Case).where(Case.programme == ref, Case.state == "waiting")).one()
        for one in w.session.scalars(select(Case).where(Case.state == "waiting")):
            one.assigned_id, one.words = reader, Sealed("Đường vào ngõ 5 vẫn ngập (minh họa).")
        w.session.add(
            Review(
                id=key, case_id=case.id, reviewer_id=reader, asked_at=w.now, first_verdict="publish",
                words=Sealed("Đường vào ngõ 5 vẫn ngập (minh họa)."),
            )
        )  # fmt: skip
        return {"moderation_case.look_again": f"/van-phong/kiem-duyet/xem-lai/{key}"}
