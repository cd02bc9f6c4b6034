"""What evaluation says to a reader: Vietnamese first, then English."""

from portal.record.evaluation.document import CauseKind, Use
from portal.record.evaluation.outcome import Due, Outcome
from portal.record.evaluation.periods import PeriodKind

Words = tuple[str, str]

KIND_WORDS: dict[PeriodKind, Words] = {
    PeriodKind.QUARTER: ("Quý", "Quarter"),
    PeriodKind.HALF_YEAR: ("6 tháng", "Half-year"),
    PeriodKind.YEAR: ("Năm", "Year"),
    PeriodKind.REAPPOINTMENT: ("Trước bổ nhiệm lại", "Before re-appointment"),
    PeriodKind.APPOINTMENT_END: ("Hết thời hạn bổ nhiệm", "End of appointment"),
    PeriodKind.TERM_END: ("Hết nhiệm kỳ", "End of term"),
    PeriodKind.OTHER: ("Khi cần thiết", "When necessary"),
}

OUTCOME_WORDS: dict[Outcome, Words] = {
    Outcome.EARLY: ("Hoàn thành trước hạn", "Completed early"),
    Outcome.ON_TIME: ("Hoàn thành đúng hạn", "Completed on time"),
    Outcome.LATE: ("Hoàn thành quá hạn", "Completed late"),
    Outcome.BROKEN: ("Quá hạn, chưa hoàn thành", "Past its deadline, not completed"),
    Outcome.AWAITING: ("Tự báo cáo đã hoàn thành, chờ xác nhận", "Reported complete, not confirmed"),
    Outcome.RUNNING: ("Đang thực hiện, chưa đến hạn", "Running, not due yet"),
    Outcome.ENDED: ("Kết thúc do điều động/sắp xếp đơn vị", "Ended by transfer or restructuring"),
}

DUE_WORDS: dict[Due, Words] = {
    Due.IN_PERIOD: ("Đến hạn trong kỳ", "Due in the period"),
    Due.CLOSING: ("Khóa sổ năm ngân sách (31/01)", "Closes the budget year (31 January)"),
    Due.CARRIED: ("Quá hạn từ kỳ trước", "Overdue since before the period"),
    Due.COMPLETED_EARLY: ("Hoàn thành trước, hạn ở kỳ sau", "Done now, due later"),
    Due.NOT_DUE: ("Không đến hạn trong kỳ", "Not due in the period"),
}

USE_WORDS: dict[Use, Words] = {
    Use.USED: ("Đã dùng khi đánh giá", "Used in the evaluation"),
    Use.EXPLAINED: ("Đã yêu cầu và nhận giải trình", "Explained"),
    Use.OUT_OF_SCOPE: ("Ngoài phạm vi đánh giá", "Outside the scope of the evaluation"),
}

CAUSE_WORDS: dict[CauseKind, Words] = {
    CauseKind.NONE: ("Không nêu nguyên nhân", "No cause named"),
    CauseKind.SUBJECTIVE: ("Nguyên nhân chủ quan", "Subjective cause"),
    CauseKind.OBJECTIVE: ("Nguyên nhân khách quan, đã xác nhận", "Objective cause, confirmed"),
}
