"""One drafting form in one officer's hands: shown, checked, kept, saved, merged; no typing is ever lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, jsonify, redirect, request
from werkzeug.wrappers import Response

from portal.doors.desk import merge
from portal.doors.desk.draft_form import DraftForm, Filled, Loaded
from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import me
from portal.doors.desk.kept import is_sworn
from portal.doors.desk.milestones import NAME as MILESTONES
from portal.doors.desk.milestones import as_one, read_rows, without_rows
from portal.doors.desk.pages import show
from portal.doors.desk.remarks import Criterion, criteria_of, remarks_of
from portal.doors.desk.screens import Group, Sheet
from portal.kernel.clock import day
from portal.kernel.policy import Refusal, Refused
from portal.kernel.wording import sentence
from portal.kernel.work import house, work
from portal.office.accounts.reads import actor
from portal.office.audit.events import SecretStampRefused
from portal.office.commitment.rules import ClarityReport
from portal.office.programme.keeping import forget_typing, keep_typing
from portal.office.programme.typed import STAMPED, StampTyped, read_typed, stamped

SAME_ALREADY = "Người khác vừa lưu đúng nội dung này, nên không có gì phải lưu thêm."
CHECKED = "Đã kiểm tra, chưa lưu. Ông/bà bấm nút lưu khi xong."
TOO_MUCH = "Nội dung quá dài nên chưa giữ tạm được."


def load(form: DraftForm) -> Loaded:
    """What is stored now of what ``form`` is about. Raises Refused."""
    with work() as w:
        return form.load(w, actor(me()))


def names_of(form: DraftForm, loaded: Loaded) -> list[str]:
    """The fields in which two people's forms can differ."""
    names = [column.name for column in loaded.columns if column.name not in form.not_merged]
    return [*names, MILESTONES] if form.has_milestones else names


def whole_of(form: DraftForm, texts: Mapping[str, str]) -> dict[str, str]:
    """``texts`` with the milestones as one text, for comparing."""
    return {**texts, MILESTONES: as_one(texts)} if form.has_milestones else dict(texts)


