"""The crawl for dye reaches what is on paper and beside, and reads what PDFs compress."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from crawl import read_pdf, responses
from world import World

from portal.doors.public.poster_pdf import print_sheet
from portal.record import reads

ON_PAPER = ("to-roi", "to-roi.pdf", "phieu", "phieu.pdf", "niem-yet.pdf", "doi-chieu", "lich-su", "nhiem-ky")


def test_sheets_comparisons_and_time_lines_are_reached_and_read(tmp_path: Path) -> None:
    with closing(World(tmp_path / "instance").settle_in()) as world:
        ref = world.bring_in(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
        with world.work() as w:
            (first, *_) = reads.commitments_of(w.session, ref)
        met = dict(responses(world.reader()))
    for prefix in ("", "/en"):
        ends = {
            address.split("?")[0].rsplit("/", 1)[-1] for address in met if address.startswith(prefix or "/")
        }
        assert ends >= set(ON_PAPER)
        for paper in (f"{prefix}/cam-ket/{first.ref}/phieu.pdf", f"{prefix}/chuong-trinh/{ref}/phieu.pdf"):
            assert first.holder.cadre_name.encode() in met[f"{paper}#words"]


def test_what_a_pdf_says_is_read_out_of_it() -> None:
    """The control: a word that its bytes do not show is found all the same."""
    words = {"title": "BIMAT77", "code": "", "picture": "", "no_name": "", "words": "", "shown_as": "",
             "letter": "", "receipt": "", "other": ""}  # fmt: skip
    data = {"sheets": [], "choices": [], "words": words, "lang": "vi"}
    made = print_sheet("slip.typ", data, at=datetime(2026, 11, 24, tzinfo=UTC))
    assert b"BIMAT77" in read_pdf(made)
