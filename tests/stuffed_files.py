"""Sound evidence files stuffed with a dye wherever a file has room for what nobody sees."""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import stuffed_documents
import stuffed_workbooks
from papers import jpeg, pdf, picture, png, saved, stream, webp, with_chunk, with_riff, with_segment
from PIL import Image, ImageCms, PngImagePlugin


@dataclass(frozen=True, slots=True)
class Stuffed:
    """One file and the dye in it."""

    name: str
    dye: str
    data: bytes


def stuffed_files() -> Iterator[Stuffed]:
    """All of them, each with a dye of its own."""
    groups = (_JPEGS, _PNGS, _WEBPS, _PDFS, stuffed_workbooks.WORKBOOKS, stuffed_documents.DOCUMENTS)
    made = ((name, make) for group in groups for name, make in group.items())
    for place, (name, make) in enumerate(made, start=1):
        dye = f"ThuocNhuom{place:03d}Kx9Vb"
        yield Stuffed(name, dye, make(dye))


def _exif(tag: int, value: object, folder: int = 0) -> Image.Exif:
    exif = Image.Exif()
    if folder:
        exif.get_ifd(folder)[tag] = value
    else:
        exif[tag] = value
    return exif


def _profile(dye: str) -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = profile.index("sRGB".encode("utf-16-be"))
    text = dye.encode("utf-16-be")[:16]
    profile[at : at + len(text)] = text
    return bytes(profile) + dye.encode()


