"""The working days of this installation, as the clocks of moderation count them."""

from portal.kernel.calendar import WorkingCalendar, vietnam
from portal.settings import Settings


def working_calendar(settings: Settings) -> WorkingCalendar:
    """The national calendar with what this installation added."""
    return WorkingCalendar(
        vietnam().holidays | set(settings.holidays),
        vietnam().swapped_working_days | set(settings.swapped_working_days),
    )
