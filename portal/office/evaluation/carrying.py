"""What every file of a dossier carries: its canonical text, in a place from which it can be read back."""

import base64
import json
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from defusedxml import ElementTree  # type: ignore[import-untyped]
from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from portal.record.evaluation.dossier_text import NotADossier

XML_PART = "/customXml/namro-dossier.xml"
XML_SPACE = "urn:namro:dossier:1"
DATA_SHEET = "Dữ liệu gốc"
PDF_NAME = "ban-tong-hop.json"
CHUNK = 30_000  # characters a cell; a sheet's cell holds 32,767
LARGEST = 64 * 1024 * 1024  # bytes

_UNREADABLE = (
    BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, ElementTree.ParseError,
)  # fmt: skip


def as_xml(text: str) -> bytes:
    """The part that carries ``text`` in a word-processing file."""
    packed = base64.b64encode(text.encode()).decode()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<d:data xmlns:d="{XML_SPACE}">{packed}</d:data>'.encode()


def read_back(data: bytes, ending: str) -> str:
    """The canonical text inside a file that ends with ``ending``. Raises NotADossier."""
    readers = {"json": _from_json, "docx": _from_docx, "xlsx": _from_xlsx, "pdf": _from_pdf}
    if ending not in readers or len(data) > LARGEST:
        raise NotADossier("không phải tệp .json, .docx, .xlsx hoặc .pdf của bản tổng hợp")
    try:
        return readers[ending](data)
    except (
        BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        ElementTree.ParseError,
    ) as fault:
        raise NotADossier(str(fault)) from fault


def _from_json(data: bytes) -> str:
    found = json.loads(data)["dossier"]
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _from_docx(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as package:
        info = package.getinfo(XML_PART[1:])
        if info.file_size > LARGEST:
            raise NotADossier("quá lớn")
        packed = ElementTree.fromstring(package.read(info)).text or ""
    return base64.b64decode(packed, validate=True).decode()


def _from_xlsx(data: bytes) -> str:
    book = load_workbook(BytesIO(data), read_only=True)
    try:
        cells = book[DATA_SHEET].iter_rows(min_col=1, max_col=1, values_only=True)
        return "".join(str(value) for (value,) in cells if value is not None)
    finally:
        book.close()


def _from_pdf(data: bytes) -> str:
    # here: a native library that only reading a PDF needs
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise NotADossier(str(fault)) from fault
    try:
        for n in range(document.count_attachments()):
            found = document.get_attachment(n)
            if found.get_name() == PDF_NAME:
                return bytes(found.get_data()).decode()
        raise NotADossier("tệp PDF không kèm dữ liệu gốc")
    finally:
        document.close()
