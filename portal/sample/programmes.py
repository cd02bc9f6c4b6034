"""Invented programmes: plainly made-up people, commitments that meet the 5 rõ, figures for illustration."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from portal.office.programme.workbook.form import (
    CommitmentForm,
    ProgrammeForm,
    ProgressForm,
    TaskForm,
)
from portal.record.documents import Direction, FigureState, Frequency, Mode, Origin, Track

ILLUSTRATION = "số liệu minh họa"
_TASKS = 5
_COMMITMENTS = 10
_PERIODS = (Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.HALF_YEARLY, Frequency.YEARLY)
_GROUND = "Nội dung nội bộ đang trong quá trình xem xét"


def programmes(
    count: int, *, seed: int, units: list[tuple[str, str]], today: date
) -> Iterator[ProgrammeForm]:
    """``count`` programmes of ten commitments, spread over ``units`` (code, name); the same for a seed."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        yield _programme(number, chance, units[number % len(units)], today)


@cache
def _material() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("material.json").read_text(encoding="utf-8"))
    return found


def _programme(number: int, chance: random.Random, unit: tuple[str, str], today: date) -> ProgrammeForm:
    words = _material()
    start = today - timedelta(days=chance.randrange(60, 500))
    areas = chance.sample(words["areas"], _TASKS)
    post = f"{chance.choice(words['posts'])} {unit[1].split()[0].lower()}"
    tasks = tuple(_task(n, area, chance) for n, area in enumerate(areas, 1))
    commitments = tuple(
        _commitment(n, areas[n % _TASKS], n % _TASKS + 1, post, chance, start) for n in range(_COMMITMENTS)
    )
    return ProgrammeForm(
        cadre_name=" ".join(chance.choice(words[part]) for part in ("families", "middles", "givens")),
        post=post,
        unit_code=unit[0],
        unit_name=unit[1],
        assigned_fields=tuple(area["label"] for area in areas),
        track=chance.choice(list(Track)),
        decision_number=f"{number + 1}/QĐ-MH",
        decision_on=start - timedelta(days=chance.randrange(5, 30)),
        decision_issuer=f"Cơ quan có thẩm quyền ({ILLUSTRATION})",
        mandate_from=start,
        mandate_to=start.replace(year=start.year + 5, day=min(start.day, 28)),
        profile_code="5ro",
        preface=f"Tôi cam kết trước Nhân dân các nội dung dưới đây ({ILLUSTRATION}).",
        declared_by="Văn phòng HĐND và UBND",
        tasks=tasks,
        commitments=commitments,
        progress=tuple(p for c in commitments for p in _progress(c, chance, start, today)),
        warnings=(),
    )


def _task(number: int, area: dict[str, Any], chance: random.Random) -> TaskForm:
    words = _material()
    label = area["label"]
    return TaskForm(
        row=number + 1,
        number=number,
        title=f"Tạo chuyển biến rõ rệt về {label[0].lower()}{label[1:]} tại {chance.choice(words['places'])}",
        bottleneck=f"Kết quả đầu kỳ thấp hơn yêu cầu ({ILLUSTRATION}).",
        objective=f"Đạt các chỉ tiêu đã cam kết {chance.choice(words['purposes'])}.",
        solution=f"{'; '.join(chance.sample(words['methods'], 2)).capitalize()}.",
        areas=(label,),
        disclosed=True,
        withheld_basis="",
    )


def _commitment(
    number: int, area: dict[str, Any], task: int, post: str, chance: random.Random, start: date
) -> CommitmentForm:
    words = _material()
    verb, things, unit, product = chance.choice(area["works"])
    target = chance.choice((6, 9, 12, 15, 18, 22, 30, 41, 60, 120))
    is_public = chance.random() > 0.1
    methods = ", ".join(chance.sample(words["methods"], chance.randrange(1, 4)))
    return CommitmentForm(
        row=number + 2,
        number=number + 1,
        task_number=task,
        text=f"{verb} {target} {things} tại {chance.choice(words['places'])} và "
        f"{chance.choice(words['places'])}, {chance.choice(words['purposes'])}; {methods}.",
        indicator=f"Số {things} đã hoàn thành",
        measure_unit=unit,
        baseline=Decimal(chance.randrange(0, target // 3)),
        baseline_on=start,
        baseline_source=f"Báo cáo của đơn vị ({ILLUSTRATION})",
        target=Decimal(target),
        direction=Direction.UP,
        deadline=start + timedelta(days=chance.choice((180, 270, 365, 540, 720))),
        accountable=post,
        coordinators=("Phòng Kinh tế", "Ủy ban MTTQ"),
        mode=Mode.LEAD,
        authority="Thuộc thẩm quyền của UBND",
        deliverable=product,
        evidence_plan=f"{product} (phần được phép công khai)",
        frequency=chance.choice(_PERIODS),
        origin=chance.choice(list(Origin)),
        disclosed=is_public,
        withheld_basis="" if is_public else _GROUND,
    )


def _progress(
    commitment: CommitmentForm, chance: random.Random, start: date, today: date
) -> Iterator[ProgressForm]:
    if commitment.baseline is None or commitment.target is None or chance.random() < 0.15:
        return
    value, reported = commitment.baseline, start
    for step in range(chance.randrange(1, 5)):
        reported += timedelta(days=chance.randrange(30, 95))
        if reported > today:
            return
        value = min(
            commitment.target, value + (commitment.target - commitment.baseline) * chance.randrange(1, 5) / 10
        )
        confirmed = chance.random() < 0.5
        yield ProgressForm(
            row=step + 2,
            commitment_number=commitment.number,
            reported_on=reported,
            value=value.quantize(Decimal("0.1")).normalize(),
            figure_state=FigureState.FIGURE,
            note=f"Kết quả đến {reported:%d/%m/%Y} ({ILLUSTRATION}).",
            source="Báo cáo quý",
            confirmed_by="Phòng chuyên môn" if confirmed else "",
            confirmed_document=f"BC-{chance.randrange(1, 99):02d}/{reported.year}" if confirmed else "",
            disclosed=commitment.disclosed,
        )
