"""Checking a file of a dossier: against itself, against the record, and what people see against both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.office.evaluation import carrying, comparing, files
from portal.office.evaluation.carrying import read_back
from portal.office.evaluation.paper import TemplateFault, digest_of
from portal.record import reads
from portal.record.documents import DossierDoc
from portal.record.evaluation import dossier_text
from portal.record.evaluation.compiling import Frame, calendar_of, compile_dossier
from portal.record.evaluation.document import dossier_ref, explanation_ref
from portal.record.evaluation.dossier import FORMULAS, Dossier
from portal.record.evaluation.dossier_text import NotADossier
from portal.record.evaluation.gathering import gather, root_at, taken_away_since
from portal.record.reads import Reader

_TAKEN_DOWN = (
    "Sau khi chốt, {count} nội dung làm nên bản này đã được gỡ hoặc xóa theo quy định, nên không tính lại "
    "được toàn bộ. Mã của tệp vẫn được đối chiếu với mã đã ghi vào sổ cái lúc chốt. "
    "/ {count} of its sources were taken down or erased since, so it cannot be recomputed; "
    "its digest is still compared with the one recorded at the freeze"
)
_SEEN = "Phần nhìn thấy trùng với dữ liệu gốc / what is shown is what the data says"
_OTHER_TEMPLATE = (
    "Tệp lập từ một mẫu không có ở nơi này, nên phần chữ ngoài dữ liệu phải do người đọc tự xem: "
    "dòng + chỉ có trong tệp, dòng - chỉ có theo mẫu ở đây "
    "/ filled into a template that is not here: read its own words below yourself"
)
_NOT_SHOWN = "Tệp không in các bảng / tables it does not show:"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; ``holds`` None: it cannot be told here, and why."""

    said: str
    holds: bool | None


def check(c: Reader, data: bytes, ending: str, *, templates: Sequence[Path]) -> list[Finding]:
    """Everything there is to check about a file that ends with ``ending``.

    ``c`` reads the record, a database's or an exported one; ``templates``: the one in force first.
    """
    try:
        text = read_back(data, ending)
        made = dossier_text.decode(text)
    except NotADossier as fault:
        return [Finding(f"Không đọc được dữ liệu gốc trong tệp ({fault}). / no dossier inside", False)]
    digest = dossier_text.digest(text)
    return [
        Finding(f"Dữ liệu gốc đọc được, mã {digest} / data read", True),
        *_in_the_record(c, made, digest),
        _recomputed(c, made, text),
        *_as_seen(made, data, ending, templates),
    ]


def _in_the_record(c: Reader, made: Dossier, digest: str) -> Iterator[Finding]:
    ref = dossier_ref(made.programme.ref, made.period.code)
    known = [r.document for r in reads.history(c, ref) if isinstance(r.document, DossierDoc)]
    found = next((one for one in known if one.version == made.version), None)
    if found is None:
        yield Finding("Sổ cái không có bản chốt này / the record knows no such dossier", False)
        return
    yield Finding("Mã trùng với mã trong sổ cái / digest as in the record", found.digest == digest)
    root = root_at(c, found.log_size) if found.log_size <= reads.head(c) else ""
    is_root = (found.log_size, root) == (made.checkpoint.log_size, made.checkpoint.root_hex)
    yield Finding("Mốc sổ cái đúng / checkpoint holds", is_root)
    if newest := max(one.version for one in known) - made.version:
        yield Finding(f"Đã có {newest} phiên bản mới hơn / a newer version exists", None)


def _recomputed(c: Reader, made: Dossier, text: str) -> Finding:
    said = "Tính lại từ sổ cái ra đúng từng byte / recomputed from the record, byte for byte"
    if made.formulas != FORMULAS:
        return Finding(f"Công thức khi chốt là bản {made.formulas}; không tính lại / other formulas", None)
    size = made.checkpoint.log_size
    if size > reads.head(c):
        return Finding(said, False)
    source = gather(c, made.programme.ref, made.period.code, size=size)
    frame = Frame(
        period=made.period,
        frozen_on=made.frozen_on,
        log_size=size,
        root_hex=root_at(c, size),
        calendar=calendar_of(made.calendar),
        version=made.version,
        correction=made.correction,
    )
    if source and dossier_text.encode(compile_dossier(source, frame)) == text:
        return Finding(said, True)
    if count := taken_away_since(c, _named_in(made), size=size):
        return Finding(_TAKEN_DOWN.format(count=count), None)
    return Finding(said, False)


def _named_in(made: Dossier) -> list[str]:
    """Every document whose taking down would change what can be recomputed."""
    refs = [made.programme.ref, explanation_ref(made.programme.ref, made.period.code)]
    refs += [part.ref for part in made.commitments]
    refs += [ref for theme in made.themes for ref in (theme.ref, *(one.ref for one in theme.examples))]
    return refs


def _as_seen(made: Dossier, data: bytes, ending: str, templates: Sequence[Path]) -> Iterator[Finding]:
    """Whether what people read in the file is what its data says."""
    if ending == "pdf" and "pdf" not in files.endings():
        yield Finding("Chưa cài phần “pdf” nên không so được phần nhìn thấy / extra not installed", None)
        return
    template, is_here = _template_of(data, ending, templates)
    try:
        fresh = files.file_of(made, ending, template=template)
    except TemplateFault as fault:
        yield Finding(f"Mẫu của nơi này không dùng được: {fault}", None)
        return
    if comparing.seen(data, ending) == comparing.seen(fresh, ending):
        yield Finding(_SEEN, True)
    elif ending != "docx":
        yield Finding(_SEEN, False)
    else:
        yield from _unlike(comparing.compare(made, data, fresh), is_here=is_here)


def _template_of(data: bytes, ending: str, templates: Sequence[Path]) -> tuple[Path, bool]:
    """The template a file says it was filled into, if it is here; else the one in force."""
    if ending != "docx":
        return templates[0], True
    said = carrying.template_of(data)
    found = next((one for one in templates if digest_of(one) == said), None)
    return found or templates[0], found is not None or not said


def _unlike(found: comparing.Compared, *, is_here: bool) -> Iterator[Finding]:
    """What is said of a paper that reads otherwise: false by a known template, or where figures differ."""
    lines = [*(f"\n   + {line}" for line in found.other), *(f"\n   - {line}" for line in found.gone)]
    if is_here or found.changed:
        tables = "".join(f"\n   ! {title}" for title in found.changed)
        yield Finding(_SEEN + tables + "".join(lines), False)
        return
    yield Finding("Các bảng nhìn thấy trùng với dữ liệu gốc / the tables are what the data says", True)
    yield Finding(_OTHER_TEMPLATE + "".join(lines), None)
    if found.absent:
        yield Finding(f"{_NOT_SHOWN} {'; '.join(found.absent)}", None)
