"""Hostile evidence files, each made for one weakness, with the reasons it may be refused for.

A file that may also be cleaned says so with ``CLEANED``: the trap is then gone from the copy.
"""

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import hostile_papers
import papers
from hostile_papers import CLEANED, MZ, ZIP, Group, zeros
from papers import chunk, jpeg, pdf, png, webp, with_segment
from PIL import Image

from portal.office.evidence.wording import Reason as R

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One hostile file; ``may`` are the outcomes that keep the portal safe."""

    name: str
    make: Callable[[], bytes]
    may: frozenset[str]
    filename: str = "minh-chung.pdf"


def hostile_files() -> Iterator[Hostile]:
    """All of them."""
    for group in (_OTHER_KINDS, _PICTURES, hostile_papers.PDFS, hostile_papers.PACKAGES):
        for name, (make, *may) in group.items():
            yield Hostile(name, make, frozenset(may))


def _png_head(width: int, height: int, pixels: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _resized(data: bytes, width: int, height: int) -> bytes:
    """The JPEG, lying about its size."""
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def _spoilt_check() -> bytes:
    data = bytearray(png())
    data[40] ^= 1
    return bytes(data)


_OTHER_KINDS: Group = {
    "empty": (lambda: b"", R.EMPTY),
    "only zeros": (lambda: b"\0" * 4096, R.EMPTY),
    "over the cap": (lambda: png() + b"\0" * 11_000_000, R.TOO_BIG),
    "random": (lambda: b"\x91" + os.urandom(5000), R.UNKNOWN_KIND),
    "csv": (lambda: "Xã;Số\nMột;=cmd|' /C calc'!A0\n".encode(), R.PLAIN_TEXT),
    "svg": (lambda: b"<?xml version='1.0'?><svg xmlns='x' onload='alert(1)'/>", R.SVG),
    "svg packed": (lambda: b"\x1f\x8b\x08\0" + b"\0" * 50, R.ARCHIVE),
    "html": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", R.HTML),
    "html in UTF-16": (lambda: "<html><body onload=x>".encode("utf-16"), R.HTML),
    "web archive": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", R.HTML),
    "php": (lambda: b"<?php system($_GET[0]);", R.PROGRAM),
    "windows program": (lambda: MZ, R.PROGRAM),
    "linux program": (lambda: b"\x7fELF" + b"\0" * 100, R.PROGRAM),
    "java class": (lambda: b"\xca\xfe\xba\xbe" + b"\0" * 100, R.PROGRAM),
    "shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", R.PROGRAM),
    "shortcut": (lambda: b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, R.PROGRAM),
    "zip": (lambda: ZIP, R.ARCHIVE),
    "rar": (lambda: b"Rar!\x1a\x07\x01\0" + b"\0" * 60, R.ARCHIVE),
    "tar": (lambda: b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 300, R.ARCHIVE),
    "old word": (lambda: _OLE + b"\0" * 600, R.OLD_OFFICE),
    "locked office": (lambda: _OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), R.PASSWORD),
    "rtf with object": (lambda: b"{\\rtf1{\\object\\objupdate}}", R.OTHER_OFFICE),
    "gif": (lambda: papers.saved(papers.picture(mode="P"), "GIF"), R.OTHER_IMAGE),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", R.HEIC),
}

_PICTURES: Group = {
    "png that is a zip": (lambda: png() + ZIP, R.POLYGLOT),
    "png with a program behind": (lambda: png() + MZ, R.TRAILING),
    "png with words behind": (lambda: png() + b"meet me at nine", R.TRAILING),
    "jpeg that is a java archive": (lambda: jpeg() + ZIP, R.POLYGLOT),
    "jpeg that is a zip by its comment": (lambda: with_segment(jpeg(), 0xFE, ZIP), R.POLYGLOT),
    "jpeg with html behind": (lambda: jpeg() + b"<html><script>alert(1)</script>", R.POLYGLOT),
    "jpeg with script inside": (lambda: with_segment(jpeg(), 0xFE, b"<script>alert(1)</script>"), R.POLYGLOT),
    "jpeg with php inside": (lambda: jpeg(exif=_exif("<?php system(0); ?>")), R.POLYGLOT),
    "jpeg that is a pdf": (lambda: with_segment(jpeg(), 0xFE, pdf()[:5000]), R.POLYGLOT),
    "jpeg with half a jpeg behind": (lambda: jpeg() + jpeg()[:200], R.DAMAGED, R.TRAILING),
    "webp with a program behind": (lambda: webp() + MZ, R.TRAILING),
    "webp longer than it is": (lambda: webp()[:-10], R.DAMAGED),
    "png with wrong sum": (_spoilt_check, R.DAMAGED),
    "png cut off": (lambda: png()[:-30], R.DAMAGED),
    "png with half its pixels": (lambda: _png_head(64, 64, zlib.compress(b"\0" * 6000)), R.DAMAGED),
    "jpeg cut off": (lambda: jpeg()[:-30], R.DAMAGED),
    "jpeg without picture": (lambda: b"\xff\xd8\xff\xd9", R.DAMAGED),
    "png of 3.6 thousand million pixels": (lambda: _png_head(60_000, 60_000, zeros(1)), R.TOO_MANY_PIXELS),
    "png one pixel high": (lambda: _png_head(2_000_000, 1, zeros(6)), R.TOO_MANY_PIXELS),
    "png of nothing, 36 million pixels": (
        lambda: _png_head(6_000, 6_000, zeros(104)),
        CLEANED,
    ),
    "jpeg of 4 thousand million pixels": (lambda: _resized(jpeg(), 65_000, 65_000), R.TOO_MANY_PIXELS),
    "jpeg promising 49 million pixels": (lambda: _resized(jpeg(), 7_000, 7_000), CLEANED, R.DAMAGED),
    "webp of 268 million pixels": (
        lambda: webp(lossless=True)[:21] + b"\xff\xff\xff\x0f" + webp(lossless=True)[25:],
        R.TOO_MANY_PIXELS,
    ),
    "png whose note unpacks to 300 MB": (
        lambda: papers.with_chunk(png(), b"zTXt", b"Note\0\0" + zeros(300)),
        CLEANED,
        R.DAMAGED,
    ),
    "png of a hundred thousand parts": (
        lambda: png()[:33] + chunk(b"tEXt", b"a\0b") * 100_000 + png()[33:],
        R.BOMB,
    ),
    "png whose profile unpacks to 300 MB": (
        lambda: papers.with_chunk(png(), b"iCCP", b"x\0\0" + zeros(300)),
        CLEANED,
        R.DAMAGED,
    ),
    "stamp in a photo's properties": (lambda: jpeg(exif=_exif("TUYỆT MẬT")), R.STAMP),
    "stamp in a png note": (
        lambda: papers.with_chunk(png(), b"iTXt", b"Title\0\0\0\0\0" + "TỐI MẬT".encode()),
        R.STAMP,
    ),
}


def _exif(text: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = text.encode()
    return exif
