"""The words for where a commitment stands (facts §9.1), and the groups that share a look."""

from enum import StrEnum

from portal.record.attainment import Layer
from portal.record.documents import Ending, Fate, FigureState


class StandingKey(StrEnum):
    """The one thing that is said about a commitment's state."""

    NOT_DUE = "not_due"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    RUNNING = "running"  # there is a figure, but no straight line to hold it against
    AWAITING = "awaiting"
    DONE_EARLY = "done_early"
    DONE_ON_TIME = "done_on_time"
    EXCEEDED = "exceeded"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    PAUSED = "paused"
    ENDED = "ended"
    NO_DATA = "no_data"
    NOT_CONNECTED = "not_connected"


class Tone(StrEnum):
    """The five groups that share a shape and a colour; the word always stands beside them."""

    GOOD = "good"
    RUNNING = "running"
    WARN = "warn"
    LATE = "late"
    NEUTRAL = "neutral"


WORDS: dict[StandingKey, str] = {
    StandingKey.NOT_DUE: "Chưa đến kỳ",
    StandingKey.ON_TRACK: "Đang thực hiện, đúng tiến độ",
    StandingKey.BEHIND: "Đang thực hiện, chậm tiến độ",
    StandingKey.RUNNING: "Đang thực hiện, chưa đủ căn cứ so tiến độ",
    StandingKey.AWAITING: "Tự báo cáo đã hoàn thành, chờ xác nhận",
    StandingKey.DONE_EARLY: "Hoàn thành trước hạn",
    StandingKey.DONE_ON_TIME: "Hoàn thành đúng hạn",
    StandingKey.EXCEEDED: "Hoàn thành vượt mức",
    StandingKey.DONE_LATE: "Hoàn thành quá hạn",
    StandingKey.OVERDUE: "Quá hạn, chưa hoàn thành",
    StandingKey.PAUSED: "Tạm dừng vì nguyên nhân khách quan (đã xác nhận)",
    StandingKey.ENDED: "Kết thúc do điều động/sắp xếp đơn vị",
    StandingKey.NO_DATA: "Chưa có số liệu",
    StandingKey.NOT_CONNECTED: "Chưa kết nối nguồn số liệu",
}

TONE: dict[StandingKey, Tone] = {
    StandingKey.NOT_DUE: Tone.NEUTRAL,
    StandingKey.ON_TRACK: Tone.RUNNING,
    StandingKey.BEHIND: Tone.WARN,
    StandingKey.RUNNING: Tone.RUNNING,
    StandingKey.AWAITING: Tone.RUNNING,
    StandingKey.DONE_EARLY: Tone.GOOD,
    StandingKey.DONE_ON_TIME: Tone.GOOD,
    StandingKey.EXCEEDED: Tone.GOOD,
    StandingKey.DONE_LATE: Tone.WARN,
    StandingKey.OVERDUE: Tone.LATE,
    StandingKey.PAUSED: Tone.NEUTRAL,
    StandingKey.ENDED: Tone.NEUTRAL,
    StandingKey.NO_DATA: Tone.NEUTRAL,
    StandingKey.NOT_CONNECTED: Tone.NEUTRAL,
}

ENDING_WORDS: dict[Ending, str] = {
    Ending.TRANSFER: "Kết thúc do điều động",
    Ending.RESTRUCTURE: "Kết thúc do sắp xếp đơn vị",
    Ending.TERM_ENDED: "Kết thúc do hết thời hạn bổ nhiệm, hết nhiệm kỳ",
}

FATE_WORDS: dict[Fate, str] = {
    Fate.CARRIED: "Chuyển tiếp cho người kế nhiệm",
    Fate.ENDED: "Kết thúc cùng chương trình",
    Fate.MERGED: "Gộp vào cam kết khác",
}

LAYER_WORDS: dict[Layer, str] = {
    Layer.SELF_REPORTED: "Cán bộ tự báo cáo",
    Layer.CONFIRMED: "Đã xác nhận",
}

DATA_WORDS: dict[FigureState, str] = {
    FigureState.FIGURE: "Có số liệu",
    FigureState.NO_DATA: WORDS[StandingKey.NO_DATA],
    FigureState.NOT_CONNECTED: WORDS[StandingKey.NOT_CONNECTED],
}

AMENDED_WORD = "Điều chỉnh (có văn bản)"  # a flag beside the standing, never instead of it
