"""Paper slips: what the counter's form asks, in its order, with the code that leads there, and no name."""

import pypdfium2
import pytest
import town
from reader import Page, Reader, words
from test_poster import pdf_of, plain

from portal.doors.desk.slip_form import CHOICES
from portal.doors.public.poster import draw_code
from portal.doors.public.slip import choices
from portal.office.slips.rules import FIELDS

ONE, ALL = "/cam-ket/cktn02", "/chuong-trinh/ct0chairman"


def slips_of(reader: Reader, address: str) -> tuple[Page, list[tuple[int, int]], str]:
    """The print page, the sheets of the PDF and its text."""
    sizes, text = pdf_of(reader.get(f"{address}/phieu.pdf").data)
    return reader.open(f"{address}/phieu"), sizes, text


def test_one_commitment_is_on_both_halves_of_one_sheet(reader: Reader) -> None:
    page, sizes, pdf = slips_of(reader, ONE)
    assert sizes == [(210, 297)]
    doc = town.commitments()["TN-02"]
    for said in (doc.text, "Lê Minh Họa", "Mã cam kết: cktn02",
                 "Ông/bà thấy việc này thực tế đã làm đến đâu?",
                 "Không ghi tên", "biên nhận có mã", "http://127.0.0.1:8000/bien-nhan",
                 "Khiếu nại, tố cáo không viết vào phiếu này", "Tổ dân phố số"):  # fmt: skip
        assert plain(page.text).count(plain(said)) >= 2, said
        assert plain(pdf).count(plain(said)) == 2, said
    drawn = [e.get("d") for e in page.all("path") if e.get("class") != "white"]
    assert drawn == [draw_code("http://127.0.0.1:8000/cam-ket/cktn02").path] * 2


def test_a_programme_has_a_slip_for_every_commitment(reader: Reader) -> None:
    page, sizes, pdf = slips_of(reader, ALL)
    mine = [c for c in town.commitments().values() if c.programme_ref == "ct0chairman"]
    assert len(list(page.all("article"))) == len(mine)
    assert sizes == [(210, 297)] * ((len(mine) + 1) // 2)
    for doc in mine:
        assert plain(f"Mã cam kết: {doc.ref}") in plain(pdf)
        assert plain(doc.text) in plain(page.text)


def test_it_asks_what_the_counter_types_and_no_more(reader: Reader) -> None:
    asked = {choice.name: len(choice.answers) for choice in choices()}
    for name in ("rating", "relation", "kind"):
        answers = [value for value in CHOICES[name] if value]  # the empty one: nothing was ticked
        assert asked[name] == len(answers), name
    page, _, _ = slips_of(reader, ONE)
    article = next(page.all("article"))
    assert sum(e.get("class") == "box" for e in article.iter()) == sum(asked.values()) + len(
        CHOICES["shown_as"]
    )
    text = words(article)
    places = {
        "commitment": "Mã cam kết", "rating": "thực tế đã làm đến đâu", "relation": "liên quan thế nào",
        "words": "Ý kiến của ông/bà", "kind": "Ý kiến này là", "shown_as": "Ký tên dưới ý kiến",
        "quarter": "Tổ dân phố số", "letter": "Mã thư xác nhận",
    }  # fmt: skip
    assert set(places) == set(FIELDS)
    found = [text.index(said) for said in places.values()]
    assert found == sorted(found)
    for private in ("Họ và tên", "Họ tên", "Số điện thoại:", "CCCD", "Địa chỉ:"):
        assert private not in text


def test_nothing_runs_over_the_cut(reader: Reader) -> None:
    for tongue in ("", "/en"):
        document = pypdfium2.PdfDocument(reader.get(f"{tongue}{ALL}/phieu.pdf").data)
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            half = page.get_height() / 2
            for at in range(text.count_chars()):
                _, bottom, _, top = text.get_charbox(at)
                assert top <= half or bottom >= half, (number, text.get_text_range(at, 20))
            assert text.count_chars() > 500
        document.close()


def test_the_pages_of_both_lead_to_them(reader: Reader) -> None:
    assert f"{ALL}/phieu" in set(reader.open(ALL).links())
    assert f"{ONE}/phieu" in set(reader.open(f"{ONE}/gop-y").links())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cam-ket/ckgone", 410),
        ("/cam-ket/khong-co", 404),
        ("/chuong-trinh/khong-co", 404),
        ("/cam-ket/ct0chairman", 410),
    ],
)
def test_what_is_no_commitment_has_no_slip(reader: Reader, address: str, status: int) -> None:
    for file in ("phieu", "phieu.pdf"):
        assert reader.get(f"{address}/{file}").status_code in (status, 404)
