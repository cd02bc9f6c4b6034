"""What the desk calls things: roles, states of a programme, happenings at an account, faults."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.policy import Role
from portal.office.accounts import events
from portal.office.accounts.events import By, ResetReason
from portal.office.accounts.letters import RESET_REASONS
from portal.office.accounts.rules import Standing
from portal.office.appraisal.rules import Verdict
from portal.office.presentation.rules import LABELS, Conference
from portal.office.programme.acts import APPRAISED
from portal.office.programme.handing_over import SUBMITTED

ROLES: dict[Role, str] = {
    Role.AUTHOR: "Soạn thảo",
    Role.APPRAISER: "Thẩm định",
    Role.PUBLISHER: "Công bố",
    Role.MODERATOR: "Kiểm duyệt góp ý",
    Role.EVALUATOR: "Đánh giá",
    Role.ADMIN: "Quản trị",
}

# standing of an account -> word, tone, shape
STANDINGS: dict[Standing, tuple[str, str, str]] = {
    Standing.WORKING: ("Đang hoạt động", "good", "check"),
    Standing.INVITED: ("Đã mời, chưa vào", "note", "half"),
    Standing.NOT_INVITED: ("Chưa có lời mời còn hạn", "warn", "not-yet"),
    Standing.NO_DEVICE: ("Chưa cài thiết bị tạo mã", "warn", "half"),
    Standing.SUSPENDED: ("Tạm ngừng", "neutral", "ended"),
}

# state -> word, tone, shape (templates/parts/marks.html)
STATES: dict[str, tuple[str, str, str]] = {
    "draft": ("Dự thảo", "neutral", "not-yet"),
    "submitted": ("Đang chờ thẩm định", "note", "half"),
    "returned": ("Đã trả lại để hoàn thiện", "warn", "amended"),
    "approved": ("Đã thẩm định, chờ công bố", "note", "going"),
    "published": ("Đã công bố", "good", "check"),
    "withdrawn": ("Đã gỡ", "neutral", "ended"),
}

CONFERENCES: dict[Conference, str] = {
    Conference.STEP2: "Hội nghị tập thể lãnh đạo mở rộng (bước 2)",
    Conference.COLLECTIVE: "Hội nghị tập thể lãnh đạo (bước 5)",
}

VERDICTS: dict[str, dict[Verdict, str]] = {
    "fit": {
        Verdict.YES: "Phù hợp thực tế",
        Verdict.NEEDS_WORK: "Cần hoàn thiện",
        Verdict.NO: "Chưa phù hợp",
    },
    "feasible": {
        Verdict.YES: "Khả thi",
        Verdict.NEEDS_WORK: "Cần hoàn thiện",
        Verdict.NO: "Chưa khả thi",
    },
}

# what a frozen version was made for
VERSION_LABELS: dict[str, str] = {
    SUBMITTED: "Gửi thẩm định",
    APPRAISED: "Kết luận thẩm định",
    LABELS[Conference.STEP2]: "Trình bày tại hội nghị bước 2",
    LABELS[Conference.COLLECTIVE]: "Trình bày tại hội nghị tập thể lãnh đạo",
}

ITEMS: dict[str, str] = {
    "task": "Nhiệm vụ",
    "commitment": "Cam kết",
    "progress": "Báo cáo tiến độ",
    "cause": "Nguyên nhân khách quan",
    "evidence": "Tệp minh chứng",
}

_HOW: dict[By, str] = {
    By.TOTP: "bằng mật khẩu và mã một lần",
    By.RECOVERY_CODE: "bằng mật khẩu và mã dự phòng",
    By.ENROLMENT: "sau khi cài thiết bị tạo mã",
    By.OWN_CHANGE: "do ông/bà tự đổi",
    By.INVITATION: "qua liên kết mời",
    By.COMMAND_LINE: "bởi người vận hành hệ thống",
}

# event -> what the log says, and whether the officer should look twice
LOG: dict[str, tuple[str, bool]] = {
    events.SignedIn.__name__: ("Đăng nhập {how}", False),
    events.SignInFailed.__name__: ("Có người nhập sai mật khẩu", True),
    events.SecondFactorFailed.__name__: ("Mật khẩu đúng nhưng mã xác nhận sai", True),
    events.TriesHeldBack.__name__: ("Thử quá nhiều lần, tài khoản tạm ngừng nhận đăng nhập", True),
    events.SignedOut.__name__: ("Đăng xuất", False),
    events.SessionRevoked.__name__: ("Thu hồi một phiên làm việc", False),
    events.PasswordChanged.__name__: ("Mật khẩu thay đổi {how}", False),
    events.SecondFactorEnrolled.__name__: ("Cài thiết bị tạo mã mới", False),
    events.RecoveryCodesMade.__name__: ("Tạo {count} mã dự phòng mới, mã cũ hết hiệu lực", False),
    events.RecoveryCodeUsed.__name__: ("Dùng một mã dự phòng, còn {left} mã", True),
    events.OfficerInvited.__name__: ("Gửi liên kết mời đặt mật khẩu", False),
    events.InvitationWithdrawn.__name__: ("Rút liên kết mời", False),
    events.SecondFactorReset.__name__: ("Quản trị đặt lại thiết bị tạo mã. Lý do: {reason}", True),
    events.RoleTaken.__name__: ("Thôi vai trò {role}", False),
    events.AccountClosed.__name__: ("Tài khoản ngừng hoạt động", True),
    events.AccountReopened.__name__: ("Tài khoản hoạt động trở lại", False),
    "OfficerAdded": ("Được giao vai trò {role}", False),
}

# status -> title and advice
FAULTS: dict[int, tuple[str, str]] = {
    400: (
        "Yêu cầu không đọc được",
        "Biểu mẫu có thể đã mở quá lâu hoặc gửi thiếu dấu xác nhận. "
        "Đề nghị quay lại trang trước, tải lại rồi gửi lần nữa.",
    ),
    403: ("Ông/bà chưa được giao việc này", "Đề nghị liên hệ quản trị của đơn vị nếu cần được giao vai trò."),
    404: (
        "Không tìm thấy trang này",
        "Địa chỉ có thể gõ thiếu, hoặc nội dung không thuộc đơn vị của ông/bà.",
    ),
    405: ("Không làm được việc này ở đây", "Đề nghị quay lại trang trước và thử lại."),
    409: (
        "Nội dung vừa được người khác thay đổi",
        "Chưa có gì bị ghi đè. Đề nghị quay lại, tải lại trang để xem bản mới rồi nhập lại phần của mình.",
    ),
    413: ("Nội dung gửi lên quá lớn", "Đề nghị rút gọn nội dung hoặc chia nhỏ tệp rồi gửi lại."),
    422: ("Chưa thực hiện được", "Đề nghị xem lại nội dung đã nhập."),
    429: (
        "Thử quá nhiều lần",
        "Để bảo vệ tài khoản, hệ thống tạm ngừng nhận. Đề nghị chờ {wait} rồi thử lại; "
        "nếu quên mật khẩu, đề nghị quản trị của đơn vị gửi liên kết mời mới.",
    ),
    500: (
        "Hệ thống đang gặp trục trặc",
        "Lỗi không phải do ông/bà và chưa có gì được lưu. Đề nghị thử lại sau ít phút.",
    ),
}


def happening(event: str, facts: Mapping[str, Any]) -> str:
    """What the security log says of ``event``."""
    words = dict(facts)
    if "how" in words:
        words["how"] = _HOW[By(words["how"])]
    if "reason" in words:
        words["reason"] = RESET_REASONS[ResetReason(words["reason"])].lower()
    if "role" in words:
        words["role"] = ROLES[Role(words["role"])]
    return LOG[event][0].format(**words)


def waiting(seconds: int) -> str:
    """``seconds`` as somebody waits for them: whole minutes, at least one."""
    return f"khoảng {max(1, -(-seconds // 60))} phút"
