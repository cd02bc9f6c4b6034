"""What may be read and what stays inside: every item of a programme with its mark, on one screen."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.kept import typed_texts
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.programme_frame import look
from portal.doors.desk.short_form import UNPROVEN
from portal.doors.desk.wording import ITEMS
from portal.kernel.policy import Act, Refused
from portal.kernel.wording import sentence
from portal.kernel.work import work
from portal.office.accounts.reads import actor
from portal.office.audit.events import SecretStampRefused
from portal.office.programme.keeping import forget_typing, kept_typing
from portal.office.programme.typed import STAMPED, StampTyped
from portal.publication import bases
from portal.publication.disclosing import Item, Mark, disclose, items

pages = Blueprint("disclosure", __name__, url_prefix="/van-phong/chuong-trinh/<ref>/cong-khai")
pages.register_error_handler(CSRFError, give_typing_back)

OPEN, SHUT = "co", "khong"
_MARK, _GROUND, _NOTE, _COUNT, _VERSION = "mark-", "ground-", "note-", "count", "version"


@pages.route("", methods=["GET", "POST"])
@acts(Act.READ_DRAFT)
@keeps_typing
def show_marks(ref: str) -> Response:
    """Every item with its mark; whoever may decide sends the whole screen back."""
    if request.method == "GET":
        with work() as w:
            kept = kept_typing(w, me().id, request.path)
        return _show(ref, 200, dict(kept.texts) if kept else {})
    sent = dict(typed_texts())
    if g.get("unproven"):
        return _show(ref, 400, sent, alert=UNPROVEN)
    try:
        _decide(ref, sent)
    except StampTyped as stamp:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where="withheld_basis"))
        return _show(ref, 422, sent, alert=STAMPED, stamped=stamp.names)
    except Refused as refused:
        return _show(ref, STATUS.get(refused.refusal, OTHER_REFUSALS), sent, alert=sentence(refused))
    flash("Đã lưu dấu công khai. Người dân chỉ thấy thay đổi sau khi người công bố duyệt.", "success")
    return redirect(url_for("disclosure.show_marks", ref=ref), 303)


def _decide(ref: str, sent: Mapping[str, str]) -> None:
    version = sent.get(_VERSION, "")
    with work() as w:
        disclose(
            w,
            ref,
            _marks(sent),
            show_count=sent.get(_COUNT) == OPEN,
            expected=int(version) if version.isdecimal() else 0,
            by=actor(me()),
        )
        forget_typing(w, me().id, request.path)


def _marks(sent: Mapping[str, str]) -> dict[str, Mark]:
    """The marks a screen sent, by item; a ground that is none of the list is "other"."""
    known = {ground.code for ground in bases.grounds()}
    keys = [name.removeprefix(_MARK) for name in sent if name.startswith(_MARK)]
    return {
        key: Mark(
            disclosed=sent[_MARK + key] == OPEN,
            ground=code if (code := sent.get(_GROUND + key, "")) in known else bases.OTHER,
            note=sent.get(_NOTE + key, ""),
        )
        for key in keys
    }


def _show(
    ref: str,
    status: int,
    sent: Mapping[str, str],
    *,
    alert: str = "",
    stamped: tuple[str, ...] = (),
) -> Response:
    typed = _marks(sent)
    with work() as w:
        draft, facts = look(w, ref)
        found = items(draft)
        version, count = draft.version, draft.show_withheld_count
    is_stale = bool(sent) and sent.get(_VERSION) != str(version)  # typed before the last change
    is_open = facts["may"].disclose and facts["state"] != "submitted"
    rows = [_row(one, typed.get(one.key), is_stale=is_stale) for one in found]
    return show(
        "desk/publication/marks.html",
        status,
        rows=rows,
        kinds=ITEMS,
        grounds=[(ground.code, ground.label) for ground in bases.grounds()],
        other=bases.OTHER,
        version=version,
        count=sent.get(_COUNT) == OPEN if sent else count,
        alert=alert,
        stamped=stamped,
        is_open=is_open,
        is_typed=bool(sent),
        public=sum(one.is_public for one in found if one.what == "commitment"),
        inside=sum(not one.is_public for one in found if one.what in ("task", "commitment")),
        **facts,
    )


def _row(one: Item, typed: Mark | None, *, is_stale: bool) -> dict[str, Any]:
    """One line: the item, the mark shown, and whether somebody else's differs from it."""
    shown = typed or one.mark
    differs = is_stale and typed is not None and typed.disclosed != one.mark.disclosed
    return {"item": one, "mark": shown, "differs": differs}
