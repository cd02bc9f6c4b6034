"""What a refusal says when an administrator acts on accounts. A part of the table in ``wording``."""

from portal.kernel.policy import Refusal

ACCOUNTS: dict[Refusal, tuple[str, str]] = {
    Refusal.OWN_ACCOUNT: (
        "Đây là tài khoản của chính ông/bà. Không ai tự giao, tự bỏ vai trò, tự tạm ngừng hay tự đặt lại "
        "thiết bị của mình; đề nghị một quản trị khác thực hiện.",
        "This is your own account. Another administrator must change it.",
    ),
    Refusal.LAST_ADMINISTRATOR: (
        "Đơn vị không còn quản trị nào khác đang hoạt động, nên chưa tạm ngừng hoặc bỏ vai trò này được. "
        "Đề nghị giao vai trò quản trị cho một người khác trước.",
        "No other administrator of the unit is left. Give somebody else the role first.",
    ),
    Refusal.NO_ROLE_LEFT: (
        "Cán bộ phải giữ ít nhất một vai trò. Nếu không còn làm việc ở đây, đề nghị tạm ngừng tài khoản.",
        "An officer keeps at least one role. Suspend the account of somebody who has left.",
    ),
    Refusal.OFFICER_SUSPENDED: (
        "Tài khoản của cán bộ này đang tạm ngừng. Đề nghị khôi phục tài khoản trước, rồi thực hiện lại.",
        "The officer's account is suspended. Restore it first.",
    ),
    Refusal.NOT_INVITED: (
        "Không có lời mời nào đang chờ; lời mời có thể đã dùng, đã rút hoặc đã hết hạn.",
        "No invitation is waiting; it may have been used, withdrawn or expired.",
    ),
    Refusal.NO_SECOND_FACTOR: (
        "Cán bộ này chưa cài thiết bị tạo mã, nên không có gì để đặt lại.",
        "The officer has no second factor, so there is nothing to reset.",
    ),
}
