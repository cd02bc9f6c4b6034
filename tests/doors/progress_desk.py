"""A desk over a published programme: who reports, who confirms, who publishes, each with a device."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desk_house import Desk, Visitor
from people import CONG, SOAN, THAM, Person
from world import World

from portal.doors import desk
from portal.doors.looks import find_folder
from portal.kernel.fonts import build_fonts
from portal.office.programme.reads import programme

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"


@dataclass
class ProgressDesk:
    """The desk door of a world, the commitment looked at, and everybody who has come in so far."""

    world: World
    house: Desk
    ref: str
    programme_ref: str
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def as_(self, person: Person) -> Visitor:
        """``person``, signed in."""
        if person.email not in self.visitors:
            self.visitors[person.email] = self.house.welcome(person.email)
        return self.visitors[person.email]

    @property
    def author(self) -> Visitor:
        """Who reports."""
        return self.as_(SOAN)

    @property
    def appraiser(self) -> Visitor:
        """Who may confirm."""
        return self.as_(THAM)

    @property
    def publisher(self) -> Visitor:
        """Who publishes."""
        return self.as_(CONG)


@contextmanager
def open_progress_desk(folder: Path) -> Iterator[ProgressDesk]:
    """A published programme and the desk over it."""
    build_fonts(find_folder("static") / "fonts")
    world = World(folder).settle_in()
    made = world.bring_in(world.read(BOOK))
    with world.work() as w:
        rows = [c for t in programme(w, made).tasks if t.disclosed for c in t.commitments if c.disclosed]
        ref = rows[0].ref
    app = desk.create_app(world.settings, clock=world.clock, ids=world.ids)
    house = Desk(app, world.clock, world.settings)
    yield ProgressDesk(world, house, ref, made)
    house.close()
    world.close()
