"""The page of one draft: what it says, how clear it is, what comes next; order, removal, handing over."""

from typing import Any, TypeVar

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.draft_view import steps_of, view_of
from portal.doors.desk.duty import duty_of
from portal.doors.desk.gate import acts, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import pages
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.wording import STATES, VERSION_LABELS
from portal.doors.parts import number_in
from portal.kernel.policy import Act, Refusal, Refused, refusal_of, require
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.programme import arranging, handing_over
from portal.office.programme.arranging import Gone
from portal.office.programme.portrait import in_order, portrait, portray_consultation
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.versions import read, version, versions

Item = TypeVar("Item")


@pages.get("/<ref>")
@acts(Act.READ_DRAFT)
def show_programme(ref: str) -> Response:
    """The whole draft on one page."""
    with work() as w:
        draft = programme(w, ref)
        by = actor(me())
        require(by, Act.READ_DRAFT, matter(w, draft))
        view = view_of(portrait(w, draft), today=w.today)
        advice = [(row.id, portray_consultation(row)) for row in in_order(draft.consultations)]
        may_edit = refusal_of(by, Act.EDIT_DRAFT, matter(w, draft)) is None
        known = [(one.number, one.label, one.made_at) for one in versions(w, draft)]
        facts = _facts(draft)
        duty = duty_of(w, draft)
    is_open = may_edit and facts["state"] != "submitted"
    return show(
        "desk/draft/programme.html",
        view=view,
        advice=advice,
        is_open=is_open,
        may_edit=may_edit,
        steps=steps_of(view, ref, facts["state"]) if is_open else (),
        known=known,
        labels=VERSION_LABELS,
        states=STATES,
        duty=duty,
        **facts,
    )


def _facts(draft: Programme) -> dict[str, Any]:
    return {
        "ref": draft.ref,
        "name": name_of(draft),
        "state": draft.state,
        "is_issued": draft.issued_on is not None,
        "declared_at": draft.declared_at,
    }


@pages.get("/<ref>/phien-ban/<int:number>")
@acts(Act.READ_DRAFT)
def show_version(ref: str, number: int) -> Response:
    """The draft as it was frozen once."""
    with work() as w:
        draft = programme(w, ref)
        require(actor(me()), Act.READ_DRAFT, matter(w, draft))
        found = version(w, draft, number)
        view = view_of(read(found), today=w.today)
        values: dict[str, Any] = {
            "number": found.number,
            "label": found.label,
            "at": found.made_at,
            "digest": found.digest,
        }
        facts = _facts(draft)
    return show("desk/draft/version.html", view=view, labels=VERSION_LABELS, **values, **facts)


@pages.post("/<ref>/nhiem-vu/<item>/thu-tu")
@acts(Act.EDIT_DRAFT)
def move_task(ref: str, item: str) -> Response:
    """One place up or down."""
    with work() as w:
        arranging.move_task(w, ref, item, up=_is_up(), by=actor(me()))
    return redirect(url_for("draft.show_programme", ref=ref, _anchor=f"nv-{item}"), 303)


@pages.post("/<ref>/cam-ket/<item>/thu-tu")
@acts(Act.EDIT_DRAFT)
def move_commitment(ref: str, item: str) -> Response:
    """One place up or down within its task."""
    with work() as w:
        arranging.move_commitment(w, ref, item, up=_is_up(), by=actor(me()))
    return redirect(url_for("draft.show_programme", ref=ref, _anchor=f"ck-{item}"), 303)


def _is_up() -> bool:
    return request.form.get("way") == "up"


@pages.get("/<ref>/nhiem-vu/<item>/xoa", defaults={"kind": "nhiem-vu"})
@pages.get("/<ref>/cam-ket/<item>/xoa", defaults={"kind": "cam-ket"})
@pages.get("/<ref>/tham-van/<item>/xoa", defaults={"kind": "tham-van"})
@acts(Act.EDIT_DRAFT)
def ask_removal(ref: str, kind: str, item: str) -> Response:
    """Ask before something goes."""
    with work() as w:
        draft = programme(w, ref)
        require(actor(me()), Act.EDIT_DRAFT, matter(w, draft))
        said, stays = _about(w, draft, kind, item)
        facts = _facts(draft)
    return show("desk/draft/removal.html", kind=kind, item=item, said=said, stays=stays, **facts)


