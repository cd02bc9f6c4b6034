"""Evidence: a clean copy is kept, goes out with its document, and leaves the shelf when nothing cites it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import papers
import pytest
from people import CONG, SOAN, Person
from sqlalchemy import text
from world import World, who

from portal.kernel import shelves
from portal.kernel.policy import Refusal, Refused
from portal.migrations.upgrade import owner_engine
from portal.office.evidence.cleaning import CleanFile, clean
from portal.office.programme.reads import programme
from portal.office.programme.typed import StampTyped
from portal.office.progress import evidence
from portal.office.progress.evidence import FileForm
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import Act, CommitmentDoc
from portal.record.evidence import settle_shelf
from portal.record.verify import verify

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
SHOWN = FileForm(description="Ảnh nghiệm thu (minh họa)", disclosed=True)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


@pytest.fixture
def made(world: World) -> str:
    return world.bring_in(world.read(BOOK))


@pytest.fixture
def ref(world: World, made: str) -> str:
    with world.work() as w:
        rows = [c for t in programme(w, made).tasks if t.disclosed for c in t.commitments if c.disclosed]
        return rows[0].ref


def picture(size: int = 64) -> CleanFile:
    data = papers.saved(papers.picture((size, 48)), "PNG")
    return clean(data, filename="anh.png")


def add(world: World, ref: str, file: CleanFile, form: FileForm = SHOWN, *, by: Person = SOAN) -> int:
    with world.work() as w:
        key = evidence.hold(w, ref, file, form, by=who(w, by)).id
    with world.work() as w:
        evidence.keep(w, ref, key, by=who(w, by))
    return key


def on(world: World, shelf: str) -> set[str]:
    folder = world.settings.instance / "files" / shelf
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def served(world: World, file: CleanFile, extension: str = "png") -> int:
    return world.reader().get(f"/minh-chung/{file.sha256}.{extension}").status_code


def faults(world: World) -> list[str]:
    with world.work() as w:
        return verify(w.session, verifier=load_verifier(world.settings.instance / "keys")).faults


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def test_a_file_goes_out_with_its_document_and_not_before(world: World, made: str, ref: str) -> None:
    file = picture()
    add(world, ref, file)
    assert on(world, shelves.OFFICE) == {file.sha256}
    assert served(world, file) == 404
    assert world.publish(made).acts == (Act.PROGRESS,)
    assert on(world, shelves.RECORD) == {file.sha256}
    answer = world.reader().get(f"/minh-chung/{file.sha256}.png")
    assert (answer.status_code, answer.data) == (200, file.data)
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert served(world, file, "pdf") == 404
    assert faults(world) == []
    page = world.reader().get(f"/cam-ket/{ref}").text
    assert f"/minh-chung/{file.sha256}.png" in page
    assert "Ảnh nghiệm thu (minh họa)" in page
    english = world.reader().get(f"/en/cam-ket/{ref}").text
    assert "PNG picture" in english
    again = world.reader().get(
        f"/minh-chung/{file.sha256}.png", headers={"If-None-Match": f'"{file.sha256}"'}
    )
    assert again.status_code == 304


def test_what_is_withheld_goes_nowhere(world: World, made: str, ref: str) -> None:
    add(world, ref, picture(), replace(SHOWN, disclosed=False))
    with world.work() as w:
        row = next(c for t in programme(w, made).tasks for c in t.commitments if c.ref == ref)
        report = row.progress[0]
        report.disclosed, key = False, report.id
    add(world, ref, picture(65), replace(SHOWN, report=key))
    with world.work() as w:
        evidence.hold(w, ref, picture(66), SHOWN, by=who(w, SOAN))  # nobody said yes to it
    world.publish(made, reason="Rút một báo cáo nhầm (minh họa)")
    assert on(world, shelves.RECORD) == set()
    assert served(world, picture(66)) == 404


def test_it_leaves_with_a_withdrawal(world: World, made: str, ref: str) -> None:
    file = picture()
    add(world, ref, file)
    world.publish(made)
    assert served(world, file) == 200
    world.withdraw(made)
    assert served(world, file) == 404
    assert on(world, shelves.RECORD) == set()
    assert faults(world) == []


def test_taking_a_file_away_needs_a_reason_and_two_commitments_may_share_one(
    world: World, made: str, ref: str
) -> None:
    with world.work() as w:
        refs = [c.ref for t in programme(w, made).tasks if t.disclosed for c in t.commitments if c.disclosed]
    file = picture()
    keys = {one: add(world, one, file) for one in refs[:2]}
    world.publish(made)
    for one, still in zip(refs[:2], (200, 404), strict=True):
        with world.work() as w:
            evidence.mark(w, one, keys[one], disclosed=False, by=who(w, CONG))
        with refused(Refusal.NO_REASON):
            world.publish(made)
        world.publish(made, reason="Ảnh của việc khác (minh họa)")
        assert served(world, file) == still
    with world.work() as w:
        found = reads.revision(w.session, refs[0])
    assert found
    assert isinstance(found.document, CommitmentDoc)
    assert found.document.evidence == ()


def test_a_file_is_removed_for_good_once_nobody_needs_it(world: World, made: str, ref: str) -> None:
    file = picture()
    key = add(world, ref, file)
    with refused(Refusal.EVIDENCE_KNOWN):
        add(world, ref, file)
    with refused(Refusal.EVIDENCE_IS_PUBLIC), world.work() as w:
        evidence.remove(w, ref, key, by=who(w, SOAN))
    with world.work() as w:
        evidence.mark(w, ref, key, disclosed=False, by=who(w, SOAN))
        evidence.remove(w, ref, key, by=who(w, SOAN))
    assert on(world, shelves.OFFICE) == set()


def test_a_preview_nobody_keeps_is_gone_within_the_hour(world: World, ref: str) -> None:
    with world.work() as w:
        evidence.hold(w, ref, picture(), SHOWN, by=who(w, SOAN))
    world.later(hours=2)
    with world.work() as w:
        evidence.hold(w, ref, picture(65), SHOWN, by=who(w, SOAN))
    assert on(world, shelves.OFFICE) == {picture(65).sha256}


def test_a_damaged_copy_is_not_published(world: World, made: str, ref: str) -> None:
    file = picture()
    add(world, ref, file)
    (world.settings.instance / "files" / shelves.OFFICE / file.sha256).write_bytes(b"x")
    with refused(Refusal.EVIDENCE_MISSING):
        world.publish(made)


def test_a_stamp_in_the_description_is_refused_and_nothing_is_kept(world: World, ref: str) -> None:
    with pytest.raises(StampTyped), world.work() as w:
        evidence.hold(w, ref, picture(), replace(SHOWN, description="TUYỆT MẬT"), by=who(w, SOAN))
    assert on(world, shelves.OFFICE) == set()


def test_the_shelf_is_made_anew_from_the_record(world: World, made: str, ref: str) -> None:
    """A crash between commit and copy, and a file nobody cites: both are put right."""
    file = picture()
    add(world, ref, file)
    world.publish(made)
    files = world.settings.instance / "files"
    shelves.remove(files, shelves.RECORD, file.sha256)
    shelves.put(files, shelves.RECORD, b"nobody cites this")
    assert served(world, file) == 404
    with world.work() as w:
        assert settle_shelf(w.session, files) == []
    assert on(world, shelves.RECORD) == {file.sha256}


def test_a_forged_citation_is_found(world: World, made: str, ref: str) -> None:
    add(world, ref, picture())
    world.publish(made)
    assert faults(world) == []
    with owner_engine(world.settings).begin() as c:
        c.execute(text("UPDATE record_evidence SET media_type = 'text/html'"))
    assert any("record_evidence" in fault for fault in faults(world))
