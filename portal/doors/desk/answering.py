"""Answering a request with a drafting form, whatever state the form, its session or the draft is in."""

from collections.abc import Mapping

from flask import g, request
from werkzeug.wrappers import Response

from portal.doors.desk import merge
from portal.doors.desk.draft_form import DraftForm, Loaded
from portal.doors.desk.faults import OTHER_REFUSALS, STATUS
from portal.doors.desk.gate import me
from portal.doors.desk.kept import BUTTON, typed_texts
from portal.doors.desk.pages import show
from portal.doors.desk.sitting import CARRIED, Sitting, load, names_of, whole_of
from portal.kernel.policy import Refusal, Refused
from portal.kernel.wording import sentence
from portal.kernel.work import work
from portal.office.accounts.reads import actor
from portal.office.programme.keeping import keep_typing, kept_typing
from portal.office.programme.typed import stamped
from portal.office.programme.workbook.sheets import COMMITMENTS, FIELDS, TASKS

UNPROVEN = (
    "Biểu mẫu đã mở quá lâu hoặc thiếu dấu xác nhận nên chưa lưu. Nội dung ông/bà nhập còn nguyên dưới đây; "
    "đề nghị bấm nút lưu lần nữa."
)
_LABELS = {column.name: column.heading for column in (*FIELDS, *TASKS.columns, *COMMITMENTS.columns)}


def run(form: DraftForm) -> Response:
    """Answer the request with ``form``."""
    if request.method == "GET":
        return _show_stored(form)
    sent = dict(typed_texts())
    try:
        loaded = load(form)
    except Refused as refused:
        return _give_back(form, sent, refused)
    if g.get("unproven"):
        return Sitting(form, loaded, sent).show(400, said=UNPROVEN)
    return _DOES.get(request.form.get(BUTTON, ""), Sitting.save)(Sitting(form, loaded, sent))


def _show_stored(form: DraftForm) -> Response:
    with work() as w:
        loaded = form.load(w, actor(me()))
        kept = kept_typing(w, me().id, request.path)
    sitting = Sitting(form, loaded, dict(kept.texts)) if kept else None
    if kept is None or sitting is None or not sitting.differs():
        return Sitting(form, loaded, _given_out(form, loaded)).show(200)
    return sitting.show(200, kept_at=kept.at)


def _given_out(form: DraftForm, loaded: Loaded) -> dict[str, str]:
    """The texts of a form as it is first given out, with what it carries along."""
    texts = dict(loaded.texts)
    carried = merge.bases(whole_of(form, texts), names_of(form, loaded))
    return {**texts, **carried, merge.VERSION: str(loaded.version)}


def _give_back(form: DraftForm, sent: Mapping[str, str], refused: Refused) -> Response:
    """The thing is gone or shut: a page with everything that was typed, to be copied."""
    if refused.refusal is Refusal.IN_APPRAISAL and not stamped(sent):
        with work() as w:
            keep_typing(w, me().id, request.path, list(sent.items()))
    shown = [(name, text) for name, text in sent.items() if text.strip() and not name.startswith(CARRIED)]
    status = STATUS.get(refused.refusal, OTHER_REFUSALS)
    return show("desk/draft/given_back.html", status, said=sentence(refused), typed=shown, labels=_LABELS)


_DOES = {
    "save": Sitting.save,
    "check": Sitting.check,
    "more": Sitting.more,
    "keep": Sitting.keep,
    "drop": Sitting.drop,
}
