"""The zip container of a workbook, opened without believing what it says about itself.

Nothing is written to disk. Sizes are counted while inflating, never read from headers.
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from portal.office.programme.workbook.faults import refusal
from portal.office.programme.workbook.wording import Reason

MAX_FILE = 10 * 1024 * 1024  # bytes, as an officer's file manager counts 10 MB
MAX_MEMBERS = 500  # a programme has about a dozen; Excel files rarely pass fifty
MAX_UNPACKED = 40 * 1024 * 1024  # 5,000 full rows are about 10 MB
MAX_RATIO = 100
SMALL = 8 * 1024 * 1024  # a sheet of empty styled rows may compress well; harmless when small
_CHUNK = 64 * 1024

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel, or a password-protected .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (BadZipFile, EOFError, zlib.error, RuntimeError, ValueError, OSError, OverflowError)


@dataclass(slots=True)
class Package:
    """An opened container; ``stream`` inflates a part, counting everything inflated so far."""

    archive: ZipFile
    names: tuple[str, ...]  # the parts, without entries for folders
    packed: int
    unpacked: int = 0

    def stream(self, name: str) -> Iterator[bytes]:
        """The bytes of part ``name``, piece by piece. Raises `WorkbookRefused` past a limit."""
        try:
            with self.archive.open(name) as part:
                while piece := part.read(_CHUNK):
                    self._count(len(piece))
                    yield piece
        except _BROKEN as broken:
            raise refusal(Reason.DAMAGED) from broken

    def _count(self, size: int) -> None:
        self.unpacked += size
        dense = self.unpacked > SMALL and self.unpacked > MAX_RATIO * self.packed
        if dense or self.unpacked > MAX_UNPACKED:
            raise refusal(Reason.BOMB)


def open_package(data: bytes) -> Package:
    """The container in ``data``. Raises `WorkbookRefused` when it is none, damaged or a trap."""
    _refuse_other_formats(data)
    # Counted before the directory is parsed: 200,000 entries would fill the memory by themselves.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise refusal(Reason.BOMB)
    try:
        archive = ZipFile(BytesIO(data))
    except _BROKEN as broken:
        raise refusal(Reason.DAMAGED) from broken
    _refuse_odd_members(archive.infolist())
    names = tuple(info.filename for info in archive.infolist() if not info.is_dir())
    return Package(archive=archive, names=names, packed=len(data))


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise refusal(Reason.EMPTY_FILE)
    if len(data) > MAX_FILE:
        raise refusal(Reason.TOO_BIG)
    if data.startswith(_OLE):
        raise refusal(Reason.PASSWORD if _ENCRYPTED in data else Reason.OLD_EXCEL)
    if not data.startswith(_ZIP):
        raise refusal(Reason.NOT_XLSX)


def _refuse_odd_members(members: list[ZipInfo]) -> None:
    """Refuse what no office program writes, and what two readers could understand differently."""
    if any(member.flag_bits & 0x1 for member in members):
        raise refusal(Reason.PASSWORD)
    names = Counter(member.filename.lower() for member in members)
    twice = any(count > 1 for count in names.values())
    if twice or any(map(_is_odd, members)):
        raise refusal(Reason.DAMAGED)


def _is_odd(member: ZipInfo) -> bool:
    steps = member.filename.split("/")
    return (
        member.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
        or ".." in steps
        or steps[0] == ""
        or "\\" in member.filename
    )
