"""Text documents and PDF: what was seen on the page is in the copy, and covered words are not."""

import contextlib
import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import papers
import pypdfium2 as pdfium
import pytest
from papers import docx, paragraph, pdf, rels, stream
from PIL import Image

from portal.office.evidence.apart import clean_in_child
from portal.office.evidence.caps import Caps
from portal.office.evidence.cleaning import CleanFile, clean
from portal.office.evidence.exit_gate import check_out
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.text_numbers import formed
from portal.office.evidence.wording import Dropped, Reason


def lines(made: CleanFile) -> list[str]:
    """The words of every paragraph, in order; a tab as the tab it is."""
    w = f"{{{papers.WORDS}}}"
    root = ElementTree.fromstring(part_of(made, "word/document.xml"))
    signs = {f"{w}tab": "\t", f"{w}br": "\n"}
    return [
        "".join(
            signs.get(part.tag, part.text if part.tag == f"{w}t" and part.text else "") for part in p.iter()
        )
        for p in root.iter(f"{w}p")
    ]


def part_of(made: CleanFile, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(made.data)).read(name)


def of(inside: str, parts: dict[str, bytes | str] | None = None) -> CleanFile:
    return clean(docx(inside, parts), filename="a")


def numbered(levels: str) -> dict[str, bytes | str]:
    part = (
        f'<w:numbering xmlns:w="{papers.WORDS}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    return {"word/_rels/document.xml.rels": rels(("numbering", "numbering.xml")), "word/numbering.xml": part}


def level(depth: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def item(text: str, depth: int, *, run: str = "") -> str:
    props = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    return paragraph(text, props=props, run=run)


def test_automatic_numbers_are_written_out_and_hidden_items_do_not_count() -> None:
    levels = level(0, "decimal", "Điều %1.") + level(1, "lowerLetter", "%2)")
    inside = item("Một", 0) + item("x", 1) + item("y", 1) + item("ẩn", 0, run="<w:vanish/>") + item("Hai", 0)
    found = lines(of(inside + item("z", 1), numbered(levels)))
    assert found[1:] == ["Điều 1.\tMột", "a)\tx", "b)\ty", "Điều 2.\tHai", "a)\tz"]


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [(4, "lowerRoman", "iv"), (14, "upperRoman", "XIV"), (28, "lowerLetter", "bb"), (7, "decimalZero", "07")],
)
def test_numbers_are_formed_as_word_forms_them(count: int, form: str, written: str) -> None:
    assert formed(count, form) == written


def test_additions_stay_and_deletions_go() -> None:
    made = of(
        "<w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>bớt</w:delText></w:r></w:del></w:p>"
    )
    assert lines(made)[1:] == ["thêm"]
    assert Dropped.TRACKED_CHANGES in made.dropped


def test_a_vanished_paragraph_leaves_no_empty_line() -> None:
    assert lines(of(paragraph("a") + paragraph("b", run="<w:vanish/>") + paragraph("c")))[1:] == ["a", "c"]


def test_footnotes_follow_the_text() -> None:
    inside = '<w:p><w:r><w:t>Số liệu</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    note = f'<w:footnote w:id="7">{paragraph("minh họa")}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{papers.WORDS}">{note}</w:footnotes>'
    links = rels(("footnotes", "footnotes.xml"))
    made = of(inside, {"word/_rels/document.xml.rels": links, "word/footnotes.xml": notes})
    assert lines(made)[1:] == ["Số liệu[1]", "[1] minh họa"]


def test_words_in_boxes_and_links_and_content_controls_stay() -> None:
    box = (
        "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>"
        f"{paragraph('trong khung')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>trang tin</w:t></w:r></w:hyperlink></w:p>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('ô nhập')}</w:sdtContent></w:sdt>"
    assert lines(of(box + link + control))[1:] == ["trong khung", "trang tin", "ô nhập"]


def test_tables_keep_their_shape() -> None:
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph("đầu") + "</w:tc>"
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("một", "hai"))
    made = of(f"<w:tbl><w:tblGrid/><w:tr>{wide}</w:tr><w:tr>{cells}</w:tr></w:tbl>")
    content = part_of(made, "word/document.xml").decode()
    assert content.count("<w:tr>") == 2
    assert '<w:gridSpan w:val="2"/>' in content
    assert lines(made)[1:4] == ["đầu", "một", "hai"]


def picture(crop: str = "") -> Any:
    """The picture in the copy of a document, red on the left and blue on the right; 400 by 200."""
    frame = (
        "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="rId1"/>{crop}</pic:blipFill><pic:spPr><a:xfrm><a:ext cx="900000" cy="450000"/>'
        "</a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    photo = Image.new("RGB", (400, 200), "red")
    photo.paste("blue", (200, 0, 400, 200))
    links = rels(("image", "media/a.jpg"))
    made = of(frame, {"word/_rels/document.xml.rels": links, "word/media/a.jpg": papers.saved(photo, "JPEG")})
    return Image.open(io.BytesIO(part_of(made, "word/media/image1.jpeg")))


def test_what_is_cropped_from_a_picture_is_gone_from_the_file() -> None:
    kept = picture('<a:srcRect r="50000"/>')
    assert kept.size == (200, 200)
    assert all(kept.getpixel(place)[0] > 200 for place in ((5, 100), (190, 100)))
    assert picture().size == (400, 200)


@pytest.mark.parametrize(
    ("shape", "refused"),
    [
        ("<wps:wsp><wps:spPr><a:solidFill/></wps:spPr></wps:wsp>", True),
        ("<pic:pic/>", True),
        ("<wps:wsp><wps:spPr><a:noFill/></wps:spPr></wps:wsp>", False),
        ('<wps:wsp><wps:spPr><a:prstGeom prst="line"/></wps:spPr></wps:wsp>', False),
    ],
)
def test_only_what_can_cover_words_is_refused(shape: str, refused: bool) -> None:
    anchor = (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="{{}}"><wp:wrapNone/><a:graphic><a:graphicData>{shape}'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )
    assert lines(of(anchor.format(1)))[0] == papers.SEEN
    if refused:
        with pytest.raises(FileRefused) as caught:
            of(anchor.format(0))
        assert caught.value.reason is Reason.COVERED
        assert "PDF" in caught.value.sentence
    else:
        assert lines(of(anchor.format(0)))[0] == papers.SEEN


def test_a_field_that_never_ends_is_refused_not_swallowed() -> None:
    with pytest.raises(FileRefused) as caught:
        of('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>mất</w:t></w:r></w:p>')
    assert caught.value.reason is Reason.DAMAGED


def page(made: CleanFile, place: int = 0) -> Any:
    """A page of the copy as it looks, one pixel a point."""
    document = pdfium.PdfDocument(made.data)
    image = document[place].render(scale=1).to_pil().convert("RGB")
    document.close()
    return image


_DARK = b"0 0 0 rg 72 390 200 30 re f\n"
_LOOK = stream(b"0 0 1 rg 0 0 100 40 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 100 40]")


def test_a_black_box_stays_black_whether_drawn_or_noted() -> None:
    note = b"/Annots[<</Type/Annot/Subtype/Square/Rect[72 390 272 420]/IC[0 0 0]/C[0 0 0]>>]"
    for data in (pdf(draws=_DARK), pdf(page=note)):
        assert page(clean(data, filename="a")).getpixel((150, 842 - 405)) == (0, 0, 0)


def test_the_look_of_a_signature_stays() -> None:
    widget = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(k)/Rect[300 100 400 140]/F 132/AP<</N 7 0 R>>>>"
    made = clean(
        pdf(catalog=b"/AcroForm<</Fields[6 0 R]>>", page=b"/Annots[6 0 R]", more=[widget, _LOOK]),
        filename="a",
    )
    assert page(made).getpixel((350, 842 - 120))[2] > 200
    assert Dropped.FORM_FIELDS in made.dropped


def test_pages_keep_their_size_and_order() -> None:
    made = clean(pdf(pages=3), filename="a")
    assert made.pages == 3
    assert page(made, 2).size == (595, 842)


def test_words_a_shade_off_the_paper_are_made_one_with_it() -> None:
    def words(grey: bytes) -> bytes:
        return pdf(draws=grey + b" g BT /F 40 Tf 72 400 Td (nhat) Tj ET")

    blank = clean(pdf(), filename="a").data
    assert clean(words(b"0.98"), filename="a").data == blank
    assert clean(words(b"0.5"), filename="a").data != blank


def test_the_copy_of_a_pdf_has_no_words_to_select() -> None:
    document = pdfium.PdfDocument(pdf())
    assert "minh hoa" in document[0].get_textpage().get_text_bounded()
    document.close()
    copy = pdfium.PdfDocument(clean(pdf(), filename="a").data)
    assert copy[0].get_textpage().get_text_bounded() == ""
    copy.close()


def test_a_huge_page_is_drawn_small() -> None:
    poster = pdf().replace(b"[0 0 595 842]", b"[0 0 14000 14000]")
    made = clean_in_child(poster, filename="a", caps=Caps(page_pixels=1_000_000))
    assert b"/Width 1000/Height 1000" in made.data


@pytest.mark.parametrize("cut", range(0, 620, 31))
def test_a_spoilt_pdf_is_refused_or_clean(cut: int) -> None:
    sound = pdf()
    spoilt = sound[:cut] + b"<<9>>"[: cut % 5 + 1] + sound[cut + cut % 7 :]
    with contextlib.suppress(FileRefused):
        check_out((made := clean_in_child(spoilt, filename="a")).data, made.kind)
