"""An older revision names a file that is given out no more: since when, and why."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import papers
import pytest
import town
from people import CONG, SOAN
from world import World, who

from portal.office.evidence.cleaning import CleanFile, clean
from portal.office.programme.reads import programme
from portal.office.progress import evidence
from portal.office.progress.evidence import FileForm
from portal.record import reads
from portal.record.departed import Departure, departure_of
from portal.record.documents import Act, Document, EvidenceDoc, Kind, Notice, Revision

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
NAMED = "Ảnh nghiệm thu (minh họa)"
WRONG = "Ảnh của việc khác (minh họa)"
AT = datetime(2026, 11, 24, tzinfo=UTC)
DOC = town.commitments()["DT-01"]
ONE, OTHER = (
    EvidenceDoc(sha256=digit * 64, media_type="image/png", size=1, description=NAMED, added_on=town.TODAY)
    for digit in "ab"
)
BESIDE = replace(OTHER, sha256="c" * 64)


def course(*shown: tuple[EvidenceDoc, ...] | None) -> list[Revision]:
    """Revisions with these files; None: one whose text was erased."""

    def one(number: int, document: Document | None) -> Revision:
        return Revision(
            position=number, kind=Kind.COMMITMENT, ref=DOC.ref, number=number, act=Act.CORRECT, at=AT,
            digest=str(number), document=document, notice=Notice(reason=f"lý do {number}"),
        )  # fmt: skip

    return [
        one(n, None if files is None else replace(DOC, evidence=files)) for n, files in enumerate(shown, 1)
    ]


def left(number: int, *, is_replaced: bool = False) -> Departure:
    return Departure(number=number, at=AT, reason=f"lý do {number}", is_replaced=is_replaced)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ([(ONE,), ()], left(2)),
        ([(ONE,), (), (ONE,), ()], left(4)),  # it came back once
        ([(ONE,), None, ()], left(3)),
        ([(ONE,), (OTHER,)], left(2, is_replaced=True)),
        ([(ONE, BESIDE), (BESIDE,)], left(2)),  # of the same name, but it was there before
        ([(ONE,), (replace(OTHER, description="Khác (minh họa)"),)], left(2)),
        ([(), (ONE,)], None),  # it did not leave
        ([(), None], None),  # the only text that cited it was erased
    ],
)
def test_how_a_file_left(shown: list[tuple[EvidenceDoc, ...] | None], expected: Departure | None) -> None:
    assert departure_of(ONE.sha256, course(*shown)) == expected


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path).settle_in()) as made:
        yield made


def picture(size: int) -> CleanFile:
    return clean(papers.saved(papers.picture((size, 48)), "PNG"), filename="anh.png")


def test_an_older_revision_says_so_instead_of_a_dead_link(world: World) -> None:
    made = world.bring_in(world.read(BOOK))
    with world.work() as w:
        ref = next(
            c.ref for t in programme(w, made).tasks if t.disclosed for c in t.commitments if c.disclosed
        )

    def add(file: CleanFile) -> int:
        form = FileForm(description=NAMED, disclosed=True)
        with world.work() as w:
            return evidence.keep(
                w, ref, evidence.hold(w, ref, file, form, by=who(w, SOAN)).id, by=who(w, SOAN)
            ).id

    def ask(way: str) -> str:
        return world.reader().get(way).text

    first, second = picture(64), picture(65)
    keys = [add(first)]
    world.publish(made)
    with world.work() as w:
        shown = reads.revision(w.session, ref)
    assert shown
    old, link = f"/cam-ket/{ref}?ban={shown.number}", f"/minh-chung/{first.sha256}.png"
    assert f'href="{link}"' in ask(f"/cam-ket/{ref}")  # the positive control
    keys.append(add(second))
    with world.work() as w:
        evidence.mark(w, ref, keys[0], disclosed=False, by=who(w, CONG))
    world.publish(made, reason=WRONG)
    page = ask(old)
    assert link not in page
    assert NAMED in page
    assert "một tệp cùng tên đã thay tệp này" in page
    assert WRONG in page
    assert world.reader().get(link).status_code == 404
    assert "a file of the same name has taken its place" in ask(f"/en{old}")
    assert "không còn được công khai" not in ask(f"/cam-ket/{ref}")
    with world.work() as w:
        evidence.mark(w, ref, keys[0], disclosed=True, by=who(w, CONG))
    world.publish(made)
    assert f'href="{link}"' in ask(old)  # published again, so it is linked again
