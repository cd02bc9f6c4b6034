"""A draft written by hand, for tests of acts: its texts, its world, what is stored of it, what is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from people import NHI_CHIEU, SOAN
from world import World, who

from portal.kernel.policy import Refusal, Refused
from portal.office.programme import editing
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import programme
from portal.office.programme.workbook.form import (
    CommitmentForm,
    MandateForm,
    ProgrammeForm,
    TaskForm,
)
from portal.record.documents import Direction, Frequency, Mode, Origin, Track

MANDATE = MandateForm(
    cadre_name="Nguyễn Thị Thử", post="Phó Chủ tịch UBND phường", unit_code=NHI_CHIEU,
    assigned_fields=("Văn hóa - xã hội",), track=Track.APPOINTMENT, decision_number="", decision_on=None,
    decision_issuer="", mandate_from=date(2026, 7, 1), mandate_to=date(2031, 6, 30), profile_code="5ro",
    preface="Lời mở đầu (số liệu minh họa).", declared_by="Văn phòng HĐND và UBND phường",
)  # fmt: skip
TASK = TaskForm(
    row=0, number=0, title="Giảm hồ sơ trễ hạn", bottleneck="6,8% hồ sơ trả chậm (số liệu minh họa)",
    objective="Từ 99% trả đúng hạn", solution="Giao việc bằng văn bản", areas=("Cải cách hành chính",),
    disclosed=True, withheld_basis="",
)  # fmt: skip
COMMITMENT = CommitmentForm(
    row=0, number=0, task_number=1, text="Trả đúng hạn 99% hồ sơ tiếp nhận tại phường.",
    indicator="Tỷ lệ hồ sơ trả đúng và trước hạn trên tổng số hồ sơ", measure_unit="%",
    baseline=Decimal("93.2"), baseline_on=date(2026, 6, 30), baseline_source="Báo cáo quý II",
    target=Decimal(99), direction=Direction.UP, deadline=date(2027, 12, 31),
    accountable="Phó Chủ tịch UBND phường", coordinators=("Văn phòng HĐND và UBND",), mode=Mode.LEAD,
    authority="UBND phường", deliverable="Báo cáo hằng tháng", evidence_plan="Số liệu Cổng Dịch vụ công",
    frequency=Frequency.MONTHLY, origin=Origin.SELF_PROPOSED, disclosed=True, withheld_basis="",
)  # fmt: skip


def seen(world: World, ref: str) -> ProgrammeForm:
    """The draft as it is stored."""
    with world.work() as w:
        return portrait(w, programme(w, ref))


def stand(world: World, ref: str) -> tuple[str, int]:
    """The reference and version of the first commitment."""
    with world.work() as w:
        row = programme(w, ref).tasks[0].commitments[0]
        return row.ref, row.version


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    """What is done within is refused for exactly this reason."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def begin(world: World) -> str:
    """A draft of one task and one commitment; its reference."""
    with world.work() as w:
        by = who(w, SOAN)
        made = editing.start(w, MANDATE, by=by)
        editing.add_task(w, made.ref, TASK, by=by)
        editing.add_commitment(w, made.ref, COMMITMENT, by=by)
        return made.ref
