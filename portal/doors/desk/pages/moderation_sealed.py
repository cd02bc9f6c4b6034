"""What was sealed as a denunciation: listed, opened and passed on by the officer designated for it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.kernel.policy import Act, Refusal, Refused
from portal.kernel.sealed import Reason
from portal.kernel.wording import sentence
from portal.kernel.work import house, work
from portal.office.accounts.reads import actor
from portal.office.moderation.sealing import open_seal, pass_on, release, sealed_for, waits_for_a_keeper
from portal.office.moderation.tables import Case, SealedText

pages = Blueprint("moderation_sealed", __name__, url_prefix="/van-phong/niem-phong")


@dataclass(frozen=True, slots=True)
class Row:
    """What is listed of a sealed text: nothing it says."""

    key: int
    received_on: date
    is_contested: bool
    is_passed_on: bool


def _row(sealed: SealedText, case: Case) -> Row:
    return Row(case.id, case.received_on, sealed.is_contested, sealed.passed_on_at is not None)


@pages.get("")
@acts(Act.OPEN_SEALED)
def show_list() -> Response:
    """What I may open: days and references, nothing of the text."""
    with work() as w:
        rows = [_row(sealed, case) for sealed, case in sealed_for(w, actor(me()))]
        waits = waits_for_a_keeper(w, actor(me()))
    is_named = me().email in house().settings.seal_keepers
    return show("desk/moderation/sealed.html", rows=rows, is_named=is_named, waits=waits)


@pages.route("/<int:key>", methods=["GET", "POST"])
@acts(Act.OPEN_SEALED)
def show_one(key: int) -> Response:
    """The text, opened and so in the audit; noting where it was passed on; back to the queue."""
    wish = request.form.get("do", "") if request.method == "POST" else ""
    try:
        if wish == "pass_on":
            with work() as w:
                pass_on(w, key, request.form.get("where", ""), by=actor(me()))
            return _done("Đã ghi nhận việc chuyển.")
        if wish == "release":
            with work() as w:
                release(w, key, by=actor(me()))
            return _done("Ý kiến đã trở lại hàng chờ, giao cho người khác.")
    except Refused as refused:
        if refused.refusal is not Refusal.NO_REASON:
            raise
        return _page(key, fault=sentence(refused))
    return _page(key, fault="")


def _done(said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("moderation_sealed.show_list"), 303)


def _page(key: int, *, fault: str) -> Response:
    """The sealed text; whoever reads it is in the audit."""
    with work() as w:
        sealed, case, words = open_seal(w, key, by=actor(me()))
        passed_on = sealed.passed_on.open(reason=Reason.DENUNCIATION)
        shown = _row(sealed, case)
    return show(
        "desk/moderation/seal.html", 422 if fault else 200, one=shown, words=words, passed_on=passed_on,
        fault=fault,
    )  # fmt: skip
