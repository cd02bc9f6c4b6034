"""What drafting keeps inside stays inside: consultations, versions, typing, uploads, free-text grounds."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from crawl import everything, files
from dye import Dye, found_in
from people import SOAN
from world import World, who

from portal.office.programme import editing, handing_over, keeping
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import programme
from portal.office.programme.versions import snapshot
from portal.office.programme.workbook.form import ConsultationForm, MilestoneForm

SAMPLE = "01-chu-tich-phuong-nhi-chieu.xlsx"


def planted(world: World) -> Dye:
    """A published programme with secrets in everything that drafting adds around it."""
    dye, ref = Dye(23), world.draft(world.read(SAMPLE))
    with world.work() as w:
        by = who(w, SOAN)
        advice = ConsultationForm(role=dye.text(), held_on=date(2026, 6, 1), gist=dye.text())
        editing.add_consultation(w, ref, advice, by=by)
        draft = programme(w, ref)
        task = next(t for t in draft.tasks if t.disclosed)
        open_one = portrait(w, draft).commitments[0]
        steps = (MilestoneForm(title=dye.text(), due_on=date(2027, 1, 1)),)
        hidden = replace(
            open_one, task_number=task.place, text=dye.text(), accountable=dye.text(), milestones=steps,
            disclosed=False, withheld_basis=dye.text(), ref="",
        )  # fmt: skip
        editing.add_commitment(w, ref, hidden, by=by)
        editing.add_moral_commitment(w, ref, replace(hidden, standard="3", text=dye.text()), by=by)
        keeping.keep_typing(w, by.id, f"/van-phong/chuong-trinh/{ref}", [("text", dye.text())])
        keeping.hold_upload(w, by.id, dye.text().encode(), programme_id=draft.id)
    with world.work() as w:
        handing_over.hand_over(w, ref, by=who(w, SOAN))
    world.approve(ref)
    with world.work() as w:
        snapshot(w, programme(w, ref), label="issued")
    world.publish(ref)
    world.follow()
    return dye


def test_nothing_that_drafting_keeps_is_in_any_public_byte(tmp_path: Path) -> None:
    """The control is in it: the same search over the office's files finds every secret."""
    world = World(tmp_path).settle_in()
    dye = planted(world)
    assert len(dye.secrets) > 8
    heap = b"\n".join(content for _, content in everything(world))
    assert found_in(heap, dye.secrets) == []
    inside = b"\n".join(content for _, content in files(world.settings.instance))
    assert set(found_in(inside, dye.secrets)) == set(dye.secrets), "the control: they are all in there"
