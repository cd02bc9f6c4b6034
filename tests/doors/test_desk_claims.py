"""What a workbook claims was confirmed waits at the desk; where it contradicts what was entered is shown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from changes import changed
from people import SOAN
from progress_desk import BOOK, ProgressDesk, open_progress_desk
from world import who

from portal.office.programme.acts import update_programme
from portal.office.programme.reads import programme
from portal.office.programme.workbook import ProgrammeForm, write_template
from portal.office.progress import acts
from portal.office.progress.claims import claimed
from portal.office.progress.form import ReportForm
from portal.record.documents import FigureState


@pytest.fixture
def at(tmp_path: Path) -> Iterator[ProgressDesk]:
    with open_progress_desk(tmp_path) as made:
        yield made


def test_a_claim_waits_for_who_may_confirm_and_the_form_says_whose_word_it_is(at: ProgressDesk) -> None:
    form = at.world.read(BOOK)
    one = next(p for p in form.progress if p.confirmed_by and p.value is not None)
    newer = replace(one, reported_on=at.world.clock.at.date(), confirmed_by="Phòng Kín (minh họa)")
    with at.world.work() as w:
        update_programme(w, programme(w, at.programme_ref), replace(form, progress=(newer,)), by=who(w, SOAN))
        ((row, report, _),) = claimed(programme(w, at.programme_ref))
        ref, key = row.ref, report.id
    at.world.publish(at.programme_ref)
    assert "Phòng Kín" not in at.world.reader().get(f"/cam-ket/{ref}").text
    assert "Xác nhận 1 số liệu mà sổ tính ghi" in unescape(at.appraiser.get("/van-phong/").text)
    assert "Xác nhận 1 số liệu" not in unescape(at.author.get("/van-phong/").text)
    assert "Chờ xác nhận: sổ tính ghi Phòng Kín" in unescape(at.author.get(f"/van-phong/tien-do/{ref}").text)
    address = f"/van-phong/tien-do/{ref}/xac-nhan/{key}"
    assert "lời người soạn" in unescape(at.appraiser.get(address).text)
    assert at.appraiser.post(address, body="Phòng Kín (minh họa)", document="12/BC").status_code == 303
    at.world.publish(at.programme_ref)
    assert "Phòng Kín" in at.world.reader().get(f"/cam-ket/{ref}").text, "the control"


def declared(form: ProgrammeForm) -> BytesIO:
    """A workbook that says ``form``, with the declaration only a person can make."""
    made, whole = BytesIO(), BytesIO()
    write_template(made, form)
    made.seek(0)
    book = openpyxl.load_workbook(made)
    for name, value in book["Thông tin"].iter_rows(max_col=2):
        if "Cam đoan" in str(name.value):
            value.value = "Có"
    book.save(whole)
    whole.seek(0)
    return whole


def test_the_preview_shows_where_the_workbook_says_otherwise(at: ProgressDesk) -> None:
    form = at.world.read(BOOK)
    one = next(p for p in form.progress if p.value is not None)
    assert one.value is not None
    other = tuple(replace(p, value=one.value + 3) if p is one else p for p in form.progress)
    sent = declared(replace(form, progress=other))
    path = f"/van-phong/chuong-trinh/{at.programme_ref}/so-tinh"
    at.author.get(path)
    token = re.search(r'name="csrf_token" value="([^"]+)"', at.author.page)
    assert token
    data = {"csrf_token": unescape(token[1]), "workbook": (sent, "t.xlsx")}
    page = unescape(at.author.client.post(path, data=data, content_type="multipart/form-data").text)
    assert "Sổ tính nói khác số liệu đã nhập: 1 chỗ" in page
    assert f"ngày {one.reported_on:%d/%m/%Y}" in page
    assert "đã nhập (giữ)" in page


def test_the_gate_says_that_only_figures_go_out(at: ProgressDesk) -> None:
    gate = f"/van-phong/chuong-trinh/{at.programme_ref}/cong-bo"
    assert "chỉ công bố số liệu tiến độ" not in unescape(at.publisher.get(gate).text)
    at.world.revise(at.programme_ref, changed(at.world.read(BOOK), 1, text="Zyxwvut chưa thẩm định"))

    told = ReportForm(
        reported_on=at.world.clock.at.date(), state=FigureState.NO_DATA, value=None, source="Sổ",
        note="Chưa có (minh họa)", disclosed=True,
    )  # fmt: skip
    with at.world.work() as w:
        acts.report(w, at.ref, told, by=who(w, SOAN))
    page = unescape(at.publisher.get(gate).text)
    assert "chỉ công bố số liệu tiến độ" in page
    assert "Zyxwvut" not in page