CARRIED = (merge.BASE, merge.PICK, merge.ASKED, merge.VERSION)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One form in one officer's hands: what is stored, and what was sent."""

    form: DraftForm
    loaded: Loaded
    sent: Mapping[str, str]

    def save(self) -> Response:
        """Store it, or show it again with what stands in the way."""
        if self._is_stale():
            return self.compare()
        if names := merge.undecided(self.sent):
            return self.show(422, faults=dict.fromkeys(names, merge.UNDECIDED), again=names)
        chosen = Sitting(self.form, self.loaded, self._chosen())
        return chosen._store()

    def check(self) -> Response:
        """Show the clarity report on what is typed; nothing is stored."""
        faults = self._filled().faults
        return self.show(422 if faults else 200, said=CHECKED, tone="note", faults=faults)

    def more(self) -> Response:
        """Show it again with more empty rows."""
        return self.show(200, more=4)

    def keep(self) -> Response:
        """Keep the typing without saving it, and say how clear it is by now."""
        if not is_sworn():
            return _json({}, 204)
        try:
            with work() as w:
                keep_typing(w, me().id, request.path, list(self.sent.items()))
        except StampTyped as stamp:
            self._tell_stamp(stamp)
            return _json({"fault": STAMPED}, 422)
        except ValueError:
            return _json({"fault": TOO_MUCH}, 422)
        report = self._report()
        return _json(
            {
                "remarks": {
                    name: [[one.text, one.is_fault] for one in said]
                    for name, said in remarks_of(report).items()
                },
                "criteria": {one.code: one.state for one in criteria_of(report)},
            }
        )

    def drop(self) -> Response:
        """Let go of typing that was kept, and begin again with what is stored."""
        with work() as w:
            forget_typing(w, me().id, request.path)
        return redirect(request.path, 303)

    def differs(self) -> dict[str, merge.Clash]:
        """The fields in which what was sent is not what is stored."""
        stored = whole_of(self.form, self.loaded.texts)
        names = names_of(self.form, self.loaded)
        return merge.clashes(whole_of(self.form, self.sent), stored, names, self.sent)

    def compare(self) -> Response:
        """Somebody else saved meanwhile: both texts, field by field."""
        names = names_of(self.form, self.loaded)
        found = self.differs()
        if not found:
            with work() as w:
                forget_typing(w, me().id, request.path)
            flash(SAME_ALREADY, "info")
            return redirect(request.path, 303)
        fresh = {**self.sent, **merge.bases(whole_of(self.form, self.loaded.texts), names)}
        fresh = {name: text for name, text in fresh.items() if not name.startswith(merge.PICK)}
        renewed = Sitting(self.form, self.loaded, {**fresh, merge.VERSION: str(self.loaded.version)})
        return renewed.show(409, clashes=found)

    def show(
        self,
        status: int,
        *,
        said: str = "",
        tone: str = "late",
        faults: Mapping[str, str] | None = None,
        clashes: Mapping[str, merge.Clash] | None = None,
        again: list[str] | None = None,
        more: int = 0,
        kept_at: datetime | None = None,
    ) -> Response:
        """The page of the form as it stands."""
        if again:
            whole, stored = whole_of(self.form, self.sent), whole_of(self.form, self.loaded.texts)
            asked = self.sent.get(merge.ASKED, "").split()
            clashes = {n: merge.Clash(stored.get(n, ""), merge.picked(self.sent, n)) for n in asked}
            clashes = {n: clash for n, clash in clashes.items() if whole.get(n) != stored.get(n)}
        report = self._report()
        sheet = Sheet(self.sent, faults or {}, remarks_of(report), clashes or {})
        groups = self.form.groups(self.loaded, sheet, more=more)
        return show(
            "desk/draft/form.html",
            status,
            form=self.form,
            loaded=self.loaded,
            groups=groups,
            carried=self._carried(clashes or {}),
            criteria=self._criteria(report, groups),
            said=said,
            tone=tone,
            kept_at=kept_at,
            faulty=[f for group in groups for f in group.fields if f.fault],
            clashing=bool(clashes),
            address=request.path,
        )

    def _criteria(self, report: ClarityReport | None, groups: Sequence[Group]) -> list[Criterion]:
        """How each criterion stands, in the order in which the form asks."""
        order = [group.code for group in groups]
        found = criteria_of(report, getattr(self.loaded.more.get("mandate"), "profile", "5ro"))
        return sorted(found, key=lambda one: order.index(one.code) if one.code in order else len(order))

    def _carried(self, clashes: Mapping[str, merge.Clash]) -> dict[str, str]:
        """Hidden fields: the version that was read, digests of what was given out, what must be chosen."""
        kept = {n: t for n, t in self.sent.items() if n == merge.VERSION or n.startswith(merge.BASE)}
        return {**kept, merge.ASKED: " ".join(clashes)} if clashes else kept

    def _is_stale(self) -> bool:
        return self.sent.get(merge.VERSION, "0") != str(self.loaded.version)

    def _chosen(self) -> dict[str, str]:
        """What was sent, with the stored text wherever it was chosen."""
        texts = dict(self.sent)
        for name in names_of(self.form, self.loaded):
            if merge.picked(self.sent, name) is not merge.Pick.THEIRS:
                continue
            if name == MILESTONES:
                texts = {**without_rows(texts), **_rows_of(self.loaded)}
            else:
                texts[name] = self.loaded.texts.get(name, "")
        return texts

    def _store(self) -> Response:
        if names := stamped({n: t for n, t in self.sent.items() if not n.startswith(CARRIED)}):
            return self._refuse_stamp(StampTyped(names))
        filled = self._filled()
        if filled.faults:
            return self.show(422, faults=filled.faults)
        try:
            with work() as w:
                onward = self.form.save(w, filled, expected=self.loaded.version, by=actor(me()))
                forget_typing(w, me().id, request.path)
        except StampTyped as stamp:
            return self._refuse_stamp(stamp)
        except Refused as refused:
            return self._refuse(refused)
        return redirect(onward, 303)

    def _refuse(self, refused: Refused) -> Response:
        if refused.refusal is Refusal.CHANGED_MEANWHILE:
            return Sitting(self.form, load(self.form), self.sent).compare()
        return self.show(STATUS.get(refused.refusal, OTHER_REFUSALS), said=sentence(refused))

    def _refuse_stamp(self, stamp: StampTyped) -> Response:
        self._tell_stamp(stamp)
        return self.show(422, faults={_field_of(name): STAMPED for name in stamp.names})

    def _tell_stamp(self, stamp: StampTyped) -> None:
        with work() as w:
            w.tell(SecretStampRefused(by=me().email, where=", ".join(stamp.names)[:200]))

    def _filled(self) -> Filled:
        read = read_typed(self.sent, self.loaded.columns)
        good, rows = read_rows(self.sent) if self.form.has_milestones else ((), [])
        faults = dict(read.faults)
        if fault := next((row.fault for row in rows if row.fault), ""):
            faults[MILESTONES] = fault
        filled = Filled(read.values, good, faults)
        return Filled(read.values, good, {**self.form.check(filled), **faults})

    def _report(self) -> ClarityReport | None:
        is_untouched = not self.loaded.version and not any(
            self.sent.get(column.name, "").strip()
            for column in self.loaded.columns
            if column.name in _TELLING
        )
        if is_untouched:
            return None
        return self.form.report(self.loaded, self._filled(), day(house().clock.now()))


_TELLING = frozenset({"text", "indicator", "target", "deadline", "accountable", "deliverable"})


def _field_of(name: str) -> str:
    return MILESTONES if name.startswith("milestone") else name


def _rows_of(loaded: Loaded) -> dict[str, str]:
    return {name: text for name, text in loaded.texts.items() if name.startswith("milestone-")}


def _json(facts: Mapping[str, Any], status: int = 200) -> Response:
    answer = jsonify(facts)
    answer.status_code = status
    return answer
