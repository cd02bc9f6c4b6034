"""Rebuilds a picture from its pixels alone: sRGB, upright, on white, nothing said beside it."""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, TiffImagePlugin
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from portal.office.evidence.caps import Caps
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Form, Kind
from portal.office.evidence.picture_parts import Parts, walk
from portal.office.evidence.stamped import refuse_stamp_in_bytes
from portal.office.evidence.wording import Dropped, Reason

Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels

_DECODERS: dict[Form, Any] = {Form.JPEG: JpegImageFile, Form.PNG: PngImageFile, Form.WEBP: WebPImageFile}
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, OverflowError, EOFError)
_MORE_BROKEN = (struct.error, zlib.error, Image.DecompressionBombError)
_STRIP = 240  # rows at a time, a multiple of every reduction used; bounds what conversion costs
_LARGE = 16_000_000  # pixels
_GREY = frozenset(("1", "L", "I", "F", "I;16", "I;16B", "I;16L"))
_ORIENTATION, _GPS = 0x0112, 0x8825
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
JPEG_QUALITY = 88
_SRGB = ImageCms.createProfile("sRGB")
# Pillow loads these at first use, when the process that parses can open no file any more.
Image.preinit()
_PROPERTIES_READER = TiffImagePlugin


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A rebuilt picture."""

    data: bytes
    kind: Kind
    width: int
    height: int
    dropped: frozenset[Dropped]


def clean_picture(data: bytes, form: Form, caps: Caps, *, crop: tuple[float, ...] = ()) -> Picture:
    """The picture rebuilt. ``crop`` are the shares to cut off: left, top, right, bottom.

    Raises `FileRefused` when it is damaged, too large, stamped or two kinds at once.
    """
    parts = walk(data, form)
    _refuse_large(parts, form, caps)
    for name, said in parts.notes:
        if name != "phone":
            refuse_stamp_in_bytes(said, "thông tin kèm theo ảnh")
    try:
        source = _DECODERS[form](io.BytesIO(data))
        return _rebuild(source, parts, data, caps, crop)
    except (*_BROKEN, *_MORE_BROKEN) as broken:
        # A decoder that runs out of memory says no more than that the picture is broken.
        large = parts.width * parts.height > _LARGE
        raise FileRefused(Reason.TOO_HEAVY if large else Reason.DAMAGED) from broken


def _refuse_large(parts: Parts, form: Form, caps: Caps) -> None:
    limits = {Form.JPEG: caps.jpeg_pixels, Form.PNG: caps.png_pixels, Form.WEBP: caps.webp_pixels}
    limit = limits[form]
    if parts.width * parts.height > limit or max(parts.width, parts.height) > caps.side_pixels:
        raise FileRefused(
            Reason.TOO_MANY_PIXELS,
            width=parts.width,
            height=parts.height,
            limit=limit // 1_000_000,
            side=caps.side_pixels,
        )


def _rebuild(source: Any, parts: Parts, data: bytes, caps: Caps, crop: tuple[float, ...]) -> Picture:
    if source.size != (parts.width, parts.height):
        raise FileRefused(Reason.DAMAGED)
    turn, dropped = _told(source, parts)
    factor = _factor(parts.width * parts.height, caps.published_pixels)
    dropped |= {Dropped.SIZE_REDUCED} if factor > 1 else set()
    if isinstance(source, JpegImageFile) and factor > 1:
        source.draft(None, (parts.width // factor, parts.height // factor))
        factor = max(1, round(factor * source.width / parts.width))
    source.load()
    image = _flatten(source, factor, _box(source.size, crop))
    source.close()
    del source
    image = image.transpose(turn) if turn is not None else image
    lossless = parts.is_lossless and len(data) < parts.width * parts.height
    content, kind = encode(image, lossless=lossless)
    return Picture(
        data=content, kind=kind, width=image.width, height=image.height, dropped=frozenset(dropped)
    )


def _told(source: Any, parts: Parts) -> tuple[Image.Transpose | None, set[Dropped]]:
    """Which way is up, and what will be left out."""
    dropped = {
        Dropped.ANIMATION: parts.is_animated,
        Dropped.PHONE_EXTRAS: parts.has_phone_extras,
        Dropped.COLOUR_PROFILE: "icc_profile" in source.info,
        Dropped.PROPERTIES: any(said for _, said in parts.notes),
        Dropped.TRANSPARENCY: source.mode in ("RGBA", "LA", "PA") or "transparency" in source.info,
    }
    turn = None
    try:
        told = source.getexif()
        turn = _TURNS.get(told.get(_ORIENTATION))
        dropped[Dropped.LOCATION] = _GPS in told
    except (*_BROKEN, *_MORE_BROKEN):
        pass  # unreadable properties are left out like all others
    return turn, {what for what, is_there in dropped.items() if is_there}


def _factor(pixels: int, most: int) -> int:
    """The smallest whole reduction after which at most ``most`` pixels remain."""
    factor = 1
    while pixels > most * factor * factor:
        factor += 1
    return factor


def _box(size: tuple[int, int], crop: tuple[float, ...]) -> Box:
    width, height = size
    if not crop:
        return 0, 0, width, height
    left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in crop)
    box = round(width * left), round(height * top), round(width * (1 - right)), round(height * (1 - bottom))
    if box[0] >= box[2] or box[1] >= box[3]:
        raise FileRefused(Reason.DAMAGED)
    return box


def _flatten(source: Image.Image, factor: int, box: Box) -> Image.Image:
    """The pixels in ``box``, in sRGB on white, reduced by ``factor``; what was transparent is gone."""
    left, upper, right, lower = box
    size = -(-(right - left) // factor), -(-(lower - upper) // factor)
    mode = "L" if source.mode in _GREY and "transparency" not in source.info else "RGB"
    flat = Image.new(mode, size, "white")
    step = _STRIP - _STRIP % factor
    transform = _to_srgb(source) if mode == "RGB" else None
    for top in range(upper, lower, step):
        strip = _on_white(source.crop((left, top, right, min(top + step, lower))), mode, transform)
        flat.paste(strip.reduce(factor) if factor > 1 else strip, (0, (top - upper) // factor))
    return flat


def _on_white(strip: Image.Image, mode: str, transform: Any) -> Image.Image:
    if strip.mode.startswith("I;16"):
        return strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if strip.mode in ("RGBA", "LA", "PA") or "transparency" in strip.info:
        strip = strip.convert("RGBA")
        opaque = Image.new("RGB", strip.size, "white")
        opaque.paste(strip, mask=strip.getchannel("A"))
        strip = opaque
    if transform is not None and strip.mode in ("RGB", "CMYK"):
        return ImageCms.applyTransform(strip, transform) or strip
    return strip.convert(mode)


def _to_srgb(source: Image.Image) -> Any:
    """The colour transform the picture's own profile asks for; none when it cannot be read."""
    profile = source.info.get("icc_profile")
    mode = "CMYK" if source.mode == "CMYK" else "RGB"
    if not profile:
        return None
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(opened, _SRGB, mode, "RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return None


def encode(image: Image.Image, *, lossless: bool) -> tuple[bytes, Kind]:
    """The pixels as PNG when ``lossless``, else as JPEG; nothing but pixels is written."""
    image.info.clear()
    out = io.BytesIO()
    if lossless:
        image.save(out, "PNG", compress_level=6)
    else:
        image.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue(), Kind.PNG if lossless else Kind.JPEG
