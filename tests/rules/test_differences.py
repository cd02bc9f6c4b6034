"""What an upload would change is told item by item, and what it lacks is withheld, not gone."""

from dataclasses import replace
from datetime import date

from workbooks import book, read

from portal.office.programme.differences import How, brought_up_to_date, differences
from portal.office.programme.workbook.form import MilestoneForm, Part, ProgrammeForm


def two() -> ProgrammeForm:
    """A programme of two commitments under one task, with one report."""
    return read(book(commitments=({}, {"STT": 2, "Nội dung cam kết": "Việc thứ hai"}), progress=({},)))


def told(before: ProgrammeForm, after: ProgrammeForm) -> list[tuple[str, How, list[tuple[str, str, str]]]]:
    return [
        (d.title, d.how, [(x.label, x.before, x.after) for x in d.lines]) for d in differences(before, after)
    ]


def test_the_same_programme_has_no_differences() -> None:
    assert told(two(), two()) == []


def test_each_changed_field_stands_beside_what_it_was() -> None:
    before = two()
    first = replace(
        before.commitments[0], target=None, deadline=date(2027, 6, 30), coordinators=("Phòng A",), mode=None
    )
    after = replace(before, post="Bí thư", commitments=(first, before.commitments[1]))
    assert told(before, after) == [
        ("Thông tin chung", How.CHANGED, [("Chức vụ", "Chủ tịch UBND phường", "Bí thư")]),
        (
            "Cam kết 1",
            How.CHANGED,
            [
                ("Mức đích", "99", ""),
                ("Thời hạn", "31/12/2026", "30/06/2027"),
                ("Phối hợp", "Phòng Kinh tế\nVăn phòng", "Phòng A"),
                ("Hình thức", "lãnh đạo", ""),
            ],
        ),
    ]


def test_a_mark_is_told_in_words() -> None:
    before = two()
    task = replace(before.tasks[0], disclosed=False, withheld_basis="Đang xem xét")
    assert told(before, replace(before, tasks=(task,))) == [
        (
            "Nhiệm vụ 1",
            How.CHANGED,
            [("Công khai", "Có", "Không"), ("Lý do không công khai", "", "Đang xem xét")],
        )
    ]


def test_new_and_lost_items_and_reports() -> None:
    before = two()
    newer = replace(before, commitments=before.commitments[:1], progress=())
    assert [(title, how) for title, how, _ in told(before, newer)] == [
        ("Cam kết 2", How.REMOVED), ("Tiến độ của cam kết 1", How.REMOVED),
    ]  # fmt: skip
    assert [(title, how) for title, how, _ in told(newer, before)] == [
        ("Cam kết 2", How.ADDED), ("Tiến độ của cam kết 1", How.ADDED),
    ]  # fmt: skip


def test_a_workbook_withholds_what_it_lacks_and_leaves_what_it_has_no_cell_for() -> None:
    sheet = two()
    steps = (MilestoneForm(title="Bước một", due_on=date(2026, 11, 1)),)
    moral = replace(sheet.tasks[0], number=2, part=Part.MORAL, title="Tu dưỡng")
    third = replace(sheet.commitments[0], number=3, task_number=2, standard="3")
    draft = replace(
        sheet,
        tasks=(*sheet.tasks, moral),
        commitments=(replace(sheet.commitments[0], milestones=steps), sheet.commitments[1], third),
    )
    after = brought_up_to_date(draft, replace(sheet, commitments=sheet.commitments[:1]))
    assert {c.number: c.disclosed for c in after.commitments} == {1: True, 2: False, 3: True}
    assert after.commitments[0].milestones == steps
    assert [t.number for t in after.tasks] == [1, 2]
    assert [(title, [x[:3] for x in lines]) for title, _, lines in told(draft, after)] == [
        ("Cam kết 2", [("Công khai", "Có", "Không")])
    ]
