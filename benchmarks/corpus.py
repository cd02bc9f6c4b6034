"""An invented town hall at any size: seeded commitments with a wide vocabulary (số liệu minh họa).

Sentences are put together from verbs, objects, places, bodies, crops, streets and figures, so that
the corpus has common words, rare words and a long tail of names, as real texts do.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.kernel.text import slug
from portal.record.documents import (
    Appraised,
    Area,
    CommitmentDoc,
    Confirmation,
    Direction,
    FigureState,
    Frequency,
    Holder,
    Origin,
    ProgressDoc,
    Succession,
    UnitDoc,
    UnitLink,
)
from portal.record.search import Judged

TODAY = date(2026, 11, 24)
_MERGED_ON = date(2025, 7, 1)
_FIRST_DEADLINE = date(2026, 3, 31)

_WORDS: dict[str, Any] = json.loads(Path(__file__).with_name("corpus_words.json").read_text("utf-8"))


def standing_of(doc: CommitmentDoc, today: date) -> str:
    """A cheap stand-in for the record's standing: the measured search is told it from outside."""
    if not doc.progress:
        return "not_due" if doc.deadline > today else "no_data"
    value, target = doc.progress[-1].value or Decimal(0), doc.target or Decimal(1)
    if value >= target:
        return "done_on_time"
    if doc.deadline < today:
        return "overdue"
    return "on_track" if value * 2 >= target else "behind"


def judge(doc: CommitmentDoc, today: date) -> Judged:
    """`standing_of` as the searcher asks it."""
    return Judged(standing_of(doc, today))


def units(seed: int, count: int) -> list[UnitDoc]:
    """``count`` current units and one and a half times as many old ones that led to them."""
    rng = random.Random(f"units {seed}")
    current = [_unit(rng, n, ()) for n in range(count)]
    old = []
    for n in range(count + count // 2):
        into = current[n % count]
        link = UnitLink(slug=into.slug, code=into.code, name=into.name, parent_name=into.parent_name)
        old.append(_unit(rng, count + n, (Succession(unit=link, whole=True, effective_on=_MERGED_ON),)))
    return [*current, *old]


def commitments(seed: int, count: int, places: list[UnitDoc]) -> Iterator[CommitmentDoc]:
    """``count`` commitments of post-holders in the current units among ``places``."""
    rng = random.Random(f"commitments {seed}")
    holders = [_holder(rng, unit) for unit in places if not unit.successors for _ in range(8)]
    for n in range(count):
        yield commitment(rng, f"{seed:x}{n:06x}", rng.choice(holders))


def commitment(rng: random.Random, ref: str, holder: Holder) -> CommitmentDoc:
    """One invented commitment."""
    area = rng.choice(_WORDS["areas"])
    label = area["label"]
    kind = holder.unit.name.split()[0].lower()
    target = Decimal(rng.choice((rng.randint(2, 60), rng.randint(60, 900), 100)))
    measure = "%" if target == 100 else rng.choice(area["counted"])
    deadline = _FIRST_DEADLINE + timedelta(days=rng.randrange(1400))
    subject = _fill(rng, rng.choice(area["objects"]), kind)
    return CommitmentDoc(
        ref=ref,
        programme_ref=f"p{slug(holder.cadre_name)}",
        holder=holder,
        task_title=f"Tạo chuyển biến rõ rệt trong lĩnh vực {label[0].lower()}{label[1:]}",
        areas=(Area(code=area["code"], label=label),),
        text=_text(rng, f"{rng.choice(area['verbs'])} {subject}", kind, f"{target} {measure}", deadline),
        indicator=f"{'Tỷ lệ' if measure == '%' else 'Số ' + measure} {subject} đã hoàn thành",
        measure_unit=measure,
        baseline=Decimal(0),
        baseline_on=date(2025, 12, 31),
        baseline_source="số liệu minh họa",
        target=target,
        direction=Direction.UP,
        deadline=deadline,
        first_target=target,
        first_deadline=deadline,
        accountable=holder.post,
        coordinators=tuple(
            _fill(rng, body, kind) for body in rng.sample(_WORDS["bodies"], rng.randint(1, 3))
        ),
        mode=None,
        authority="",
        deliverable=rng.choice(_WORDS["products"]),
        evidence_plan="",
        frequency=Frequency.QUARTERLY,
        origin=Origin.SELF_PROPOSED,
        profile_code="5ro",
        appraised=Appraised(body="số liệu minh họa", appraised_on=date(2025, 12, 20)),
        milestones=(),
        progress=_progress(rng, target),
        causes=(),
    )


def _text(rng: random.Random, action: str, kind: str, amount: str, deadline: date) -> str:
    scope = _fill(rng, rng.choice(_WORDS["scopes"]), kind)
    parts = [f"{action} {scope} đạt {amount} trước ngày {deadline:%d/%m/%Y}"]
    parts += [_fill(rng, way, kind) for way in rng.sample(_WORDS["ways"], rng.randint(1, 4))]
    text = "; ".join(parts)
    return text[:399].rsplit(" ", 1)[0] + "." if len(text) > 399 else text + "."


def _fill(rng: random.Random, pattern: str, kind: str) -> str:
    return (
        pattern.replace("{kind}", kind)
        .replace("{place}", " ".join(rng.sample(_WORDS["names"], 2)))
        .replace("{street}", " ".join(rng.sample(_WORDS["names"], rng.choice((2, 3)))))
        .replace("{school}", rng.choice(_WORDS["schools"]))
        .replace("{crop}", rng.choice(_WORDS["crops"]))
        .replace("{n}", str(rng.randint(2, 40)))
    )


def _holder(rng: random.Random, unit: UnitDoc) -> Holder:
    kind = unit.name.split()[0].lower()
    name = f"{rng.choice(_WORDS['surnames'])} {rng.choice(_WORDS['names'])} {rng.choice(_WORDS['made_up'])}"
    link = UnitLink(slug=unit.slug, code=unit.code, name=unit.name, parent_name=unit.parent_name)
    return Holder(cadre_name=name, post=rng.choice(_WORDS["posts"]).format(kind=kind), unit=link)


def _unit(rng: random.Random, n: int, successors: tuple[Succession, ...]) -> UnitDoc:
    kind = rng.choice(("Phường", "Xã"))
    name = f"{kind} {' '.join(rng.sample(_WORDS['names'], 2))}"
    return UnitDoc(
        slug=f"{slug(name)}-{n}",
        code=str(20000 + n),
        name=name,
        unit_type=kind.lower(),
        parent_name="Thành phố Minh Họa",
        parent_slug=None,
        valid_from=None if successors else _MERGED_ON,
        valid_to=date(2025, 6, 30) if successors else None,
        successors=successors,
        predecessors=(),
    )


def _progress(rng: random.Random, target: Decimal) -> tuple[ProgressDoc, ...]:
    reports = rng.randint(0, 4)
    return tuple(
        ProgressDoc(
            reported_on=date(2026, 1, 31) + timedelta(days=90 * n),
            state=FigureState.FIGURE,
            value=(target * rng.randint(0, 35) * (n + 1) / 100).quantize(Decimal("0.1")),
            note="",
            source="số liệu minh họa",
            confirmation=Confirmation(body="UBND", document="01/BC") if rng.random() < 0.3 else None,
        )
        for n in range(reports)
    )
