"""Replies at the desk: what residents said of a programme, answering it, publishing as a second person."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.doors.desk import reply_board as board
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.short_form import Short, run
from portal.kernel.policy import Act, Actor, Refusal, Refused, refusal_of, require
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.workbook.layout import Column, Kind
from portal.office.replies.form import ReplyForm
from portal.office.replies.reads import waiting_reply
from portal.publication.replying import (
    answerable,
    publish_reply,
    return_reply,
    write_reply,
    written_matter,
)
from portal.publication.signing import signer_of

pages = Blueprint("replies", __name__, url_prefix="/van-phong/giai-trinh")
pages.register_error_handler(CSRFError, give_typing_back)

LOOKED = "declaration"  # the name makes it one box to tick
_TEXT = Column(
    name="text", heading="Nội dung trả lời", kind=Kind.TEXT, needed=True, example="",
    note="Đã làm gì, sẽ làm gì, khi nào xong, ai chịu trách nhiệm. Nội dung này được công khai, đứng tên "
    "chức vụ và đơn vị, sau khi một cán bộ khác công bố.",
)  # fmt: skip
_TICK = Column(
    name=LOOKED, heading="Tôi đã xem lưu ý về dữ liệu cá nhân, nội dung này được công khai", example="",
    kind=Kind.CHOICE, words={"Có": True}, note="Chỉ chọn khi có lưu ý.",
)  # fmt: skip
_NOTE = Column(
    name="text", heading="Lý do trả lại", kind=Kind.TEXT, needed=True, example="",
    note="Người soạn đọc được; không công khai.",
)  # fmt: skip


@pages.get("")
@acts(Act.READ_REPLIES)
def show_all() -> Response:
    """Every public programme whose comments I may look at."""
    with work() as w:
        by = actor(me())
        public = w.session.scalars(select(Programme).where(Programme.state == "published")).unique()
        mine = [p for p in public if refusal_of(by, Act.READ_REPLIES, matter(w, p)) is None]
        listed = [(p.ref, board.public_name(w, p.ref)) for p in mine if board.public_page(w, p.ref)]
    return show("desk/replies/all.html", listed=sorted(listed, key=lambda one: one[1]))


@pages.get("/<ref>")
@acts(Act.READ_REPLIES)
def show_board(ref: str) -> Response:
    """The comments and themes of one programme, and the answers that wait."""
    with work() as w:
        by = actor(me())
        draft = mine(w, ref, by, Act.READ_REPLIES)
        return show(
            "desk/replies/board.html",
            ref=ref,
            name=board.public_name(w, ref),
            comments=board.comments_in(w, ref),
            themes=board.themes_in(w, draft, by),
            waiting=board.replies_waiting(w, draft, by),
            may=board.permissions(w, draft, by),
            threshold=w.settings.theme_comments,
            days=w.settings.reply_days,
        )


@pages.route("/<ref>/tra-loi/<about>", methods=["GET", "POST"])
@acts(Act.REPLY)
@keeps_typing
def write(ref: str, about: str) -> Response:
    """Answer a comment or a theme."""
    with work() as w:
        draft = mine(w, ref, actor(me()), Act.REPLY)
        answerable(w, draft, about)
        subject = board.subject_of(w, about)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        found = board.warnings_of(w, programme(w, ref), values["text"])
        if found and not values[LOOKED]:
            raise Refused(Refusal.PERSONAL_IN_REPLY, ", ".join(found))
        write_reply(w, ref, about, ReplyForm(text=values["text"]), by=actor(me()))

    return run(
        Short(
            title="Trả lời người dân",
            columns=(_TEXT, _TICK),
            save=save,
            done="Đã lưu câu trả lời. Một cán bộ khác có vai trò công bố sẽ xem và công bố.",
            said=(f"Được trả lời: {subject}",),
            button="Gửi người công bố",
            beside={
                Refusal.PERSONAL_IN_REPLY: "text",
                Refusal.NO_REPLY_TEXT: "text",
                Refusal.TOO_LONG: "text",
            },
            **around(ref),
        )
    )


@pages.route("/<ref>/duyet/<int:key>", methods=["GET", "POST"])
@acts(Act.PUBLISH_REPLY)
def publish(ref: str, key: int) -> Response:
    """Look at an answer as it will be read, and let it out."""

    def save(w: Work, _: Mapping[str, Any]) -> None:
        publish_reply(w, ref, key, by=actor(me()), signer=signer_of(w.settings))

    return run(
        Short(
            title="Công bố câu trả lời",
            columns=(),
            save=save,
            done="Đã công bố câu trả lời.",
            said=_shown(ref, key),
            button="Công bố",
            **around(ref),
        )
    )


@pages.route("/<ref>/tra-lai/<int:key>", methods=["GET", "POST"])
@acts(Act.PUBLISH_REPLY)
@keeps_typing
def give_back(ref: str, key: int) -> Response:
    """Return an answer to whoever wrote it."""

    def save(w: Work, values: Mapping[str, Any]) -> None:
        return_reply(w, ref, key, ReplyForm(**values), by=actor(me()))

    return run(
        Short(
            title="Trả lại câu trả lời",
            columns=(_NOTE,),
            save=save,
            done="Đã trả lại cho người soạn.",
            said=_shown(ref, key),
            button="Trả lại",
            **around(ref),
        )
    )


def _shown(ref: str, key: int) -> tuple[str, ...]:
    """What the second person reads before deciding; the warnings first."""
    with work() as w:
        by, draft = actor(me()), programme(w, ref)
        row = waiting_reply(w, draft.id, key)
        require(by, Act.PUBLISH_REPLY, written_matter(w, draft, row))
        found = board.reply_row(w, draft, row, by)
    warned = (f"Lưu ý: có thể chứa dữ liệu cá nhân ({', '.join(found.warnings)}).",) if found.warnings else ()
    subject = found.subject or "(không còn hiện công khai)"
    return (*warned, f"Được trả lời: {subject}", f"Câu trả lời: {found.text}")


def mine(w: Work, ref: str, by: Actor, act: Act) -> Programme:
    """The programme, about which ``by`` may ``act``. Raises Refused."""
    draft = programme(w, ref)
    require(by, act, matter(w, draft))
    return draft


def around(ref: str) -> dict[str, Any]:
    """Where a form about the programme lies, and where it leads."""
    onward = url_for("replies.show_board", ref=ref)
    trail = ((url_for("replies.show_all"), "Góp ý và giải trình", ""), (onward, "Chương trình", ""))
    return {"onward": onward, "trail": trail}
