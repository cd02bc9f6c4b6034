"""Whether the door works: for people as a page, for machines as JSON."""

from dataclasses import asdict, dataclass
from datetime import datetime

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.exc import SQLAlchemyError

from portal.doors.public.pages import reading, show
from portal.record import reads

pages = Blueprint("health", __name__)


@dataclass(frozen=True, slots=True)
class Health:
    """``entries``: size of the log; ``written``: when it was last added to; None: not readable."""

    ok: bool
    entries: int | None
    written: str | None


@pages.get("/tinh-trang", endpoint="show_page")
def show_health() -> Response:
    """200 when the record can be read, else 503."""
    health, written = look()
    status = 200 if health.ok else 503
    if "text/html" not in request.accept_mimetypes.to_header():
        answer = jsonify(asdict(health))
        answer.status_code = status
    else:
        answer = show("public/health.html", status=status, health=health, written=written, indexed=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def look() -> tuple[Health, datetime | None]:
    """The state of the record, and the instant it was last added to."""
    try:
        checkpoint = reads.checkpoint(reading())
    except SQLAlchemyError:
        return Health(False, None, None), None
    if checkpoint is None:
        return Health(True, 0, None), None
    return Health(True, checkpoint.size, checkpoint.at.isoformat()), checkpoint.at
