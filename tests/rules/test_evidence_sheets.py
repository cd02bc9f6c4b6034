"""Spreadsheets: the copy shows what the sheet showed, closed up where something hidden was."""

import contextlib
import io
from typing import Any

import openpyxl
import papers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import cell, rels, sheet, styled, xlsx

from portal.office.evidence.caps import Caps
from portal.office.evidence.cleaning import CleanFile, clean
from portal.office.evidence.exit_gate import check_out
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.sheet_formats import DATE, GENERAL, MOMENT, TIME, Look, look_of
from portal.office.evidence.wording import Dropped, Reason

_SHEET, _LINKS = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"


def book(made: CleanFile) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made.data)).worksheets[0]


def made_of(rows: str, *, before: str = "", after: str = "", styles: str = "") -> CleanFile:
    parts: dict[str, bytes | str] = {_SHEET: sheet(rows, before=before, after=after)}
    if styles:
        parts |= {
            "xl/styles.xml": styles,
            _LINKS: rels(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        }
    return clean(xlsx(parts), filename="a")


def test_hidden_rows_and_columns_leave_no_gap() -> None:
    hidden = {1: "", 2: 'hidden="1"', 3: ""}
    rows = "".join(
        f'<row r="{r}" {hidden[r]}>{"".join(cell(f"{c}{r}", f"{c}{r}") for c in "ABCD")}</row>'
        for r in hidden
    )
    page = book(made_of(rows, before='<cols><col min="2" max="3" width="9" hidden="1"/></cols>'))
    assert [[c.value for c in row] for row in page.iter_rows()] == [["A1", "D1"], ["A3", "D3"]]


def test_a_merged_cell_that_begins_in_a_hidden_column_is_still_seen() -> None:
    rows = f'<row r="1">{cell("A1", "gộp")}{cell("D1", "riêng")}</row>'
    page = book(
        made_of(
            rows,
            before='<cols><col min="1" max="1" width="9" hidden="1"/></cols>',
            after='<mergeCells><mergeCell ref="A1:C1"/></mergeCells>',
        )
    )
    assert (page["A1"].value, page["C1"].value) == ("gộp", "riêng")
    assert [str(area) for area in page.merged_cells.ranges] == ["A1:B1"]


def test_formulas_become_their_results() -> None:
    made = made_of(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A()</f><v>hai</v></c></row>'
    )
    assert [c.value for c in book(made)[1]] == [2, "hai"]
    assert Dropped.FORMULAS in made.dropped


@pytest.mark.parametrize(("flag", "day"), [("", "2026-11-23"), ('<workbookPr date1904="1"/>', "2030-11-24")])
def test_dates_stay_the_day_they_were(flag: str, day: str) -> None:
    workbook = papers.workbook_part().replace("<sheets>", f"{flag}<sheets>")
    made = clean(
        xlsx(
            {
                "xl/workbook.xml": workbook,
                _SHEET: sheet('<row r="1"><c r="A1" s="1"><v>46349</v></c></row>'),
                "xl/styles.xml": styled(xf='<xf numFmtId="14" fontId="0" fillId="0"/>'),
                _LINKS: rels(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
            }
        ),
        filename="a",
    )
    assert book(made)["A1"].value.date().isoformat() == day
    assert book(made)["A1"].number_format == DATE


def test_words_that_only_look_like_formulas_stay_words() -> None:
    made = made_of(f'<row r="1">{cell("A1", "=cmd|calc")}</row>')
    assert book(made)["A1"].data_type != "f"
    assert b"<f>" not in papers.unzipped(made.data)[_SHEET]


def test_seen_colours_are_not_taken_for_hidden() -> None:
    white_on_blue = styled(
        fonts='<font><color rgb="FFFFFFFF"/></font>',
        fills='<fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill></fill>',
        xf='<xf numFmtId="0" fontId="1" fillId="2"/>',
    )
    assert book(made_of(f'<row r="1">{cell("A1", "tiêu đề", style=1)}</row>', styles=white_on_blue))[
        "A1"
    ].value


def test_a_circle_around_a_figure_hides_nothing() -> None:
    def drawn(fill: str) -> bytes:
        shape = f"<sp><spPr>{fill}</spPr></sp>"
        ends = "<from><col>0</col><row>1</row></from><to><col>2</col><row>2</row></to>"
        return xlsx(
            {
                _SHEET: sheet(f'<row r="1">{cell("A1", "a")}</row><row r="2">{cell("A2", "b")}</row>'),
                "xl/worksheets/_rels/sheet1.xml.rels": rels(("drawing", "../drawings/drawing1.xml")),
                "xl/drawings/drawing1.xml": f"<wsDr><twoCellAnchor>{ends}{shape}</twoCellAnchor></wsDr>",
            }
        )

    assert book(clean(drawn("<noFill/>"), filename="a"))["A2"].value == "b"
    assert book(clean(drawn("<solidFill/>"), filename="a"))["A2"].value is None


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
def test_a_formula_nobody_calculated_is_refused(value: str) -> None:
    with pytest.raises(FileRefused) as caught:
        made_of(f'<row r="1"><c r="A1"><f>1+1</f>{value}</c></row>')
    assert caught.value.reason is Reason.NOT_CALCULATED
    assert "«Bảng 1»" in caught.value.sentence


def test_a_formula_that_shows_nothing_is_no_fault() -> None:
    made = made_of(f'<row r="1">{cell("A1", "a")}<c r="B1" t="str"><f>IF(1,"")</f><v></v></c></row>')
    assert book(made)["A1"].value == "a"


def test_more_sheets_than_anybody_reads_are_refused() -> None:
    count = Caps().sheets + 1
    parts: dict[str, bytes | str] = {
        "xl/workbook.xml": papers.workbook_part(["visible"] * count),
        _LINKS: rels(*[("worksheet", "worksheets/sheet1.xml")] * count),
    }
    with pytest.raises(FileRefused) as caught:
        clean(xlsx(parts), filename="a")
    assert caught.value.reason is Reason.TOO_MANY_SHEETS
    assert clean(xlsx(parts), filename="a", caps=Caps(sheets=count)).cells == count


def test_the_strict_format_is_refused_by_its_name() -> None:
    strict = rels(("officeDocument", "xl/workbook.xml")).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
    )
    with pytest.raises(FileRefused) as caught:
        clean(xlsx({"_rels/.rels": strict}), filename="a")
    assert caught.value.reason is Reason.STRICT_FORMAT


def test_a_workbook_with_nothing_to_see_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        made_of(f'<row r="1" hidden="1">{cell("A1", "x")}</row>')
    assert caught.value.reason is Reason.NOTHING_VISIBLE


@pytest.mark.parametrize(
    ("code", "value", "look"),
    [
        ("General", 5.0, Look()),
        ("0.00", 5.0, Look(code="0.00")),
        ("#,##0_);(#,##0)", 5.0, Look(code="#,##0")),
        ("#,##0_);(#,##0)", -5.0, Look(code="(#,##0);(#,##0)")),
        ('0" tỷ"', 5.0, Look(code='0" tỷ"')),
        ("[$₫-42A]#,##0", 5.0, Look(code='"₫"#,##0')),
        (";;;", 5.0, Look(instead="")),
        ("0;-0;;@", 0.0, Look(instead="")),
        ("0;-0;;@", 7.0, Look(code="0")),
        ('"—"', 5.0, Look(instead="—")),
        ("[White]0", 5.0, Look(instead="")),
        ("dd/mm/yyyy", 46349.0, Look(code=DATE)),
        ("dd/mm/yyyy hh:mm", 46349.5, Look(code=MOMENT)),
        ("[h]:mm:ss", 0.5, Look(code=TIME)),
        (";;;", None, Look(instead="")),
        ("@", None, Look()),
        ("0.00", None, Look()),
        ("0;0;0;@", None, Look(code=GENERAL)),
    ],
)
def test_a_format_shows_what_it_showed(code: str, value: float | None, look: Look) -> None:
    assert look_of(code, value) == look


@settings(max_examples=200, deadline=None)
@given(code=st.text(max_size=40), value=st.one_of(st.none(), st.floats(-1e6, 1e6)))
def test_no_format_confuses_it(code: str, value: float | None) -> None:
    look = look_of(code, value)
    assert look.instead is not None or look.code


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_spoilt_package_is_refused_or_clean(data: st.DataObject) -> None:
    sound = data.draw(st.sampled_from([papers.xlsx_parts(), papers.docx_parts(papers.paragraph("a"))]))
    name = data.draw(st.sampled_from(sorted(sound)))
    text = sound[name]
    assert isinstance(text, str)
    at = data.draw(st.integers(0, len(text)))
    spoilt = text[:at] + data.draw(st.text(max_size=6)) + text[at + data.draw(st.integers(0, 20)) :]
    with contextlib.suppress(FileRefused):
        changed = papers.zipped(sound | {name: spoilt.encode("utf-8", "ignore")})
        check_out((made := clean(changed, filename="a")).data, made.kind)
