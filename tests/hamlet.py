"""The smallest town with one of everything a page links to: units, a programme, evidence, a tombstone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import town
from townhall import NOW, make_settings, write

from portal.kernel import shelves
from portal.migrations.upgrade import upgrade
from portal.record.append import Line
from portal.record.documents import Act, EvidenceDoc, Kind, Notice, TombstoneDoc
from portal.settings import Settings

PAPER = b"%PDF-1.4 minh chung minh hoa"
TEXT = town.gone().text  # of what was taken down


def found_hamlet(instance: Path, **changed: object) -> Settings:
    """An installation with the hamlet in its record and the evidence on its shelf."""
    settings = make_settings(instance, **changed)
    upgrade(settings)
    name = shelves.put(instance / "files", shelves.RECORD, PAPER)
    write(settings, _first(), NOW - timedelta(days=1))
    write(settings, _later(name), NOW)
    return settings


def _first() -> Iterator[Line]:
    for slug in ("hai-phong", "phuong-nhi-chieu", "phuong-minh-tan-cu"):
        yield town.line(Kind.UNIT, town.units()[slug])
    plan = town.programme("ct0chairman", town.CHAIR, "101/QĐ-MH", withheld=2)
    task = next(task for task in plan.tasks if "cktn02" in task.commitments)
    yield town.line(Kind.PROGRAMME, replace(plan, tasks=(replace(task, commitments=("cktn02",)),)))
    yield town.line(Kind.COMMITMENT, town.as_first_promised(town.commitments()["TN-02"]))
    yield town.line(Kind.COMMITMENT, town.gone())


def _later(name: str) -> Iterator[Line]:
    file = EvidenceDoc(
        sha256=name, media_type="application/pdf", size=len(PAPER), description="Báo cáo", added_on=town.TODAY
    )
    doc = replace(town.commitments()["TN-02"], evidence=(file,))
    yield town.line(Kind.COMMITMENT, doc, Act.AMEND, Notice(reason="Sáp nhập địa bàn (minh họa)."))
    stone = TombstoneDoc(ref="ckgone", withdrawn_on=town.TODAY, reason="Công bố nhầm (minh họa).")
    yield town.line(Kind.COMMITMENT, stone, Act.WITHDRAW, Notice(reason=stone.reason))
