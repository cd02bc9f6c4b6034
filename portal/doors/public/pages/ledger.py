"""The log in public: every entry, its proof, and the signed checkpoint to keep a copy of."""

from pathlib import Path

from flask import Blueprint, Response, abort, request

from portal.doors.public.addresses import page_of
from portal.doors.public.cache import KEPT
from portal.doors.public.pages import reading, show
from portal.kernel.work import house
from portal.record import reads

pages = Blueprint("ledger", __name__, url_prefix="/so-cai")

PAGE = 50  # entries


@pages.get("")
def show_page() -> Response:
    """The newest checkpoint and the entries, newest first."""
    asked = request.args.get("trang", "1")
    checkpoint = reads.checkpoint(reading())
    size = checkpoint.size if checkpoint else 0
    last = max(1, -(-size // PAGE))
    if not asked.isdecimal() or not 1 <= int(asked) <= last:
        abort(404)
    number = int(asked)
    start = max(0, size - PAGE * number)
    entries = reads.since(reading(), start, size - PAGE * (number - 1) - start) if size else ()
    return show(
        "public/ledger.html",
        asked=f"trang={number}" if number > 1 else "",
        checkpoint=checkpoint,
        entries=entries[::-1],
        number=number,
        last=last,
        verifier=_verifier(house().settings.instance),
    )


@pages.get("/checkpoint")
def checkpoint() -> Response:
    """The signed note itself, as text."""
    found = reads.checkpoint(reading())
    if found is None:
        abort(404)
    answer = Response(found.note, mimetype="text/plain")
    answer.headers["Cache-Control"] = KEPT
    return answer


@pages.get("/<int:position>")
def entry(position: int) -> Response:
    """One entry with the proof that the log holds it."""
    found = reads.entry(reading(), position)
    proof = reads.inclusion(reading(), position)
    if found is None or proof is None:
        abort(404)
    newest = reads.revision(reading(), found.ref)
    place = page_of(newest) if newest else None
    return show("public/ledger_entry.html", rev=found, proof=proof, newest=newest, place=place)


def _verifier(instance: Path) -> str:
    path = instance / "keys" / "checkpoint.pub"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
