"""The poster: the print page and the PDF say what the record says, on A4 and A3, and nothing is run."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import segno
import town
import townhall
from reader import Page, Reader, leaks_no_workings, words

from portal.doors.public import poster_pdf
from portal.doors.public.poster import draw_code
from portal.record.documents import Act, Ending, Kind, PostingDoc

CHAIR = "/chuong-trinh/ct0chairman"
PAPER = {"a4": (210, 297), "a3": (297, 420)}  # millimetres
HOSTILE = '#image("/etc/passwd") $x^2$ *b* \\ [ ] <script>alert(1)</script> {{ title }} 試 ☂'


def pdf_of(data: bytes) -> tuple[list[tuple[int, int]], str]:
    """The page sizes in millimetres, and the text with single spaces."""
    document = pypdfium2.PdfDocument(data)
    pages = [document[n] for n in range(len(document))]
    sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pages]
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    document.close()
    return sizes, " ".join(text.split())  # type: ignore[return-value]


def plain(text: str) -> str:
    """Without spaces: a PDF breaks lines where a page does not."""
    return re.sub(r"[\s\xa0]+", "", text)


def shown(reader: Reader, size: str) -> tuple[Page, str]:
    """The print page of a size, and the text of the PDF of that size, whose paper is looked at."""
    page = reader.open(f"{CHAIR}/niem-yet?kho={size}")
    answer = reader.get(f"{CHAIR}/niem-yet.pdf?kho={size}")
    assert answer.mimetype == "application/pdf"
    sizes, text = pdf_of(answer.data)
    assert set(sizes) == {PAPER[size]}
    return page, text


@pytest.mark.parametrize("size", PAPER)
def test_page_and_pdf_say_who_what_by_when_and_how_it_stands(reader: Reader, size: str) -> None:
    page, pdf = shown(reader, size)
    mine = [c for c in town.commitments().values() if c.programme_ref == "ct0chairman"]
    assert len(mine) > 5
    said = [
        "Lê Minh Họa",
        "Chủ tịch UBND phường",
        "2 nội dung không công khai theo quy định",
        "Quá hạn, chưa",
    ]
    said += ["101/QĐ-MH", "Niêm yết từ ngày", "24/11/2026", "http://127.0.0.1:8000/chuong-trinh/ct0chairman"]
    said += [text for c in mine for text in (c.text, c.deadline.strftime("%d/%m/%Y"))]
    for text in said:
        assert plain(text) in plain(page.text), text
        assert plain(text) in plain(pdf), text


def test_the_checkpoint_can_be_compared_with_the_log(reader: Reader) -> None:
    page, pdf = shown(reader, "a4")
    note = reader.get("/so-cai/checkpoint").text.splitlines()
    found = re.search(r"(\d+) mục, gốc ([0-9a-f ]{19})", page.text)
    assert found
    assert found[1] == note[1]
    assert found[0] in pdf
    assert plain(found[2]) in plain(reader.open("/so-cai").text)


def test_the_code_leads_to_the_programme(reader: Reader) -> None:
    page = reader.open(f"{CHAIR}/niem-yet")
    address = "http://127.0.0.1:8000/chuong-trinh/ct0chairman"
    drawn = next(e for e in page.all("svg") if e.get("role") == "img")
    code = draw_code(address)
    assert [e.get("d") for e in drawn if e.get("class") != "white"] == [code.path]
    assert modules(code.path) == {
        (x + 4, y + 4)
        for y, row in enumerate(segno.make(address, error="q", micro=False).matrix)
        for x, dark in enumerate(row)
        if dark
    }
    assert modules(draw_code(address + "x").path) != modules(code.path)


def modules(path: str) -> set[tuple[int, int]]:
    """The dark squares of a path of bars."""
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w in bars) == path
    return {(int(x) + i, int(y)) for x, y, w in bars for i in range(int(w))}


def test_in_english_the_record_stays_vietnamese(reader: Reader) -> None:
    page = reader.open(f"/en{CHAIR}/niem-yet?kho=a3")
    assert "Notice for the board" in page.text
    _, pdf = pdf_of(reader.get(f"/en{CHAIR}/niem-yet.pdf").data)
    assert "Notice for the board".upper() in pdf
    assert "Lê Minh Họa" in pdf
    assert "/en/chuong-trinh/ct0chairman" in plain(pdf)


@pytest.mark.parametrize("address", ["niem-yet?kho=a5", "niem-yet.pdf?kho=letter"])
def test_other_paper_there_is_none(reader: Reader, address: str) -> None:
    reader.open(f"{CHAIR}/{address}", status=404)


def test_kept_like_other_pages(reader: Reader) -> None:
    for address in ("niem-yet", "niem-yet?kho=a3", "niem-yet.pdf", "niem-yet.pdf?kho=a3"):
        first, again = (reader.get(f"{CHAIR}/{address}") for _ in range(2))
        assert first.headers["Cache-Control"] == "public, no-cache"
        assert first.headers["ETag"] == again.headers["ETag"]
        unmarked = reader.get(f"{CHAIR}/{address}", **{"If-None-Match": first.headers["ETag"]})
        assert unmarked.status_code == 304


def test_without_the_extra_the_page_says_how_to_print(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poster_pdf, "find_spec", lambda _: None)
    town_page = reader.get(f"{CHAIR}/niem-yet?kho=a4&x=1").text  # kept pages were made with it
    assert "PDF A4" in town_page
    reader.client.application.wsgi_app.shelf.put("x", None, None, 0)  # type: ignore[attr-defined]
    assert "Lưu dưới dạng PDF" in reader.get(f"{CHAIR}/niem-yet?kho=a4").text
    reader.open(f"{CHAIR}/niem-yet.pdf?kho=a4", status=404)
    reader.client.application.wsgi_app.shelf.put("x", None, "y", 0)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A town whose deputy's programme ended, was posted, and carries a hostile text."""
    settings = townhall.found(tmp_path_factory.mktemp("spoilt"))
    doc = replace(
        town.programme("ct0deputy1", town.DEPUTY, "102/QĐ-MH", withheld=0),
        ending=Ending.TRANSFER,
        ended_on=date(2026, 11, 1),
        postings=(
            PostingDoc(
                place="Nhà văn hóa khu 3", posted_on=date(2026, 7, 2), planned_until=date(2026, 7, 22),
                minutes="Biên bản số 3 (minh họa)", taken_down_on=date(2026, 7, 10), reason="Sửa tường",
            ),
        ),
    )  # fmt: skip
    first = next(c for c in town.commitments().values() if c.programme_ref == "ct0deputy1")
    townhall.write(
        settings,
        [
            town.line(Kind.PROGRAMME, doc, Act.AMEND),
            town.line(Kind.COMMITMENT, replace(first, text=HOSTILE), Act.CORRECT),
        ],
    )
    return Reader(townhall.open_door(settings).test_client())


