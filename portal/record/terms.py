"""The words documents are made of: each a closed list, in English in code and Vietnamese on the page."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of document the record holds."""

    UNIT = "unit"
    PROGRAMME = "programme"
    COMMITMENT = "commitment"
    COMMENT = "comment"
    MODERATION = "moderation"
    PROCEDURES = "procedures"
    RATINGS = "ratings"
    THEME = "theme"
    TRANSPARENCY = "transparency"
    DOSSIER = "dossier"
    EXPLANATION = "explanation"
    QUOTATION = "quotation"


class Act(StrEnum):
    """What an entry did to its document."""

    PUBLISH = "publish"
    CORRECT = "correct"
    AMEND = "amend"
    PROGRESS = "progress"
    POST = "post"  # put up on a board, or taken down from it
    RELEASE = "release"  # a batch of ratings was counted
    REPLY = "reply"  # an office answered
    FREEZE = "freeze"  # an evaluation period was closed for a programme
    WITHDRAW = "withdraw"
    REDACT = "redact"


class Direction(StrEnum):
    """Which way the indicator must move (chiều)."""

    UP = "up"
    DOWN = "down"
    DONE = "done"
    KEEP = "keep"


class Mode(StrEnum):
    """How the accountable person acts (facts R13)."""

    ADVISE = "advise"
    LEAD = "lead"
    DO = "do"


class Frequency(StrEnum):
    """How often progress is due (kỳ cập nhật)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class Origin(StrEnum):
    """Whether the cadre proposed the commitment or the appraiser assigned it (R31)."""

    SELF_PROPOSED = "self_proposed"
    ASSIGNED = "assigned"


class Track(StrEnum):
    """Appointment (bổ nhiệm) or nomination to stand for election (giới thiệu ứng cử)."""

    APPOINTMENT = "appointment"
    NOMINATION = "nomination"


class FigureState(StrEnum):
    """Zero is a FIGURE; no data and not connected are different things (R40)."""

    FIGURE = "figure"
    NO_DATA = "no_data"
    NOT_CONNECTED = "not_connected"


class Ending(StrEnum):
    """Why a commitment stopped being pursued without having failed."""

    TRANSFER = "transfer"
    RESTRUCTURE = "restructure"
    TERM_ENDED = "term_ended"


class Fate(StrEnum):
    """What becomes of one commitment when its programme ends by movement (facts §6.3)."""

    CARRIED = "carried"  # chuyển tiếp: the successor accepted it
    ENDED = "ended"  # kết thúc do điều động, sắp xếp
    MERGED = "merged"  # gộp into another
