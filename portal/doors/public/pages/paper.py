"""What goes on paper, in one of two ways: a page the browser prints, or a PDF where there can be one."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, current_app, request

from portal.doors.headers import policy
from portal.doors.language import language
from portal.doors.looks import Looks
from portal.doors.public import poster_pdf
from portal.doors.public.cache import KEPT
from portal.doors.public.pages import reading, show
from portal.kernel.work import house
from portal.record import reads
from portal.record.reads import Checkpoint

LOOKS = "poster_looks"  # the sheets' own style, for paper


def on_paper(template: str, *, size: str = "a4", **values: Any) -> Response:
    """The print page ``template`` for paper of ``size``, in the style of paper, which its policy allows."""
    looks: Looks = current_app.extensions[LOOKS]
    can_typeset = poster_pdf.can_typeset()
    answer = show(template, style=looks.style, has_pdf=can_typeset, size=size, indexed=False, **values)
    over_tls = house().settings.base_url.startswith("https://")
    answer.headers["Content-Security-Policy"] = policy(looks.style_source, over_tls=over_tls)
    return answer


def as_pdf(sheet: str, data: Mapping[str, Any], *, name: str) -> Response:
    """``data`` laid out by the program ``sheet``, as the file ``name``; 404 where PDFs cannot be made."""
    if not poster_pdf.can_typeset():
        abort(404)
    made = poster_pdf.print_sheet(sheet, {**data, "lang": language()}, at=newest_checkpoint().at)
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-cache" if request.query_string else KEPT
    return answer


def newest_checkpoint() -> Checkpoint:
    """The log's newest checkpoint."""
    found = reads.checkpoint(reading())
    assert found is not None  # there is a document, so something was appended
    return found
