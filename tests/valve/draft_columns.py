"""Every table with drafts, and which of its columns are plain or stay inside: read by the shape wall."""

from portal.office.appraisal.tables import Assignment, Opinion
from portal.office.evaluation.tables import Quotation, SelfReview, ThemeUse
from portal.office.jobs.tables import Job
from portal.office.moderation.tables import Case, Review, SealedText
from portal.office.movement.tables import Movement, MovementItem
from portal.office.presentation.tables import Presentation
from portal.office.procedures.tables import ProcedureRow
from portal.office.programme.tables import (
    Appraisal,
    Commitment,
    Consultation,
    KeyTask,
    Mandate,
    Milestone,
    Programme,
    Typing,
    Upload,
    Version,
)
from portal.office.progress.tables import Cause, Evidence, Progress
from portal.office.replies.tables import Reply, Theme
from portal.publication.tables import Redaction, Schedule

DRAFTS = (
    Mandate, Programme, KeyTask, Commitment, Milestone, Consultation, Version, Typing, Upload, Appraisal,
    Progress, Cause, Evidence, Presentation, Opinion, Assignment, Schedule, Redaction,
    Movement, MovementItem, Reply, Theme, ProcedureRow, Job,
    Case, Review, SealedText, SelfReview, ThemeUse, Quotation,
)  # fmt: skip

REPORTED = {"reporter_id", "recorded_at", "confirmer_id", "confirmed_at", "disclosed"}
EDITED = {"version", "changed_by_id", "changed_at"}
# What of a draft is never sealed: our own marks, keys, states and instants; nothing an officer wrote.
PLAIN = {
    "office_movement": {
        "id", "programme_id", "kind", "effective_on", "state", "recorded_by_id", "recorded_at",
    },
    "office_movement_item": {
        "id", "movement_id", "commitment_ref", "fate", "successor_programme_id", "successor_ref",
        "accepted_by_id", "accepted_at",
    },
    "office_mandate": {"id", "unit_id", "cadre_officer_id"} | EDITED,
    "office_programme": {
        "id", "ref", "mandate_id", "author_id", "state", "version", "profile", "declared_at",
        "show_withheld_count", "issued_on",
    },
    "office_key_task": {"id", "programme_id", "ref", "place", "rank", "part", "disclosed"} | EDITED,
    "office_commitment": {"id", "task_id", "ref", "place", "rank", "disclosed"} | EDITED,
    "office_consultation": {"id", "programme_id"} | EDITED,
    "office_programme_version": {"id", "programme_id", "number", "label", "made_at", "made_by_id", "digest"},
    "office_typing": {"officer_id", "place", "kept_at"},
    "office_upload": {"id", "officer_id", "programme_id", "kept_at"},
    "office_milestone": {"id", "commitment_id", "place"},
    "office_appraisal": {
        "id", "programme_id", "programme_version", "of_version", "appraiser_id", "body_unit_id", "outcome",
        "appraised_at",
    },
    "office_presentation": {
        "id", "programme_id", "version_id", "kind", "preceded", "recorded_by_id", "recorded_at",
    },
    "office_opinion": {"id", "programme_id", "appraisal_id", "commitment_ref", "commitment_version"} | EDITED,
    "office_assignment": {"id", "programme_id", "commitment_ref", "officer_id", "assigned_at"},
    "office_schedule": {
        "id", "programme_id", "publish_at", "digest", "approved_by_id", "approved_at", "state", "refusal",
        "settled_by_id", "settled_at",
    },
    "office_redaction": {
        "id", "programme_id", "positions", "asked_by_id", "asked_at", "state", "settled_by_id", "settled_at",
        "scrubbed_at",
    },
    "office_progress": {"id", "commitment_id", "place", "replaces_id"} | REPORTED,
    "office_cause": {"id", "commitment_id", "place", "replaces_id"} | REPORTED,
    "office_reply": {
        "id", "programme_id", "about", "written_by_id", "written_at", "state", "settled_by_id", "settled_at",
    },
    "office_theme": {
        "id", "ref", "programme_id", "comments", "gathered_by_id", "gathered_at", "state", "asked_on",
        "due_on", "answered_on",
    },
    "office_procedure_month": {
        "id", "unit_id", "month", "replaces_id", "reporter_id", "recorded_at", "disclosed", "opened_by_id",
    },
    "office_self_review": {
        "id", "period_id", "programme_id", "commitment_ref", "cause", "written_by_id", "written_at",
        "version",
    },
    "office_theme_use": {
        "id", "period_id", "programme_id", "theme_ref", "use", "marked_by_id", "marked_at", "version",
    },
    "office_quotation": {
        "id", "ref", "period_id", "programme_id", "state", "written_by_id", "written_at", "settled_by_id",
        "settled_at", "version",
    },
    "office_job": {
        "id", "kind", "asked_by_id", "unit_id", "about", "state", "steps_done", "steps_total", "file",
        "runner", "asked_at", "started_at", "beat_at", "ended_at", "version",
    },
    "office_case": {
        "id", "ref", "code", "comment_key", "programme", "commitment", "kind", "shown_as", "has_personal",
        "signals", "cluster", "received_at", "received_on", "due_at", "is_breached", "state", "assigned_id",
        "claimed_until", "first_id", "second_id", "third_id", "verdict", "reason", "decided_at", "hours",
        "in_time", "ledger_ref", "twin_ref", "appeal", "version",
    },
    "office_second_look": {
        "id", "case_id", "reviewer_id", "asked_at", "reviewed_at", "first_verdict", "verdict",
    },
    "office_sealed": {"case_id", "sealed_at", "sealed_by_id", "is_contested", "passed_on_at"},
    "office_evidence": {
        "id", "commitment_id", "progress_id", "sha256", "kind", "media_type", "size", "dropped",
        "added_by_id", "added_at", "kept_at", "disclosed",
    },
}  # fmt: skip

# What an officer writes and nobody outside ever reads, not even in a public item.
INSIDE = {
    "office_movement": {"document"},  # it goes out with the notice of the ending
    "office_movement_item": {"restated_baseline", "restated_on"},  # they live on in the successor's draft
    "office_programme": {"declared_by"},
    "office_key_task": {"withheld_basis"},  # only its code goes out, from a fixed list
    "office_commitment": {"withheld_basis"},
    "office_consultation": {"role", "held_on", "gist"},
    "office_programme_version": {"content"},
    "office_typing": {"content"},
    "office_upload": {"content"},
    "office_appraisal": {"opinion"},
    "office_presentation": {"held_on", "conference"},
    "office_opinion": {"fit", "fit_note", "feasible", "feasible_note", "answers"},
    "office_assignment": {"reason"},
    "office_schedule": {"reason", "document"},  # they go out with the notice, when the hour comes
    "office_redaction": {"words", "reason"},
    "office_progress": {"claimed_by", "claimed_document"},  # a workbook's word confirms nothing
    "office_job": {"outcome"},  # what it says of a draft is for whoever asked
    "office_reply": {"note"},  # from the publisher back to the writer
    "office_case": {"words", "note", "plea"},  # the words go out by ``commenting``, once decided
    "office_second_look": {"words"},
    "office_sealed": {"words", "passed_on"},
}
