"""Open data: the tables as files, and up to which entry of the log they reach.

A file is given out only while nothing in it was taken down: the log is asked before every answer, also
before "you have it already".
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request
from werkzeug.wsgi import wrap_file

from portal.doors.public.cache import is_among
from portal.doors.public.pages import reading, show
from portal.kernel.work import house
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.opendata import papers, shelf
from portal.record.opendata.catalogue import TABLES
from portal.record.opendata.dictionary import DICTIONARY
from portal.record.opendata.shelf import Built, Manifest, Ready
from portal.record.opendata.table import Table

pages = Blueprint("open_data", __name__, url_prefix="/du-lieu")

RETRY_SECONDS = 60  # the follower looks far more often
NOT_READY = "Tệp đang được làm lại"
ADVICE = (
    "Vừa có nội dung được gỡ hoặc xóa, nên các tệp cũ không được đưa ra nữa cho đến khi làm xong tệp mới. "
    "Xin thử lại sau một phút."
)
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One table on the page, with the files it comes in: ending, name, size in bytes."""

    table: Table
    rows: int
    files: tuple[tuple[str, str, int], ...]


@pages.get("")
def show_page() -> Response:
    """The list of tables; without links while the files must not be given out."""
    manifest = shelf.load(folder())
    ready = shelf.readiness(reading(), manifest)
    is_there = ready is Ready.YES and manifest is not None
    return show(
        "public/open_data.html",
        asked="?",  # it depends on the follower too, so it is never kept
        state=ready.value,
        manifest=manifest if is_there else None,
        tables=[_listed(table, manifest if is_there else None) for table in (*TABLES, DICTIONARY)],
        archive=manifest.files.get(shelf.ARCHIVE) if is_there and manifest else None,
        archive_name=shelf.ARCHIVE,
        papers=papers,
        head=reads.head(reading()),
        licence=(house().settings.data_licence, house().settings.data_licence_url),
        verifier=load_verifier(house().settings.instance / "keys"),
    )


@pages.get("/<name>")
def send_file(name: str) -> Response:
    """One file, or a part of it; 503 while something in it was taken down and it is not yet made anew."""
    manifest = shelf.load(folder())
    ready = shelf.readiness(reading(), manifest)
    if ready is not Ready.YES:
        return _later()
    if manifest is None or name not in manifest.files:
        abort(404)
    return _answer(folder() / manifest.generation / name, manifest.files[name])


def folder() -> Path:
    """Where the follower keeps the files."""
    return house().settings.search_index / shelf.FOLDER


def _listed(table: Table, manifest: Manifest | None) -> Listed:
    names = [(ending, f"{table.name}.{ending}") for ending in ("csv", "json", "xlsx")]
    built = manifest.files if manifest else {}
    files = tuple((ending, name, built[name].size) for ending, name in names if name in built)
    return Listed(table, (built[names[0][1]].rows or 0) if files else 0, files)


def _later() -> Response:
    answer = show("public/error.html", status=503, title=NOT_READY, advice=ADVICE)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer(path: Path, built: Built) -> Response:
    headers = _headers(path.name, built)
    if is_among(f'"{built.sha256}"', request.headers.get("If-None-Match", "")):
        return Response(status=304, headers=headers)
    if request.method == "HEAD":
        answer = Response(headers=headers)
        answer.content_length = built.size
        return answer
    try:
        file = path.open("rb")
    except FileNotFoundError:  # changed over between the manifest and the file
        return _later()
    answer = Response(wrap_file(request.environ, file), headers=headers, direct_passthrough=True)
    answer.content_length = built.size
    answer.make_conditional(request, accept_ranges=True, complete_length=built.size)
    return answer


def _headers(name: str, built: Built) -> dict[str, Any]:
    """Asked again every time, so that what was taken down is gone everywhere; any site may read it."""
    return {
        "Content-Type": _MEDIA.get(name.rpartition(".")[2], _MEDIA["txt"]),
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-cache",
        "ETag": f'"{built.sha256}"',
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