def test_hostile_texts_are_printed_and_not_run(spoilt: Reader) -> None:
    page = Page("/chuong-trinh/ct0deputy1/niem-yet", spoilt.get("/chuong-trinh/ct0deputy1/niem-yet"))
    assert HOSTILE in page.text
    assert not list(page.all("script"))
    sizes, pdf = pdf_of(spoilt.get("/chuong-trinh/ct0deputy1/niem-yet.pdf").data)
    assert set(sizes) == {PAPER["a4"]}
    for literal in ('#image("/etc/passwd")', "$x^2$", "*b*", "<script>alert(1)</script>", "{{title}}"):
        assert plain(literal) in plain(pdf)
    assert "root:" not in pdf


def test_an_ended_programme_says_so_on_the_poster_and_its_page(spoilt: Reader) -> None:
    _, pdf = pdf_of(spoilt.get("/chuong-trinh/ct0deputy1/niem-yet.pdf").data)
    assert "Kết thúc do điều động, 01/11/2026" in pdf
    page = spoilt.open("/chuong-trinh/ct0deputy1", unless=(leaks_no_workings,))
    for text in (
        "Nhà văn hóa khu 3",
        "02/07/2026",
        "Đã gỡ sớm ngày 10/07/2026, lý do: Sửa tường",
        "Biên bản số 3",
    ):
        assert text in page.text
    assert page.has("href", "/chuong-trinh/ct0deputy1/niem-yet")


def test_what_never_was_or_was_taken_down_has_no_poster(reader: Reader, tmp_path: Path) -> None:
    reader.open("/chuong-trinh/khong-co/niem-yet", status=404)
    reader.open("/cam-ket/ckgone", status=410)
    settings = townhall.found(tmp_path)
    townhall.write(settings, [gone("ct0chairman")])
    door = Reader(townhall.open_door(settings).test_client())
    door.open(f"{CHAIR}/niem-yet", status=410)
    door.open(f"{CHAIR}/niem-yet.pdf", status=410)


def gone(ref: str) -> town.Line:
    """The line that takes a programme down."""
    stone = town.TombstoneDoc(ref=ref, withdrawn_on=date(2026, 11, 24), reason="Công bố nhầm (minh họa)")
    return town.line(Kind.PROGRAMME, stone, Act.WITHDRAW)


def test_pages_of_people_lead_to_the_poster(reader: Reader) -> None:
    page = reader.open(CHAIR)
    assert page.has("href", f"{CHAIR}/niem-yet")
    assert any("niêm yết" in words(e) for e in page.all("a"))
