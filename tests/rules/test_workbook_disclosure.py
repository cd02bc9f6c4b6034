"""Withheld is the default, and whatever lies under something withheld is withheld with it."""

import pytest
from workbooks import book, places, read

GROUND = "Theo quy định nội bộ"


@pytest.mark.parametrize("mark", ["Có", "có", "CÓ", "co", " Có "])
def test_only_yes_discloses(mark: str) -> None:
    read_form = read(book(tasks=[{"Công khai": mark}], commitments=[{"Công khai": mark}]))
    assert read_form.tasks[0].disclosed
    assert read_form.commitments[0].disclosed
    assert read_form.commitments[0].withheld_basis == ""


def test_no_withholds_on_its_ground() -> None:
    row = {"Công khai": "Không", "Lý do không công khai": GROUND}
    read_form = read(book(commitments=[row]))
    assert (read_form.commitments[0].disclosed, read_form.commitments[0].withheld_basis) == (
        False,
        GROUND,
    )
    assert read_form.warnings == ()


@pytest.mark.parametrize(("mark", "said"), [(None, "cột Công khai để trống"), ("Không", "chưa ghi lý do")])
def test_withheld_without_a_ground_stays_withheld_with_a_warning(mark: str | None, said: str) -> None:
    read_form = read(book(commitments=[{"Công khai": mark}]))
    (commitment,) = read_form.commitments
    assert (commitment.disclosed, commitment.withheld_basis) == (False, "Chưa ghi lý do")
    assert said in read_form.warnings[0]


def test_the_column_itself_may_be_missing_and_everything_is_withheld() -> None:
    def shape(made):  # type: ignore[no-untyped-def]
        made["Cam kết"].delete_cols(20, 2)

    read_form = read(book(shape=shape))
    assert not read_form.commitments[0].disclosed
    assert "«Công khai», «Lý do không công khai»" in read_form.warnings[0]


def test_a_ground_beside_yes_is_pointed_out() -> None:
    read_form = read(book(commitments=[{"Lý do không công khai": GROUND}]))
    assert read_form.commitments[0].disclosed
    assert "lý do không được dùng" in read_form.warnings[0]


def test_a_commitment_under_a_withheld_task_is_withheld_with_it() -> None:
    task = {"Công khai": "Không", "Lý do không công khai": GROUND}
    own = {"STT": 2, "Công khai": "Không", "Lý do không công khai": "Lý do riêng"}
    read_form = read(book(tasks=[task], commitments=[{}, own]))
    assert [(c.disclosed, c.withheld_basis) for c in read_form.commitments] == [
        (False, GROUND),
        (False, "Lý do riêng"),
    ]
    (warning,) = read_form.warnings
    assert warning == (
        "Trang tính «Cam kết», dòng 2, cột T «Công khai»: cam kết 1 thuộc nhiệm vụ 1 không công khai "
        "nên cũng không công khai."
    )


def test_progress_on_a_withheld_commitment_is_withheld_with_it() -> None:
    hidden = {"Công khai": "Không", "Lý do không công khai": GROUND}
    reports = [{}, {"Công khai": None}]
    read_form = read(book(commitments=[hidden], progress=reports))
    assert [report.disclosed for report in read_form.progress] == [False, False]
    (warning,) = read_form.warnings
    assert "dòng 2" in warning
    assert "dòng tiến độ này cũng không công khai" in warning


def test_progress_is_withheld_by_default_and_public_when_marked() -> None:
    read_form = read(book(progress=[{}, {"Công khai": None}]))
    assert [report.disclosed for report in read_form.progress] == [True, False]


def test_a_mark_that_is_neither_is_one_fault() -> None:
    data = book(tasks=[{"Công khai": "x"}], progress=[{"Công khai": "x"}])
    assert places(data) == [
        ("Nhiệm vụ", 2, "G", "not_a_choice"),
        ("Tiến độ", 2, "H", "not_a_choice"),
    ]
