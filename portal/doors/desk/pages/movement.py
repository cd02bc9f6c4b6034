"""A post passes on, at the desk: mandates that end, decisions by item, taking over, ending in public."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.movement_choices import commitments, programmes, words_of
from portal.doors.desk.movement_columns import (
    FATES,
    MOVE,
    MOVES,
    NO_PROGRAMME,
    TAKE_OVER,
    fate_columns,
    target_name,
)
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.short_form import Short, run
from portal.doors.desk.viewpoint import viewpoint
from portal.doors.readings import row_of
from portal.kernel.policy import Act, Refusal, Refused, require
from portal.kernel.sealed import Reason
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.movement import acts as moving
from portal.office.movement.acts import FateForm, MoveForm
from portal.office.movement.reads import decided, ending_soon, movable, movement, movements_for, waiting_for
from portal.office.movement.rules import refusal_to_end
from portal.office.movement.tables import Movement, MovementItem
from portal.office.programme.desk_draft import commitment_in
from portal.office.programme.reads import matter, programme, programme_of_commitment
from portal.office.programme.tables import Programme
from portal.office.programme.workbook.choices import meaning_of
from portal.office.programme.written import written
from portal.publication.ending import end_programme
from portal.publication.signing import signer_of
from portal.record import reads
from portal.record.documents import ProgrammeDoc

pages = Blueprint("movement", __name__, url_prefix="/van-phong/chuyen-tiep")
pages.register_error_handler(CSRFError, give_typing_back)

MOVE_WORDS = {move.value: word for word, move in MOVES.items()}
FATE_WORDS = {fate.value: word for word, fate in FATES.items()}


@pages.get("")
@acts(Act.MOVE)
def show_all() -> Response:
    """Mandates that end within the notice, and every movement under way or done."""
    with work() as w:
        by = actor(me())
        soon = [(p.ref, name_of(p), day) for p, day in ending_soon(w, by)]
        others = [(p.ref, name_of(p)) for p in movable(w, by) if p.ref not in {ref for ref, *_ in soon}]
        found = [(m, name_of(p)) for m, p in movements_for(w, by, Act.MOVE)]
        days = w.settings.notice_days
    return show("desk/movement/all.html", soon=soon, others=others, found=found, days=days, words=MOVE_WORDS)


@pages.get("/<int:key>")
@acts(Act.MOVE)
def show_one(key: int) -> Response:
    """One movement, and what is decided of each commitment."""
    with work() as w:
        found, draft = movement(w, key)
        require(actor(me()), Act.MOVE, matter(w, draft))
        values = _values(w, found, draft)
    return show("desk/movement/one.html", **values)


@pages.route("/chuong-trinh/<ref>", methods=["GET", "POST"])
@acts(Act.MOVE)
@keeps_typing
def begin(ref: str) -> Response:
    """The mandate behind a programme ends."""
    with work() as w:
        draft = programme(w, ref)
        require(actor(me()), Act.MOVE, matter(w, draft))
        name = name_of(draft)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        moving.open_movement(w, ref, MoveForm(**values), by=actor(me()))

    return run(
        Short(
            title="Kết thúc, chuyển tiếp chương trình",
            columns=MOVE,
            save=save,
            done="Đã mở hồ sơ chuyển tiếp. Đề nghị quyết định từng cam kết.",
            said=(name, "Chưa có gì công khai cho đến khi người công bố xác nhận."),
            onward=url_for("movement.show_all"),
            trail=((url_for("movement.show_all"), "Chuyển tiếp", ""),),
        )
    )


@pages.route("/<int:key>/<item>", methods=["GET", "POST"])
@acts(Act.MOVE)
@keeps_typing
def decide(key: int, item: str) -> Response:
    """What becomes of one commitment."""
    with work() as w:
        found, draft = movement(w, key)
        require(actor(me()), Act.MOVE, matter(w, draft))
        commitment_in(draft, item)  # of this programme: another unit's draft is not read from here
        decided = next((one for one in found.items if one.commitment_ref == item), None)
        if decided is None:  # written after the movement was opened
            raise Refused(Refusal.NO_SUCH_ITEM)
        told, choice = _told(w, item), _Choice(w, draft, decided)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        moving.decide(w, key, item, choice.form(values), by=actor(me()))

    onward = url_for("movement.show_one", key=key)
    return run(
        Short(
            title="Xử lý cam kết",
            columns=choice.columns,
            save=save,
            done="Đã ghi quyết định.",
            texts=choice.texts,
            said=told if choice.has_programmes else (*told, NO_PROGRAMME),
            onward=onward,
            trail=((url_for("movement.show_all"), "Chuyển tiếp", ""), (onward, "Hồ sơ", "")),
            beside=choice.beside,
        )
    )


class _Choice:
    """What can be chosen for one item, and what was chosen before."""

    def __init__(self, w: Work, draft: Programme, item: MovementItem) -> None:
        by = actor(me())
        known = programmes(w, draft, by)
        before = item.successor_programme_id
        stored = words_of(w.session.get_one(Programme, before).ref, known) if before else ""
        self.of = meaning_of(request.form.get("successor", stored), known) or ""
        self.target = target_name(self.of)
        self.has_programmes = bool(known)
        self.beside = {
            Refusal.NO_REASON: "reason",
            Refusal.NO_SUCCESSOR: "successor" if known else "fate",
            Refusal.NO_MERGE_TARGET: self.target if self.of else "successor",
            Refusal.NOT_RESTATED: "restated_note",
        }
        theirs = commitments(w, self.of, by) if self.of else {}
        self.columns = fate_columns(known, theirs, of=self.of)
        self.texts = {
            "fate": FATE_WORDS.get(item.fate, ""),
            "reason": item.reason.open(reason=Reason.DRAFT),
            "successor": stored,
            self.target: words_of(item.successor_ref, theirs),
            "restated_baseline": written(item.restated_baseline.open(reason=Reason.DRAFT)),
            "restated_on": written(item.restated_on.open(reason=Reason.DRAFT)),
            "restated_note": item.restated_note.open(reason=Reason.DRAFT),
        }

    def form(self, values: Mapping[str, Any]) -> FateForm:
        """What was chosen now."""
        rest = {name: value for name, value in values.items() if name not in (self.target, "successor")}
        onward = {"successor": values.get("successor") or "", "target": values.get(self.target) or ""}
        return FateForm(**{**rest, **onward})


@pages.get("/tiep-nhan")
@acts(Act.TAKE_OVER)
def show_waiting() -> Response:
    """The items that wait for me to take over."""
    with work() as w:
        found = [
            (item.id, _told(w, item.commitment_ref), name_of(p), FATE_WORDS[item.fate])
            for item, p in waiting_for(w, actor(me()))
        ]
    return show("desk/movement/waiting.html", found=found)


@pages.route("/tiep-nhan/<int:key>", methods=["GET", "POST"])
@acts(Act.TAKE_OVER)
@keeps_typing
def take_over(key: int) -> Response:
    """Take one item over, in writing."""
    with work() as w:
        waiting = {item.id: item for item, _ in waiting_for(w, actor(me()))}
        if key not in waiting:
            raise Refused(Refusal.NO_SUCH_ITEM)
        told = _told(w, waiting[key].commitment_ref)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        moving.take_over(w, key, by=actor(me()), **values)

    onward = url_for("movement.show_waiting")
    return run(
        Short(
            title="Tiếp nhận cam kết",
            columns=TAKE_OVER,
            save=save,
            done="Đã tiếp nhận. Cam kết nằm trong dự thảo, cần thẩm định và công bố như mọi cam kết.",
            button="Tiếp nhận",
            said=told,
            onward=onward,
            trail=((onward, "Chờ tiếp nhận", ""),),
        )
    )


@pages.get("/ket-thuc")
@acts(Act.END)
def show_endings() -> Response:
    """The movements whose programmes I may end in public."""
    with work() as w:
        found = [SimpleNamespace(**_values(w, m, p)) for m, p in movements_for(w, actor(me()), Act.END)]
    return show("desk/movement/endings.html", found=found)


@pages.post("/ket-thuc/<int:key>")
@acts(Act.END)
def end(key: int) -> Response:
    """Let the public read that the programme ended, or link it to what goes on with it."""
    try:
        with work() as w:
            end_programme(w, key, by=actor(me()), signer=signer_of(w.settings))
    except Refused as refused:
        raise Refused(refused.refusal) from refused  # the page of endings names what stands against it
    flash("Đã công bố việc kết thúc, chuyển tiếp.", "success")
    return redirect(url_for("movement.show_endings"), 303)


@pages.get("/chuong-trinh/<ref>/bao-cao")
@acts(Act.MOVE)
def show_report(ref: str) -> Response:
    """Results so far by the public record, both layers apart, to be printed; no grade."""
    with work() as w:
        draft = programme(w, ref)
        require(actor(me()), Act.MOVE, matter(w, draft))
        found = reads.revision(w.session, draft.ref)
        page = found.document if found else None
        if not isinstance(page, ProgrammeDoc):
            raise Refused(Refusal.NOT_PUBLISHED)
        rows = [row_of(c, viewpoint()) for c in reads.commitments_of(w.session, draft.ref)]
        today = w.today
    return show("desk/movement/report.html", doc=page, rows=rows, today=today)


def _values(w: Work, found: Movement, draft: Programme) -> dict[str, Any]:
    items = {item.commitment_ref: item for item in found.items}
    order = [row.ref for task in draft.tasks for row in task.commitments if row.ref in items]
    return {
        "found": found,
        "name": name_of(draft),
        "ref": draft.ref,
        "document": found.document.open(reason=Reason.DRAFT),
        "items": [(items[ref], _told(w, ref)[0]) for ref in order],
        "kind": MOVE_WORDS[found.kind],
        "hinders": refusal_to_end([decided(item) for item in found.items], found.effective_on, today=w.today),
        "fates": FATE_WORDS,
    }


def _told(w: Work, commitment_ref: str) -> tuple[str, ...]:
    """What a commitment says, and whose it is."""
    draft = programme_of_commitment(w, commitment_ref)
    row = commitment_in(draft, commitment_ref.strip().lower())[1]
    return row.text.open(reason=Reason.DRAFT), name_of(draft)
