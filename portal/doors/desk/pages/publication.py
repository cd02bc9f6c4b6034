"""Before the valve: what would go out, what differs, what stays inside; publish it, now or at an hour."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.differences import Changed, changed_items
from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.hour import UNREADABLE, read_hour
from portal.doors.desk.kept import typed_texts
from portal.doors.desk.mirror import Mirrored, reflect
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.programme_frame import look
from portal.doors.desk.short_form import UNPROVEN
from portal.doors.desk.wording import ITEMS
from portal.kernel.policy import Act, Refusal, Refused
from portal.kernel.wording import WORDING, sentence
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.audit.events import SecretStampRefused
from portal.office.programme.keeping import forget_typing, kept_typing
from portal.office.programme.reads import programme
from portal.office.programme.typed import STAMPED, StampTyped, stamped
from portal.publication import schedules
from portal.publication.acts import publish
from portal.publication.preview import Preview, preview
from portal.publication.schedules import Wish
from portal.publication.signing import signer_of
from portal.publication.tables import Schedule
from portal.record import reads
from portal.record.documents import Act as LogAct
from portal.record.documents import CommitmentDoc, Kind, Notice, ProgrammeDoc, Revision

pages = Blueprint("publication", __name__, url_prefix="/van-phong/chuong-trinh/<ref>/cong-bo")
pages.register_error_handler(CSRFError, give_typing_back)

NOW, LATER = "now", "later"
_BESIDE = {
    Refusal.NO_REASON: "reason",
    Refusal.NO_DOCUMENT: "document",
    Refusal.SCHEDULED_IN_PAST: "hour",
    Refusal.SCHEDULED_TOO_FAR: "hour",
}


@pages.route("", methods=["GET", "POST"])
@acts(Act.READ_DRAFT)
@keeps_typing
def show_gate(ref: str) -> Response:
    """Everything to be looked at before publishing, and the button."""
    if request.method == "GET":
        with work() as w:
            kept = kept_typing(w, me().id, request.path)
        return _show(ref, 200, dict(kept.texts) if kept else {})
    sent = dict(typed_texts())
    if g.get("unproven"):
        return _show(ref, 400, sent, alert=UNPROVEN)
    if names := stamped({name: sent.get(name, "") for name in ("reason", "document")}):
        return _refuse_stamp(ref, sent, names)
    try:
        said = _schedule(ref, sent) if request.form.get("do") == LATER else _publish(ref, sent)
    except ValueError:
        return _show(ref, 422, sent, faults={"hour": UNREADABLE})
    except Refused as refused:
        return _refuse(ref, sent, refused)
    except StampTyped as stamp:
        return _refuse_stamp(ref, sent, stamp.names)
    flash(said, "success")
    return redirect(url_for("publication.show_gate", ref=ref), 303)


def _publish(ref: str, sent: Mapping[str, str]) -> str:
    with work() as w:
        publish(
            w,
            programme(w, ref),
            by=actor(me()),
            signer=signer_of(w.settings),
            reason=sent.get("reason", ""),
            document=sent.get("document", ""),
            previewed=sent.get("previewed", "") or "-",  # the screen always sends one
        )
        forget_typing(w, me().id, request.path)
    return "Đã công bố. Trang công khai đã có nội dung mới."


def _schedule(ref: str, sent: Mapping[str, str]) -> str:
    """Raises ValueError when the hour cannot be read."""
    publish_at = read_hour(sent.get("day", ""), sent.get("hour", ""))
    wish = Wish(publish_at, sent.get("reason", ""), sent.get("document", ""))
    with work() as w:
        found = programme(w, ref)
        schedules.schedule(w, found, wish, by=actor(me()), previewed=sent.get("previewed", ""))
        forget_typing(w, me().id, request.path)
    return "Đã hẹn giờ công bố. Nếu nội dung đổi trước giờ đó, hệ thống không công bố và báo cho ông/bà."


def _refuse(ref: str, sent: Mapping[str, str], refused: Refused) -> Response:
    status = STATUS.get(refused.refusal, OTHER_REFUSALS)
    if status in (403, 404):
        raise refused
    if name := _BESIDE.get(refused.refusal):
        return _show(ref, status, sent, faults={name: sentence(refused)})
    return _show(ref, status, sent, alert=sentence(refused).splitlines()[0])


def _refuse_stamp(ref: str, sent: Mapping[str, str], names: tuple[str, ...]) -> Response:
    with work() as w:
        w.tell(SecretStampRefused(by=me().email, where=", ".join(names)[:200]))
    return _show(ref, 422, sent, faults=dict.fromkeys(names, STAMPED))


def _show(
    ref: str,
    status: int,
    sent: Mapping[str, str],
    *,
    alert: str = "",
    faults: Mapping[str, str] | None = None,
) -> Response:
    with work() as w:
        draft, facts = look(w, ref)
        seen = preview(w, draft)
        values = {**_told(w, seen), "schedule": _hour(schedules.latest(w, draft))}
    against = facts["may"].refusal(Act.PUBLISH)
    return show(
        "desk/publication/gate.html",
        status,
        seen=seen,
        kinds=ITEMS,
        against=WORDING[against][0] if against else "",
        sent=sent,
        alert=alert,
        faults=faults or {},
        **values,
        **facts,
    )


def _told(w: Work, seen: Preview) -> dict[str, Any]:
    """The preview in words: what goes out, item by item; what stands in the way."""
    lines = seen.going.lines if seen.going else ()
    titles = {document.ref: _title(document) for document in _documents(seen)}
    changed: list[Changed] = changed_items(lines, titles, seen.known)
    obstacle = sentence(seen.obstacle).splitlines() if seen.obstacle else []
    return {
        "changed": changed,
        "needs_document": any(line.must_have_paper for line in changed),
        "obstacle": obstacle,
        "nothing_new": bool(seen.obstacle and seen.obstacle.refusal is Refusal.NOTHING_CHANGED),
        "documents": [(_place(document), _title(document)) for document in _documents(seen)],
    }


def _documents(seen: Preview) -> tuple[ProgrammeDoc | CommitmentDoc, ...]:
    return (seen.going.programme, *seen.going.commitments) if seen.going else ()


def _title(document: ProgrammeDoc | CommitmentDoc) -> str:
    if isinstance(document, ProgrammeDoc):
        return f"Trang chương trình: {document.holder.cadre_name}, {document.holder.post}"
    return document.text


def _place(document: ProgrammeDoc | CommitmentDoc) -> str:
    """Its public address, from the public door's front step."""
    return f"{'chuong-trinh' if isinstance(document, ProgrammeDoc) else 'cam-ket'}/{document.ref}"


