"""What every file of a dossier carries: its canonical text, in a place from which it can be read back."""

import base64
import json
from io import BytesIO
from typing import Any
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


def as_xml(text: str, template: str) -> bytes:
    """The part that carries ``text`` in a word-processing file, and which ``template`` it was filled into."""
    packed = base64.b64encode(text.encode()).decode()
    whole = f'<d:data xmlns:d="{XML_SPACE}" template="{template}">{packed}</d:data>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}'.encode()


def read_back(data: bytes, ending: str) -> str:
    """The canonical text inside a file that ends with ``ending``. Raises NotADossier."""
    readers = {"json": _from_json, "docx": _from_docx, "xlsx": _from_xlsx, "pdf": _from_pdf}
    if ending not in readers or len(data) > LARGEST:
        raise NotADossier("không phải tệp .json, .docx, .xlsx hoặc .pdf của bản tổng hợp")
    try:
        return readers[ending](data)
    except _UNREADABLE as fault:
        raise NotADossier(str(fault)) from fault


def _from_json(data: bytes) -> str:
    found = json.loads(data)["dossier"]
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def template_of(data: bytes) -> str:
    """Hex SHA-256 of the template a word-processing file says it was filled into; empty: it says none.

    For a file that `read_back` could read.
    """
    return str(_carried(data).get("template", ""))


def _carried(data: bytes) -> Any:
    with ZipFile(BytesIO(data)) as package:
        info = package.getinfo(XML_PART[1:])
        if info.file_size > LARGEST:
            raise NotADossier("quá lớn")
        return ElementTree.fromstring(package.read(info))


def _from_docx(data: bytes) -> str:
    return base64.b64decode(_carried(data).text or "", validate=True).decode()


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
