"""Months of procedures that stay inside beside one that is public: every word and figure of them a secret."""

import zlib
from datetime import date

from dye import Dye
from months import form, open_up, slug_of, tell
from people import CONG, NHI_CHIEU
from world import World, who

from portal.office.procedures.form import MonthForm
from portal.office.procedures.reads import unit_of_slug
from portal.office.procedures.rules import Counts
from portal.publication import procedures as valve
from portal.record.documents import FigureState

OPEN = Counts(handled=3, early=1, on_time=1, late=1)


def withhold_months(world: World, dye: Dye) -> None:
    """One public month; one withheld, one taken back in, one corrected before it was public."""
    slug = slug_of(world, NHI_CHIEU)
    tell(world, slug, form(5, OPEN, disclosed=True))
    tell(world, slug, hidden(6, dye))
    back = tell(world, slug, hidden(7, dye, disclosed=True))
    open_up(world, slug, back, disclosed=False)
    old = tell(world, slug, hidden(8, dye))
    tell(world, slug, form(8, OPEN, disclosed=True, reason=dye.text()), replaces=old)
    with world.work() as w:
        digest = valve.preview(w, unit_of_slug(w, slug)).digest
        valve.publish(w, slug, by=who(w, CONG), signer=world.signer, previewed=digest)


def hidden(number: int, dye: Dye, *, disclosed: bool = False) -> MonthForm:
    """A month whose source is a secret, and whose counts are eight digits no honest page holds."""
    source = dye.text()
    whole = 20_000_000 + zlib.crc32(source.encode()) % 70_000_000
    late, early = whole // 7, whole // 3
    told = Counts(handled=whole, early=early, on_time=whole - early - late, late=late)
    dye.figures += [
        spelt for one in told.all for spelt in (f"{one}", f"{one:,}", f"{one:,}".replace(",", "."))
    ]
    counted = date(2026, number, 20)
    return form(
        number, told, state=FigureState.FIGURE, source=source, counted_on=counted, disclosed=disclosed
    )
