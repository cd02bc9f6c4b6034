"""Every table of every room, for those who must see the whole schema at once."""

from portal.inbox.feedback import tables as feedback
from portal.inbox.following import tables as following
from portal.inbox.signin import tables as signin
from portal.kernel import counters
from portal.office.accounts import tables as accounts
from portal.office.appraisal import tables as appraisal
from portal.office.audit import tables as audit
from portal.office.evaluation import tables as evaluation
from portal.office.guidance import tables as guidance
from portal.office.jobs import tables as jobs
from portal.office.moderation import tables as moderation
from portal.office.movement import tables as movement
from portal.office.posting import tables as posting
from portal.office.presentation import tables as presentation
from portal.office.procedures import tables as procedures
from portal.office.programme import tables as programme
from portal.office.progress import tables as progress
from portal.office.ratings import tables as ratings
from portal.office.replies import tables as replies
from portal.office.slips import tables as slips
from portal.office.units import tables as units
from portal.publication import tables as publication
from portal.record import tables as record

ROOMS = (
    counters, accounts, appraisal, audit, evaluation, feedback, following, guidance, jobs, moderation,
    movement, posting, presentation, procedures, programme, progress, publication, ratings, replies, signin,
    slips, units, record,
)  # fmt: skip
