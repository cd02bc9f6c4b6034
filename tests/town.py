"""A made-up town in the record: units, two programmes, commitments in every state, one taken down."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import town_procedures

from portal.kernel.text import slug
from portal.record.append import Line
from portal.record.changes import changes_between
from portal.record.documents import (
    Act,
    Appraised,
    Area,
    CauseDoc,
    ClarityProfile,
    CommitmentDoc,
    Confirmation,
    Criterion,
    Decision,
    Direction,
    Document,
    Ending,
    FigureState,
    Frequency,
    Holder,
    KeyTaskDoc,
    Kind,
    MilestoneDoc,
    Mode,
    Notice,
    Origin,
    ProgrammeDoc,
    ProgressDoc,
    Succession,
    TombstoneDoc,
    Track,
    UnitDoc,
    UnitLink,
    WithheldBasis,
)

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
TODAY = date(2026, 11, 24)
MERGED_ON = date(2025, 7, 1)
CITY = "Thành phố Hải Phòng"

AREAS = {
    "quy_hoach": "Quy hoạch",
    "ngan_sach": "Thu ngân sách",
    "dau_tu_cong": "Giải ngân vốn đầu tư công",
    "tai_nguyen": "Đất đai, tài nguyên, khoáng sản",
    "trat_tu_xay_dung": "Trật tự xây dựng",
    "cai_cach_hanh_chinh": "Cải cách hành chính",
    "an_sinh": "An sinh xã hội",
    "xay_dung_dang": "Xây dựng Đảng, đạo đức",
}


@cache
def samples() -> dict[str, dict[str, Any]]:
    """The thirty sample commitments by their code."""
    rows = json.loads((SAMPLES / "commitments_sample.json").read_text(encoding="utf-8"))
    return {row["code"]: row for row in rows}


@cache
def units() -> dict[str, UnitDoc]:
    """The city, its new units and the old ones they came from, by slug."""
    data = json.loads((SAMPLES / "units_kinh_mon.json").read_text(encoding="utf-8"))
    new = {u["code"]: _link(u["code"], u["name"], CITY) for u in data["new_units"]}
    old = [(u, _link(u["code"], u["name"], u["parent"], " cũ")) for u in data["old_units"]]
    city = UnitDoc(
        slug="hai-phong", code="31", name=CITY, unit_type="thành phố", parent_name="",
        parent_slug=None, valid_from=MERGED_ON, valid_to=None, successors=(), predecessors=(),
    )  # fmt: skip
    made = [city]
    for code, link in new.items():
        before = tuple(
            Succession(unit=was, whole=not u["partly"], effective_on=MERGED_ON)
            for u, was in old
            if code in u["successors"]
        )
        made.append(_unit(link, city.slug, MERGED_ON, None, (), before))
    for u, link in old:
        after = tuple(
            Succession(unit=new[code], whole=not u["partly"], effective_on=MERGED_ON)
            for code in u["successors"]
        )
        made.append(_unit(link, None, None, MERGED_ON - timedelta(days=1), after, ()))
    return {u.slug: u for u in made}


def _link(code: str, name: str, parent: str, suffix: str = "") -> UnitLink:
    return UnitLink(slug=slug(name + suffix), code=code, name=name, parent_name=parent)


def _unit(
    link: UnitLink,
    parent_slug: str | None,
    since: date | None,
    until: date | None,
    after: tuple[Succession, ...],
    before: tuple[Succession, ...],
) -> UnitDoc:
    return UnitDoc(
        slug=link.slug, code=link.code, name=link.name, unit_type=link.name.split()[0].lower(),
        parent_name=link.parent_name, parent_slug=parent_slug, valid_from=since, valid_to=until,
        successors=after, predecessors=before,
    )  # fmt: skip


def holder(name: str, post: str, unit_slug: str) -> Holder:
    """A post-holder of one of the town's units."""
    u = units()[unit_slug]
    link = UnitLink(slug=u.slug, code=u.code, name=u.name, parent_name=u.parent_name)
    return Holder(cadre_name=name, post=post, unit=link)


CHAIR = holder("Lê Minh Họa", "Chủ tịch UBND phường", "phuong-nhi-chieu")
DEPUTY = holder("Trần Thị Ví Dụ", "Phó Chủ tịch UBND phường", "phuong-kinh-mon")
APPRAISED = Appraised(body="Ban Xây dựng Đảng phường", appraised_on=date(2026, 6, 20))
CONFIRMED = Confirmation(body="Phòng Kinh tế, Hạ tầng và Đô thị", document="BC-02/2026")


