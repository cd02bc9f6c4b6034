"""What happens by the clock for people who take part: their wishes, retention, keys that are destroyed."""

from portal.commands.office import signer_of
from portal.inbox.feedback.keeping import sweep_inbox
from portal.inbox.following.keeping import sweep_wishes
from portal.inbox.signin.keeping import close_vault, sweep_visits
from portal.kernel.work import work
from portal.office.moderation.rights import grant_wishes
from portal.office.slips.waiting import sweep_slips


def take_care() -> int:
    """Carry out what is due; how many wishes. Runs at the desk's side, outside any unit of work."""
    with work() as w:
        sweep_visits(w)
        sweep_inbox(w)
        sweep_wishes(w)
        close_vault(w)
        sweep_slips(w)
    with work() as w:
        return grant_wishes(w, signer=signer_of(w.settings))
