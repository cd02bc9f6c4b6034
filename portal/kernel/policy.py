"""Who may do what: one table of acts, each with the roles that may and the conflicts that forbid.

Pure. A pair that the table does not allow is refused, with a key whose sentence is in wording.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """The roles an officer can hold in a unit."""

    AUTHOR = "author"
    APPRAISER = "appraiser"
    PUBLISHER = "publisher"
    MODERATOR = "moderator"
    EVALUATOR = "evaluator"
    ADMIN = "admin"


class Act(StrEnum):
    """What an officer can do at the desk."""

    IMPORT_UNITS = "import_units"
    ADD_OFFICER = "add_officer"
    READ_DRAFT = "read_draft"
    IMPORT_PROGRAMME = "import_programme"
    EDIT_DRAFT = "edit_draft"
    SUBMIT_DRAFT = "submit_draft"
    PRESENT = "present"
    APPRAISE = "appraise"
    DISCLOSE = "disclose"
    PUBLISH = "publish"
    CORRECT = "correct"
    CANCEL_SCHEDULE = "cancel_schedule"
    WITHDRAW = "withdraw"
    ASK_REDACTION = "ask_redaction"
    REDACT = "redact"
    READ_PROGRESS = "read_progress"
    REPORT_PROGRESS = "report_progress"
    CONFIRM_PROGRESS = "confirm_progress"
    POST = "post"
    READ_GUIDANCE = "read_guidance"
    WRITE_GUIDANCE = "write_guidance"
    REVIEW = "review"
    MOVE = "move"
    TAKE_OVER = "take_over"
    END = "end"


class Refusal(StrEnum):
    """Why an act was refused. Each has a sentence in ``wording``."""

    NO_SUCH_OFFICER = "no_such_officer"
    NO_SUCH_PROGRAMME = "no_such_programme"
    NO_SUCH_COMMITMENT = "no_such_commitment"
    NO_SUCH_ITEM = "no_such_item"
    NO_SUCH_VERSION = "no_such_version"
    VERSION_ERASED = "version_erased"
    NO_SUCH_UNIT = "no_such_unit"
    NO_SUCH_ROLE = "no_such_role"
    NOT_AN_ADDRESS = "not_an_address"
    NO_SUCH_SESSION = "no_such_session"
    NO_SUCH_INVITATION = "no_such_invitation"
    ACCOUNT_CLOSED = "account_closed"
    NOT_YOUR_ROLE = "not_your_role"
    OWN_WORK = "own_work"
    OWN_PROGRAMME = "own_programme"
    OWN_ASSIGNMENT = "own_assignment"
    OWN_REQUEST = "own_request"
    NOT_APPRAISED = "not_appraised"
    NOT_A_DRAFT = "not_a_draft"
    IN_APPRAISAL = "in_appraisal"
    NOT_IN_APPRAISAL = "not_in_appraisal"
    NOTHING_TO_APPRAISE = "nothing_to_appraise"
    CHANGED_MEANWHILE = "changed_meanwhile"
    UPLOAD_GONE = "upload_gone"
    UNIT_IS_SETTLED = "unit_is_settled"
    NO_OPINION = "no_opinion"
    NOT_SUBMITTED = "not_submitted"
    NOT_ALL_APPRAISED = "not_all_appraised"
    NOT_ALL_SOUND = "not_all_sound"
    WARNING_UNANSWERED = "warning_unanswered"
    NO_VERDICT = "no_verdict"
    PRESENTED_IN_FUTURE = "presented_in_future"
    PRESENTED_AFTER = "presented_after"
    PRESENTED_OUT_OF_ORDER = "presented_out_of_order"
    NO_DECISION = "no_decision"
    DECISION_IN_FUTURE = "decision_in_future"
    NOTHING_PUBLIC = "nothing_public"
    NOT_CLEAR = "not_clear"
    NOT_PUBLISHED = "not_published"
    NO_REASON = "no_reason"
    NO_DOCUMENT = "no_document"
    NOTHING_CHANGED = "nothing_changed"
    ALREADY_WITHDRAWN = "already_withdrawn"
    CHANGED_SINCE_PREVIEW = "changed_since_preview"
    SCHEDULED_IN_PAST = "scheduled_in_past"
    SCHEDULED_TOO_FAR = "scheduled_too_far"
    ALREADY_SCHEDULED = "already_scheduled"
    NOT_SCHEDULED = "not_scheduled"
    SCHEDULE_LAPSED = "schedule_lapsed"
    NO_SUCH_ENTRY = "no_such_entry"
    ALREADY_ERASED = "already_erased"
    ALREADY_ASKED = "already_asked"
    NOT_ASKED = "not_asked"
    NO_SUCH_POSTING = "no_such_posting"
    POSTED_IN_FUTURE = "posted_in_future"
    POSTED_BEFORE_ISSUE = "posted_before_issue"
    POSTING_TOO_SHORT = "posting_too_short"
    TAKEN_DOWN_IN_FUTURE = "taken_down_in_future"
    TAKEN_DOWN_TOO_SOON = "taken_down_too_soon"
    TAKEN_DOWN_EARLY = "taken_down_early"
    ALREADY_TAKEN_DOWN = "already_taken_down"
    NO_SUCH_GUIDANCE = "no_such_guidance"
    GUIDANCE_OUT_OF_ORDER = "guidance_out_of_order"
    TOO_LONG = "too_long"
    NOT_A_WORKBOOK = "not_a_workbook"
    REVIEWED_TOO_SOON = "reviewed_too_soon"
    REVIEWED_IN_FUTURE = "reviewed_in_future"
    ALREADY_REVIEWED = "already_reviewed"
    NO_SUCH_PERIOD = "no_such_period"
    NO_SUCH_MOVEMENT = "no_such_movement"
    ALREADY_MOVING = "already_moving"
    ALREADY_ENDED = "already_ended"
    MOVES_IN_FUTURE = "moves_in_future"
    NO_SUCCESSOR = "no_successor"
    NO_MERGE_TARGET = "no_merge_target"
    NOT_RESTATED = "not_restated"
    NOT_ALL_DECIDED = "not_all_decided"
    NOT_TAKEN_OVER = "not_taken_over"
    NOTHING_TO_TAKE_OVER = "nothing_to_take_over"
    ALREADY_REPORTED = "already_reported"
    REPORTED_IN_FUTURE = "reported_in_future"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    FIGURE_MISSING = "figure_missing"
    FIGURE_TOO_MANY = "figure_too_many"
    NO_CONFIRMATION = "no_confirmation"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_KNOWN = "evidence_known"
    EVIDENCE_IS_PUBLIC = "evidence_is_public"


class Refused(Exception):
    """The act may not happen; ``refusal`` says which rule refused, ``detail`` what it concerns."""

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The officer acting: ``roles`` maps each role to the units (with all below) it is held in."""

    id: int
    name_key: str
    is_active: bool
    roles: Mapping[Role, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is acted on, as far as the rules need to know it."""

    unit_ids: frozenset[int]  # the matter's unit and every unit above it
    author_id: int | None = None
    writer_ids: frozenset[int] = frozenset()  # everybody who wrote some of it
    assigner_ids: frozenset[int] = frozenset()  # appraisers who assigned something into it
    asked_by_id: int | None = None  # who asked for what is now to be confirmed
    cadre_officer_id: int | None = None
    cadre_name_key: str = ""


Conflict = Callable[[Actor, Matter], bool]


def wrote_it(by: Actor, matter: Matter) -> bool:
    """The actor authored the draft, or some of it."""
    return by.id == matter.author_id or by.id in matter.writer_ids


def assigned_it(by: Actor, matter: Matter) -> bool:
    """The actor, as appraiser, assigned something into the programme: those words are theirs."""
    return by.id in matter.assigner_ids


def asked_for_it(by: Actor, matter: Matter) -> bool:
    """The actor asked for what somebody else has to confirm."""
    return by.id == matter.asked_by_id


def is_the_cadre(by: Actor, matter: Matter) -> bool:
    """The actor is the cadre, by account or, where no account is tied, by name."""
    if matter.cadre_officer_id is not None and by.id == matter.cadre_officer_id:
        return True
    return bool(by.name_key) and by.name_key == matter.cadre_name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The roles that may do an act, and the conflicts that forbid it to one who holds them."""

    roles: frozenset[Role]
    unless: tuple[tuple[Conflict, Refusal], ...] = field(default=())


_CADRE = (is_the_cadre, Refusal.OWN_PROGRAMME)
_AUTHOR = (wrote_it, Refusal.OWN_WORK)
_ASSIGNER = (assigned_it, Refusal.OWN_ASSIGNMENT)
_ASKER = (asked_for_it, Refusal.OWN_REQUEST)


def _clause(*roles: Role, unless: tuple[tuple[Conflict, Refusal], ...] = ()) -> Clause:
    return Clause(roles=frozenset(roles), unless=unless)


POLICY: dict[Act, Clause] = {
    Act.IMPORT_UNITS: _clause(Role.ADMIN),
    Act.ADD_OFFICER: _clause(Role.ADMIN),
    Act.READ_DRAFT: _clause(Role.AUTHOR, Role.APPRAISER, Role.PUBLISHER),
    Act.IMPORT_PROGRAMME: _clause(Role.AUTHOR),
    Act.EDIT_DRAFT: _clause(Role.AUTHOR),
    Act.SUBMIT_DRAFT: _clause(Role.AUTHOR),
    Act.PRESENT: _clause(Role.AUTHOR, Role.APPRAISER),
    Act.APPRAISE: _clause(Role.APPRAISER, unless=(_AUTHOR, _CADRE)),
    Act.DISCLOSE: _clause(Role.AUTHOR, Role.PUBLISHER),
    Act.PUBLISH: _clause(Role.PUBLISHER, unless=(_AUTHOR, _ASSIGNER, _CADRE)),
    Act.CORRECT: _clause(Role.PUBLISHER, unless=(_AUTHOR, _ASSIGNER, _CADRE)),
    Act.CANCEL_SCHEDULE: _clause(Role.AUTHOR, Role.PUBLISHER),
    Act.WITHDRAW: _clause(Role.PUBLISHER, unless=(_CADRE,)),
    Act.ASK_REDACTION: _clause(Role.AUTHOR, Role.PUBLISHER),
    Act.REDACT: _clause(Role.PUBLISHER, unless=(_ASKER, _CADRE)),
    Act.READ_PROGRESS: _clause(Role.AUTHOR, Role.APPRAISER, Role.PUBLISHER, Role.EVALUATOR),
    Act.REPORT_PROGRESS: _clause(Role.AUTHOR),
    Act.CONFIRM_PROGRESS: _clause(Role.APPRAISER, Role.EVALUATOR, unless=(_AUTHOR, _CADRE)),
    Act.POST: _clause(Role.AUTHOR, Role.PUBLISHER),
    Act.READ_GUIDANCE: _clause(Role.AUTHOR, Role.APPRAISER, Role.PUBLISHER, Role.EVALUATOR, Role.ADMIN),
    Act.WRITE_GUIDANCE: _clause(Role.EVALUATOR, Role.ADMIN),
    Act.REVIEW: _clause(Role.EVALUATOR, unless=(_CADRE,)),
    Act.MOVE: _clause(Role.EVALUATOR, unless=(_CADRE,)),
    Act.TAKE_OVER: _clause(Role.AUTHOR),
    Act.END: _clause(Role.PUBLISHER, unless=(_ASKER, _CADRE)),
}


def refusal_of(by: Actor, act: Act, matter: Matter) -> Refusal | None:
    """Why ``by`` may not ``act`` on ``matter``; None when nothing stands against it."""
    if not by.is_active:
        return Refusal.ACCOUNT_CLOSED
    clause = POLICY[act]
    if not any(by.roles.get(role, frozenset()) & matter.unit_ids for role in clause.roles):
        return Refusal.NOT_YOUR_ROLE
    return next((refusal for conflict, refusal in clause.unless if conflict(by, matter)), None)


def may_somewhere(by: Actor, act: Act) -> bool:
    """Whether ``by`` may ``act`` in any unit at all, conflicts aside: whether a screen is shown."""
    return by.is_active and any(by.roles.get(role) for role in POLICY[act].roles)


def require(by: Actor, act: Act, matter: Matter) -> None:
    """Raise Refused unless ``by`` may ``act`` on ``matter``."""
    if refusal := refusal_of(by, act, matter):
        raise Refused(refusal)
