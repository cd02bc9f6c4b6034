"""The time line of a commitment: promised, changed, reported, confirmed, withdrawn; drawn and in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import town
from reader import Reader, words

from portal.doors.public.happenings import What, line_of
from portal.record.documents import Act, Ending, Kind, Notice, Revision, TombstoneDoc

TODAY = date(2026, 11, 24)


def rows(reader: Reader, address: str) -> list[str]:
    """The lines of the table."""
    table = next(e for e in reader.open(address).all("table") if "told-by-day" in (e.get("class") or ""))
    return [words(row) for body in table.iter() if body.tag == "tbody" for row in body]


def test_everything_that_happened_is_told_by_day(reader: Reader) -> None:
    told = rows(reader, "/cam-ket/cktn02/lich-su")
    for line, said in zip(
        told,
        (
            "02/07/2026Cam kết được công bố",
            "31/08/2026Hạn công bố lần đầu",
            "30/09/2026Số liệu được xác nhận",
            "30/10/2026Thời hạn",
            "15/11/2026Cán bộ báo cáo",
            "24/11/2026Điều chỉnh (có văn bản)",
        ),
        strict=True,
    ):
        assert line.replace(" ", "").startswith(said.replace(" ", "")), line
    assert "31 trường hợp" in told[2].replace("\xa0", " ")
    assert "Thông báo số 15/TB-MH" in told[5]


def test_the_drawing_has_a_name_and_a_mark_for_each(reader: Reader) -> None:
    page = reader.open("/en/cam-ket/cktn02/lich-su")
    drawing = next(e for e in page.all("svg") if e.get("role") == "img")
    assert "Time line from 02/07/2026 to 24/11/2026" in (drawing.get("aria-label") or "")
    marks = [e.get("class") for e in drawing.iter()]
    expected = {"goal": 1, "first": 1, "dot self": 2, "dot sure": 1, "change": 1, "flag": 1, "today": 1}
    for mark, times in expected.items():
        assert marks.count(mark) == times, mark


def test_what_was_taken_down_tells_only_that_it_was(reader: Reader) -> None:
    told = " ".join(rows(reader, "/cam-ket/ckgone/lich-su"))
    assert "Cam kết được công bố" in told
    assert "Gỡ xuống" in told
    assert "Cán bộ báo cáo" not in told


@pytest.mark.parametrize("address", ["/chuong-trinh/ct0chairman", "/don-vi/phuong-nhi-chieu/thu-tuc"])
def test_other_histories_have_none(reader: Reader, address: str) -> None:
    assert not any("happened" in (e.get("class") or "") for e in reader.open(f"{address}/lich-su").all("svg"))


def revision(document: object, act: Act, at: datetime, number: int = 1) -> Revision:
    """A revision of a commitment."""
    return Revision(position=number, kind=Kind.COMMITMENT, ref="x", number=number, act=act, at=at,
                    digest="", document=document, notice=Notice())  # type: ignore[arg-type]  # fmt: skip


def test_marks_lie_in_order_between_the_edges() -> None:
    doc = replace(town.commitments()["NS-02"])
    assert doc.ending is Ending.TRANSFER
    line = line_of([revision(doc, Act.PUBLISH, datetime(2026, 7, 2, 3, tzinfo=UTC))], today=TODAY)
    assert line is not None
    places = [one.at for one in line.happenings]
    assert places == sorted(places)
    assert 0 < places[0] < places[-1] < 100
    assert 0 < line.today < 100
    assert {one.what for one in line.happenings} >= {What.PROMISED, What.CONFIRMED, What.ENDED, What.DEADLINE}


def test_a_single_day_has_a_line_and_nothing_has_none() -> None:
    stone = TombstoneDoc(ref="x", withdrawn_on=TODAY, reason="")
    now = datetime(2026, 11, 24, 3, tzinfo=UTC)
    line = line_of([revision(stone, Act.WITHDRAW, now, 2), revision(None, Act.PUBLISH, now)], today=TODAY)
    assert line is not None
    assert [one.what for one in line.happenings] == [What.PROMISED, What.WITHDRAWN]
    assert line_of([revision(None, Act.PROGRESS, now)], today=TODAY) is None
