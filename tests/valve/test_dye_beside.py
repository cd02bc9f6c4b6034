"""What lies beside a programme stays inside, letters included: files, claims, hearings, reminders."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import papers
import pytest
from crawl import everything, files, letters, responses
from dye import Dye, Search, found_in
from hearing import appraise_each, present
from people import CITY, SOAN, Person
from PIL.PngImagePlugin import PngInfo
from world import World, who

from portal.commands.reminders import remind_authors, remind_of_boards_and_reviews
from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer
from portal.office.evidence.cleaning import clean
from portal.office.programme.reads import programme
from portal.office.progress import acts as progress
from portal.office.progress import evidence, reminding
from portal.office.progress.evidence import FileForm
from portal.office.progress.form import CauseForm
from portal.record.documents import Frequency

SAMPLE = "01-chu-tich-phuong-nhi-chieu.xlsx"
EVALUATOR = Person("Trịnh Văn Danh", "danh@namro.example", Role.EVALUATOR, CITY)


def make(folder: Path) -> World:
    mail = (folder / "mail").as_uri()
    world = World(folder, seed="beside", mail_url=mail).settle_in()
    with world.work() as w:
        add_officer(
            w, email=EVALUATOR.email, name=EVALUATOR.name, role=EVALUATOR.role, unit_code=EVALUATOR.unit_code
        )
    return world


def twin(world: World, folder: Path) -> World:
    """Another world with the same keys, which has heard nothing yet either."""
    shutil.copytree(world.settings.instance, folder)
    return World(folder, seed="twin", mail_url=(folder / "mail").as_uri())


@pytest.fixture
def base(tmp_path: Path) -> Iterator[World]:
    with closing(make(tmp_path / "base")) as made:
        yield made


@pytest.fixture
def world(base: World, tmp_path: Path) -> Iterator[World]:
    with closing(twin(base, tmp_path / "one")) as made:
        yield made


def planted(world: World, secrets: int) -> tuple[Dye, str]:
    """A published programme with secrets beside it, and the letters of half a year; a file's secret name."""
    dye, form = Dye(secrets), world.read(SAMPLE)
    commitments = tuple(
        replace(c, text=dye.text(), deliverable=dye.text(), frequency=Frequency.MONTHLY)
        if not c.disclosed
        else c
        for c in form.commitments
    )
    claims = tuple(
        replace(p, confirmed_by=dye.text(), confirmed_document=dye.text()) if p.disclosed else p
        for p in form.progress
    )
    form = replace(form, commitments=commitments, progress=claims)
    ref = world.draft(form)
    present(world, ref, dye)
    appraise_each(world, ref, form, dye)
    named = attach(world, ref, dye)
    world.publish(ref)
    world.follow()
    world.later(days=180)
    for _ in range(7):  # what is due is told on its day, then once a week
        world.later(days=1)
        with world.office.app_context():
            remind_authors(world.settings)
            remind_of_boards_and_reviews(world.settings)
    return dye, named


def attach(world: World, ref: str, dye: Dye) -> str:
    """Withheld: a file, named and stuffed with secrets, and a cause; public: a cause nobody confirmed."""
    with world.work() as w:
        draft, by = programme(w, ref), who(w, SOAN)
        item = next(c.ref for t in draft.tasks if t.disclosed for c in t.commitments if c.disclosed)
        info, named = PngInfo(), dye.text()
        info.add_text("Author", dye.text())
        data = papers.saved(papers.picture((33, 21 + len(dye.secrets) % 2)), "PNG", pnginfo=info)
        said = FileForm(description=dye.text(), disclosed=False)
        key = evidence.hold(w, item, clean(data, filename=f"{named}.png"), said, by=by).id
        evidence.keep(w, item, key, by=by)
        for disclosed in (False, True):
            told = CauseForm(text=dye.text(), from_on=w.today, to_on=None, disclosed=disclosed)
            progress.name_cause(w, item, told, by=by)
    return named


def written(world: World) -> list[bytes]:
    """What letters say to whom; their names and numbers are chance."""
    return sorted(heap for _, heap in list(letters(world))[1::2])


def leaks(world: World, dye: Dye) -> list[str]:
    search = Search(dye.secrets)
    return [where for where, heap in everything(world) if search.found_in(heap)]


def test_nothing_that_lies_beside_gets_out_and_no_letter_tells_it(world: World) -> None:
    dye, named = planted(world, 31)
    subjects = {heap.split(b"\n")[1] for heap in written(world)}
    assert len(subjects) == 3, "the control: letters on updates, on boards and on reviews were written"
    assert leaks(world, dye) == []
    inside = b"\n".join(content for _, content in files(world.settings.instance))
    missing = set(dye.secrets) - set(found_in(inside, dye.secrets))
    # Kept nowhere at all: what a file was called and what it said of its author.
    assert len(missing) == 2
    assert named in missing


def test_a_letter_that_names_a_commitment_turns_the_search_red(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, told = reminding._waiting, []

    def listening(w, calendar):  # type: ignore[no-untyped-def]
        found = honest(w, calendar)
        told.extend(due.course.text for one in found for due in one.dues)
        return found

    monkeypatch.setattr(reminding, "_waiting", listening)
    monkeypatch.setattr(reminding, "_text", lambda *_: "\n".join(told))
    dye, _ = planted(world, 31)
    assert [where for where in leaks(world, dye) if where.endswith(".eml")]


def test_two_worlds_that_differ_beside_answer_alike_and_write_the_same_letters(
    base: World, world: World, tmp_path: Path
) -> None:
    with closing(twin(base, tmp_path / "two")) as other:
        first, _ = planted(world, 1001)
        second, _ = planted(other, 2001)
        assert not set(first.secrets) & set(second.secrets)
        one, two = dict(responses(world.reader())), dict(responses(other.reader()))
        assert len(one) > 20
        assert sorted(a for a in one.keys() | two.keys() if one.get(a) != two.get(a)) == []
        assert written(world) == written(other) != []


def test_a_public_page_that_tells_a_claim_is_seen(
    base: World, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of both: a valve that takes a workbook's word for a confirmation."""
    from portal.office.progress.claims import claim_of
    from portal.publication import compose
    from portal.record.documents import Confirmation

    def leaking(row):  # type: ignore[no-untyped-def]
        claim = claim_of(row) if hasattr(row, "claimed_by") else None
        return Confirmation(body=claim.body, document=claim.document) if claim else None

    monkeypatch.setattr(compose, "_confirmation", leaking)
    with closing(twin(base, tmp_path / "two")) as other:
        dye, _ = planted(world, 1001)
        planted(other, 2001)
        assert leaks(world, dye)
        one, two = dict(responses(world.reader())), dict(responses(other.reader()))
        assert any(one.get(a) != two.get(a) for a in one.keys() | two.keys())
