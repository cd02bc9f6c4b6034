"""A dossier as a word-processing file, from a template that each province may edit."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from portal.office.evaluation.carrying import XML_PART, as_xml
from portal.office.evaluation.showing import TITLE, facts, sections
from portal.record.evaluation import dossier_text
from portal.record.evaluation.dossier import Dossier

NAME = "ban-tong-hop.docx"


class TemplateFault(Exception):
    """The office's own template cannot be filled in; the message says why."""


def template_in(instance: Path, shipped: Path) -> Path:
    """The template in force: the installation's own in ``instance/mau/``, else the shipped one."""
    own = instance / "mau" / NAME
    return own if own.is_file() else shipped / "dossier" / NAME


def templates_in(instance: Path, shipped: Path) -> list[Path]:
    """The template in force, and after it every other one that files may have been filled into."""
    others = [*sorted((instance / "mau").glob("*.docx")), shipped / "dossier" / NAME]
    force = template_in(instance, shipped)
    return [force, *(one for one in others if one != force)]


def digest_of(template: Path) -> str:
    """Hex SHA-256 of the template, by which a file says what it was filled into."""
    return hashlib.sha256(template.read_bytes()).hexdigest()


def as_paper(made: Dossier, template: Path) -> bytes:
    """The bytes of the .docx. Raises TemplateFault when the template cannot be filled in."""
    paper = DocxTemplate(str(template))
    # What people wrote is escaped, and a template can ask for nothing but the words it is given.
    tongue = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        paper.render(words_of(made), jinja_env=tongue, autoescape=True)
    except TemplateError as fault:
        raise TemplateFault(f"{template.name}: {fault}") from fault
    _carry(paper, as_xml(dossier_text.encode(made), digest_of(template)))
    held = BytesIO()
    paper.save(held)
    return _without_a_clock(held.getvalue())


def words_of(made: Dossier) -> dict[str, Any]:
    """What a template can name: ``tieu_de``, ``thong_tin``, ``cac_phan``, and each table by its key."""
    told = [
        {
            "khoa": one.key,
            "tieu_de": one.title,
            "ghi_chu": one.note,
            "cot": list(one.columns),
            "dong": [list(row) for row in one.rows],
            "trong": one.empty,
        }
        for one in sections(made)
    ]
    return {
        "tieu_de": TITLE,
        "cau_tham_khao": made.reference_only,
        "thong_tin": [{"ten": label, "gia_tri": value} for label, value in facts(made)],
        "cac_phan": told,
        **{str(one["khoa"]): one for one in told},
    }


def _carry(paper: Any, carried: bytes) -> None:
    document = paper.docx.part
    part = Part(PackURI(XML_PART), "application/xml", carried, document.package)
    document.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _without_a_clock(data: bytes) -> bytes:
    """The same package, its members without the hour at which they were packed: twice the same bytes."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as packed, ZipFile(held, "w", ZIP_DEFLATED) as still:
        for info in packed.infolist():
            member = ZipInfo(info.filename)  # 1 January 1980, the first day a package can name
            member.compress_type = ZIP_DEFLATED
            still.writestr(member, packed.read(info))
    return held.getvalue()
