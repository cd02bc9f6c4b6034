"""Looks for a dye in a file the way somebody looking for secrets would: unpacked, decoded, recoded."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image, ImageSequence

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TOKEN = re.compile(rb"[A-Za-z0-9+/=]{24,}")
_DEEPEST = 4


def find_dye(data: bytes, dye: str) -> int:
    """In how many views of the file the dye is found, in any spelling."""
    spellings = _spellings(dye)
    return sum(any(spelling in view.lower() for spelling in spellings) for view in _views(data, _DEEPEST))


def _spellings(dye: str) -> set[bytes]:
    """The dye in lower case: as it is, in UTF-16, in hex, backwards, and base64 at each offset."""
    plain = dye.lower().encode()
    found = {plain, plain[::-1], plain.hex().encode()}
    found |= {dye.lower().encode(code) for code in ("utf-16-le", "utf-16-be", "utf-32-le")}
    found.add(dye.lower().encode("utf-16-be").hex().encode())
    for code in ("utf-8", "utf-16-le"):
        for shift in range(3):
            packed = base64.b64encode(b"\0" * shift + dye.encode(code))
            found.add(packed[4:-4].lower())
    return found


def _views(data: bytes, depth: int) -> Iterator[bytes]:
    """The file, and everything that can be unpacked from it."""
    yield data
    if depth == 0:
        return
    for inside in (*_unzipped(data), *_inflated(data), *_pixels(data), *_unbased(data)):
        yield from _views(inside, depth - 1)


def _unzipped(data: bytes) -> Iterator[bytes]:
    if b"PK\x03\x04" not in data:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield member.filename.encode() + member.comment + member.extra
                yield archive.read(member)
    except zipfile.BadZipFile:
        return


def _inflated(data: bytes) -> Iterator[bytes]:
    """PDF streams, and whatever else in the file begins like deflated data."""
    for found in _STREAM.finditer(data):
        yield from _inflate(found[1])
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        yield from _inflate(data[start.start() :])


def _inflate(data: bytes) -> Iterator[bytes]:
    try:
        unpacked = zlib.decompressobj().decompress(data, 4_000_000)
    except zlib.error:
        return
    if len(unpacked) > 8:
        yield unpacked


def _pixels(data: bytes) -> Iterator[bytes]:
    """The bytes of a picture's pixels and palette: transparent ones can spell words."""
    if not data.startswith((b"\x89PNG", b"RIFF")):
        return
    try:
        with Image.open(io.BytesIO(data)) as image:
            yield bytes(image.getpalette() or ())
            for frame in ImageSequence.Iterator(image):
                yield frame.tobytes()
                yield frame.convert("RGBA").convert("RGB").tobytes()
    except (OSError, SyntaxError):
        return


def _unbased(data: bytes) -> Iterator[bytes]:
    for token in _TOKEN.findall(data[:200_000]):
        try:
            yield base64.b64decode(token, validate=True)
        except ValueError:
            continue
