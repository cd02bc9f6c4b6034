"""Walks the parts of a JPEG, PNG or WebP to its very end, before any decoder sees it.

Gives the size in pixels, what the file carries beside its picture, and refuses what lies behind the
end. Sources: ITU-T T.81 annex B, W3C PNG (third edition), Google's WebP container specification.
"""

import struct
import zlib
from dataclasses import dataclass, field

from portal.office.evidence.caps import MB
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Form
from portal.office.evidence.wording import Reason

_PADDING = b"\0\xff \r\n"
_PNG_PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_PNG_PLAIN = {b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"cICP"}
_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the markers that announce a picture
_ALONE = {0x01, *range(0xD0, 0xD8)}
_MOST_PARTS = 20_000
_MOST_NOTE = MB


@dataclass(slots=True)
class Parts:
    """What walking a picture found."""

    width: int = 0
    height: int = 0
    is_animated: bool = False
    has_phone_extras: bool = False
    is_lossless: bool = False
    notes: list[tuple[str, bytes]] = field(default_factory=list)  # what is said beside the picture

    def note(self, name: str, content: bytes) -> None:
        """Keep what the part ``name`` says, to look through it for stamps."""
        self.notes.append((name, content[:_MOST_NOTE]))


def walk(data: bytes, form: Form) -> Parts:
    """The parts of the picture. Raises `FileRefused`: damaged, or followed by something else."""
    walkers = {Form.JPEG: _walk_jpeg, Form.PNG: _walk_png, Form.WEBP: _walk_webp}
    try:
        parts = walkers[form](data)
    except (struct.error, IndexError) as short:
        raise FileRefused(Reason.DAMAGED) from short
    if parts.width < 1 or parts.height < 1:
        raise FileRefused(Reason.DAMAGED)
    return parts


def _walk_png(data: bytes) -> Parts:
    parts, at, seen = Parts(is_lossless=True), 8, 0
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", data, at + 8 + length)
        seen += 1
        if check != zlib.crc32(body, zlib.crc32(kind)) or (kind == b"IHDR") != (seen == 1):
            raise FileRefused(Reason.DAMAGED)
        if seen > _MOST_PARTS:
            raise FileRefused(Reason.BOMB)
        _see_chunk(parts, kind, body)
        at += 12 + length
    if data[at:].strip(_PADDING):
        raise FileRefused(Reason.TRAILING)
    return parts


def _see_chunk(parts: Parts, kind: bytes, body: bytes) -> None:
    if kind == b"IHDR":
        parts.width, parts.height = struct.unpack_from(">II", body)
    elif kind in (b"acTL", b"fcTL", b"fdAT"):
        parts.is_animated = True
    elif kind not in _PNG_PIXELS | _PNG_PLAIN:
        parts.note(kind.decode("latin-1"), _readable_chunk(kind, body))


def _readable_chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk's words, unpacked where PNG packs them; never more than a note may be long."""
    if kind == b"iCCP":
        return b""
    name, _, rest = body.partition(b"\0")
    packed = {b"zTXt": rest[1:], b"iTXt": rest[2:].split(b"\0", 2)[-1] if rest[:1] == b"\1" else b""}
    if packed.get(kind):
        try:
            return name + b"\0" + zlib.decompressobj().decompress(packed[kind], _MOST_NOTE)
        except zlib.error:
            return body
    return body


def _walk_jpeg(data: bytes) -> Parts:
    parts = Parts()
    at = _walk_one_jpeg(data, 0, parts)
    rest = data[at:]
    if rest.strip(_PADDING):
        _accept_phone_extras(rest)
        parts.has_phone_extras = True
        parts.note("phone", rest)
    return parts


def _walk_one_jpeg(data: bytes, start: int, parts: Parts) -> int:
    """Where the JPEG that begins at ``start`` ends."""
    at = start + 2
    for _ in range(_MOST_PARTS):
        if data[at] != 0xFF:
            raise FileRefused(Reason.DAMAGED)
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker == 0xD9:
            return at
        if marker in _ALONE:
            continue
        (length,) = struct.unpack_from(">H", data, at)
        _see_segment(parts, marker, data[at + 2 : at + length])
        at += length
        if marker == 0xDA:
            at = _skip_scan(data, at)
    raise FileRefused(Reason.BOMB)


def _skip_scan(data: bytes, at: int) -> int:
    """The next marker after entropy-coded data, in which FF 00 and restart marks are no markers."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise FileRefused(Reason.DAMAGED)
        if data[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _see_segment(parts: Parts, marker: int, body: bytes) -> None:
    if marker in _FRAME:
        height, width = struct.unpack_from(">HH", body, 1)
        parts.width, parts.height = max(parts.width, width), max(parts.height, height)
    elif marker == 0xFE:
        parts.note("comment", body)
    elif 0xE0 <= marker <= 0xEF and body[:4] not in (b"JFIF", b"Adob"):
        parts.note(body[:4].decode("latin-1"), b"" if body.startswith(b"ICC_PROFILE") else body)


def _accept_phone_extras(rest: bytes) -> None:
    """Let pass what phones add behind a photo: smaller pictures, a moving picture, Samsung's block.

    All of it is left out of the copy. Whatever else is there is refused.
    """
    while (inner := rest.lstrip(b"\0")).startswith(b"\xff\xd8\xff"):
        rest = inner[_walk_one_jpeg(inner, 0, Parts()) :]
    at = 0
    while rest[at + 4 : at + 8] in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"meta", b"uuid"):
        size = struct.unpack_from(">I", rest, at)[0]
        at += size if size >= 8 else len(rest)
    rest = rest[at:]
    if rest.strip(_PADDING) and not rest.rstrip(_PADDING).endswith(b"SEFT"):
        raise FileRefused(Reason.TRAILING)


def _walk_webp(data: bytes) -> Parts:
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data):
        raise FileRefused(Reason.DAMAGED)
    if data[8 + size + size % 2 :].strip(_PADDING):
        raise FileRefused(Reason.TRAILING)
    parts, at = Parts(), 12
    for _ in range(_MOST_PARTS):
        if at >= 8 + size:
            return parts
        kind, length = struct.unpack_from("<4sI", data, at)
        _see_webp(parts, kind, data[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    raise FileRefused(Reason.BOMB)


def _see_webp(parts: Parts, kind: bytes, body: bytes) -> None:
    width = height = 0
    if kind == b"VP8X":
        width = 1 + int.from_bytes(body[4:7], "little")
        height = 1 + int.from_bytes(body[7:10], "little")
    elif kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        parts.is_lossless = True
    elif kind == b"VP8 ":
        width, height = (value & 0x3FFF for value in struct.unpack_from("<HH", body, 6))
    elif kind in (b"ANIM", b"ANMF"):
        parts.is_animated = True
    elif kind != b"ALPH":
        parts.note(kind.decode("latin-1"), b"" if kind == b"ICCP" else body)
    parts.width, parts.height = max(parts.width, width), max(parts.height, height)
