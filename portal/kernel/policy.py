"""Who may do what: one table of acts, each with the roles that may and the conflicts that forbid.

Pure. A pair that the table does not allow is refused, with a key whose sentence is in wording.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.kernel.refusals import Refusal as Refusal
from portal.kernel.refusals import Refused as Refused


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
    READ_OFFICERS = "read_officers"
    ADD_OFFICER = "add_officer"
    CHANGE_ROLES = "change_roles"
    SUSPEND_OFFICER = "suspend_officer"
    RESET_SECOND_FACTOR = "reset_second_factor"
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
    MODERATE = "moderate"
    OPEN_SEALED = "open_sealed"
    ATTEST = "attest"
    ENTER_SLIP = "enter_slip"
    READ_REPLIES = "read_replies"
    REPLY = "reply"
    PUBLISH_REPLY = "publish_reply"
    GATHER = "gather"
    PUBLISH_THEME = "publish_theme"
    READ_EVALUATION = "read_evaluation"
    OPEN_PERIOD = "open_period"
    WRITE_ACCOUNT = "write_account"
    FREEZE_PERIOD = "freeze_period"
    MARK_THEME = "mark_theme"
    QUOTE_DECISION = "quote_decision"
    PUBLISH_EVALUATION = "publish_evaluation"
    READ_PROCEDURES = "read_procedures"
    REPORT_PROCEDURES = "report_procedures"
    PUBLISH_PROCEDURES = "publish_procedures"
    EXPORT_LISTS = "export_lists"
    REBUILD_INDEX = "rebuild_index"


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
    account_id: int | None = None  # whose account is acted on
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


def is_own_account(by: Actor, matter: Matter) -> bool:
    """The account acted on is the actor's own: nobody gives themselves a role, or takes their own away."""
    return by.id == matter.account_id


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
_HOLDER = (is_own_account, Refusal.OWN_ACCOUNT)


def _clause(*roles: Role, unless: tuple[tuple[Conflict, Refusal], ...] = ()) -> Clause:
    return Clause(roles=frozenset(roles), unless=unless)


POLICY: dict[Act, Clause] = {
    Act.IMPORT_UNITS: _clause(Role.ADMIN),
    Act.READ_OFFICERS: _clause(Role.ADMIN),
    Act.ADD_OFFICER: _clause(Role.ADMIN, unless=(_HOLDER,)),
    Act.CHANGE_ROLES: _clause(Role.ADMIN, unless=(_HOLDER,)),
    Act.SUSPEND_OFFICER: _clause(Role.ADMIN, unless=(_HOLDER,)),
    Act.RESET_SECOND_FACTOR: _clause(Role.ADMIN, unless=(_HOLDER,)),
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
    Act.READ_PROCEDURES: _clause(Role.AUTHOR, Role.PUBLISHER, Role.EVALUATOR),
    Act.REPORT_PROCEDURES: _clause(Role.AUTHOR),
    Act.PUBLISH_PROCEDURES: _clause(Role.PUBLISHER, unless=(_AUTHOR,)),
    Act.EXPORT_LISTS: _clause(Role.EVALUATOR),
    Act.REBUILD_INDEX: _clause(Role.ADMIN),
    Act.MODERATE: _clause(Role.MODERATOR, unless=(_AUTHOR, _CADRE)),
    Act.OPEN_SEALED: _clause(Role.MODERATOR, Role.EVALUATOR, unless=(_AUTHOR, _CADRE)),
    Act.ATTEST: _clause(Role.EVALUATOR, Role.ADMIN),
    Act.ENTER_SLIP: _clause(Role.EVALUATOR, Role.ADMIN, unless=(_CADRE,)),
    Act.READ_REPLIES: _clause(Role.AUTHOR, Role.PUBLISHER, Role.MODERATOR),
    Act.REPLY: _clause(Role.AUTHOR),
    Act.PUBLISH_REPLY: _clause(Role.PUBLISHER, unless=(_AUTHOR, _CADRE)),
    Act.GATHER: _clause(Role.MODERATOR),
    Act.PUBLISH_THEME: _clause(Role.MODERATOR, unless=(_AUTHOR, _CADRE)),
    Act.READ_EVALUATION: _clause(Role.AUTHOR, Role.PUBLISHER, Role.EVALUATOR),
    Act.OPEN_PERIOD: _clause(Role.EVALUATOR, unless=(_CADRE,)),
    Act.WRITE_ACCOUNT: _clause(Role.AUTHOR),
    Act.FREEZE_PERIOD: _clause(Role.EVALUATOR, unless=(_CADRE,)),
    Act.MARK_THEME: _clause(Role.EVALUATOR, unless=(_AUTHOR, _CADRE)),
    Act.QUOTE_DECISION: _clause(Role.EVALUATOR, unless=(_AUTHOR, _CADRE)),
    Act.PUBLISH_EVALUATION: _clause(Role.PUBLISHER, unless=(_AUTHOR, _CADRE)),
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
