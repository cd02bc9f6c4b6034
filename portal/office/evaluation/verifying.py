"""Checking a file of a dossier: against itself, against the record, and what people see against both."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from portal.office.evaluation import files
from portal.office.evaluation.carrying import read_back
from portal.office.evaluation.paper import TemplateFault
from portal.record import reads
from portal.record.documents import DossierDoc
from portal.record.evaluation import dossier_text
from portal.record.evaluation.compiling import Frame, calendar_of, compile_dossier
from portal.record.evaluation.document import dossier_ref, explanation_ref
from portal.record.evaluation.dossier import FORMULAS, Dossier
from portal.record.evaluation.dossier_text import NotADossier
from portal.record.evaluation.gathering import gather, root_at, taken_away_since

_TAKEN_DOWN = (
    "Sau khi chốt có nội dung đã gỡ hoặc xóa theo quy định nên không tính lại được đầy đủ "
    "/ something was taken down since"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; ``holds`` None: it cannot be told here, and why."""

    said: str
    holds: bool | None


def check(session: Session, data: bytes, ending: str, *, template: Path) -> list[Finding]:
    """Everything there is to check about a file that ends with ``ending``."""
    try:
        text = read_back(data, ending)
        made = dossier_text.decode(text)
    except NotADossier as fault:
        return [Finding(f"Không đọc được dữ liệu gốc trong tệp ({fault}). / no dossier inside", False)]
    digest = dossier_text.digest(text)
    return [
        Finding(f"Dữ liệu gốc đọc được, mã {digest} / data read", True),
        *_in_the_record(session, made, digest),
        _recomputed(session, made, text),
        _as_seen(made, data, ending, template),
    ]


def _in_the_record(session: Session, made: Dossier, digest: str) -> Iterator[Finding]:
    ref = dossier_ref(made.programme.ref, made.period.code)
    known = [r.document for r in reads.history(session, ref) if isinstance(r.document, DossierDoc)]
    found = next((one for one in known if one.version == made.version), None)
    if found is None:
        yield Finding("Sổ cái không có bản chốt này / the record knows no such dossier", False)
        return
    yield Finding("Mã trùng với mã trong sổ cái / digest as in the record", found.digest == digest)
    root = root_at(session, found.log_size) if found.log_size <= reads.head(session) else ""
    is_root = (found.log_size, root) == (made.checkpoint.log_size, made.checkpoint.root_hex)
    yield Finding("Mốc sổ cái đúng / checkpoint holds", is_root)
    if newest := max(one.version for one in known) - made.version:
        yield Finding(f"Đã có {newest} phiên bản mới hơn / a newer version exists", None)


def _recomputed(session: Session, made: Dossier, text: str) -> Finding:
    said = "Tính lại từ sổ cái ra đúng từng byte / recomputed from the record, byte for byte"
    if made.formulas != FORMULAS:
        return Finding(f"Công thức khi chốt là bản {made.formulas}; không tính lại / other formulas", None)
    size = made.checkpoint.log_size
    if size > reads.head(session):
        return Finding(said, False)
    source = gather(session, made.programme.ref, made.period.code, size=size)
    frame = Frame(
        period=made.period,
        frozen_on=made.frozen_on,
        log_size=size,
        root_hex=root_at(session, size),
        calendar=calendar_of(made.calendar),
        version=made.version,
        correction=made.correction,
    )
    if source and dossier_text.encode(compile_dossier(source, frame)) == text:
        return Finding(said, True)
    if taken_away_since(session, _named_in(made), size=size):
        return Finding(_TAKEN_DOWN, None)
    return Finding(said, False)


def _named_in(made: Dossier) -> list[str]:
    """Every document whose taking down would change what can be recomputed."""
    refs = [made.programme.ref, explanation_ref(made.programme.ref, made.period.code)]
    refs += [part.ref for part in made.commitments]
    refs += [ref for theme in made.themes for ref in (theme.ref, *(one.ref for one in theme.examples))]
    return refs


def _as_seen(made: Dossier, data: bytes, ending: str, template: Path) -> Finding:
    """Whether what people read in the file is what its data says."""
    said = "Phần nhìn thấy trùng với dữ liệu gốc / what is shown is what the data says"
    if ending == "pdf" and "pdf" not in files.endings():
        return Finding("Chưa cài phần “pdf” nên không so được phần nhìn thấy / extra not installed", None)
    try:
        fresh = files.file_of(made, ending, template=template)
    except TemplateFault as fault:
        return Finding(f"Mẫu của nơi này không dùng được: {fault}", None)
    return Finding(said, _seen(data, ending) == _seen(fresh, ending))


def _seen(data: bytes, ending: str) -> object:
    if ending == "docx":
        with ZipFile(BytesIO(data)) as package:
            return package.read("word/document.xml")
    if ending == "xlsx":
        return _cells(data)
    return data


def _cells(data: bytes) -> list[tuple[str, list[tuple[object, ...]]]]:
    book = load_workbook(BytesIO(data))
    return [(sheet.title, list(sheet.values)) for sheet in book.worksheets]
