"""Versions of a draft: numbered, word for word, frozen; what is presented is what was written."""

from dataclasses import replace
from pathlib import Path

import pytest
from people import SOAN
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from world import World, who

from portal.kernel.policy import Refused
from portal.office.audit.tables import AuditLine
from portal.office.programme.acts import update_programme
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import programme
from portal.office.programme.tables import Milestone
from portal.office.programme.versions import read, snapshot, version, versions

SAMPLE = "01-chu-tich-phuong-nhi-chieu.xlsx"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


def test_a_version_says_all_that_the_draft_said_and_stays_so(world: World) -> None:
    form = world.read(SAMPLE)
    ref = world.draft(form)
    with world.work() as w:
        made = snapshot(w, programme(w, ref), label="step2", by=who(w, SOAN))
        before = portrait(w, programme(w, ref))
        assert (made.number, len(made.digest)) == (1, 64)
    assert any(not c.disclosed for c in before.commitments), "withheld items are in it"
    with world.work() as w:
        changed = replace(form, preface="Lời mở đầu khác hẳn (số liệu minh họa).")
        update_programme(w, programme(w, ref), changed, by=who(w, SOAN))
    with world.work() as w:
        assert read(version(w, programme(w, ref), 1)) == before
        assert portrait(w, programme(w, ref)) != before


def test_the_form_comes_back_from_the_rows_as_it_went_in(world: World) -> None:
    form = world.read(SAMPLE)
    ref = world.draft(form)
    with world.work() as w:
        back = portrait(w, programme(w, ref))
    plain = replace(
        form,
        tasks=tuple(replace(t, row=0) for t in form.tasks),
        commitments=tuple(replace(c, row=0) for c in form.commitments),
        progress=(),
        warnings=(),
    )
    assert replace(
        back,
        tasks=tuple(replace(t, ref="") for t in back.tasks),
        commitments=tuple(replace(c, ref="") for c in sorted(back.commitments, key=lambda c: c.number)),
        progress=(),
    ) == replace(plain, commitments=tuple(sorted(plain.commitments, key=lambda c: c.number)))
    assert len(back.progress) == len(form.progress) > 0


def test_the_same_text_for_the_same_purpose_is_one_version(world: World) -> None:
    ref = world.draft(world.read(SAMPLE))
    with world.work() as w:
        draft = programme(w, ref)
        first = snapshot(w, draft, label="step2")
        assert snapshot(w, draft, label="step2") is first
        assert snapshot(w, draft, label="collective").number == 2
    with world.work() as w:
        draft = programme(w, ref)
        row = draft.tasks[0].commitments[0]
        row.milestones.append(Milestone(id=w.ids.key(), place=1, title="Mốc", due_on=w.today))
        assert snapshot(w, draft, label="collective").number == 3
        assert [v.label for v in versions(w, draft)] == ["step2", "collective", "collective"]


def test_a_version_can_be_neither_changed_nor_deleted(world: World) -> None:
    ref = world.draft(world.read(SAMPLE))
    with world.work() as w:
        snapshot(w, programme(w, ref), label="step2")
    for attack in ("UPDATE office_programme_version SET label = 'x'", "DELETE FROM office_programme_version"):
        with pytest.raises(DatabaseError), world.work() as w:
            w.session.execute(text(attack))
    with world.work() as w:
        w.session.execute(text("UPDATE office_programme SET show_withheld_count = 0"))  # others can


def test_a_version_that_was_tampered_with_is_not_read(world: World) -> None:
    ref = world.draft(world.read(SAMPLE))
    with world.work() as w:
        made = snapshot(w, programme(w, ref), label="step2")
        made.digest = "0" * 64
        with pytest.raises(ValueError, match="not the one"):
            read(made)
        w.session.expire(made)


def test_making_a_version_is_audited_without_content(world: World) -> None:
    ref = world.draft(world.read(SAMPLE))
    with world.work() as w:
        snapshot(w, programme(w, ref), label="step2", by=who(w, SOAN))
    with world.work() as w:
        line = w.session.query(AuditLine).filter_by(event="VersionKept").one()
        assert line.facts == {"by": who(w, SOAN).id, "programme": ref, "number": 1, "label": "step2"}


def test_an_unknown_version_is_refused(world: World) -> None:
    ref = world.draft(world.read(SAMPLE))
    with world.work() as w, pytest.raises(Refused):
        version(w, programme(w, ref), 7)
