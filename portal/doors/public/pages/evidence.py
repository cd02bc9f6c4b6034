"""Evidence files: served by what they hold, only while a standing document cites them, never run."""

from flask import Blueprint, Response, abort

from portal.doors.public.pages import reading
from portal.kernel import shelves
from portal.kernel.work import house
from portal.record import reads
from portal.record.evidence import EXTENSIONS

pages = Blueprint("evidence", __name__, url_prefix="/minh-chung")


@pages.get("/<sha256>.<extension>")
def send_file(sha256: str, extension: str) -> Response:
    """The file; 404 when no standing document cites it, or under another ending than its own."""
    media_type = reads.evidence_type(reading(), sha256)
    if media_type is None or EXTENSIONS.get(media_type) != extension:
        abort(404)
    try:
        data = shelves.read(house().settings.instance / "files", shelves.RECORD, sha256)
    except shelves.FileNotKept:
        abort(404)
    headers = shelves.served_headers(sha256, media_type=media_type, extension=extension)
    return Response(data, headers=headers)