def report(day: date, value: str | None, *, confirmed: bool = False, state: str = "figure") -> ProgressDoc:
    """One progress report with an invented figure."""
    return ProgressDoc(
        reported_on=day,
        state=FigureState(state),
        value=None if value is None else Decimal(value),
        note=f"Kết quả đến {day:%d/%m/%Y} (số liệu minh họa).",
        source="Báo cáo quý",
        confirmation=CONFIRMED if confirmed else None,
    )


def commitment(code: str, who: Holder, programme: str, **changed: Any) -> CommitmentDoc:
    """The sample commitment ``code`` as ``who`` promised it."""
    row = samples()[code]
    doc = CommitmentDoc(
        ref=f"ck{slug(code).replace('-', '')}", programme_ref=programme, holder=who,
        task_title=f"Tạo chuyển biến rõ rệt trong lĩnh vực {AREAS[row['area']].lower()}",
        areas=(Area(code=slug(AREAS[row["area"]]), label=AREAS[row["area"]]),),
        text=row["text"], indicator=row["indicator"], measure_unit=row["unit"],
        baseline=Decimal(str(row["baseline"])), baseline_on=date.fromisoformat(row["baseline_at"]),
        baseline_source="Báo cáo của đơn vị (số liệu minh họa)",
        target=Decimal(str(row["target"])), direction=Direction(row["direction"]),
        deadline=date.fromisoformat(row["deadline"]), first_target=Decimal(str(row["target"])),
        first_deadline=date.fromisoformat(row["deadline"]), accountable=row["lead_role"],
        coordinators=tuple(row["coordinating"].split("; ")), mode=Mode.LEAD,
        authority=row["authority"], deliverable=row["product"], evidence_plan=row["evidence"],
        frequency=Frequency(row["update_frequency"]), origin=Origin.SELF_PROPOSED,
        profile_code="5ro", appraised=APPRAISED, milestones=(), progress=(), causes=(),
    )  # fmt: skip
    return replace(doc, **changed)


SEPT, OCT, NOV = date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 15)


@cache
def commitments() -> dict[str, CommitmentDoc]:
    """Commitments in every state a page must be able to show, by sample code."""
    a, b = "ct0chairman", "ct0deputy1"
    return {
        "DT-01": commitment("DT-01", CHAIR, a, progress=(
            report(date(2026, 6, 30), "80.1", confirmed=True), report(date(2026, 7, 31), "81"),
            report(SEPT, "83.3", confirmed=True), report(OCT, "85.9"), report(NOV, "87.5"))),
        "QH-04": commitment("QH-04", CHAIR, a, milestones=(
            MilestoneDoc(title="Rà soát xong 9 khu vực", due_on=SEPT, done_on=date(2026, 9, 22)),
            MilestoneDoc(title="Trình phương án 5 khu vực đầu", due_on=OCT),
            MilestoneDoc(title="Trình phương án các khu vực còn lại", due_on=date(2027, 9, 30))),
            progress=(report(SEPT, "4", confirmed=True), report(NOV, "5"))),
        "XD-01": commitment("XD-01", CHAIR, a, progress=(
            report(SEPT, "29", confirmed=True), report(NOV, "40"))),
        "TN-02": commitment("TN-02", CHAIR, a, origin=Origin.ASSIGNED, deadline=date(2026, 10, 30),
            first_deadline=date(2026, 8, 31), target=Decimal(35), first_target=Decimal(41),
            progress=(report(SEPT, "31", confirmed=True), report(NOV, "33")),
            causes=(CauseDoc(text="Mưa bão kéo dài làm ngập hiện trường, không cưỡng chế được.",
                from_on=date(2026, 9, 5), to_on=date(2026, 9, 20), confirmation=CONFIRMED),)),
        "CC-01": commitment("CC-01", CHAIR, a, progress=(report(NOV, None, state="not_connected"),)),
        "XD-02": commitment("XD-02", CHAIR, a, progress=(report(NOV, None, state="no_data"),)),
        "TN-01": commitment("TN-01", CHAIR, a, progress=(report(NOV, "0"),)),
        "XDD-03": commitment("XDD-03", CHAIR, a),
        "QH-02": commitment("QH-02", DEPUTY, b, progress=(
            report(SEPT, "73.8", confirmed=True), report(NOV, "83.1"))),
        "NS-02": commitment("NS-02", DEPUTY, b, ending=Ending.TRANSFER, ended_on=OCT,
            progress=(report(SEPT, "4.4", confirmed=True),)),
        "AS-04": commitment("AS-04", DEPUTY, b, deadline=date(2027, 6, 30), progress=(
            report(SEPT, "8", confirmed=True),)),
        "QH-03": commitment("QH-03", DEPUTY, b, progress=(report(NOV, "14", confirmed=True),)),
        "QH-01": commitment("QH-01", DEPUTY, b, progress=(report(NOV, "0"),)),
        "NS-03": commitment("NS-03", DEPUTY, b),
    }  # fmt: skip