def _thumbnail(dye: str) -> bytes:
    """EXIF with a small picture in it that says more than it shows."""
    small = with_segment(jpeg(), 0xFE, dye.encode())
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 0) + struct.pack("<I", 14)
    entries = struct.pack("<HHHIIHHII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(small))
    return b"Exif\0\0" + tiff + entries + b"\0\0\0\0" + small


def _xmp(dye: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{dye}</dc:creator></x:xmpmeta>'.encode()


_JPEGS: dict[str, Callable[[str], bytes]] = {
    "exif description": lambda d: jpeg(exif=_exif(0x010E, d)),
    "exif artist": lambda d: jpeg(exif=_exif(0x013B, d)),
    "exif windows title": lambda d: jpeg(exif=_exif(0x9C9B, d.encode("utf-16-le"))),
    "exif comment": lambda d: jpeg(exif=_exif(0x9286, b"ASCII\0\0\0" + d.encode(), 0x8769)),
    "exif maker note": lambda d: jpeg(exif=_exif(0x927C, d.encode(), 0x8769)),
    "exif position": lambda d: jpeg(exif=_exif(0x001C, d.encode(), 0x8825)),
    "exif thumbnail": lambda d: with_segment(jpeg(), 0xE1, _thumbnail(d)),
    "jpeg xmp": lambda d: with_segment(jpeg(), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _xmp(d)),
    "jpeg long xmp": lambda d: with_segment(jpeg(), 0xE1, b"http://ns.adobe.com/xmp/extension/\0" + _xmp(d)),
    "jpeg iptc": lambda d: with_segment(jpeg(), 0xED, b"Photoshop 3.0\0008BIM\4\4\0\0" + d.encode()),
    "jpeg comment": lambda d: with_segment(jpeg(), 0xFE, d.encode()),
    "jpeg colour profile": lambda d: jpeg(icc_profile=_profile(d)),
    "jpeg private segment": lambda d: with_segment(jpeg(), 0xEA, d.encode()),
    "jpeg second picture behind": lambda d: jpeg() + with_segment(jpeg(), 0xFE, d.encode()),
    "jpeg samsung block behind": lambda d: jpeg() + b"\0\0\x01\x0a" + d.encode() + b"SEFH\0\0\0\0SEFT",
    "jpeg film behind": lambda d: (
        jpeg() + b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + struct.pack(">I", 8 + len(d)) + b"mdat" + d.encode()
    ),
}


def _spelt_pixels(dye: str) -> Image.Image:
    """A picture whose transparent pixels spell the dye."""
    image = picture(mode="RGB").convert("RGBA")
    word = dye.encode().ljust(-(-len(dye) // 3) * 3, b".")
    for place in range(0, len(word), 3):
        image.putpixel((place // 3, 0), (*word[place : place + 3], 0))
    return image


def _spelt_palette(dye: str) -> bytes:
    """A picture with palette entries no pixel uses."""
    image = picture(mode="P")
    word = dye.encode().ljust(-(-len(dye) // 3) * 3, b".")
    palette = [0, 0, 0, 255, 255, 255, *word]
    image = image.point([0] + [1] * 255)
    image.putpalette(palette)
    return saved(image, "PNG")


def _animated(dye: str, form: str) -> bytes:
    """A second frame nobody sees in print, spelling the dye."""
    second = _spelt_pixels(dye).convert("RGB")
    return saved(picture(), form, save_all=True, append_images=[second], lossless=True, duration=900)


def _text(dye: str, *, packed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Author", dye, zip=packed)
    return png(pnginfo=info)


_PNGS: dict[str, Callable[[str], bytes]] = {
    "png text": lambda d: with_chunk(png(), b"tEXt", b"Comment\0" + d.encode()),
    "png packed text": lambda d: with_chunk(png(), b"zTXt", b"Comment\0\0" + zlib.compress(d.encode())),
    "png unicode text": lambda d: _text(d, packed=False),
    "png packed unicode text": lambda d: _text(d, packed=True),
    "png exif": lambda d: png(exif=_exif(0x010E, d)),
    "png colour profile": lambda d: png(icc_profile=_profile(d)),
    "png private part": lambda d: with_chunk(png(), b"prVt", d.encode()),
    "png transparent pixels": lambda d: saved(_spelt_pixels(d), "PNG"),
    "png unused palette": _spelt_palette,
    "png second frame": lambda d: _animated(d, "PNG"),
}

_WEBPS: dict[str, Callable[[str], bytes]] = {
    "webp exif": lambda d: webp(exif=_exif(0x010E, d)),
    "webp xmp": lambda d: webp(xmp=_xmp(d)),
    "webp colour profile": lambda d: webp(icc_profile=_profile(d)),
    "webp private part": lambda d: with_riff(webp(), b"prVt", d.encode()),
    "webp transparent pixels": lambda d: saved(_spelt_pixels(d), "WEBP", lossless=True, exact=True),
    "webp second frame": lambda d: _animated(d, "WEBP"),
}


def _words(dye: str, before: bytes = b"") -> bytes:
    return before + b"BT /F 12 Tf 72 400 Td (%s) Tj ET\n" % dye.encode()


def _annotation(kind: bytes, more: bytes) -> bytes:
    return b"/Annots[<</Type/Annot/Subtype/%s/Rect[72 390 400 420]%s>>]" % (kind, more)


def _action(dye: str) -> bytes:
    return b"/OpenAction<</S/JavaScript/JS(app.alert\\('%s'\\))>>" % dye.encode()


def _attached(dye: str) -> bytes:
    return pdf(
        catalog=b"/Names<</EmbeddedFiles<</Names[(a.txt) 6 0 R]>>>>",
        more=[
            b"<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 7 0 R>>>>",
            stream(zlib.compress(dye.encode()), b"/Type/EmbeddedFile/Filter/FlateDecode"),
        ],
    )


def _older(dye: str) -> bytes:
    """A second version appended to one that said more."""
    first = pdf(draws=_words(dye))
    start = len(first)
    changed = b"5 0 obj\n%s\nendobj\n" % stream(b"BT /F 24 Tf 72 700 Td (Ban moi) Tj ET")
    previous = first[first.rindex(b"startxref") + 10 : first.rindex(b"%%EOF")].strip()
    at = start + len(changed)
    return (
        first
        + changed
        + (
            b"xref\n5 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
            % (start, previous, at)
        )
    )


_HIDDEN_LAYER = b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[6 0 R]>>>>"
_BOX = b"0 g 70 390 400 30 re f\n"
_LOOK = stream(b"0 g 0 0 330 30 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 330 30]")
_PDFS: dict[str, Callable[[str], bytes]] = {
    "pdf title": lambda d: pdf(more=[b"<</Title(%s)>>" % d.encode()], trailer=b"/Info 6 0 R"),
    "pdf own property": lambda d: pdf(more=[b"<</SoanThao(%s)>>" % d.encode()], trailer=b"/Info 6 0 R"),
    "pdf xmp": lambda d: pdf(
        catalog=b"/Metadata 6 0 R", more=[stream(_xmp(d), b"/Type/Metadata/Subtype/XML")]
    ),
    "pdf packed xmp": lambda d: pdf(
        catalog=b"/Metadata 6 0 R",
        more=[stream(zlib.compress(_xmp(d)), b"/Type/Metadata/Subtype/XML/Filter/FlateDecode")],
    ),
    "pdf identifier": lambda d: pdf(trailer=b"/ID[(%s)(%s)]" % (d.encode(), d.encode())),
    "pdf attachment": _attached,
    "pdf open action": lambda d: pdf(catalog=_action(d)),
    "pdf page action": lambda d: pdf(page=b"/AA<</O<</S/JavaScript/JS(%s)>>>>" % d.encode()),
    "pdf note": lambda d: pdf(page=_annotation(b"Text", b"/Contents(%s)/T(%s)" % (d.encode(), d.encode()))),
    "pdf popup": lambda d: pdf(page=_annotation(b"Popup", b"/Open true/Contents(%s)" % d.encode())),
    "pdf highlight with a note": lambda d: pdf(
        page=_annotation(
            b"Highlight",
            b"/C[1 1 0]/QuadPoints[72 420 400 420 72 390 400 390]/Contents(%s)" % d.encode(),
        )
    ),
    "pdf link": lambda d: pdf(page=_annotation(b"Link", b"/A<</S/URI/URI(http://x/%s)>>" % d.encode())),
    "pdf bookmark": lambda d: pdf(
        catalog=b"/Outlines 6 0 R",
        more=[
            b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>",
            b"<</Title(%s)/Parent 6 0 R/Dest[3 0 R/Fit]>>" % d.encode(),
        ],
    ),
    "pdf hidden layer": lambda d: pdf(
        draws=b"/OC /L BDC\n" + _words(d) + b"EMC\n",
        catalog=_HIDDEN_LAYER,
        more=[b"<</Type/OCG/Name(an)>>"],
    ),
    "pdf words under a box": lambda d: pdf(draws=_words(d) + _BOX),
    "pdf words under a drawn note": lambda d: pdf(
        draws=_words(d),
        page=_annotation(b"Square", b"/IC[0 0 0]/AP<</N 6 0 R>>"),
        more=[_LOOK],
    ),
    "pdf white words": lambda d: pdf(draws=_words(d, b"1 g\n")),
    "pdf words without ink": lambda d: pdf(draws=_words(d, b"3 Tr\n")),
    "pdf words beyond the edge": lambda d: pdf(draws=b"1 0 0 1 900 0 cm\n" + _words(d)),
    "pdf words outside the crop": lambda d: pdf(draws=_words(d), page=b"/CropBox[0 600 595 842]"),
    "pdf form value": lambda d: pdf(
        catalog=b"/AcroForm<</Fields[6 0 R]>>",
        page=b"/Annots[6 0 R]",
        more=[b"<</Type/Annot/Subtype/Widget/FT/Tx/F 2/T(o)/V(%s)/Rect[72 390 400 420]>>" % d.encode()],
    ),
    "pdf earlier version": _older,
    "pdf object nobody uses": lambda d: pdf(more=[b"(%s)" % d.encode()]),
    "pdf remark": lambda d: pdf(draws=b"% " + d.encode() + b"\n"),
    "pdf private data": lambda d: pdf(page=b"/PieceInfo<</X<</Private(%s)>>>>" % d.encode()),
    "pdf read-aloud words": lambda d: pdf(
        draws=b"/Span<</ActualText(%s)/Alt(%s)>>BDC\n0 0 m\nEMC\n" % (d.encode(), d.encode())
    ),
}
