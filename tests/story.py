"""A record with everything in it: publication, progress, amendment, withdrawal, return, erasure."""

from datetime import date

from changes import PAPER, REASON, changed, commitment_of, reported
from people import CONG
from sqlalchemy import select
from world import World, who

from portal.office.programme.reads import programme
from portal.publication import acts as valve
from portal.record.append import Line, append
from portal.record.documents import Act, Kind, Notice, TombstoneDoc
from portal.record.tables import Entry

ONE = "01-chu-tich-phuong-nhi-chieu.xlsx"
TWO = "02-pho-chu-tich-phuong-kinh-mon.xlsx"
THREE = "03-bi-thu-phuong-kinh-mon.xlsx"


def tell(world: World, *, follow: bool = False) -> dict[str, str]:
    """Let it all happen, a day between two acts; what was published, by its workbook.

    ``follow``: the index follows after every act, as it does where the portal runs.
    """
    world.settle_in()
    world.later(days=1)
    refs = {}

    def next_day() -> None:
        if follow:
            world.follow()
        world.later(days=1)

    for name in (ONE, TWO, THREE):
        form = world.read(name)
        refs[name] = world.draft(form)
        world.approve(refs[name])
        world.publish(refs[name])
        next_day()
    form = reported(world.read(ONE), 1, "6.4")
    world.revise(refs[ONE], form)
    world.publish(refs[ONE])
    next_day()
    later = changed(form, 1, target=commitment_of(form, 1).target - 1, deadline=date(2028, 6, 30))
    world.revise(refs[ONE], later)
    world.approve(refs[ONE])
    world.publish(refs[ONE], reason=REASON, document=PAPER)
    next_day()
    withdraw_one(world, refs[TWO], number=5)
    next_day()
    world.withdraw(refs[THREE])
    next_day()
    redact(world, ref_of(world, refs[ONE], number=1))  # an old revision; the newest stays
    next_day()
    return refs


def withdraw_one(world: World, ref: str, *, number: int) -> str:
    """Take down the commitment with this STT; its reference."""
    with world.work() as w:
        draft = programme(w, ref)
        row = next(c for t in draft.tasks for c in t.commitments if c.place == number)
        valve.withdraw_commitment(
            w, draft, row.ref, by=who(w, CONG), signer=world.signer, reason="Công bố nhầm (minh họa)"
        )
        return row.ref


def ref_of(world: World, ref: str, *, number: int) -> str:
    """The reference of the commitment with this STT in the programme ``ref``."""
    with world.work() as w:
        draft = programme(w, ref)
        return next(c.ref for t in draft.tasks for c in t.commitments if c.place == number)


def redact(world: World, ref: str) -> int:
    """Erase the text of the first revision of ``ref``, as a competent body ordered; its position."""
    with world.work() as w:
        first = w.session.scalars(select(Entry).where(Entry.ref == ref).order_by(Entry.number)).first()
        assert first
        stone = TombstoneDoc(
            ref=ref, withdrawn_on=w.today, reason="Xóa theo yêu cầu của cơ quan có thẩm quyền"
        )
        line = Line(
            kind=Kind(first.kind), ref=ref, act=Act.REDACT, document=stone,
            notice=Notice(reason=stone.reason), cites=first.position,
        )  # fmt: skip
        append(w, [line], signer=world.signer)
        return first.position
