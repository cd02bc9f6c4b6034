"""What happens by the clock: due publications, ripe ratings, answers overdue, bytes that were erased."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.kernel.mail import Letter, MailFault, mailer
from portal.kernel.policy import Refused
from portal.kernel.wording import sentence
from portal.kernel.work import Work, work
from portal.office.accounts.tables import Officer
from portal.office.programme.tables import Programme
from portal.publication import releasing, schedules, theming
from portal.publication.scrubbing import scrub_waiting
from portal.publication.signing import signer_of
from portal.publication.tables import Schedule
from portal.settings import Settings

SUBJECT = "Một lịch hẹn công bố chưa thực hiện được"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one hour: the programme, and the sentence of the refusal, empty when it went out."""

    programme: str
    refusal: str


def keep_hours() -> list[Kept]:
    """Carry out whatever is due now. Runs at the desk's side, outside any unit of work."""
    with work() as w:
        keys = schedules.due(w)
    kept = [_keep(key) for key in keys]
    scrub_waiting()
    return kept


def keep_counts() -> list[releasing.Matter]:
    """Count what is ripe, each matter in a work of its own; the matters of which a batch went out.

    Receipts learn on the way that the answer they wait for is overdue.
    """
    with work() as w:
        releasing.settle(w)
        theming.remind_receipts(w)
        matters = releasing.ripe(w)
    return [matter for matter in matters if _release(matter)]


def _release(matter: releasing.Matter) -> bool:
    with work() as w:
        return releasing.release_ratings(w, matter, signer=signer_of(w.settings)) is not None


def _keep(key: int) -> Kept:
    """One schedule: published, or refused and its approver told; each in a work of its own."""
    try:
        with work() as w:
            schedules.carry_out(w, key, signer=signer_of(w.settings))
            return Kept(_ref(w, w.session.get_one(Schedule, key)), "")
    except Refused as refused:
        return _give_up(key, refused)


def _give_up(key: int, refused: Refused) -> Kept:
    with work() as w:
        found = schedules.refuse(w, key, refused.refusal)
        to = w.session.get_one(Officer, found.approved_by_id).email
        w.afterwards(lambda: _tell(w, to, refused))
        return Kept(_ref(w, found), sentence(refused))


def _ref(w: Work, found: Schedule) -> str:
    return w.session.get_one(Programme, found.programme_id).ref


def _tell(w: Work, to: str, refused: Refused) -> None:
    """Write to the approver; which programme it is they see at the desk, not in a mailbox."""
    text = (
        "Kính gửi ông/bà,\n\n"
        "Đến giờ hẹn, hệ thống chưa công bố được nội dung ông/bà đã duyệt và đã hủy lịch hẹn đó. Lý do:\n\n"
        f"{sentence(refused).splitlines()[0]}\n\n"
        f"Đề nghị ông/bà mở văn phòng để xem lại: {w.settings.base_url.rstrip('/')}/van-phong\n"
    )
    try:
        post = mailer(w.settings.mail_url, sender=sender_of(w.settings), ids=w.ids)
        post.send(Letter(to=to, subject=SUBJECT, text=text), now=w.now)
    except MailFault:
        return  # the desk's page says it too


def sender_of(settings: Settings) -> str:
    """In whose name letters about publication go out."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    return settings.office_email or f"khong-tra-loi@{host}"
