"""One case: the words beside the commitment, the decision, and on to the next one."""

from types import SimpleNamespace

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.doors.desk.case_view import case_view
from portal.doors.desk.gate import acts, me
from portal.doors.desk.moderation_words import VERDICTS
from portal.doors.desk.pages import show
from portal.doors.desk.pages.moderation import to_next
from portal.kernel.policy import Act, Refusal, Refused
from portal.kernel.sealed import Reason
from portal.kernel.wording import sentence
from portal.kernel.work import Work, house, work
from portal.office.accounts.reads import actor
from portal.office.moderation.acts import Choice, case_of, check_may, decide, recuse
from portal.office.moderation.reviewing import review, review_of
from portal.office.moderation.rules import INBOXES, CaseState, Decision
from portal.office.moderation.tables import Case
from portal.publication.signing import signer_of
from portal.record.moderation_words import Verdict

pages = Blueprint("moderation_case", __name__, url_prefix="/van-phong/kiem-duyet")

# Refusals that the form itself can mend: beside which field they are said.
_BESIDE = {
    Refusal.NO_CODED_REASON: "reason",
    Refusal.NOT_MASKED: "words",
    Refusal.NO_TWIN: "twin",
    Refusal.NOT_A_MOVE: "decision",
}
_DONE = {
    Decision.REFUSE: "Đã ghi đề nghị không đăng; một người khác xác nhận.",
    Decision.REDIRECT: "Đã ghi đề nghị; một người khác xác nhận.",
    Decision.SEAL: "Đã niêm phong và chuyển kênh tố cáo. Không ai trong đơn vị xem được nữa.",
}
_DECIDED = "Đã ghi quyết định."
_VERDICTS = tuple((verdict.value, word) for verdict, word in VERDICTS.items())
_FIELDS = ("decision", "reason", "words", "note", "message", "twin")
_MOST = {"words": 4000, "note": 1000, "message": 1000}


@pages.get("/<int:key>")
@acts(Act.MODERATE)
def show_case(key: int) -> Response:
    """The case, for whoever it is given to."""
    return _page(key, {}, {}, 200)


@pages.post("/<int:key>")
@acts(Act.MODERATE)
def decide_case(key: int) -> Response:
    """Decide, or look at how the masked text will be read."""
    typed = {name: request.form.get(name, "") for name in _FIELDS}
    if request.form.get("do") == "preview":
        return _page(key, typed, {}, 200, preview=True)
    long = {name for name, most in _MOST.items() if len(typed[name]) > most}
    if long:
        return _page(key, typed, dict.fromkeys(long, "Nội dung dài quá. Đề nghị rút gọn."), 422)
    if typed["decision"] not in set(Decision):
        return _page(key, typed, {"decision": "Chưa chọn quyết định."}, 422)
    choice = Choice(**{**typed, "decision": Decision(typed["decision"])})  # type: ignore[arg-type]  # texts but for one
    try:
        with work() as w:
            _mine(w, key)
            decide(w, key, choice, by=actor(me()), signer=signer_of(w.settings))
    except Refused as refused:
        if refused.refusal not in _BESIDE:
            raise
        return _page(key, typed, {_BESIDE[refused.refusal]: sentence(refused)}, 422)
    flash(_DONE.get(choice.decision, _DECIDED), "success")
    return to_next(key)


@pages.post("/<int:key>/khong-xu-ly")
@acts(Act.MODERATE)
def step_aside(key: int) -> Response:
    """I am involved: somebody else decides."""
    with work() as w:
        _mine(w, key)
        recuse(w, key, by=actor(me()))
    flash("Đã ghi nhận. Ý kiến được giao ngẫu nhiên cho người khác.", "success")
    return to_next(key)


def public_root() -> str:
    """Where the public door's pages are."""
    return house().settings.base_url.rstrip("/")


def _mine(w: Work, key: int) -> Case:
    """The case, if it is given to me and waits for something. Raises Refused."""
    case = case_of(w, key)
    check_may(w, case, actor(me()))
    if case.assigned_id != me().id:
        raise Refused(Refusal.CASE_TAKEN)
    if CaseState(case.state) not in INBOXES:
        raise Refused(Refusal.NOT_A_MOVE)
    return case


def _page(
    key: int, typed: dict[str, str], faults: dict[str, str], status: int, *, preview: bool = False
) -> Response:
    with work() as w:
        view = case_view(w, _mine(w, key))
    values = SimpleNamespace(**{**dict.fromkeys(_FIELDS, ""), "words": view.suggested, **typed})
    return show(
        "desk/moderation/case.html", status, case=view, typed=values, faults=faults, preview=preview,
        public=public_root(),
    )  # fmt: skip


@pages.route("/xem-lai/<int:key>", methods=["GET", "POST"])
@acts(Act.MODERATE)
def look_again(key: int) -> Response:
    """Decide once more what somebody decided, without seeing how; nothing changes but a figure."""
    fault = ""
    if request.method == "POST":
        said = request.form.get("verdict", "")
        if said in set(Verdict):
            with work() as w:
                review(w, key, Verdict(said), by=actor(me()))
            flash("Đã ghi nhận lần xem lại.", "success")
            return redirect(url_for("moderation.show_queue"), 303)
        fault = "Chưa chọn quyết định."
    with work() as w:
        found = review_of(w, key, by=actor(me()))
        view = case_view(w, case_of(w, found.case_id))
        words = found.words.open(reason=Reason.MODERATION)
    return show(
        "desk/moderation/again.html", 422 if fault else 200, case=view, words=words, fault=fault,
        public=public_root(), verdicts=_VERDICTS,
    )  # fmt: skip