@pages.post("/<ref>/nhiem-vu/<item>/xoa", defaults={"kind": "nhiem-vu"})
@pages.post("/<ref>/cam-ket/<item>/xoa", defaults={"kind": "cam-ket"})
@pages.post("/<ref>/tham-van/<item>/xoa", defaults={"kind": "tham-van"})
@acts(Act.EDIT_DRAFT)
def remove(ref: str, kind: str, item: str) -> Response:
    """Remove it, or withhold it where it was published."""
    with work() as w:
        by = actor(me())
        if kind == "tham-van":
            arranging.remove_consultation(w, ref, number_in(item) or 0, by=by)
            gone = Gone.REMOVED
        else:
            act = arranging.remove_task if kind == "nhiem-vu" else arranging.remove_commitment
            gone = act(w, ref, item, by=by)
    flash(_GONE[gone], "success")
    return redirect(url_for("draft.show_programme", ref=ref), 303)


_GONE = {
    Gone.REMOVED: "Đã xóa khỏi dự thảo.",
    Gone.WITHHELD: "Nội dung này đã từng công bố hoặc đang được dẫn chiếu nên không xóa, mà chuyển thành "
    "không công khai.",
}


def _about(w: Work, draft: Programme, kind: str, item: str) -> tuple[str, bool]:
    """What is about to go, in its own words, and whether it stays inside instead."""
    form = portrait(w, draft)
    if kind == "nhiem-vu":
        task = next((t for t in form.tasks if t.ref == item), None)
        return _there(task).title, draft.issued_on is not None
    if kind == "cam-ket":
        rows = [row for task in draft.tasks for row in task.commitments if row.ref == item]
        one = next((c for c in form.commitments if c.ref == item), None)
        return _there(one).text, any(arranging.was_published(row) for row in rows)
    advice = next((row for row in draft.consultations if str(row.id) == item), None)
    return portray_consultation(_there(advice)).role, False


def _there(found: Item | None) -> Item:
    """``found``. Raises Refused when it is no longer in the draft, or never was."""
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    return found


@pages.get("/<ref>/gui-tham-dinh")
@acts(Act.SUBMIT_DRAFT)
def hand_over(ref: str) -> Response:
    """What the appraiser will get, and what is still unclear in it."""
    return _show_hand_over(ref, 200)


@pages.post("/<ref>/gui-tham-dinh")
@acts(Act.SUBMIT_DRAFT)
def handed_over(ref: str) -> Response:
    """Freeze the draft and hand it over."""
    with work() as w:
        view = view_of(portrait(w, programme(w, ref)), today=w.today)
    if view.unclear and not request.form.get("known"):
        return _show_hand_over(ref, 422)
    with work() as w:
        made = handing_over.hand_over(w, ref, by=actor(me()))
        number = made.number
    flash(f"Đã gửi thẩm định phiên bản {number}. Chương trình khóa sửa cho đến khi có ý kiến.", "success")
    return redirect(url_for("draft.show_programme", ref=ref), 303)


def _show_hand_over(ref: str, status: int) -> Response:
    with work() as w:
        draft = programme(w, ref)
        require(actor(me()), Act.SUBMIT_DRAFT, matter(w, draft))
        view = view_of(portrait(w, draft), today=w.today)
        facts = _facts(draft)
    return show("desk/draft/hand_over.html", status, view=view, is_refused=status == 422, **facts)


@pages.post("/<ref>/rut-lai")
@acts(Act.SUBMIT_DRAFT)
def take_back(ref: str) -> Response:
    """Take the draft back to change it."""
    with work() as w:
        handing_over.take_back(w, ref, by=actor(me()))
    flash("Đã rút lại. Ông/bà có thể sửa rồi gửi thẩm định lần nữa.", "success")
    return redirect(url_for("draft.show_programme", ref=ref), 303)
