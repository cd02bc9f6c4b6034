"""Boards at the desk: what is due, the log of one programme, putting up and taking down."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.posting_columns import TAKE_DOWN, put_up_columns
from portal.doors.desk.short_form import Short, run
from portal.doors.desk.viewpoint import calendar
from portal.kernel.policy import Act, Refusal, refusal_of, require
from portal.kernel.work import Work, house, work
from portal.office.accounts.reads import actor
from portal.office.posting import rules
from portal.office.posting.form import PutUp, TakenDown
from portal.office.posting.reads import Task, due_for, posting, postings_of
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.written import written
from portal.publication import posting as boards
from portal.publication.signing import signer_of

pages = Blueprint("posting", __name__, url_prefix="/van-phong/niem-yet")
pages.register_error_handler(CSRFError, give_typing_back)

TASKS = {
    Task.PUBLISH: ("Công bố chương trình", "Đã có quyết định, đã thẩm định, chưa công bố"),
    Task.PUT_UP: ("Niêm yết", "Đã công bố, chưa ghi nhận niêm yết ở đâu"),
    Task.TAKE_DOWN: ("Gỡ bản niêm yết", "Đã hết thời gian niêm yết dự kiến"),
}


@pages.get("")
@acts(Act.POST)
def show_due() -> Response:
    """What is due about boards, and every published programme I may post."""
    with work() as w:
        by = actor(me())
        found = due_for(w, by, calendar=calendar())
        public = w.session.scalars(select(Programme).where(Programme.state == "published")).unique()
        mine = [p for p in public if refusal_of(by, Act.POST, matter(w, p)) is None]
        listed = [(p.ref, name_of(p), len(postings_of(w, p.id))) for p in mine]
    return show("desk/posting/due.html", found=found, tasks=TASKS, listed=sorted(listed, key=lambda p: p[1]))


@pages.get("/<ref>")
@acts(Act.POST)
def show_log(ref: str) -> Response:
    """Every board of one programme."""
    with work() as w:
        draft = _mine(w, ref)
        rows = [
            (row, rules.is_due_down(row.planned_until, row.taken_down_on, today=w.today))
            for row in postings_of(w, draft.id)
        ]
        name, is_public = name_of(draft), draft.state == "published"
    poster = f"{house().settings.base_url.rstrip('/')}/chuong-trinh/{draft.ref}/niem-yet"
    return show("desk/posting/log.html", ref=ref, name=name, rows=rows, is_public=is_public, poster=poster)


@pages.route("/<ref>/moi", methods=["GET", "POST"])
@acts(Act.POST)
@keeps_typing
def put_up(ref: str) -> Response:
    """A copy was put up."""
    minimum = house().settings.posting_days
    with work() as w:
        name, today = name_of(_mine(w, ref)), w.today
        texts = {"posted_on": written(today), "planned_until": written(rules.earliest_end(today, minimum))}

    def save(w: Work, values: Mapping[str, Any]) -> None:
        boards.put_up(w, ref, PutUp(**values), by=actor(me()), signer=signer_of(w.settings))

    return run(
        Short(
            title="Ghi nhận niêm yết",
            columns=put_up_columns(minimum),
            save=save,
            done="Đã ghi nhận niêm yết. Nơi và thời gian niêm yết hiện trên trang công khai.",
            texts=texts,
            beside={
                Refusal.POSTED_IN_FUTURE: "posted_on",
                Refusal.POSTED_BEFORE_ISSUE: "posted_on",
                Refusal.POSTING_TOO_SHORT: "planned_until",
            },
            **_around(ref, name),
        )
    )


@pages.route("/<ref>/<int:key>/go", methods=["GET", "POST"])
@acts(Act.POST)
@keeps_typing
def take_down(ref: str, key: int) -> Response:
    """A copy came down."""
    with work() as w:
        draft = _mine(w, ref)
        row = posting(w, draft.id, key)
        name, today = name_of(draft), w.today
        told = f"{row.place}: từ {written(row.posted_on)}, dự kiến đến {written(row.planned_until)}"

    def save(w: Work, values: Mapping[str, Any]) -> None:
        boards.take_down(w, ref, key, TakenDown(**values), by=actor(me()), signer=signer_of(w.settings))

    return run(
        Short(
            title="Ghi nhận gỡ bản niêm yết",
            columns=TAKE_DOWN,
            save=save,
            done="Đã ghi nhận gỡ bản niêm yết.",
            texts={"taken_down_on": written(today)},
            said=(told,),
            beside={
                Refusal.TAKEN_DOWN_IN_FUTURE: "taken_down_on",
                Refusal.TAKEN_DOWN_TOO_SOON: "taken_down_on",
                Refusal.TAKEN_DOWN_EARLY: "reason",
            },
            **_around(ref, name),
        )
    )


def _mine(w: Work, ref: str) -> Programme:
    draft = programme(w, ref)
    require(actor(me()), Act.POST, matter(w, draft))
    return draft


def _around(ref: str, name: str) -> dict[str, Any]:
    onward = url_for("posting.show_log", ref=ref)
    return {
        "onward": onward,
        "trail": ((url_for("posting.show_due"), "Niêm yết", ""), (onward, f"Niêm yết – {name}", "")),
    }
