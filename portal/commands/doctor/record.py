"""The record: the tail of the log redone from its rows, the newest checkpoint, the signing key."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.commands.doctor.check import Check, fault
from portal.commands.doctor.patient import Patient, Skipped
from portal.kernel.grants import DoorRole
from portal.record import merkle, reads
from portal.record.append import content_digest, envelope
from portal.record.checkpoint import is_signed, load_verifier, verifier_line

_TAIL = 200  # entries
_AHEAD = timedelta(minutes=5)  # two clocks may differ so much
_ENTRIES = (
    "SELECT e.kind, e.ref, e.number, e.act, e.cites, e.at, e.digest, e.leaf, t.salt, t.body "
    "FROM record_entry e LEFT JOIN record_content t ON t.position = e.position "
    "ORDER BY e.position DESC LIMIT :count"
)
_NEWEST = "SELECT size, root, at, note FROM record_checkpoint ORDER BY size DESC LIMIT 1"
_STRAY = (
    "SELECT count(*) FROM record_latest l LEFT JOIN record_entry e ON e.position = l.position "
    "WHERE e.ref IS NULL OR e.ref <> l.ref"
)


@fault("Phần cuối của sổ không bị sửa / the tail of the log is unaltered")
def tail(p: Patient) -> str | None:
    """Leaf and text digest of the last entries, redone; `portal record verify` redoes all of it."""
    rows = p.public(_ENTRIES, count=_TAIL)
    wrong = [row for row in rows if not (_is_leaf(row) and _is_text(row))]
    return f"{len(wrong)} mục bị sửa; chạy `portal record verify`. / entries were altered." if wrong else None


def _is_leaf(row: Sequence[Any]) -> bool:
    kind, ref, number, act, cites, at, digest, leaf, *_ = row
    columns = {"kind": kind, "ref": ref, "number": number, "act": act, "cites": cites, "digest": digest}
    return bool(leaf == merkle.leaf_hash(envelope(at=datetime.fromisoformat(str(at)), **columns)))


def _is_text(row: Sequence[Any]) -> bool:
    digest, salt, body = row[6], row[8], row[9]
    return body is None or content_digest(salt, body) == digest


@fault("Mốc mới nhất phủ hết sổ, đúng gốc / the newest checkpoint covers the log")
def checkpoint(p: Patient) -> str | None:
    """Its size is the log's, its root that of the stored tree."""
    head = int(p.public("SELECT count(*) FROM record_entry")[0][0])
    newest = p.public(_NEWEST)
    if not head and not newest:
        return None
    with closing(p.engine(DoorRole.PUBLIC).connect()) as connection:
        root = merkle.root(head, reads.node_reader(connection))
    good = bool(newest) and newest[0][0] == head and bytes(newest[0][1]) == root
    return None if good else "chạy `portal record verify`. / run it and compare with copies kept elsewhere."


@fault("Mốc mới nhất được ký bằng khóa đã công bố / the newest checkpoint is signed")
def signature(p: Patient) -> str | None:
    """By the key whose verifier line everybody was given."""
    newest = p.public(_NEWEST)
    if not newest:
        raise Skipped("sổ còn trống. / the log is empty.")
    good = is_signed(newest[0][3], load_verifier(p.keys))
    return None if good else "khôi phục keys/checkpoint.pub và .key từ bản sao lưu. / restore both files."


@fault("Mốc mới nhất không ở tương lai / the newest checkpoint is not of the future")
def checkpoint_time(p: Patient) -> str | None:
    """A clock that was ahead leaves instants nobody can believe."""
    newest = p.public(_NEWEST)
    is_ahead = newest and datetime.fromisoformat(newest[0][2]) > p.now + _AHEAD
    return "chỉnh đồng hồ (chrony/timesyncd). / set the clock." if is_ahead else None


@fault("Khóa ký sổ được giữ kín / the signing key is private")
def signing_key(p: Patient) -> str | None:
    """There, and readable by its owner only."""
    key = p.keys / "checkpoint.key"
    if not key.exists():
        if not p.has_office:
            raise Skipped("máy chỉ có cửa công khai không giữ khóa ký. / kept on the desk host.")
        return "chưa có khóa; chạy `portal init`. / no key yet; run `portal init`."
    return "chmod 600 keys/checkpoint.key" if key.stat().st_mode & 0o077 else None


@fault("Dòng kiểm tra khớp với khóa ký / the verifier line fits the key")
def verifier(p: Patient) -> str | None:
    """Whoever checks with the published line must be able to."""
    line, key = load_verifier(p.keys), p.keys / "checkpoint.key"
    if not line:
        return "thiếu keys/checkpoint.pub; khôi phục từ bản sao lưu. / it is missing; restore it."
    if not key.exists():
        raise Skipped("máy này không giữ khóa ký. / this host holds no signing key.")
    public = Ed25519PrivateKey.from_private_bytes(key.read_bytes()).public_key().public_bytes_raw()
    good = line == verifier_line(line.split("+", 1)[0], public)
    return None if good else "checkpoint.pub không thuộc khóa này; khôi phục cả hai. / restore both."


@fault("Bảng trỏ khớp với sổ / pointers lead to their entries")
def pointers(p: Patient) -> str | None:
    """record_latest names entries that are there and of the same document."""
    stray = p.public(_STRAY)[0][0]
    return f"{stray} dòng trỏ sai; chạy `portal record verify`. / run it." if stray else None


CHECKS: tuple[Check, ...] = (tail, checkpoint, signature, checkpoint_time, signing_key, verifier, pointers)
