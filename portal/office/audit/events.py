"""The vocabulary of the audit: one frozen dataclass per kind of act."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsImported:
    """Units were loaded from a file: new ones, those on record before, and which of these it changed."""

    by: str
    added: int
    known: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsPublished:
    """Unit documents went into the record."""

    first_position: int
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerAdded:
    """An officer's account was made or given a role; ``by`` None is the operator."""

    officer_id: int
    role: str
    unit_id: int
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeImported:
    """A workbook became a draft, or brought one up to date; ``by`` None is the operator."""

    by: int | None
    programme: str
    commitments: int
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionKept:
    """A draft was frozen as a numbered version; ``by`` None is the operator."""

    by: int | None
    programme: str
    number: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEdited:
    """Something of a draft was added, changed, moved, withheld or removed: what kind of thing, and which.

    ``item`` is its opaque reference; nothing it says is told.
    """

    by: int
    programme: str
    what: str
    item: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftHandedOver:
    """A draft was handed over for appraisal as this version, or taken back (version 0)."""

    by: int
    programme: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRecorded:
    """A report, cause, step or evidence file was recorded, corrected, confirmed, marked or removed.

    ``item`` is its key; nothing it says is told.
    """

    by: int
    programme: str
    what: str
    item: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindedOfUpdates:
    """An officer was written to because updates were overdue: how many, never which."""

    officer_id: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretStampRefused:
    """A file or text with a secret stamp was refused; neither what it says nor a file's name is kept."""

    by: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeAppraised:
    """A programme was approved or returned with a written opinion."""

    by: int
    programme: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """That a version was presented at a conference was recorded, or the record of it removed."""

    by: int
    programme: str
    kind: str
    version: int
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionWritten:
    """An appraiser wrote, or changed, the opinion on one commitment."""

    by: int
    programme: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAssigned:
    """An appraiser assigned a commitment into a programme."""

    by: int
    programme: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureChanged:
    """An item was marked public or withheld; ``basis`` is the code of the ground, not what was typed."""

    by: int
    programme: str
    what: str
    item: str
    disclosed: bool
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationScheduled:
    """A publication was approved for a later hour."""

    by: int
    programme: str
    publish_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettled:
    """A scheduled publication was carried out, refused or cancelled; ``by`` None is its hour."""

    by: int | None
    programme: str
    outcome: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionAsked:
    """An erasure of public texts was asked for."""

    by: int
    programme: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionSettled:
    """An erasure was carried out or declined.

    ``versions``, ``texts``, ``files``: how many frozen drafts, texts and files of the office went with it.
    """

    by: int
    asked_by: int
    programme: str
    outcome: str
    entries: int
    versions: int
    texts: int
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubbed:
    """The bytes of erased texts have left the database's files."""

    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Documents went through the valve."""

    by: int
    programme: str
    act: str
    first_position: int
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRefused:
    """Somebody tried to act and was refused; the rule that refused is named."""

    by: int
    act: str
    matter: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceWritten:
    """A version of a unit's guidance was written, or given its template."""

    by: int
    unit_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecorded:
    """A programme was reviewed for a period."""

    by: int
    programme: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Something was done about a programme whose post passes on: what, and to which item."""

    by: int
    programme: str
    what: str
    item: str
