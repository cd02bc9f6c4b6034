"""Writes a PDF whose pages are pictures: no text, properties, identifiers or anything that could act.

Only the objects below exist, so what the file can hold is known by reading this module
(ISO 32000-1, 7.5 and 8.9.5).
"""

import io
import zlib
from dataclasses import dataclass

from PIL import Image

_PAPER = 16  # levels of grey kept for a page of print: 4 bits a pixel
_TEXT_SHARE = 0.85  # of a page of print is paper white or ink black
_JPEG_QUALITY = 82
Image.preinit()  # at first use would be too late: the process that parses can open no file any more


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page: its picture as it lies in the PDF, and its size in points (1/72 inch)."""

    stream: bytes
    entries: bytes
    width: float
    height: float


def page_image(image: Image.Image, *, width: float, height: float) -> PageImage:
    """``image`` (L or RGB) packed: print in 16 greys without loss, everything else as JPEG."""
    size = b"/Width %d/Height %d" % image.size
    if image.mode == "L" and _is_print(image):
        levels = image.point([round(value * (_PAPER - 1) / 255) for value in range(256)])
        packed = Image.frombytes("P", levels.size, levels.tobytes()).tobytes("raw", "P;4")
        stream, entries = (
            zlib.compress(packed, 6),
            b"/ColorSpace/DeviceGray/BitsPerComponent 4/Filter/FlateDecode",
        )
    else:
        out = io.BytesIO()
        image.info.clear()
        image.save(out, "JPEG", quality=_JPEG_QUALITY)
        space = b"DeviceGray" if image.mode == "L" else b"DeviceRGB"
        stream, entries = out.getvalue(), b"/ColorSpace/%s/BitsPerComponent 8/Filter/DCTDecode" % space
    return PageImage(stream=stream, entries=size + entries, width=width, height=height)


def _is_print(image: Image.Image) -> bool:
    counts = image.histogram()
    return sum(counts[:24]) + sum(counts[-24:]) > _TEXT_SHARE * image.width * image.height


def write_pdf(pages: list[PageImage]) -> bytes:
    """The PDF's bytes; the same pages give the same bytes."""
    kids = b" ".join(b"%d 0 R" % (3 + 3 * place) for place in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)]
    for place, page in enumerate(pages):
        objects += _page(page, 3 + 3 * place)
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _page(page: PageImage, number: int) -> list[bytes]:
    """A page, what it draws, and the picture it draws; numbered from ``number``."""
    box = b"%.2f %.2f" % (page.width, page.height)
    draws = b"q %.2f 0 0 %.2f 0 0 cm /I Do Q" % (page.width, page.height)
    return [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Resources<</XObject<</I %d 0 R>>>>/Contents %d 0 R>>"
        % (box, number + 2, number + 1),
        _stream(b"", draws),
        _stream(b"/Type/XObject/Subtype/Image" + page.entries, page.stream),
    ]


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)
