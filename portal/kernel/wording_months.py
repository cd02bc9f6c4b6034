"""What a refusal says about the results of administrative procedures, and about long work.

A part of the table in ``wording``.
"""

from portal.kernel.policy import Refusal

MONTHS_AND_JOBS: dict[Refusal, tuple[str, str]] = {
    Refusal.COUNTS_MISSING: (
        "Đã chọn “Có số liệu” thì phải ghi đủ bốn số: đã giải quyết, trước hạn, đúng hạn, trễ hạn. "
        "Không có hồ sơ nào thì ghi 0.",
        "A figure needs all four counts; write 0 where there was none.",
    ),
    Refusal.COUNTS_NEGATIVE: (
        "Số hồ sơ phải là số nguyên, không âm. Đề nghị kiểm tra lại bốn số.",
        "Counts are whole numbers and never negative.",
    ),
    Refusal.COUNTS_DO_NOT_ADD_UP: (
        "Trước hạn, đúng hạn và trễ hạn cộng lại phải bằng số đã giải quyết. Đề nghị kiểm tra lại.",
        "Early, on time and late must add up to the number handled.",
    ),
    Refusal.COUNTED_OUTSIDE: (
        "Ngày chốt số liệu phải từ ngày đầu của tháng và không sau hôm nay. Đề nghị kiểm tra lại ngày.",
        "The figures must be counted between the month's first day and today.",
    ),
    Refusal.NOT_A_MONTH: (
        "Tháng phải ghi dạng tháng/năm, ví dụ 10/2026. Đề nghị ghi lại.",
        "Write the month as month/year, such as 10/2026.",
    ),
    Refusal.OTHER_MONTH: (
        "Đính chính phải giữ nguyên tháng. Số liệu của tháng khác, đề nghị nhập thành dòng mới.",
        "A correction keeps its month. Record another month on its own.",
    ),
    Refusal.MONTH_REPORTED: (
        "Tháng này đã có số liệu. Đề nghị đính chính số liệu đó để bản cũ được giữ lại.",
        "This month has figures already. Correct them, so that the old ones are kept.",
    ),
    Refusal.NO_SUCH_JOB: (
        "Không có việc này trong danh sách của ông/bà. Đề nghị mở lại trang “Việc chạy nền”.",
        "There is no such job of yours.",
    ),
    Refusal.JOB_RUNNING: (
        "Việc này đang chờ, đang chạy hoặc đã xong, nên chưa chạy lại được. Đề nghị tải lại trang để xem.",
        "The job is waiting, running or done, so it cannot be begun again.",
    ),
    Refusal.JOB_FILE_GONE: (
        "Tệp kết quả chưa có hoặc đã hết thời gian lưu và bị xóa. Đề nghị chạy lại việc này.",
        "The file is not there yet, or was removed after its time. Begin the job again.",
    ),
}
