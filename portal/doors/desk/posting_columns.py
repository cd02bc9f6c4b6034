"""The fields of the forms about boards, in the words of a screen."""

from datetime import date

from portal.office.programme.workbook.layout import Column, Kind

_SIGNERS = "Chức vụ của những người ký biên bản, không ghi họ tên. Không công khai."


def put_up_columns(minimum_days: int) -> tuple[Column, ...]:
    """A copy was put up; it has to hang ``minimum_days``."""
    return (
        Column(
            name="place", heading="Nơi niêm yết", needed=True, example="",
            note="Trụ sở, nhà văn hóa khu nào. Nơi này được công khai.",
        ),
        Column(
            name="posted_on", heading="Niêm yết từ ngày", kind=Kind.DATE, needed=True,
            note="Ngày/tháng/năm, không sau hôm nay.", example=date(2026, 11, 24),
        ),
        Column(
            name="planned_until", heading="Dự kiến đến ngày", kind=Kind.DATE, needed=True,
            note=f"Ít nhất {minimum_days} ngày liên tục.", example=date(2026, 12, 14),
        ),
        Column(
            name="minutes", heading="Biên bản niêm yết", note="Số, ngày biên bản.", example="",
        ),
        Column(name="signers", heading="Người ký biên bản", note=_SIGNERS, example=""),
    )  # fmt: skip


TAKE_DOWN = (
    Column(
        name="taken_down_on", heading="Ngày gỡ", kind=Kind.DATE, needed=True,
        note="Ngày/tháng/năm, không sau hôm nay.", example=date(2026, 12, 14),
    ),
    Column(
        name="reason", heading="Lý do gỡ sớm", kind=Kind.TEXT, example="",
        note="Chỉ cần khi gỡ trước ngày dự kiến. Lý do này được công khai.",
    ),
    Column(name="minutes", heading="Biên bản kết thúc niêm yết", note="Số, ngày biên bản.", example=""),
    Column(name="signers", heading="Người ký biên bản", note=_SIGNERS, example=""),
)  # fmt: skip
