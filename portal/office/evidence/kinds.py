"""What kind of file some bytes are, by content and never by name; and whether they are two at once."""

import io
import re
import zipfile
from enum import StrEnum

from portal.office.evidence.caps import MB, Caps
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.wording import Reason


class Kind(StrEnum):
    """The kinds of a clean copy (a WebP comes out as JPEG or PNG)."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    XLSX = "xlsx"
    DOCX = "docx"


class Form(StrEnum):
    """What the first bytes say; an office document is a package until its parts are read."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    PACKAGE = "package"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1024  # readers of PDF look for its mark this far into a file
_BLANK = b"\xef\xbb\xbf\xfe\xff \t\r\n\0"

_FORMS = (
    (b"\x89PNG\r\n\x1a\n", Form.PNG),
    (b"\xff\xd8\xff", Form.JPEG),
    (b"PK\x03\x04", Form.PACKAGE),
)
_OTHERS = (
    (b"MZ", Reason.PROGRAM),
    (b"\x7fELF", Reason.PROGRAM),
    (b"\xca\xfe\xba\xbe", Reason.PROGRAM),  # Java class, universal Mach-O
    (b"\xce\xfa\xed\xfe", Reason.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Reason.PROGRAM),
    (b"dex\n", Reason.PROGRAM),
    (b"#!", Reason.PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", Reason.PROGRAM),  # Windows shortcut
    (b"GIF8", Reason.OTHER_IMAGE),
    (b"BM", Reason.OTHER_IMAGE),
    (b"II*\0", Reason.OTHER_IMAGE),
    (b"MM\0*", Reason.OTHER_IMAGE),
    (b"8BPS", Reason.OTHER_IMAGE),
    (b"\0\0\x01\0", Reason.OTHER_IMAGE),
    (b"\xff\x0a", Reason.OTHER_IMAGE),
    (b"Rar!", Reason.ARCHIVE),
    (b"7z\xbc\xaf", Reason.ARCHIVE),
    (b"\x1f\x8b", Reason.ARCHIVE),
    (b"BZh", Reason.ARCHIVE),
    (b"\xfd7zXZ", Reason.ARCHIVE),
    (b"MSCF", Reason.ARCHIVE),
    (b"PK\x05\x06", Reason.ARCHIVE),
    (b"{\\rtf", Reason.OTHER_OFFICE),
    (b"%!PS", Reason.OTHER_OFFICE),
)
_MARKUP = (
    (re.compile(rb"<svg[\s>:]|<!doctype\s+svg", re.IGNORECASE), Reason.SVG),
    (re.compile(rb"<\?php|<%@", re.IGNORECASE), Reason.PROGRAM),
    (
        re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe|meta)\b", re.IGNORECASE),
        Reason.HTML,
    ),
    (re.compile(rb"^mime-version:", re.IGNORECASE), Reason.HTML),
)
_ACTIVE = re.compile(rb"<(?:script|html|iframe|svg|body)[\s>/]|<\?php|<!doctype\s", re.IGNORECASE)


def form_of(data: bytes, caps: Caps) -> Form:
    """What the file is, judged by its first bytes. Raises `FileRefused` for all that is not taken."""
    if not data:
        raise FileRefused(Reason.EMPTY)
    if len(data) > caps.file_bytes:
        raise FileRefused(Reason.TOO_BIG, limit=caps.file_bytes // MB)
    form = _known(data)
    if form is None:
        raise FileRefused(_why_not(data))
    refuse_second_nature(data, form)
    return form


def _known(data: bytes) -> Form | None:
    for mark, form in _FORMS:
        if data.startswith(mark):
            return form
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Form.WEBP
    return Form.PDF if data.lstrip(_BLANK).startswith(b"%PDF-") else None


def _why_not(data: bytes) -> Reason:
    if not data.strip(_BLANK):
        return Reason.EMPTY
    if data.startswith(_OLE):
        return Reason.PASSWORD if _ENCRYPTED_OFFICE in data else Reason.OLD_OFFICE
    for mark, reason in _OTHERS:
        if data.startswith(mark):
            return reason
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"):
        return Reason.HEIC
    if data[257:262] == b"ustar":
        return Reason.ARCHIVE
    return Reason.POLYGLOT if b"%PDF-" in data[:_HEAD] else _why_not_text(data)


def _why_not_text(data: bytes) -> Reason:
    head = data[: 16 * _HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    head = head.lstrip(_BLANK)
    for pattern, reason in _MARKUP:
        if pattern.search(head):
            return reason
    text = head.decode("utf-8", "replace")
    readable = sum(char.isprintable() or char in "\r\n\t" for char in text)
    return Reason.PLAIN_TEXT if readable > 0.95 * len(text) else Reason.UNKNOWN_KIND


def refuse_second_nature(data: bytes, form: Form) -> None:
    """Refuse what another program would take for another kind: a picture that is an archive too."""
    head, tail = data[:_HEAD], data[-_HEAD:]
    if form is not Form.PDF and b"%PDF-" in head:
        raise FileRefused(Reason.POLYGLOT)
    if data[257:262] == b"ustar":
        raise FileRefused(Reason.POLYGLOT)
    if form is not Form.PACKAGE and zipfile.is_zipfile(io.BytesIO(data)):
        raise FileRefused(Reason.POLYGLOT)
    searched = (data,) if form in (Form.PNG, Form.JPEG, Form.WEBP) else (head, tail)
    if any(_ACTIVE.search(part) for part in searched):
        raise FileRefused(Reason.POLYGLOT)
