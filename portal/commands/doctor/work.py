"""Work that waits: long jobs, cases beyond their clock, hours not kept, erasures not finished."""

from portal.commands.doctor.check import Check, Level
from portal.commands.doctor.patient import Patient
from portal.kernel.grants import DoorRole


def _waiting(
    name: str, title: str, rows: str, said: str, *, as_door: DoorRole = DoorRole.DESK, **age: float
) -> Check:
    """A check that no ``rows`` are older than ``age``; they compare with ``:at``, the instant so long ago."""

    def look(p: Patient) -> str | None:
        ask = p.office if as_door is DoorRole.DESK else p.public
        count = ask(f"SELECT count(*) FROM {rows}", at=p.before(**age))[0][0]
        return f"{count} {said}" if count else None

    return Check(name, title, Level.FAULT, look)


CHECKS: tuple[Check, ...] = (
    _waiting(  # a running job whose runner is silent is cut off by the next runner that looks
        "runners", "Không tiến trình việc dài nào chết / no runner of long work is dead",
        "office_job WHERE state = 'running' AND (beat_at IS NULL OR beat_at < :at)",
        "việc mất tiến trình; chạy `portal jobs`. / have no runner.", minutes=5,
    ),
    _waiting(  # `portal follow` keeps a runner; a job is begun within seconds
        "jobs", "Không việc dài nào chờ mãi / no long work waits in vain",
        "office_job WHERE state = 'waiting' AND asked_at < :at",
        "việc chờ; chạy `portal follow`. / wait; start it.", minutes=15,
    ),
    _waiting(  # the deadline counts in working days (facts §5.4) and cannot be declared away
        "cases", "Không góp ý nào quá hạn kiểm duyệt / no comment is beyond its clock",
        "office_case WHERE due_at < :at "
        "AND state IN ('waiting', 'refusal_proposed', 'redirect_proposed', 'appealed')",
        "góp ý quá hạn; `portal queue`. / are overdue; see it.",
    ),
    _waiting(  # `portal follow` reads the inbox every few seconds
        "intake", "Góp ý mới được nhận vào hàng chờ / new comments are taken in",
        "inbox_comment WHERE at < :at AND via = 'web' "
        "AND at > COALESCE((SELECT max(comments_from) FROM office_intake), '')",
        "góp ý chưa được nhận; chạy `portal due`. / wait; run it.", hours=1,
    ),
    _waiting(  # what was approved for an hour goes out then, or says why not
        "schedules", "Lịch hẹn công bố được giữ / hours of publication are kept",
        "office_schedule WHERE state = 'waiting' AND publish_at < :at",
        "lịch hẹn lỡ giờ; bật namro-due.timer. / were missed.", minutes=15,
    ),
    _waiting(  # after the row the bytes leave the files too
        "erasures", "Việc xóa được làm xong / erasures are finished",
        "office_redaction WHERE state = 'done' AND scrubbed_at IS NULL AND settled_at < :at",
        "lệnh xóa chưa trọn; chạy `portal due`. / are unfinished; run it.", hours=1,
    ),
    _waiting(  # ten days are the law's for passing one on to whom it belongs (Luật 25/2018/QH14, unverified)
        "sealed", "Tố cáo đã niêm phong được chuyển đi / sealed denunciations are passed on",
        "office_sealed WHERE passed_on_at IS NULL AND sealed_at < :at",
        "đơn chờ người được phân công mở. / wait for their keeper.", days=10,
    ),
    _waiting(  # one-time codes outlive their ten minutes only where nobody sweeps them: `portal due` does
        "codes", "Việc hẹn theo giờ có chạy / what is due by the hour is done",
        "door_code WHERE until < :at",
        "mã quá hạn còn nằm lại; chạy `portal due`. / stale codes lie there.",
        as_door=DoorRole.PUBLIC, hours=12,
    ),
)  # fmt: skip
