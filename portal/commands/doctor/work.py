"""Work that waits: long jobs, cases beyond their clock, hours not kept, erasures not finished."""

from typing import Any

from portal.commands.doctor.check import Check, fault
from portal.commands.doctor.patient import Patient


@fault("Không tiến trình việc dài nào chết / no runner of long work is dead")
def runners(p: Patient) -> str | None:
    """A running job whose runner is silent is cut off by the next runner that looks."""
    asked = "SELECT count(*) FROM office_job WHERE state = 'running' AND (beat_at IS NULL OR beat_at < :at)"
    return _told(p, asked, "việc mất tiến trình; chạy `portal jobs`. / have no runner.", minutes=5)


@fault("Không việc dài nào chờ mãi / no long work waits in vain")
def jobs(p: Patient) -> str | None:
    """`portal follow` keeps a runner; a job is begun within seconds."""
    asked = "SELECT count(*) FROM office_job WHERE state = 'waiting' AND asked_at < :at"
    return _told(p, asked, "việc chờ; chạy `portal follow`. / wait; start it.", minutes=15)


@fault("Không góp ý nào quá hạn kiểm duyệt / no comment is beyond its clock")
def cases(p: Patient) -> str | None:
    """The deadline counts in working days (facts §5.4) and cannot be declared away."""
    asked = (
        "SELECT count(*) FROM office_case WHERE due_at < :at AND state IN "
        "('waiting', 'refusal_proposed', 'redirect_proposed', 'appealed')"
    )
    return _told(p, asked, "góp ý quá hạn; `portal queue`. / are overdue; see it.")


@fault("Góp ý mới được nhận vào hàng chờ / new comments are taken in")
def intake(p: Patient) -> str | None:
    """`portal follow` reads the inbox every few seconds."""
    asked = (
        "SELECT count(*) FROM inbox_comment WHERE at < :at AND via = 'web' "
        "AND at > COALESCE((SELECT max(comments_from) FROM office_intake), '')"
    )
    return _told(p, asked, "góp ý chưa được nhận; chạy `portal due`. / wait; run it.", hours=1)


@fault("Lịch hẹn công bố được giữ / hours of publication are kept")
def schedules(p: Patient) -> str | None:
    """What was approved for an hour goes out then, or says why not."""
    asked = "SELECT count(*) FROM office_schedule WHERE state = 'waiting' AND publish_at < :at"
    return _told(p, asked, "lịch hẹn lỡ giờ; bật namro-due.timer. / were missed.", minutes=15)


@fault("Việc xóa được làm xong / erasures are finished")
def erasures(p: Patient) -> str | None:
    """After the row the bytes leave the files too."""
    asked = (
        "SELECT count(*) FROM office_redaction "
        "WHERE state = 'done' AND scrubbed_at IS NULL AND settled_at < :at"
    )
    return _told(p, asked, "lệnh xóa chưa trọn; chạy `portal due`. / are unfinished; run it.", hours=1)


@fault("Tố cáo đã niêm phong được chuyển đi / sealed denunciations are passed on")
def sealed(p: Patient) -> str | None:
    """Ten days are the law's for passing one on to whom it belongs (Luật 25/2018/QH14, unverified)."""
    asked = "SELECT count(*) FROM office_sealed WHERE passed_on_at IS NULL AND sealed_at < :at"
    return _told(p, asked, "đơn chờ người được phân công mở. / wait for their keeper.", days=10)


@fault("Việc hẹn theo giờ có chạy / what is due by the hour is done")
def codes(p: Patient) -> str | None:
    """One-time codes outlive their ten minutes only where nobody sweeps them: `portal due` does."""
    stale = p.public("SELECT count(*) FROM door_code WHERE until < :at", at=p.before(hours=12))[0][0]
    return f"{stale} mã quá hạn còn nằm lại; chạy `portal due`. / stale codes lie there." if stale else None


def _told(p: Patient, asked: str, said: str, **age: Any) -> str | None:
    count = p.office(asked, at=p.before(**age))[0][0]
    return f"{count} {said}" if count else None


CHECKS: tuple[Check, ...] = (runners, jobs, cases, intake, schedules, erasures, sealed, codes)
