"""A published programme in an evaluation period, and the people of an evaluation."""

from datetime import UTC, date, datetime

from people import CITY, NHI_CHIEU, Person
from published_comments import publish_comment
from world import World, who

from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer
from portal.office.evaluation.acts import PeriodForm, open_period
from portal.office.evaluation.reads import period_called
from portal.publication.evaluating import Freezing, freeze
from portal.record import reads
from portal.record.append import Line, append
from portal.record.documents import Act, Kind, ThemeDoc

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
DANH = Person("Vũ Thị Danh", "danh@namro.example", Role.EVALUATOR, CITY)
GIA = Person("Trịnh Văn Giá", "gia@namro.example", Role.EVALUATOR, CITY)
WARD = Person("Phan Thị Sở", "so@namro.example", Role.EVALUATOR, NHI_CHIEU)
AFTER = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
Q4 = PeriodForm(code="2026-Q4", first=date(2026, 10, 1), last=date(2026, 12, 31))


def evaluators(world: World) -> None:
    """Give the people of the evaluation their accounts."""
    with world.work() as w:
        for person in (DANH, GIA, WARD):
            add_officer(w, email=person.email, name=person.name, role=person.role, unit_code=person.unit_code)


def published(world: World) -> str:
    """The first sample programme, published; its reference."""
    return world.bring_in(world.read(BOOK))


def open_q4(world: World, *, by: Person = DANH, form: PeriodForm = Q4) -> None:
    with world.work() as w:
        open_period(w, form, by=who(w, by))


def freeze_q4(world: World, *, by: Person = DANH, code: str = "2026-Q4") -> Freezing:
    """Freeze the period in January."""
    world.clock.at = max(world.clock.at, AFTER)
    with world.work() as w:
        actor = who(w, by)
        period = period_called(w, code, by=actor, act=DeskAct.FREEZE_PERIOD)
        return freeze(w, period, by=actor, signer=world.signer)


def commitments(world: World, ref: str) -> list[str]:
    """The references of the public commitments."""
    with world.work() as w:
        return [doc.ref for doc in reads.commitments_of(w.session, ref)]


def gather_theme(world: World, ref: str, name: str = "chude1") -> tuple[ThemeDoc, list[str]]:
    """Three comments with receipts and a published theme of them."""
    commitment = commitments(world, ref)[0]
    said = [publish_comment(world, commitment, f"Vẫn chậm {n} (minh họa).") for n in range(3)]
    theme = ThemeDoc(
        ref=name,
        programme_ref=ref,
        title="Trả kết quả chậm",
        comments=tuple(said),
        asked_on=None,
        due_on=None,
    )
    with world.work() as w:
        append(w, [Line(kind=Kind.THEME, ref=name, act=Act.PUBLISH, document=theme)], signer=world.signer)
    return theme, said
