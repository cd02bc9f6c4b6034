"""Themes at the desk: putting comments together, adding to them, letting them out as a second person."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk import reply_board as board
from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.replies import around, mine, pages
from portal.doors.desk.short_form import Short, run
from portal.kernel.policy import Act, Refused, require
from portal.kernel.sealed import Reason
from portal.kernel.wording import sentence
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.audit.events import SecretStampRefused
from portal.office.programme.reads import programme
from portal.office.programme.typed import STAMPED, StampTyped
from portal.office.replies.form import ThemeForm
from portal.office.replies.reads import theme_of
from portal.publication.signing import signer_of
from portal.publication.theming import add, gather, gathered_matter, publish_theme, require_outside

_SAVED = "Đã lưu nhóm góp ý. Một cán bộ khác sẽ xem và công bố."
Save = Callable[[Work, ThemeForm], object]


@pages.route("/<ref>/nhom/moi", methods=["GET", "POST"])
@acts(Act.GATHER)
def begin(ref: str) -> Response:
    """Put comments together under a title."""
    with work() as w:
        require_outside(w, mine(w, ref, actor(me()), Act.GATHER), actor(me()))
    return _answer(ref, "", (), lambda w, form: gather(w, ref, form, by=actor(me())))


@pages.route("/<ref>/nhom/<theme>/them", methods=["GET", "POST"])
@acts(Act.GATHER)
def extend(ref: str, theme: str) -> Response:
    """Add comments to a theme."""
    with work() as w:
        draft = mine(w, ref, actor(me()), Act.GATHER)
        require_outside(w, draft, actor(me()))
        row = theme_of(w, draft.id, theme)
        title, known = row.title.open(reason=Reason.DRAFT), tuple(row.comments)
    return _answer(ref, title, known, lambda w, form: add(w, ref, theme, form, by=actor(me())))


@pages.route("/<ref>/nhom/<theme>/cong-bo", methods=["GET", "POST"])
@acts(Act.PUBLISH_THEME)
def let_out(ref: str, theme: str) -> Response:
    """Look at a theme as it will be read, and let it out."""
    with work() as w:
        by, draft = actor(me()), programme(w, ref)
        row = theme_of(w, draft.id, theme)
        require(by, Act.PUBLISH_THEME, gathered_matter(w, draft, row))
        require_outside(w, draft, by)
        title, threshold, days = (
            row.title.open(reason=Reason.DRAFT),
            w.settings.theme_comments,
            w.settings.reply_days,
        )
        said = (f"Tên nhóm: {title}", *(f"– {board.subject_of(w, one)}" for one in row.comments))
        warned = board.warnings_of(w, draft, title)

    def save(w: Work, _: Mapping[str, Any]) -> None:
        publish_theme(w, ref, theme, by=actor(me()), signer=signer_of(w.settings))

    duty = f"Từ {threshold} góp ý trở lên, đơn vị phải giải trình trong {days} ngày kể từ hôm nay."
    notes = (f"Lưu ý: tên nhóm có thể chứa {', '.join(warned)}.",) if warned else ()
    return run(
        Short(
            title="Công bố nhóm góp ý",
            columns=(),
            save=save,
            done="Đã công bố nhóm góp ý.",
            said=(*notes, *said, duty),
            button="Công bố",
            **around(ref),
        )
    )


def _answer(ref: str, title: str, known: tuple[str, ...], save: Save) -> Response:
    """The form with a box for each comment; stored, or shown again as it was sent."""
    if request.method == "GET":
        return _show(ref, title, known, ThemeForm(title=title, comments=()), 200)
    sent = ThemeForm(
        title=request.form.get("title", "")[:1000], comments=tuple(request.form.getlist("comments"))
    )
    try:
        with work() as w:
            save(w, sent)
    except StampTyped:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where="title"))
        return _show(ref, title, known, sent, 422, alert=STAMPED)
    except Refused as refused:
        status = STATUS.get(refused.refusal, OTHER_REFUSALS)
        return _show(ref, title, known, sent, status, alert=sentence(refused))
    flash(_SAVED, "success")
    return redirect(url_for("replies.show_board", ref=ref), 303)


def _show(
    ref: str, title: str, known: tuple[str, ...], sent: ThemeForm, status: int, *, alert: str = ""
) -> Response:
    with work() as w:
        name = board.public_name(w, ref)
        comments = tuple(one for one in board.comments_in(w, ref) if one.ref not in known)
    return show(
        "desk/replies/gather.html",
        status,
        ref=ref,
        name=name,
        comments=comments,
        is_new=not title,
        theme=title,
        sent=sent,
        alert=alert,
    )
