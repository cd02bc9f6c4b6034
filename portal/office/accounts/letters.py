"""Letters to officers about their accounts: an invitation, and that a second factor was taken away."""

from datetime import datetime

from portal.kernel.clock import VIETNAM
from portal.kernel.mail import Letter
from portal.kernel.work import Work
from portal.office.accounts.acts import Invited
from portal.office.accounts.events import ResetReason
from portal.office.accounts.tables import Officer

RESET_REASONS: dict[ResetReason, str] = {
    ResetReason.LOST: "Mất thiết bị",
    ResetReason.REPLACED: "Đổi thiết bị, không còn thiết bị cũ",
    ResetReason.BROKEN: "Thiết bị hỏng hoặc ứng dụng tạo mã đã bị xóa",
    ResetReason.EXPOSED: "Nghi có người khác dùng được thiết bị",
}
INVITATION = "Liên kết vào văn phòng của ông/bà"
RESET = "Thiết bị tạo mã của ông/bà đã được đặt lại"
_NOT_AWAITED = "Nếu ông/bà không chờ thư này, đề nghị không mở liên kết và báo quản trị của đơn vị."


def invitation_letter(w: Work, officer: Officer, invited: Invited) -> Letter:
    """The link by which ``officer`` sets a password and a second factor."""
    why = (
        f"Quản trị của đơn vị mời ông/bà làm việc tại văn phòng {w.settings.site_name}."
        if officer.password is None
        else f"Quản trị của đơn vị gửi ông/bà liên kết đặt lại mật khẩu tại văn phòng {w.settings.site_name}."
    )
    text = (
        f"{_greeting(officer)}\n\n{why} "
        "Ông/bà mở liên kết dưới đây để đặt mật khẩu và cài thiết bị tạo mã:\n\n"
        f"{invited.address}\n\n"
        f"Liên kết dùng được một lần, đến {_moment(invited.expires_at)}. Đề nghị không chuyển thư này cho "
        f"người khác.\n\n{_NOT_AWAITED}\n"
    )
    return Letter(to=officer.email, subject=INVITATION, text=text)


def reset_letter(w: Work, officer: Officer, reason: ResetReason) -> Letter:
    """That the second factor was taken away, why, and what to do now."""
    text = (
        f"{_greeting(officer)}\n\n"
        f"Lúc {_moment(w.now)}, quản trị của đơn vị đã đặt lại thiết bị tạo mã của ông/bà tại văn phòng "
        f"{w.settings.site_name}.\nLý do: {RESET_REASONS[reason]}.\n\n"
        "Mọi phiên làm việc đã kết thúc, mã dự phòng cũ hết hiệu lực. Lần đăng nhập tới, sau khi nhập mật "
        "khẩu, ông/bà cài thiết bị mới.\n\n"
        "Nếu ông/bà không đề nghị việc này, đề nghị báo ngay quản trị của đơn vị và đổi mật khẩu.\n"
    )
    return Letter(to=officer.email, subject=RESET, text=text)


def _greeting(officer: Officer) -> str:
    return f"Kính gửi ông/bà {officer.name}," if officer.name else "Kính gửi ông/bà,"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
