"""From where the desk sees how commitments go: the day, the calendar, the tolerance of this installation."""

from decimal import Decimal

from portal.doors.readings import Viewpoint
from portal.kernel.calendar import WorkingCalendar, vietnam
from portal.kernel.clock import day
from portal.kernel.work import house


def calendar() -> WorkingCalendar:
    """The national calendar with what this installation added."""
    settings = house().settings
    return WorkingCalendar(
        vietnam().holidays | set(settings.holidays),
        vietnam().swapped_working_days | set(settings.swapped_working_days),
    )


def viewpoint() -> Viewpoint:
    """From where commitments are seen now."""
    settings = house().settings
    return Viewpoint(day(house().clock.now()), calendar(), Decimal(settings.behind_tolerance_percent) / 100)
