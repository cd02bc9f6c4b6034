"""The house: units, officers, drafts, audit, record."""

import sqlalchemy as sa
from alembic import op

from portal.record.guards import postgresql_guards, sqlite_guards

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "door_account",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("bound", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "door_code",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("door_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_code_until"), ["until"], unique=False)

    op.create_table(
        "door_follow",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("memory", sa.Text(), nullable=False),
        sa.Column("sending", sa.Text(), nullable=True),
        sa.Column("next_at", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("name"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("door_follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_follow_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_door_follow_person"), ["person"], unique=False)

    op.create_table(
        "door_follow_asked",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("ref", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("person", "ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "door_follow_wish",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("asker", sa.String(length=64), nullable=False),
        sa.Column("claim", sa.LargeBinary(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("door_follow_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_follow_wish_until"), ["until"], unique=False)

    op.create_table(
        "door_letter",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("door_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_letter_issue"), ["issue"], unique=False)
        batch_op.create_index(batch_op.f("ix_door_letter_until"), ["until"], unique=False)

    op.create_table(
        "door_limit",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    with op.batch_alter_table("door_limit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_limit_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "door_receipt",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("commitment", sa.String(length=40), nullable=False),
        sa.Column("comment_ref", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("received_on", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=True),
        sa.Column("editable_until", sa.Text(), nullable=True),
        sa.Column("appeal_until", sa.String(length=10), nullable=True),
        sa.Column("appeal", sa.String(length=20), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "door_session",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.String(length=64), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("token"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("door_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_session_account"), ["account"], unique=False)
        batch_op.create_index(batch_op.f("ix_door_session_until"), ["until"], unique=False)

    op.create_table(
        "door_standing",
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("attested_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("account", "group", "unit"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("door_standing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_door_standing_until"), ["until"], unique=False)

    op.create_table(
        "door_wish",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("link", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("link"),
    )
    op.create_table(
        "inbox_comment",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("commitment", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("shown_as", sa.String(length=120), nullable=False),
        sa.Column("has_personal", sa.Boolean(), nullable=False),
        sa.Column("answer_to", sa.LargeBinary(), nullable=True),
        sa.Column("via", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("inbox_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_comment_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_comment_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_comment_commitment"), ["commitment"], unique=False)

    op.create_table(
        "inbox_rating",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("commitment", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("via", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("inbox_rating", schema=None) as batch_op:
        batch_op.create_index("inbox_rating_by_matter", ["commitment", "period", "person"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_rating_at"), ["at"], unique=False)

    op.create_table(
        "inbox_request",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("inbox_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_request_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_request_code"), ["code"], unique=False)

    op.create_table(
        "office_audit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_audit_event"), ["event"], unique=False)
        batch_op.create_index("ix_office_audit_officer", ["officer_id", "at"], unique=False)

    op.create_table(
        "office_counted",
        sa.Column("commitment", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("commitment", "period", "person"),
    )
    op.create_table(
        "office_intake",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("comments_from", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "office_officer",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_last_counter", sa.BigInteger(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
        sa.UniqueConstraint("fs_uniquifier"),
    )
    op.create_table(
        "office_unit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit_type", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["office_unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", "valid_from"),
        sa.UniqueConstraint("slug"),
    )
    with op.batch_alter_table("office_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_unit_code"), ["code"], unique=False)

    op.create_table(
        "record_checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("size"),
    )
    op.create_table(
        "record_entry",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("cites", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("ref", "number"),
    )
    op.create_table(
        "record_evidence",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("ref", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "ref"),
    )
    with op.batch_alter_table("record_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_evidence_ref"), ["ref"], unique=False)

    op.create_table(
        "record_latest",
        sa.Column("ref", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("within", sa.String(length=120), nullable=True),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("position"),
    )
    with op.batch_alter_table("record_latest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_latest_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_latest_within"), ["within"], unique=False)

    op.create_table(
        "record_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "place"),
    )
    op.create_table(
        "office_case",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("comment_key", sa.BigInteger(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("commitment", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("shown_as", sa.String(length=120), nullable=False),
        sa.Column("has_personal", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("cluster", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("is_breached", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("assigned_id", sa.BigInteger(), nullable=True),
        sa.Column("claimed_until", sa.Text(), nullable=True),
        sa.Column("first_id", sa.BigInteger(), nullable=True),
        sa.Column("second_id", sa.BigInteger(), nullable=True),
        sa.Column("third_id", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("ledger_ref", sa.String(length=20), nullable=True),
        sa.Column("twin_ref", sa.String(length=20), nullable=True),
        sa.Column("appeal", sa.String(length=20), nullable=True),
        sa.Column("plea", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["third_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("ref"),
    )
    with op.batch_alter_table("office_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_case_cluster"), ["cluster"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_case_decided_at"), ["decided_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_case_programme"), ["programme"], unique=False)
        batch_op.create_index("office_case_clock", ["state", "due_at", "id"], unique=False)
        batch_op.create_index("office_case_day", ["commitment", "received_on"], unique=False)
        batch_op.create_index("office_case_queue", ["assigned_id", "state", "due_at", "id"], unique=False)

    op.create_table(
        "office_guidance",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("review_every", sa.String(length=20), nullable=False),
        sa.Column("duty_titles", sa.JSON(), nullable=False),
        sa.Column("template_name", sa.String(length=200), nullable=False),
        sa.Column("template", sa.LargeBinary(), nullable=True),
        sa.Column("written_by_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["office_unit.id"],
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit_id", "version"),
    )
    with op.batch_alter_table("office_guidance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_guidance_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "office_invitation",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("office_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_invitation_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "office_job",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("steps_total", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("runner", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("beat_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["office_unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_job_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_job_state"), ["state"], unique=False)

    op.create_table(
        "office_mandate",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("cadre_officer_id", sa.BigInteger(), nullable=True),
        sa.Column("cadre_name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("assigned_fields", sa.JSON(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("decision_issuer", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cadre_officer_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["office_unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_mandate_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "office_procedure_month",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("handled", sa.Integer(), nullable=True),
        sa.Column("early", sa.Integer(), nullable=True),
        sa.Column("on_time", sa.Integer(), nullable=True),
        sa.Column("late", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reporter_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("disclosed", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opened_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["office_procedure_month.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["office_unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("replaces_id"),
    )
    with op.batch_alter_table("office_procedure_month", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_procedure_month_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "office_recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("office_recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_recovery_code_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "office_role_in_unit",
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["office_unit.id"],
        ),
        sa.PrimaryKeyConstraint("officer_id", "role", "unit_id"),
    )
    op.create_table(
        "office_session",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("signed_in", sa.Boolean(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    with op.batch_alter_table("office_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_session_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "office_typing",
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("officer_id", "place"),
    )
    with op.batch_alter_table("office_typing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_typing_kept_at"), ["kept_at"], unique=False)

    op.create_table(
        "office_unit_succession",
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["office_unit.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["office_unit.id"],
        ),
        sa.PrimaryKeyConstraint("from_id", "to_id"),
    )
    op.create_table(
        "record_content",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"],
            ["record_entry.position"],
        ),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "office_programme",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("mandate_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(length=20), nullable=False),
        sa.Column("preface", sa.Text(), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.Text(), nullable=False),
        sa.Column("show_withheld_count", sa.Boolean(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'published', 'withdrawn')",
            name="programme_state",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"],
            ["office_mandate.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mandate_id"),
        sa.UniqueConstraint("ref"),
    )
    op.create_table(
        "office_recusal",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("recused_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["office_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "officer_id"),
    )
    op.create_table(
        "office_sealed",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.Text(), nullable=False),
        sa.Column("sealed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("is_contested", sa.Boolean(), nullable=False),
        sa.Column("passed_on", sa.Text(), nullable=False),
        sa.Column("passed_on_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["office_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["sealed_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("case_id"),
    )
    with op.batch_alter_table("office_sealed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_sealed_sealed_at"), ["sealed_at"], unique=False)

    op.create_table(
        "office_second_look",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("reviewer_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.Text(), nullable=True),
        sa.Column("first_verdict", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["office_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id"),
    )
    with op.batch_alter_table("office_second_look", schema=None) as batch_op:
        batch_op.create_index("office_second_look_queue", ["reviewer_id", "reviewed_at", "id"], unique=False)

    op.create_table(
        "office_trace",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("band", sa.String(length=30), nullable=False),
        sa.Column("commitment", sa.String(length=40), nullable=False),
        sa.Column("sketch", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["office_case.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "band"),
    )
    with op.batch_alter_table("office_trace", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_trace_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index("office_trace_band", ["band", "commitment"], unique=False)

    op.create_table(
        "office_appraisal",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("appraiser_id", sa.BigInteger(), nullable=False),
        sa.Column("body_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("appraised_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraiser_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["body_unit_id"],
            ["office_unit.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_appraisal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_appraisal_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_assignment",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("commitment_ref", sa.String(length=20), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_assignment_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_consultation",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_consultation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_office_consultation_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "office_key_task",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("bottleneck", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("disclosed", sa.Boolean(), nullable=False),
        sa.Column("withheld_basis", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ref"),
    )
    with op.batch_alter_table("office_key_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_key_task_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_movement",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'ended')", name="movement_state"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme_id"),
    )
    op.create_table(
        "office_period",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("frozen_by_id", sa.BigInteger(), nullable=True),
        sa.Column("frozen_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["frozen_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["office_unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit_id", "code"),
    )
    with op.batch_alter_table("office_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_period_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_period_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "office_posting",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("planned_until", sa.Date(), nullable=False),
        sa.Column("minutes", sa.String(length=200), nullable=False),
        sa.Column("signers", sa.String(length=300), nullable=False),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("taken_minutes", sa.String(length=200), nullable=False),
        sa.Column("taken_signers", sa.String(length=300), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_posting_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_programme_version",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme_id", "number"),
    )
    with op.batch_alter_table("office_programme_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_office_programme_version_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "office_redaction",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("positions", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("settled_by_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.Column("scrubbed_at", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'done', 'declined')", name="redaction_state"),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_redaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_redaction_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(
            "ix_office_redaction_waiting",
            ["programme_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "office_reply",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'published', 'returned')", name="reply_state"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_reply_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(
            "ix_office_reply_waiting",
            ["about"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "office_review",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme_id", "period"),
    )
    with op.batch_alter_table("office_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_review_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_schedule",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("publish_at", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=False),
        sa.Column("approved_at", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("refusal", sa.String(length=40), nullable=False),
        sa.Column("settled_by_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'done', 'refused', 'cancelled')", name="schedule_state"),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_schedule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_schedule_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_schedule_publish_at"), ["publish_at"], unique=False)
        batch_op.create_index(
            "ix_office_schedule_waiting",
            ["programme_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "office_slip",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("commitment_ref", sa.String(length=20), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("typed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("typed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["typed_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_slip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_slip_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_slip_typed_at"), ["typed_at"], unique=False)

    op.create_table(
        "office_theme",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("gathered_by_id", sa.BigInteger(), nullable=False),
        sa.Column("gathered_at", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'published')", name="theme_state"),
        sa.ForeignKeyConstraint(
            ["gathered_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ref"),
    )
    with op.batch_alter_table("office_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_theme_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_theme_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_upload",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=True),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_upload_kept_at"), ["kept_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_upload_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "office_writer",
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("programme_id", "officer_id"),
    )
    op.create_table(
        "office_commitment",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("measure_unit", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Text(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("baseline_source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("first_target", sa.Text(), nullable=True),
        sa.Column("first_deadline", sa.Date(), nullable=True),
        sa.Column("accountable", sa.Text(), nullable=False),
        sa.Column("coordinators", sa.JSON(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("deliverable", sa.Text(), nullable=False),
        sa.Column("evidence_plan", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("disclosed", sa.Boolean(), nullable=False),
        sa.Column("withheld_basis", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["office_key_task.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ref"),
    )
    with op.batch_alter_table("office_commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_commitment_task_id"), ["task_id"], unique=False)

    op.create_table(
        "office_dossier",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("frozen_by_id", sa.BigInteger(), nullable=False),
        sa.Column("frozen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["office_period.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("period_id", "programme_id", "version"),
    )
    with op.batch_alter_table("office_dossier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_dossier_period_id"), ["period_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_dossier_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_opinion",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("appraisal_id", sa.BigInteger(), nullable=True),
        sa.Column("commitment_ref", sa.String(length=20), nullable=False),
        sa.Column("commitment_version", sa.Integer(), nullable=False),
        sa.Column("fit", sa.Text(), nullable=False),
        sa.Column("fit_note", sa.Text(), nullable=False),
        sa.Column("feasible", sa.Text(), nullable=False),
        sa.Column("feasible_note", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["office_appraisal.id"],
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_opinion_appraisal_id"), ["appraisal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_opinion_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_presentation",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("conference", sa.Text(), nullable=False),
        sa.Column("preceded", sa.Boolean(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('step2_expanded_leadership', 'collective_leadership')", name="presentation_kind"
        ),
        sa.CheckConstraint("preceded", name="presentation_order"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["office_programme_version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_presentation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_office_presentation_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "office_quotation",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(length=60), nullable=False),
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("written_by_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'published', 'withdrawn', 'dropped')", name="quotation_state"
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["office_period.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ref"),
    )
    with op.batch_alter_table("office_quotation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_quotation_period_id"), ["period_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_quotation_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_self_review",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("commitment_ref", sa.String(length=20), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("written_by_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cause IN ('none', 'subjective', 'objective')", name="self_review_cause"),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["office_period.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("period_id", "programme_id", "commitment_ref"),
    )
    with op.batch_alter_table("office_self_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_self_review_period_id"), ["period_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_office_self_review_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "office_theme_use",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("theme_ref", sa.String(length=40), nullable=False),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("marked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("marked_at", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("use IN ('used', 'explained', 'out_of_scope')", name="theme_use"),
        sa.ForeignKeyConstraint(
            ["marked_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["office_period.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["office_programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("period_id", "programme_id", "theme_ref"),
    )
    with op.batch_alter_table("office_theme_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_theme_use_period_id"), ["period_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_theme_use_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "office_cause",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commitment_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reporter_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_document", sa.Text(), nullable=False),
        sa.Column("confirmer_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("disclosed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["office_commitment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["confirmer_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["office_cause.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("replaces_id"),
    )
    with op.batch_alter_table("office_cause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_cause_commitment_id"), ["commitment_id"], unique=False)

    op.create_table(
        "office_milestone",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commitment_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["office_commitment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_milestone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_office_milestone_commitment_id"), ["commitment_id"], unique=False
        )

    op.create_table(
        "office_movement_item",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("movement_id", sa.BigInteger(), nullable=False),
        sa.Column("commitment_ref", sa.String(length=20), nullable=False),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("successor_programme_id", sa.BigInteger(), nullable=True),
        sa.Column("successor_ref", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restated_baseline", sa.Text(), nullable=True),
        sa.Column("restated_on", sa.Date(), nullable=True),
        sa.Column("restated_note", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Text(), nullable=False),
        sa.Column("accepted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(fate IN ('carried', 'merged')) = (successor_programme_id IS NOT NULL)",
            name="movement_item_successor",
        ),
        sa.CheckConstraint("fate <> 'merged' OR successor_ref IS NOT NULL", name="movement_item_target"),
        sa.CheckConstraint("fate IN ('', 'carried', 'ended', 'merged')", name="movement_item_fate"),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["commitment_ref"],
            ["office_commitment.ref"],
        ),
        sa.ForeignKeyConstraint(
            ["movement_id"],
            ["office_movement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["successor_programme_id"],
            ["office_programme.id"],
        ),
        sa.ForeignKeyConstraint(
            ["successor_ref"],
            ["office_commitment.ref"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("movement_id", "commitment_ref"),
    )
    with op.batch_alter_table("office_movement_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_office_movement_item_movement_id"), ["movement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_office_movement_item_successor_programme_id"),
            ["successor_programme_id"],
            unique=False,
        )

    op.create_table(
        "office_progress",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commitment_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("claimed_document", sa.Text(), nullable=False),
        sa.Column("reporter_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_document", sa.Text(), nullable=False),
        sa.Column("confirmer_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("disclosed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["office_commitment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["confirmer_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["office_progress.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("replaces_id"),
    )
    with op.batch_alter_table("office_progress", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_progress_commitment_id"), ["commitment_id"], unique=False)

    op.create_table(
        "office_reminder",
        sa.Column("commitment_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["office_commitment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["office_officer.id"],
        ),
        sa.PrimaryKeyConstraint("commitment_id", "due_on"),
    )
    op.create_table(
        "office_evidence",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commitment_id", sa.BigInteger(), nullable=False),
        sa.Column("progress_id", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=True),
        sa.Column("disclosed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["office_officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["office_commitment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["progress_id"],
            ["office_progress.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_evidence_commitment_id"), ["commitment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_evidence_sha256"), ["sha256"], unique=False)

    bind = op.get_bind()
    for statement in sqlite_guards() if bind.dialect.name == "sqlite" else postgresql_guards():
        op.execute(statement)
