"""What stays withheld, and on what ground: the default, and whatever lies under something withheld."""

from portal.office.programme.workbook.choices import YES_NO
from portal.office.programme.workbook.records import Record
from portal.office.programme.workbook.wording import Reason

NO_BASIS = "Chưa ghi lý do"


def disclose(record: Record, *, above: str | None = None, **detail: str) -> tuple[bool, str]:
    """Whether the item is public, and the ground if not ("" when public).

    ``above`` is the ground on which the task over it is withheld, or None; ``detail`` names both for
    the warning. Withheld is the default; without a ground it stays so, under a provisional one.
    """
    marked = record.choice("disclosed", YES_NO)
    basis = record.text("withheld_basis")
    if above is not None:
        if marked:
            record.warn("disclosed", Reason.WITHHELD_WITH_TASK, **detail)
        return False, basis or above
    if marked:
        if basis:
            record.warn("withheld_basis", Reason.BASIS_UNUSED)
        return True, ""
    if not basis:
        reason = Reason.NOT_MARKED if marked is None else Reason.NO_BASIS
        record.warn("withheld_basis", reason, basis=NO_BASIS)
    return False, basis or NO_BASIS
