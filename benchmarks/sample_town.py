"""The thirty sample commitments and thirty units as published documents (số liệu minh họa)."""

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from portal.kernel.text import slug
from portal.record.documents import (
    Appraised,
    Area,
    CommitmentDoc,
    Direction,
    Frequency,
    Holder,
    Origin,
    Succession,
    UnitDoc,
    UnitLink,
)

_SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_MERGED_ON = date(2025, 7, 1)
_AREAS = {
    "quy_hoach": "Quy hoạch",
    "ngan_sach": "Thu ngân sách",
    "dau_tu_cong": "Giải ngân vốn đầu tư công",
    "tai_nguyen": "Đất đai, tài nguyên, khoáng sản",
    "trat_tu_xay_dung": "Trật tự xây dựng",
    "cai_cach_hanh_chinh": "Cải cách hành chính",
    "an_sinh": "An sinh xã hội",
    "xay_dung_dang": "Xây dựng Đảng, đạo đức",
}
# Made-up post-holders: name, post, unit code, the commitments of their programme.
_HOLDERS = (
    ("Lê Minh Họa", "Chủ tịch UBND phường", "10714", "QH-04 DT-01 TN-02 XD-02 CC-01 XDD-03"),
    (
        "Trần Thị Ví Dụ",
        "Phó Chủ tịch UBND phường",
        "10675",
        "QH-02 QH-03 NS-02 NS-03 DT-03 TN-03 TN-04 XD-01 XD-03 AS-03 AS-04",
    ),
    ("Phạm Văn Mẫu", "Bí thư Đảng ủy phường", "10675", "CC-03 CC-04 XDD-01"),
    (
        "Nguyễn Thị Thử Nghiệm",
        "Chủ tịch UBND xã",
        "10705",
        "QH-01 NS-01 NS-04 DT-02 DT-04 TN-01 CC-02 AS-01 AS-02 XDD-02",
    ),
)


@cache
def units() -> dict[str, UnitDoc]:
    """Current units by code, and old ones by "cu" and code."""
    data = json.loads((_SAMPLES / "units_kinh_mon.json").read_text("utf-8"))
    links = {u["code"]: _link(u, slug(u["name"])) for u in data["new_units"]}
    found = {u["code"]: _unit(u, links[u["code"]], ()) for u in data["new_units"]}
    for u in data["old_units"]:
        into = tuple(
            Succession(unit=links[code], whole=not u["partly"], effective_on=_MERGED_ON)
            for code in u["successors"]
        )
        found["cu" + u["code"]] = _unit(u, _link(u, slug(u["name"]) + "-cu"), into)
    return found


def commitments() -> list[CommitmentDoc]:
    """The thirty, as the four sample programmes publish them; the reference is the sample's code."""
    rows = {r["code"]: r for r in json.loads((_SAMPLES / "commitments_sample.json").read_text("utf-8"))}
    return [
        _commitment(rows[code], name, post, units()[unit])
        for name, post, unit, codes in _HOLDERS
        for code in codes.split()
    ]


def _commitment(row: dict[str, Any], name: str, post: str, unit: UnitDoc) -> CommitmentDoc:
    label = _AREAS[row["area"]]
    link = UnitLink(slug=unit.slug, code=unit.code, name=unit.name, parent_name=unit.parent_name)
    deadline = date.fromisoformat(row["deadline"])
    return CommitmentDoc(
        ref=row["code"],
        programme_ref=f"P-{slug(name)}",
        holder=Holder(cadre_name=name, post=post, unit=link),
        task_title=f"Tạo chuyển biến rõ rệt trong lĩnh vực {label[0].lower()}{label[1:]}",
        areas=(Area(code=row["area"], label=label),),
        text=row["text"],
        indicator=row["indicator"],
        measure_unit=row["unit"],
        baseline=Decimal(str(row["baseline"])),
        baseline_on=date.fromisoformat(row["baseline_at"]),
        baseline_source="số liệu minh họa",
        target=Decimal(str(row["target"])),
        direction=Direction(row["direction"]),
        deadline=deadline,
        first_target=Decimal(str(row["target"])),
        first_deadline=deadline,
        accountable=row["lead_role"],
        coordinators=tuple(part.strip() for part in row["coordinating"].split(";")),
        mode=None,
        authority=row["authority"],
        deliverable=row["product"],
        evidence_plan=row["evidence"],
        frequency=Frequency(row["update_frequency"]),
        origin=Origin.SELF_PROPOSED,
        profile_code="5ro",
        appraised=Appraised(body="Ban Tổ chức (minh họa)", appraised_on=date(2026, 6, 20)),
        milestones=(),
        progress=(),
        causes=(),
    )


def _link(unit: dict[str, Any], address: str) -> UnitLink:
    return UnitLink(slug=address, code=unit["code"], name=unit["name"], parent_name=unit["parent"])


def _unit(unit: dict[str, Any], link: UnitLink, successors: tuple[Succession, ...]) -> UnitDoc:
    return UnitDoc(
        slug=link.slug,
        code=link.code,
        name=link.name,
        unit_type=link.name.split()[0].lower(),
        parent_name=link.parent_name,
        parent_slug=None,
        valid_from=None if successors else _MERGED_ON,
        valid_to=date(2025, 6, 30) if successors else None,
        successors=successors,
        predecessors=(),
    )
