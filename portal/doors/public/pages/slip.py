"""Paper slips to print, two on a sheet of A4: for one commitment, or for all of a programme."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import Blueprint, Response, abort, url_for

from portal.doors.language import language, path_in
from portal.doors.public.pages import reading
from portal.doors.public.pages.gone import gone
from portal.doors.public.pages.paper import as_pdf, on_paper
from portal.doors.public.slip import choices, on_sheets, slips_of, words
from portal.kernel.work import house
from portal.record import reads
from portal.record.documents import CommitmentDoc, ProgrammeDoc, Revision

pages = Blueprint("slip", __name__)

_MOST = 60  # slips of one programme, thirty sheets


@pages.get("/cam-ket/<ref>/phieu")
def show_page(ref: str) -> Response:
    """The slip of one commitment, twice on the sheet."""
    rev = _revision(ref)
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    back, pdf = url_for("commitment.show_page", ref=ref), url_for("slip.show_pdf", ref=ref)
    return _print([rev.document], back=back, pdf=pdf)


@pages.get("/cam-ket/<ref>/phieu.pdf")
def show_pdf(ref: str) -> Response:
    """The same as PDF."""
    rev = _revision(ref)
    if not isinstance(rev.document, CommitmentDoc):
        return gone(rev)
    return _typeset([rev.document], ref)


@pages.get("/chuong-trinh/<ref>/phieu")
def show_programme(ref: str) -> Response:
    """A slip for every public commitment of a programme."""
    rev = _revision(ref)
    if not isinstance(rev.document, ProgrammeDoc):
        return gone(rev)
    back, pdf = url_for("programme.show_page", ref=ref), url_for("slip.show_programme_pdf", ref=ref)
    return _print(_all_of(rev.document), back=back, pdf=pdf)


@pages.get("/chuong-trinh/<ref>/phieu.pdf")
def show_programme_pdf(ref: str) -> Response:
    """The same as PDF."""
    rev = _revision(ref)
    if not isinstance(rev.document, ProgrammeDoc):
        return gone(rev)
    return _typeset(_all_of(rev.document), ref)


def _revision(ref: str) -> Revision:
    found = reads.revision(reading(), ref)
    return found if found is not None else abort(404)


def _all_of(doc: ProgrammeDoc) -> list[CommitmentDoc]:
    """The public commitments of ``doc`` in its own order."""
    found = {one.ref: one for one in reads.commitments_of(reading(), doc.ref)}
    refs = [ref for task in doc.tasks for ref in task.commitments if ref in found]
    return [found[ref] for ref in refs[:_MOST]]


def _print(docs: Sequence[CommitmentDoc], *, back: str, pdf: str) -> Response:
    return on_paper(
        "public/slip.html",
        sheets=on_sheets(slips_of(docs, base=_base())),
        choices=choices(),
        said=_words(),
        back=back,
        pdf=pdf,
    )


def _typeset(docs: Sequence[CommitmentDoc], ref: str) -> Response:
    sheets = on_sheets(slips_of(docs, base=_base()))
    data = {
        "sheets": [[asdict(one) for one in sheet] for sheet in sheets],
        "choices": [asdict(choice) for choice in choices()],
        "words": _words(),
    }
    return as_pdf("slip.typ", data, name=f"phieu-{ref}")


def _words() -> dict[str, str]:
    return words(place=_base() + path_in(language(), "/bien-nhan"))


def _base() -> str:
    return house().settings.base_url.rstrip("/")
