"""What is left of a document that was taken down: that it was there, when it went, and why."""

from flask import Response

from portal.doors.public.pages import show
from portal.record.documents import Revision, TombstoneDoc


def gone(rev: Revision) -> Response:
    """410 with the tombstone; 404 would deny that anything was ever published."""
    tombstone = rev.document if isinstance(rev.document, TombstoneDoc) else None
    return show("public/gone.html", status=410, rev=rev, tombstone=tombstone)