PROFILE = ClarityProfile(
    code="5ro",
    label="5 rõ",
    criteria=tuple(
        Criterion(code=slug(label), label=label)
        for label in ("rõ người", "rõ việc", "rõ thời gian", "rõ trách nhiệm", "rõ kết quả")
    ),
)


def programme(ref: str, who: Holder, number: str, *, withheld: int) -> ProgrammeDoc:
    """The programme of ``who`` over its public commitments."""
    mine = [c for c in commitments().values() if c.programme_ref == ref]
    tasks = []
    for i, title in enumerate(dict.fromkeys(c.task_title for c in mine)):
        of = [c for c in mine if c.task_title == title]
        tasks.append(
            KeyTaskDoc(
                ref=f"nv{i}{ref}",
                title=title,
                areas=of[0].areas,
                bottleneck="Quy hoạch cũ lập trước khi sắp xếp đơn vị hành chính, nhiều khu vực chồng lấn.",
                objective="Đạt các chỉ tiêu đã cam kết đúng thời hạn.",
                solution="Giao việc bằng văn bản; kiểm tra hằng tháng; công khai kết quả hằng quý.",
                commitments=tuple(c.ref for c in of),
            )
        )
    return ProgrammeDoc(
        ref=ref, holder=who, assigned_fields=("Điều hành chung", "Trật tự xây dựng", "Cải cách hành chính"),
        track=Track.APPOINTMENT,
        decision=Decision(number=number, decided_on=date(2026, 6, 15), issuer="UBND thành phố (minh họa)"),
        mandate_from=date(2026, 7, 1), mandate_to=date(2031, 6, 30),
        preface="Tôi nhận thức rõ trách nhiệm trước Nhân dân và cam kết thực hiện các nội dung dưới đây; "
        "số liệu trong bản này là số liệu minh họa.",
        profile=PROFILE, appraised=APPRAISED, issued_on=date(2026, 6, 25), tasks=tuple(tasks),
        withheld_count=withheld,
        withheld_bases=(WithheldBasis(basis="Nội dung nội bộ đang trong quá trình xem xét", count=withheld),)
        if withheld else (),
    )  # fmt: skip


def line(kind: Kind, document: Document, act: Act = Act.PUBLISH, notice: Notice | None = None) -> Line:
    """One line for the log."""
    ref = document.slug if isinstance(document, UnitDoc) else document.ref
    return Line(kind=kind, ref=ref, act=act, document=document, notice=notice or Notice())


def first_lines() -> Iterable[Line]:
    """What was published first; TN-02 and DT-01 as they were promised before they were changed."""
    for unit in units().values():
        yield line(Kind.UNIT, unit)
    yield line(Kind.PROGRAMME, programme("ct0chairman", CHAIR, "101/QĐ-MH", withheld=2))
    yield line(Kind.PROGRAMME, programme("ct0deputy1", DEPUTY, "102/QĐ-MH", withheld=0))
    for code, doc in commitments().items():
        yield line(Kind.COMMITMENT, as_first_promised(doc) if code in ("TN-02", "DT-01") else doc)
    yield line(Kind.COMMITMENT, gone())


def as_first_promised(doc: CommitmentDoc) -> CommitmentDoc:
    """``doc`` before anything was reported or moved."""
    return replace(doc, deadline=doc.first_deadline, target=doc.first_target, progress=(), causes=())


def gone() -> CommitmentDoc:
    """A commitment that is published and then taken down."""
    return commitment("AS-02", CHAIR, "ct0chairman", ref="ckgone")


def later_lines() -> Iterable[Line]:
    """News of progress, an amendment with its reason, a withdrawal."""
    dt01, tn02 = commitments()["DT-01"], commitments()["TN-02"]
    yield line(Kind.COMMITMENT, dt01, Act.PROGRESS,
        Notice(changes=changes_between(as_first_promised(dt01), dt01)))  # fmt: skip
    yield line(Kind.COMMITMENT, tn02, Act.AMEND, Notice(
        reason="Sáp nhập địa bàn làm thay đổi số trường hợp phải xử lý (minh họa).",
        document="Thông báo số 15/TB-MH ngày 20/08/2026 của Đảng ủy phường (minh họa)",
        changes=changes_between(as_first_promised(tn02), tn02)))  # fmt: skip
    stone = TombstoneDoc(ref="ckgone", withdrawn_on=TODAY, reason="Công bố nhầm chương trình (minh họa).")
    yield line(Kind.COMMITMENT, stone, Act.WITHDRAW, Notice(reason=stone.reason))
    first, now = town_procedures.results(few=True), town_procedures.results()
    yield line(Kind.PROCEDURES, first)
    yield line(Kind.PROCEDURES, now, Act.PROGRESS, Notice(changes=changes_between(first, now)))