def _hour(found: Schedule | None) -> dict[str, Any] | None:
    """The schedule last made, and why it did not go out if it did not."""
    if found is None:
        return None
    said = WORDING[Refusal(found.refusal)][0] if found.refusal else ""
    return {"state": found.state, "at": found.publish_at, "settled_at": found.settled_at, "said": said}


@pages.post("/huy-lich")
@acts(Act.CANCEL_SCHEDULE)
def cancel(ref: str) -> Response:
    """Call the waiting publication off."""
    with work() as w:
        schedules.cancel(w, programme(w, ref), by=actor(me()))
    flash("Đã hủy lịch hẹn công bố.", "success")
    return redirect(url_for("publication.show_gate", ref=ref), 303)


@pages.get("/xem-truoc/<path:place>")
@acts(Act.READ_DRAFT)
def see(ref: str, place: str) -> Response:
    """One page as the public will read it, at its public address below this one."""
    with work() as w:
        draft, _ = look(w, ref)
        seen = preview(w, draft)
        revisions = {document.ref: _revision(w, seen, document) for document in _documents(seen)}
    back = url_for("publication.show_gate", ref=ref)
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return reflect(Mirrored(revisions, back), f"/{place}{query}", under=f"{back}/xem-truoc")


def _revision(w: Work, seen: Preview, document: ProgrammeDoc | CommitmentDoc) -> Revision:
    """``document`` as the revision it would be, or is already."""
    line = next((line for line in seen.going.lines if line.ref == document.ref), None) if seen.going else None
    known = next((r for r in seen.known if r.ref == document.ref), None)
    if line is None and known is not None:
        return known
    return Revision(
        position=reads.head(w.session),
        kind=Kind.PROGRAMME if isinstance(document, ProgrammeDoc) else Kind.COMMITMENT,
        ref=document.ref,
        number=(known.number if known else 0) + 1,
        act=line.act if line else LogAct.PUBLISH,
        at=w.now,
        digest="",
        document=document,
        notice=line.notice if line else Notice(),
    )
