"""Opens the zip container of an office document without believing what it says about itself.

Nothing is written to disk; sizes are counted while inflating; what no office program writes is refused.
"""

import io
import posixpath
import re
import struct
import zlib
from collections import Counter
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from portal.office.evidence.caps import Caps
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Kind
from portal.office.evidence.markup import Links, elements_of, links_of, look_through
from portal.office.evidence.stamped import refuse_stamp, refuse_stamp_in_name
from portal.office.evidence.wording import Reason

CONTENT_TYPES = "[Content_Types].xml"
_ROOT_LINKS = "_rels/.rels"
_END = struct.Struct("<4s4H2LH")
_BROKEN = (BadZipFile, EOFError, zlib.error, RuntimeError, ValueError, OSError, OverflowError, struct.error)
_RATIO, _SMALL = 100, 8 * 1024 * 1024  # a page of empty rows packs well and harms nobody
_CHUNK = 64 * 1024
_MAIN = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
}
_MACROS = re.compile(r"vbaproject|vbadata|macrosheets/|dialogsheets/|customui", re.IGNORECASE)
_PLACES = (
    (re.compile(r"comments", re.IGNORECASE), "ghi chú, bình luận"),
    (re.compile(r"docprops/|docmetadata/|customxml/", re.IGNORECASE), "thuộc tính của tệp"),
    (re.compile(r"header|footer", re.IGNORECASE), "đầu trang hoặc chân trang"),
    (re.compile(r"drawing|chart|diagram", re.IGNORECASE), "hình vẽ, hộp chữ hoặc biểu đồ"),
    (re.compile(r"notes", re.IGNORECASE), "chú thích"),
    (re.compile(r"worksheets/|sharedstrings", re.IGNORECASE), "nội dung ô, đầu trang hoặc chân trang"),
    (re.compile(r"word/document", re.IGNORECASE), "nội dung văn bản"),
    (re.compile(r"xl/workbook", re.IGNORECASE), "tên trang tính hoặc tên vùng"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A document's parts, inflated, every one of them looked through."""

    kind: Kind
    main: str
    parts: dict[str, bytes]
    types: dict[str, str]

    def links(self, part: str) -> Links:
        """What ``part`` points to, by relationship id."""
        folder, name = posixpath.split(part)
        return links_of(self.parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"), b""), folder)

    def has(self, pattern: str) -> bool:
        """Whether a part's name holds ``pattern`` (a regular expression, in lower case)."""
        return any(re.search(pattern, name.lower()) for name in self.parts)


def open_package(data: bytes, caps: Caps) -> Package:
    """The document in ``data``. Raises `FileRefused`: no document, a trap, macros, a stamp."""
    parts = _inflate(_open_archive(data, caps), len(data), caps)
    if "mimetype" in parts:
        raise FileRefused(Reason.OTHER_OFFICE)
    if CONTENT_TYPES not in parts or _ROOT_LINKS not in parts:
        raise FileRefused(Reason.ARCHIVE)
    _look_through_all(parts)
    types = _content_types(parts)
    main = _main_part(parts)
    _refuse_macros(parts, types)
    kind = _MAIN.get(_type_of(main, types))
    if kind is None:
        raise FileRefused(Reason.OTHER_OFFICE)
    return Package(kind=kind, main=main, parts=parts, types=types)


def _open_archive(data: bytes, caps: Caps) -> ZipFile:
    # Counted before the directory is parsed: 200,000 entries would fill the memory by themselves.
    if data.count(b"PK\x01\x02") > caps.members:
        raise FileRefused(Reason.BOMB)
    _refuse_loose_ends(data)
    try:
        archive = ZipFile(io.BytesIO(data))
    except _BROKEN as broken:
        raise FileRefused(Reason.DAMAGED) from broken
    refuse_stamp(archive.comment.decode("utf-8", "replace"), "lời chú của tệp")
    _refuse_odd_members(archive.infolist())
    return archive


def _refuse_loose_ends(data: bytes) -> None:
    """The archive must begin at the first byte and end with the last: nothing before, nothing behind."""
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(data):
        raise FileRefused(Reason.DAMAGED)
    *_, size, offset, comment = _END.unpack_from(data, at)
    if at + _END.size + comment != len(data):
        raise FileRefused(Reason.TRAILING)
    far = offset == 0xFFFFFFFF or size == 0xFFFFFFFF  # zip64 says it elsewhere, and no office file needs it
    if far or offset + size != at:
        raise FileRefused(Reason.POLYGLOT)


def _refuse_odd_members(members: list[ZipInfo]) -> None:
    """Refuse what two readers could understand differently."""
    if any(member.flag_bits & 0x1 for member in members):
        raise FileRefused(Reason.PASSWORD)
    names = Counter(member.filename.lower() for member in members)
    if any(count > 1 for count in names.values()) or any(map(_is_odd, members)):
        raise FileRefused(Reason.DAMAGED)
    for member in members:
        refuse_stamp_in_name(posixpath.basename(member.filename), "tên một phần của tệp")


def _is_odd(member: ZipInfo) -> bool:
    steps = member.filename.split("/")
    packed = member.compress_type in (ZIP_STORED, ZIP_DEFLATED)
    return not packed or ".." in steps or steps[0] == "" or "\\" in member.filename


def _inflate(archive: ZipFile, packed: int, caps: Caps) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = caps.unpacked_bytes
    for member in archive.infolist():
        if not member.is_dir():
            parts[member.filename] = _read(archive, member, min(room, caps.part_bytes))
            room -= len(parts[member.filename])
            unpacked = caps.unpacked_bytes - room
            if unpacked > _SMALL and unpacked > _RATIO * packed:
                raise FileRefused(Reason.BOMB)
    return parts


def _read(archive: ZipFile, member: ZipInfo, room: int) -> bytes:
    pieces: list[bytes] = []
    try:
        with archive.open(member) as part:
            while piece := part.read(_CHUNK):
                pieces.append(piece)
                room -= len(piece)
                if room < 0:
                    raise FileRefused(Reason.BOMB)
    except _BROKEN as broken:
        raise FileRefused(Reason.DAMAGED) from broken
    return b"".join(pieces)


def _look_through_all(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            where = next((place for pattern, place in _PLACES if pattern.search(name)), "phần ẩn của tệp")
            look_through(content, where, is_loose=name.lower().endswith(".vml"))


def _content_types(parts: dict[str, bytes]) -> dict[str, str]:
    """What each part, or each ending ("*.png"), says it is; in lower case."""
    return {
        attrs.get("PartName", f"*.{attrs.get('Extension', '')}").lstrip("/").lower(): attrs.get(
            "ContentType", ""
        ).lower()
        for _, attrs in elements_of(parts[CONTENT_TYPES])
    }


def _type_of(part: str, types: dict[str, str]) -> str:
    ending = "*." + part.rpartition(".")[2].lower()
    return types.get(part.lower(), types.get(ending, ""))


def _main_part(parts: dict[str, bytes]) -> str:
    links = links_of(parts[_ROOT_LINKS], "")
    mains = [link.target for link in links.values() if link.kind == "officeDocument"]
    if any("purl.oclc.org" in link.full_kind for link in links.values()):
        raise FileRefused(Reason.STRICT_FORMAT)
    if len(mains) != 1 or mains[0] not in parts:
        raise FileRefused(Reason.ARCHIVE if not mains else Reason.DAMAGED)
    return mains[0]


def _refuse_macros(parts: dict[str, bytes], types: dict[str, str]) -> None:
    named = any(map(_MACROS.search, parts))
    typed = any("macro" in kind or "vbaproject" in kind for kind in types.values())
    linked = any(
        link.kind.lower() in ("vbaproject", "xlmacrosheet", "xlintlmacrosheet")
        for name, content in parts.items()
        if name.lower().endswith(".rels")
        for link in links_of(content, "").values()
    )
    if named or typed or linked:
        raise FileRefused(Reason.MACRO)
