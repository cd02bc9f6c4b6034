"""Open tables of the log itself: every entry with its hash, and what was taken down or erased."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.record.documents import Act, Kind, TombstoneDoc
from portal.record.opendata.table import Column, Seen, Table, Type

GONE = (Act.WITHDRAW, Act.REDACT)


@dataclass(frozen=True, slots=True)
class _Entry:
    seen: Seen

    @property
    def leaf(self) -> str:
        """The hash of the leaf in hex."""
        return self.seen.leaf.hex()

    @property
    def stone(self) -> TombstoneDoc | None:
        """What stays of what is gone; None where that text is not given out either."""
        document = self.seen.revision.document
        return document if isinstance(document, TombstoneDoc) else None


def _every(seen: Seen) -> Iterable[_Entry]:
    return (_Entry(seen),)


def _gone(seen: Seen) -> Iterable[_Entry]:
    return (_Entry(seen),) if seen.revision.act in GONE else ()


_DOCUMENT = (
    Column("ref", Type.CODE, "Mã văn bản", "Reference of the document", "seen.revision.ref"),
    Column("document_kind", Type.CODE, "Loại văn bản", "Kind", "seen.revision.kind", words=Kind),
)

WITHDRAWALS = Table(
    name="withdrawals",
    vi="Nội dung đã gỡ hoặc đã xóa: còn lại ngày và lý do",
    en="What was withdrawn or erased: when and why",
    spread=_gone,
    columns=(
        *_DOCUMENT,
        Column("act", Type.CODE, "Gỡ (withdraw) hay xóa văn bản của một mục (redact)",
               "Withdrawn, or the text of an entry erased", "seen.revision.act", words=Act),
        Column("erased_entry", Type.INTEGER, "Mục sổ cái bị xóa văn bản", "Entry whose text was erased",
               "seen.cites"),
        Column("withdrawn_on", Type.DATE, "Ngày", "On", "stone.withdrawn_on"),
        Column("reason", Type.TEXT, "Lý do", "Reason", "stone.reason"),
    ),
)  # fmt: skip

LOG = Table(
    name="log",
    vi="Mọi mục của sổ cái công khai với mã băm, đủ để tính lại gốc và so với mốc đã ký",
    en="Every entry of the public log with its hashes: enough to recompute the signed root",
    spread=_every,
    columns=(
        *_DOCUMENT,
        Column("revision", Type.INTEGER, "Bản thứ mấy", "Number of the revision", "seen.revision.number"),
        Column("act", Type.CODE, "Việc làm", "What was done", "seen.revision.act", words=Act),
        Column("cites", Type.INTEGER, "Mục bị xóa văn bản, nếu là xóa", "Entry that is erased, if any",
               "seen.cites"),
        Column("digest", Type.CODE, "SHA-256 của muối và văn bản", "SHA-256 of salt and text",
               "seen.revision.digest"),
        Column("leaf", Type.CODE, "Mã băm của lá (RFC 6962)", "Leaf hash (RFC 6962)"),
    ),
)  # fmt: skip

TABLES = (WITHDRAWALS, LOG)
