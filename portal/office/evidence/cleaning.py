"""Cleans one evidence file: refused with a sentence, or rebuilt as a copy that holds only what is seen.

Pure: bytes in, bytes out, nothing on disk. Parsers run here, so use `apart.clean_in_child` for anything a
person sent.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.office.evidence.caps import MB, Caps
from portal.office.evidence.exit_gate import check_out
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.kinds import Form, Kind, form_of
from portal.office.evidence.stamped import refuse_stamp_in_name
from portal.office.evidence.wording import Dropped, Reason

MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
EXTENSIONS = {kind: "jpg" if kind is Kind.JPEG else kind.value for kind in Kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanFile:
    """A rebuilt copy, fit to be stored and published.

    ``pages``, ``cells`` (paragraphs and cells of
    a DOCX) and ``width`` × ``height`` in pixels are 0 where they mean nothing. ``dropped`` names, in
    order, what the original held and the copy does not.
    """

    kind: Kind
    data: bytes
    sha256: str
    dropped: tuple[Dropped, ...] = ()
    width: int = 0
    height: int = 0
    pages: int = 0
    cells: int = 0

    @property
    def media_type(self) -> str:
        """The copy's media type."""
        return MEDIA_TYPES[self.kind]

    @property
    def extension(self) -> str:
        """The ending of the copy's generated name, without the dot."""
        return EXTENSIONS[self.kind]


def clean(data: bytes, *, filename: str, caps: Caps | None = None) -> CleanFile:
    """The copy of ``data`` that may be published. Raises `FileRefused` with a sentence.

    ``filename`` is only looked at for stamps of secrecy; the kind of file is told by its content.
    """
    made = prepare(data, filename=filename, caps=caps or Caps())()
    check_out(made.data, made.kind)
    return made


def prepare(data: bytes, *, filename: str, caps: Caps) -> Callable[[], CleanFile]:
    """Everything but the parsing: judges name and first bytes, loads the parser, gives the rest to do.

    The process that parses walls itself in between the two, and another one runs `check_out` on what it
    made: a parser that was taken over must not vouch for itself. Raises `FileRefused`.
    """
    refuse_stamp_in_name(filename, "tên tệp")
    form = form_of(data, caps)
    make = _maker(form)

    def finish() -> CleanFile:
        try:
            made = make(data, caps)
        except FileRefused:
            raise
        except (MemoryError, RecursionError) as exhausted:
            raise FileRefused(Reason.TOO_HEAVY) from exhausted
        except Exception as confused:  # a file that confuses a parser is refused, whatever it raised
            raise FileRefused(Reason.NOT_REBUILT) from confused
        if len(made.data) > caps.published_bytes:
            raise FileRefused(Reason.COPY_TOO_BIG, limit=caps.published_bytes // MB)
        return made

    return finish


# A kind's parser is loaded only when a file of that kind comes: the process that parses has a fixed
# memory, and what is loaded for nothing would be taken from the file's share.
def _maker(form: Form) -> Callable[[bytes, Caps], CleanFile]:
    if form is Form.PDF:
        return _pdf_maker()
    return _package_maker() if form is Form.PACKAGE else _picture_maker(form)


def _pdf_maker() -> Callable[[bytes, Caps], CleanFile]:
    # here: a child loads only the parser its file needs
    from portal.office.evidence.pdfs import clean_pdf

    def make(data: bytes, caps: Caps) -> CleanFile:
        content, pages, dropped = clean_pdf(data, caps)
        return made_file(Kind.PDF, content, dropped, pages=pages)

    return make


def _picture_maker(form: Form) -> Callable[[bytes, Caps], CleanFile]:
    # here: a child loads only the parser its file needs
    from portal.office.evidence.pictures import clean_picture

    def make(data: bytes, caps: Caps) -> CleanFile:
        made = clean_picture(data, form, caps)
        return made_file(made.kind, made.data, made.dropped, width=made.width, height=made.height)

    return make


def _package_maker() -> Callable[[bytes, Caps], CleanFile]:
    # here: a child loads only the parser its file needs
    from portal.office.evidence.package import open_package
    from portal.office.evidence.spreadsheets import clean_spreadsheet
    from portal.office.evidence.text_documents import clean_text_document

    def make(data: bytes, caps: Caps) -> CleanFile:
        package = open_package(data, caps)
        rebuild = clean_spreadsheet if package.kind is Kind.XLSX else clean_text_document
        content, cells, dropped = rebuild(package, caps)
        return made_file(package.kind, content, dropped, cells=cells)

    return make


def made_file(kind: Kind, data: bytes, dropped: Iterable[Dropped], **facts: int) -> CleanFile:
    """A clean file with its digest; what was left out in the order officers read it."""
    named = set(dropped)
    return CleanFile(
        kind=kind,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        dropped=tuple(what for what in Dropped if what in named),
        **facts,
    )
