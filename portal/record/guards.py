"""Append-only by trigger: what no code path, ours included, may do to the record."""

_KEPT = ("record_entry", "record_node", "record_checkpoint")
# What makes a row the same row: SQLite's INSERT OR REPLACE deletes it without asking a DELETE trigger.
_KEYS = {
    "record_entry": ("position = NEW.position", "ref = NEW.ref AND number = NEW.number"),
    "record_node": ("level = NEW.level AND place = NEW.place",),
    "record_checkpoint": ("size = NEW.size",),
    "record_content": ("position = NEW.position",),
    "office_audit": ("id = NEW.id",),
    "office_programme_version": ("id = NEW.id", "programme_id = NEW.programme_id AND number = NEW.number"),
}
_CITED = "SELECT 1 FROM record_entry WHERE act = 'redact' AND cites = OLD.position"  # erased by an entry
# A frozen version never changes, but for an ordered erasure: it empties the text and leaves the digest.
_FROZEN = ("id", "programme_id", "number", "label", "made_at", "made_by_id", "digest")
_EMPTIED = (
    "NEW.content = '' AND "
    + " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _FROZEN)
    + " AND EXISTS (SELECT 1 FROM office_redaction r WHERE r.programme_id = OLD.programme_id "
    "AND r.state = 'done')"
)


def sqlite_guards() -> list[str]:
    """The triggers for SQLite."""
    made = [_sqlite(f"{op.lower()}_{table}", op, table) for table in _KEPT for op in ("UPDATE", "DELETE")]
    made.append(_sqlite("update_record_content", "UPDATE", "record_content"))
    made.append(_sqlite("delete_record_content", "DELETE", "record_content", f"WHEN NOT EXISTS ({_CITED}) "))
    made += [_sqlite(f"{op.lower()}_office_audit", op, "office_audit") for op in ("UPDATE", "DELETE")]
    emptied = f"WHEN NOT ({_EMPTIED.replace('IS NOT DISTINCT FROM', 'IS')}) "
    made.append(_sqlite("update_office_programme_version", "UPDATE", "office_programme_version", emptied))
    made += [_sqlite(f"replace_{table}", "INSERT", table, _when_there(table)) for table in _KEYS]
    return made


def _when_there(table: str) -> str:
    seen = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in _KEYS[table])
    return f"WHEN {seen} "


def _sqlite(name: str, op: str, table: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER guard_{name} BEFORE {op} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def postgresql_guards() -> list[str]:
    """The triggers for PostgreSQL."""
    made = [
        "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        # A fixed search path: a temporary table called record_entry must not stand in for the log.
        "CREATE OR REPLACE FUNCTION guard_erasure() RETURNS trigger LANGUAGE plpgsql "
        "SET search_path = public, pg_temp AS "
        f"$$ BEGIN IF EXISTS ({_CITED}) THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'record_content is append-only'; END $$",
        "CREATE OR REPLACE FUNCTION guard_emptying() RETURNS trigger LANGUAGE plpgsql "
        "SET search_path = public, pg_temp AS "
        f"$$ BEGIN IF {_EMPTIED} THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'office_programme_version is append-only'; END $$",
        "CREATE TRIGGER guard_update_office_programme_version BEFORE UPDATE ON office_programme_version "
        "FOR EACH ROW EXECUTE FUNCTION guard_emptying()",
    ]
    made += [_postgresql(table, "UPDATE OR DELETE") for table in (*_KEPT, "office_audit")]
    made.append(_postgresql("record_content", "UPDATE"))
    made.append(
        "CREATE TRIGGER guard_delete_record_content BEFORE DELETE ON record_content "
        "FOR EACH ROW EXECUTE FUNCTION guard_erasure()"
    )
    made += [
        f"CREATE TRIGGER guard_truncate_{table} BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()"
        for table in (*_KEPT, "record_content", "office_audit")
    ]
    return made


def _postgresql(table: str, ops: str) -> str:
    name = ops.lower().replace(" ", "_")
    return (
        f"CREATE TRIGGER guard_{name}_{table} BEFORE {ops} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION guard_append_only()"
    )
