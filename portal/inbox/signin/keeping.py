"""What has had its time goes: codes, visits, capacities, letters; the keys of closed periods."""

from sqlalchemy import delete

from portal.inbox.signin.tables import Attested, CodeLetter, SignInCode, Visit
from portal.inbox.signin.vault import close_past, vault
from portal.kernel.work import Work


def sweep_visits(w: Work) -> None:
    """Delete whatever no longer holds."""
    w.session.execute(delete(SignInCode).where(SignInCode.until < w.now))
    for table in (Visit, Attested, CodeLetter):
        w.session.execute(delete(table).where(table.until < w.today))


def close_vault(w: Work) -> list[str]:
    """Destroy the keys of periods that are settled; which. Runs where the vault lies."""
    settle_days = w.settings.rating_settle_days
    return close_past(vault(w.settings.instance), today=w.today, settle_days=settle_days)
