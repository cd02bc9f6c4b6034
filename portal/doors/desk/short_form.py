"""A short form of the desk: read, checked, stored, or shown again with everything that was typed.

For the many small things an officer records; long drafting forms have `draft_form`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import flash, g, redirect, request
from werkzeug.wrappers import Response

from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import me
from portal.doors.desk.kept import typed_texts
from portal.doors.desk.pages import show
from portal.doors.desk.screens import Sheet, fields_of
from portal.kernel.policy import Refusal, Refused
from portal.kernel.wording import sentence
from portal.kernel.work import Work, work
from portal.office.audit.events import SecretStampRefused
from portal.office.programme.keeping import forget_typing, kept_typing
from portal.office.programme.typed import STAMPED, StampTyped, read_typed
from portal.office.programme.workbook.layout import Column

UNPROVEN = (
    "Biểu mẫu đã mở quá lâu hoặc thiếu dấu xác nhận nên chưa lưu. Nội dung ông/bà nhập còn nguyên dưới đây; "
    "đề nghị bấm nút lưu lần nữa."
)


@dataclass(frozen=True, slots=True)
class Newer:
    """What somebody else stored meanwhile, in words, and where this form must be sent now."""

    said: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """One such form. ``beside`` names the field a refusal is about; ``newer`` what came in between."""

    title: str
    columns: tuple[Column, ...]
    save: Callable[[Work, Mapping[str, Any]], None]
    done: str
    onward: str
    trail: tuple[tuple[str, str, str], ...]
    button: str = "Lưu"
    texts: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    beside: Mapping[Refusal, str] = field(default_factory=dict)
    newer: Callable[[], Newer | None] = lambda: None
    template: str = "desk/short_form.html"  # one that extends it where more is to be read beside the form
    more: Mapping[str, Any] = field(default_factory=dict)


def run(form: Short) -> Response:
    """Answer the request with ``form``."""
    if request.method == "GET":
        with work() as w:
            kept = kept_typing(w, me().id, request.path)
        return _show(form, dict(kept.texts) if kept else form.texts, 200)
    sent = dict(typed_texts())
    if g.get("unproven"):
        return _show(form, sent, 400, alert=UNPROVEN)
    read = read_typed(sent, form.columns)
    if read.faults:
        return _show(form, sent, 422, faults=read.faults)
    try:
        with work() as w:
            form.save(w, read.values)
            forget_typing(w, me().id, request.path)
    except StampTyped as stamp:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where=", ".join(stamp.names)[:200]))
        return _show(form, sent, 422, faults=dict.fromkeys(stamp.names, STAMPED))
    except Refused as refused:
        return _refuse(form, sent, refused)
    flash(form.done, "success")
    return redirect(form.onward, 303)


def _refuse(form: Short, sent: Mapping[str, str], refused: Refused) -> Response:
    status = STATUS.get(refused.refusal, OTHER_REFUSALS)
    if refused.refusal is Refusal.CHANGED_MEANWHILE:
        return _show(form, sent, status, newer=form.newer(), alert=sentence(refused))
    if name := form.beside.get(refused.refusal):
        return _show(form, sent, status, faults={name: sentence(refused)})
    return _show(form, sent, status, alert=sentence(refused))


def _show(
    form: Short,
    texts: Mapping[str, str],
    status: int,
    *,
    faults: Mapping[str, str] | None = None,
    newer: Newer | None = None,
    alert: str = "",
) -> Response:
    fields = fields_of(form.columns, Sheet(texts, faults or {}))
    return show(
        form.template,
        status,
        form=form,
        fields=fields,
        faulty=[one for one in fields if one.fault],
        newer=newer,
        alert=alert,
        address=newer.address if newer else request.path,
        **form.more,
    )
