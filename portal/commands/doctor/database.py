"""The database: schema, durability, integrity, and the walls that stand in it."""

from itertools import product
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from portal import migrations
from portal.commands.doctor.check import Check, advice, fault
from portal.commands.doctor.patient import Patient, Skipped
from portal.kernel.grants import DoorRole, Right, rights_on
from portal.record.guards import postgresql_guards, sqlite_guards

_LARGEST_WAL = 256 * 1024 * 1024  # bytes
_TRIED = (
    "SELECT * FROM office_programme LIMIT 1",
    "SELECT * FROM inbox_comment LIMIT 1",
    "DELETE FROM record_entry",
    "UPDATE record_content SET body = ''",
)
_ASKING = {Right.SELECT: "SELECT 1 FROM {0}", Right.DELETE: "DELETE FROM {0}"}


@fault("Lược đồ đúng phiên bản / the schema is current")
def schema(p: Patient) -> str | None:
    """The database stands at the newest revision of this code."""
    if not p.has_office:
        raise Skipped("xem ở máy văn phòng. / looked at on the desk host.")
    newest = ScriptDirectory(str(Path(migrations.__file__ or "").parent)).get_current_head()
    found = {row[0] for row in p.rows(DoorRole.OWNER, "SELECT version_num FROM alembic_version")}
    return None if found == {newest} else "chạy `portal init`. / run `portal init`."


@fault("Ghi trước vào nhật ký WAL / write-ahead log")
def wal(p: Patient) -> str | None:
    """Readers and the writer do not wait for each other."""
    mode = p.pragma("journal_mode")
    return (
        None if mode == ["wal"] else f"chế độ nhật ký là {mode[0]}; khởi động lại cổng. / restart the portal."
    )


@fault("Điều đã ghi còn sau khi mất điện / durable after a power cut")
def durable(p: Patient) -> str | None:
    """synchronous=FULL on SQLite; fsync and synchronous_commit on PostgreSQL."""
    if p.settings.is_sqlite:
        good = p.rows(DoorRole.OWNER, "PRAGMA synchronous")[0][0] >= 2
    else:
        names = ("fsync", "full_page_writes", "synchronous_commit")
        good = all(p.public(f"SHOW {name}")[0][0] not in ("off", "local") for name in names)
    return (
        None if good else "bật fsync, synchronous_commit (PostgreSQL) hoặc synchronous=FULL. / turn them on."
    )


@fault("Chỗ đã xóa được ghi đè / erased bytes are overwritten")
def secure_delete(p: Patient) -> str | None:
    """A lawful erasure leaves nothing behind in the file."""
    p.sqlite_file()
    good = p.rows(DoorRole.OWNER, "PRAGMA secure_delete")[0][0] == 1
    return (
        None if good else "thư viện SQLite không có secure_delete; thay bản khác. / use another SQLite build."
    )


@fault("Khóa ngoại không bị hỏng / foreign keys hold")
def foreign_keys(p: Patient) -> str | None:
    """No row points to one that is not there."""
    if p.settings.is_sqlite:
        broken = len(p.pragma("foreign_key_check"))
    else:
        broken = p.public("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")[0][0]
    return (
        f"{broken} dòng trỏ sai; khôi phục từ bản sao lưu. / rows point nowhere; restore." if broken else None
    )


@fault("Tệp cơ sở dữ liệu không hỏng / the database is whole")
def whole(p: Patient) -> str | None:
    """SQLite's own quick check; no invalid index on PostgreSQL."""
    if p.settings.is_sqlite:
        good = p.pragma("quick_check") == ["ok"]
    else:
        good = p.public("SELECT count(*) FROM pg_index WHERE NOT indisvalid")[0][0] == 0
    return None if good else "tệp bị hỏng; khôi phục từ bản sao lưu. / damaged; restore from a backup."


