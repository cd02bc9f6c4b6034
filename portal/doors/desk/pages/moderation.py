"""The moderator's queue: what waits for me by deadline, the next one, and spam in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.case_view import Line, line_of, titles_of
from portal.doors.desk.gate import acts, me
from portal.doors.desk.moderation_words import LISTS
from portal.doors.desk.pages import show
from portal.kernel.policy import Act, Refused, may_somewhere
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.moderation import reads
from portal.office.moderation.acts import Choice, claim, decide
from portal.office.moderation.intake import changing, take_in
from portal.office.moderation.reads import PAGE, Place
from portal.office.moderation.reviewing import reviews_for
from portal.office.moderation.rules import Decision
from portal.office.moderation.tables import Case
from portal.publication.signing import signer_of
from portal.record.moderation_words import RefusalReason

pages = Blueprint("moderation", __name__, url_prefix="/van-phong/kiem-duyet")

NOTHING = "Không còn ý kiến nào chờ ông/bà."
_BULK = {
    "spam": Choice(decision=Decision.REFUSE, reason=RefusalReason.SPAM.value),
    "confirm": Choice(decision=Decision.CONFIRM),
}
_STATISTICS = timedelta(days=90)
_MOST_TAKEN = 50  # comments, when the queue is opened; the clock takes in the rest


@pages.get("")
@acts(Act.MODERATE)
def show_queue() -> Response:
    """My cases by deadline; what came in meanwhile is taken in first."""
    asked, after = request.args.get("phan", ""), place_of(request.args.get("sau", ""))
    with work() as w:
        take_in(w, signer=signer_of(w.settings), most=_MOST_TAKEN)
    with work() as w:
        by = actor(me())
        lists = [
            _list(w, by.id, name, after if name == asked else None)
            for name in LISTS
            if asked in ("", name) or asked not in LISTS
        ]
        open_ones = changing(w)
        reviews = [review.id for review in reviews_for(w, by)]
    return show(
        "desk/moderation/queue.html",
        lists=lists,
        reviews=reviews,
        asked=asked,
        open_count=len(open_ones),
        open_until=open_ones[-1].until if open_ones else None,
        may_open_seals=may_somewhere(by, Act.OPEN_SEALED),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One list of the queue, a page of it, and where the next page begins."""

    name: str
    title: str
    empty: str
    rows: tuple[Line, ...]
    more: str
    is_later: bool


def _list(w: Work, officer_id: int, name: str, after: Place | None) -> Part:
    found = reads.queue(w, officer_id, reads.LISTS[name], after=after, size=PAGE + 1)
    page = found[:PAGE]
    titles = titles_of(w, page)
    title, empty = LISTS[name]
    return Part(
        name=name,
        title=title,
        empty=empty,
        rows=tuple(line_of(w, case, titles) for case in page),
        more=_mark(page[-1]) if len(found) > PAGE else "",
        is_later=after is not None,
    )


def _mark(case: Case) -> str:
    return f"{int(case.due_at.timestamp())}-{case.id}"


def place_of(mark: str) -> Place | None:
    """Where a page begins, from its address; None for anything else."""
    due, _, key = mark.partition("-")
    if not (due.isdecimal() and key.isdecimal() and len(due) < 12 and len(key) < 20):
        return None
    return Place(datetime.fromtimestamp(int(due), UTC), int(key))


@pages.get("/cua-toi")
@acts(Act.MODERATE)
def show_own() -> Response:
    """My own figures, for me alone."""
    with work() as w:
        own = reads.own_figures(w, actor(me()), since=w.now - _STATISTICS)
    return show("desk/moderation/own.html", own=own)


@pages.post("/ke-tiep")
@acts(Act.MODERATE)
def take_next() -> Response:
    """Hold the case with the nearest deadline and open it."""
    return to_next(None)


def to_next(but: int | None) -> Response:
    """On to the next case of mine; to the queue when there is none."""
    with work() as w:
        by = actor(me())
        found = reads.next_case(w, by.id, but=but)
        if found is not None:
            claim(w, found.id, by=by)
            return redirect(url_for("moderation_case.show_case", key=found.id), 303)
    flash(NOTHING, "info")
    return redirect(url_for("moderation.show_queue"), 303)


@pages.post("/hang-loat")
@acts(Act.MODERATE)
def decide_many() -> Response:
    """Propose that many are spam, or confirm what another proposed; each by the same rules as alone."""
    choice = _BULK.get(request.form.get("do", ""))
    keys = [int(key) for key in request.form.getlist("case") if key.isdecimal() and len(key) < 20][:PAGE]
    done = _each(keys, choice) if choice else 0
    if done:
        flash(f"Đã xử lý {done}/{len(keys)} ý kiến đã chọn.", "success")
    else:
        flash("Chưa ý kiến nào được xử lý. Đề nghị chọn lại các ý kiến.", "error")
    return redirect(url_for("moderation.show_queue"), 303)


def _each(keys: Sequence[int], choice: Choice) -> int:
    done = 0
    for key in keys:
        try:
            with work() as w:
                decide(w, key, choice, by=actor(me()), signer=signer_of(w.settings))
            done += 1
        except Refused:
            continue  # somebody was faster, or it is not mine: the others go on
    return done
