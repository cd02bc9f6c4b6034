"""Files stuffed with a dye: no view of a clean copy shows it, no property and no hidden cell is left."""

import io
import zipfile

import openpyxl
import papers
import pypdfium2 as pdfium
import pytest
from dye_in_files import find_dye
from PIL import Image
from stuffed_files import Stuffed, stuffed_files

from portal.office.evidence.cleaning import CleanFile, clean
from portal.office.evidence.kinds import Kind

STUFFED = list(stuffed_files())
# What a decoder tells of every JPEG, made from the mark of the format itself.
_PLAIN_INFO = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_there_are_enough_of_them() -> None:
    assert len(STUFFED) >= 60
    assert {clean(stuffed.data, filename="a").kind for stuffed in STUFFED} == set(Kind)


@pytest.mark.parametrize("stuffed", STUFFED, ids=[stuffed.name for stuffed in STUFFED])
def test_nothing_of_the_dye_is_left(stuffed: Stuffed) -> None:
    assert find_dye(stuffed.data, stuffed.dye) > 0, "the search must find it where it was put"
    made = clean(stuffed.data, filename="a")
    assert find_dye(made.data, stuffed.dye) == 0
    assert tags_of(made) == []
    assert hidden_in(made) == []
    assert shows_what_is_seen(made)


def tags_of(made: CleanFile) -> list[str]:
    """Every property a reader of this kind of file can name."""
    if made.kind in (Kind.PNG, Kind.JPEG):
        with Image.open(io.BytesIO(made.data)) as image:
            image.load()
            return [*map(str, set(image.info) - _PLAIN_INFO), *map(str, image.getexif())]
    if made.kind is Kind.PDF:
        document = pdfium.PdfDocument(made.data)
        said = document.get_metadata_dict(skip_empty=True)
        document.close()
        return [*said, *(word for word in ("/Info", "/ID", "/Metadata") if word.encode() in made.data)]
    names = zipfile.ZipFile(io.BytesIO(made.data)).namelist()
    return [name for name in names if "docProps" in name or "custom" in name or "theme" in name]


def hidden_in(made: CleanFile) -> list[str]:
    """Hidden sheets, rows, columns; formulas, comments, names, links; hidden text."""
    if made.kind is Kind.DOCX:
        content = zipfile.ZipFile(io.BytesIO(made.data)).read("word/document.xml").decode()
        return [
            word for word in ("vanish", "del ", "instrText", "comment", "color") if f"<w:{word}" in content
        ]
    if made.kind is not Kind.XLSX:
        return []
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    found = list(book.defined_names)
    for page in book.worksheets:
        found += [page.title] if page.sheet_state != "visible" else []
        found += [str(row) for row, how in page.row_dimensions.items() if how.hidden]
        found += [column for column, how in page.column_dimensions.items() if how.hidden]
        cells = [cell for row in page.iter_rows() for cell in row]
        found += [cell.coordinate for cell in cells if cell.comment or cell.hyperlink]
        found += [cell.coordinate for cell in cells if cell.data_type == "f"]
    return found


def shows_what_is_seen(made: CleanFile) -> bool:
    """Whether the seen words are still there, or ink on the page or picture."""
    if made.kind is Kind.XLSX:
        book = openpyxl.load_workbook(io.BytesIO(made.data))
        return bool(book.worksheets[0]["A1"].value == papers.SEEN)
    if made.kind is Kind.DOCX:
        return papers.SEEN in zipfile.ZipFile(io.BytesIO(made.data)).read("word/document.xml").decode()
    if made.kind is Kind.PDF:
        document = pdfium.PdfDocument(made.data)
        image = document[0].render(scale=0.5).to_pil().convert("L")
        document.close()
    else:
        image = Image.open(io.BytesIO(made.data)).convert("L")
    low, high = image.getextrema()
    return bool(low < 100 and high > 200)


def test_a_search_that_reads_properties_finds_them_in_the_originals() -> None:
    names = {"exif description", "png text", "workbook author", "pdf title"}
    for stuffed in STUFFED:
        if stuffed.name in names:
            kind = clean(stuffed.data, filename="a").kind
            asis = CleanFile(kind=kind, data=stuffed.data, sha256="")
            assert tags_of(asis) != [], stuffed.name
            names.discard(stuffed.name)
    assert not names


def test_a_search_for_hidden_cells_finds_them_in_the_originals() -> None:
    names = {"hidden sheet", "hidden row", "hidden column", "formula", "hidden words"}
    for stuffed in STUFFED:
        if stuffed.name in names:
            kind = clean(stuffed.data, filename="a").kind
            assert hidden_in(CleanFile(kind=kind, data=stuffed.data, sha256="")) != [], stuffed.name
            names.discard(stuffed.name)
    assert not names


def test_the_same_file_gives_the_same_bytes() -> None:
    for stuffed in STUFFED:
        assert clean(stuffed.data, filename="a").sha256 == clean(stuffed.data, filename="b").sha256


def test_a_clean_copy_stays_clean() -> None:
    for data in (papers.png(), papers.jpeg(), papers.pdf(), papers.xlsx(), papers.docx()):
        once = clean(data, filename="a")
        again = clean(once.data, filename="a")
        assert again.kind is once.kind