@fault("Sổ chỉ thêm được, không sửa được / append-only triggers stand")
def append_only(p: Patient) -> str | None:
    """Each trigger of record/guards.py is in the database, and switched on."""
    if p.settings.is_sqlite:
        found = {
            row[0] for row in p.rows(DoorRole.OWNER, "SELECT sql FROM sqlite_master WHERE type='trigger'")
        }
        missing = [made for made in sqlite_guards() if made not in found]
    else:
        rows = p.public("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        names = {row[0] for row in rows}
        made = [line.split()[2] for line in postgresql_guards() if line.startswith("CREATE TRIGGER")]
        missing = [name for name in made if name not in names]
    return f"thiếu {len(missing)} bẫy; khôi phục từ bản sao lưu. / triggers are missing." if missing else None


@fault("Cửa công khai không đọc được văn phòng / the public door is walled off")
def public_wall(p: Patient) -> str | None:
    """Tried for real, as the public door, with nothing that would change a row."""
    open_ways = [tried for tried in _TRIED if _may(p, DoorRole.PUBLIC, tried)]
    return f"làm được “{open_ways[0]}”; chạy `portal init`. / this was possible." if open_ways else None


@fault("Quyền của mỗi cửa đúng bảng GRANTS / rights are as the table says")
def grants(p: Patient) -> str | None:
    """Each role has on each table what portal/kernel/grants.py names, no less and no more."""
    roles = (DoorRole.PUBLIC, DoorRole.DESK) if p.has_office else (DoorRole.PUBLIC,)
    wrong = [
        f"{role} {right} {table}"
        for role, table in product(roles, _tables(p))
        for right in (_ASKING if p.settings.is_sqlite else Right)
        if _has(p, role, table, right) is not (right in rights_on(role, table))
    ]
    return f"{len(wrong)} quyền sai, như {wrong[0]}; chạy `portal init`. / wrong rights." if wrong else None


def _tables(p: Patient) -> list[str]:
    if p.settings.is_sqlite:
        rows = p.rows(DoorRole.OWNER, "SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        rows = p.public("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return sorted(row[0] for row in rows if not row[0].startswith("sqlite_"))


def _has(p: Patient, role: DoorRole, table: str, right: Right) -> bool:
    if p.settings.is_sqlite:
        return _may(p, role, _ASKING[right].format(table))
    asked = "SELECT has_table_privilege(:who, quote_ident(:table), :right)"
    return bool(p.public(asked, who=f"portal_{role}", table=table, right=right.value)[0][0])


def _may(p: Patient, role: DoorRole, statement: str) -> bool:
    """Whether ``role`` may do it: EXPLAIN asks for every right the statement needs, and does nothing."""
    try:
        p.rows(role, f"EXPLAIN {statement}")
    except SQLAlchemyError:
        return False
    return True


@fault("Người lạ trên máy không đọc được dữ liệu / the database file is private")
def database_private(p: Patient) -> str | None:
    """Neither the folder nor the file lets everybody in."""
    file = p.sqlite_file()
    is_open = file.stat().st_mode & 0o007 and file.parent.stat().st_mode & 0o001
    return f"chmod 750 {file.parent.name}/ và 640 tệp dữ liệu. / close folder and file." if is_open else None


@fault("Tài khoản cơ sở dữ liệu không phải quản trị / the login is no superuser")
def login(p: Patient) -> str | None:
    """A superuser passes every wall."""
    if p.settings.is_sqlite:
        raise Skipped("SQLite không có tài khoản. / SQLite has no logins.")
    is_super = p.public("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")[0][0]
    return "dùng tài khoản trong deploy/postgresql/roles.sql. / use those logins." if is_super else None


@advice("Nhật ký WAL không phình to / the write-ahead log is small")
def wal_size(p: Patient) -> str | None:
    """It grows while a reader never finishes."""
    file = p.sqlite_file()
    log = file.with_name(f"{file.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    return (
        "khởi động lại các tiến trình cũ. / restart what has run for long." if size > _LARGEST_WAL else None
    )


CHECKS: tuple[Check, ...] = (
    wal, schema, durable, secure_delete, foreign_keys, whole, append_only, public_wall, grants,
    database_private, login, wal_size,
)  # fmt: skip
