"""A dossier as a word-processing file, from a template that each province may edit."""

from io import BytesIO
from pathlib import Path
from typing import Any

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


def as_paper(made: Dossier, template: Path) -> bytes:
    """The bytes of the .docx. Raises TemplateFault when the template cannot be filled in."""
    paper = DocxTemplate(str(template))
    # What people wrote is escaped, and a template can ask for nothing but the words it is given.
    tongue = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        paper.render(words_of(made), jinja_env=tongue, autoescape=True)
    except TemplateError as fault:
        raise TemplateFault(f"{template.name}: {fault}") from fault
    _carry(paper, dossier_text.encode(made))
    held = BytesIO()
    paper.save(held)
    return held.getvalue()


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


def _carry(paper: Any, text: str) -> None:
    document = paper.docx.part
    part = Part(PackURI(XML_PART), "application/xml", as_xml(text), document.package)
    document.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
