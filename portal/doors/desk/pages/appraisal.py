"""Appraisal on the desk: the board of all commitments, the opinion on each, the conclusion."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.draft_view import view_of
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.programme_frame import look, trail_to
from portal.doors.desk.short_form import Newer, Short, run
from portal.doors.desk.wording import VERDICTS
from portal.kernel.policy import Act, Refusal, Refused
from portal.kernel.wording import WORDING
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.appraisal import acts as appraisal
from portal.office.appraisal.reads import Subject, key_of, rounds, subjects
from portal.office.appraisal.rules import LEAST, OpinionForm
from portal.office.commitment.wording import sentence
from portal.office.programme.portrait import portrait
from portal.office.programme.tables import Programme
from portal.office.programme.typed import StampTyped
from portal.office.programme.workbook.layout import Column, Kind

pages = Blueprint("appraisal", __name__, url_prefix="/van-phong/chuong-trinh/<ref>/tham-dinh")
pages.register_error_handler(CSRFError, give_typing_back)

APPROVE, RETURN = "Đồng ý", "Trả lại để hoàn thiện"
_ANSWER = "answer-"
_CONFLICTS = (Refusal.OWN_WORK, Refusal.OWN_PROGRAMME)


@pages.get("")
@acts(Act.READ_DRAFT)
def show_board(ref: str) -> Response:
    """Every commitment with the opinion on it, and what was concluded before."""
    with work() as w:
        draft, facts = look(w, ref)
        found = subjects(w, draft)
        view = view_of(portrait(w, draft), today=w.today)
        earlier = rounds(w, draft)
    against = facts["may"].refusal(Act.APPRAISE)
    names = {one.ref: f"Cam kết {one.says.number}" for one in found}
    order = {one.ref: at for at, one in enumerate(found)}
    clear = {one.form.ref: one for one in view.commitments}
    written_about = sum(one.opinion is not None for one in found)
    return show(
        "desk/appraisal/board.html",
        found=found,
        clear=clear,
        earlier=earlier,
        order=lambda told: sorted(told, key=lambda pair: order.get(pair[0], len(order))),
        names=names,
        written_about=written_about,
        verdicts=VERDICTS,
        is_open=facts["state"] == "submitted" and facts["may"].appraise,
        conflict=WORDING[against][0] if against in _CONFLICTS else "",
        **facts,
    )


@pages.route("/<item>/<int:read>/<int:expected>", methods=["GET", "POST"])
@acts(Act.APPRAISE)
@keeps_typing
def give_opinion(ref: str, item: str, read: int, expected: int) -> Response:
    """The opinion on one commitment; ``read`` and ``expected`` are the versions the form was made from."""
    with work() as w:
        draft, facts = look(w, ref, Act.APPRAISE)
        one = _subject(w, draft, item)
        view = view_of(portrait(w, draft), today=w.today)
    seen = next(v for v in view.commitments if v.form.ref == one.ref)
    back = url_for("appraisal.show_board", ref=ref, _anchor=f"ck-{one.ref}")
    answers = _answers(one)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        try:
            appraisal.write_opinion(
                w, ref, item, _form(values, answers), expected=expected, read_version=read, by=actor(me())
            )
        except StampTyped as stamp:
            by_key = {key: name for name, (key, _) in answers.items()}
            raise StampTyped(tuple(by_key.get(name, name) for name in stamp.names)) from stamp

    return run(
        Short(
            title=f"Ý kiến về cam kết {one.says.number}",
            columns=_columns(answers),
            save=save,
            done=f"Đã lưu ý kiến về cam kết {one.says.number}.",
            onward=back,
            trail=trail_to(ref, facts["name"], (back, "Thẩm định")),
            button="Lưu ý kiến",
            texts=_texts(one.opinion or one.before, answers),
            newer=lambda: _newer(ref, item),
            template="desk/appraisal/opinion.html",
            more={"subject": one, "seen": seen, "verdicts": VERDICTS},
        )
    )


def _subject(w: Work, draft: Programme, item: str) -> Subject:
    found = next((one for one in subjects(w, draft) if one.ref == item), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_ITEM)
    if draft.state != "submitted":
        raise Refused(Refusal.NOT_SUBMITTED)
    return found


def _answers(one: Subject) -> dict[str, tuple[str, str]]:
    """The fields in which warnings are answered: name -> the warning's key and sentence."""
    told = {key_of(finding): sentence(finding) for finding in one.warnings}
    return {f"{_ANSWER}{at}": pair for at, pair in enumerate(told.items(), 1)}


def _columns(answers: Mapping[str, tuple[str, str]]) -> tuple[Column, ...]:
    return (
        *_criterion("fit", "Phù hợp thực tế của cơ quan, đơn vị, địa phương"),
        *_criterion("feasible", "Khả thi"),
        *(
            Column(
                name=name, heading=f"Trả lời lưu ý: {said}", kind=Kind.TEXT, example="",
                note="Bắt buộc trả lời bằng văn bản trước khi đồng ý.",
            )
            for name, (_, said) in answers.items()
        ),
    )  # fmt: skip


def _criterion(name: str, heading: str) -> tuple[Column, Column]:
    return (
        Column(
            name=name, heading=heading, kind=Kind.CHOICE, needed=True, note="", example="",
            words={label: verdict for verdict, label in VERDICTS[name].items()},
        ),
        Column(
            name=f"{name}_note", heading=f"Ý kiến về “{heading[:1].lower()}{heading[1:]}”", kind=Kind.TEXT,
            note=f"Ít nhất {LEAST} ký tự khi chưa đạt. Khi cả hai đều đạt, cần ý kiến ở ít nhất một mục.",
            example="",
        ),
    )  # fmt: skip


def _texts(opinion: OpinionForm | None, answers: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    if opinion is None:
        return {}
    said = {
        "fit": VERDICTS["fit"].get(opinion.fit, "") if opinion.fit else "",
        "fit_note": opinion.fit_note,
        "feasible": VERDICTS["feasible"].get(opinion.feasible, "") if opinion.feasible else "",
        "feasible_note": opinion.feasible_note,
    }
    return said | {name: opinion.answers.get(key, "") for name, (key, _) in answers.items()}


def _form(values: Mapping[str, Any], answers: Mapping[str, tuple[str, str]]) -> OpinionForm:
    return OpinionForm(
        fit=values["fit"],
        fit_note=values["fit_note"],
        feasible=values["feasible"],
        feasible_note=values["feasible_note"],
        answers={key: values[name] for name, (key, _) in answers.items() if values[name]},
    )


def _newer(ref: str, item: str) -> Newer:
    with work() as w:
        draft, _ = look(w, ref, Act.APPRAISE)
        one = _subject(w, draft, item)
    said = "; ".join(text for text in _texts(one.opinion, {}).values() if text)
    return Newer(
        said or "cam kết đã được sửa, chưa có ý kiến về bản mới",
        url_for("appraisal.give_opinion", ref=ref, item=item, read=one.version, expected=one.opinion_version),
    )


@pages.route("/ket-luan", methods=["GET", "POST"])
@acts(Act.APPRAISE)
@keeps_typing
def conclude(ref: str) -> Response:
    """The conclusion on the whole programme."""
    with work() as w:
        draft, facts = look(w, ref, Act.APPRAISE)
        if draft.state != "submitted":
            raise Refused(Refusal.NOT_SUBMITTED)
        found = subjects(w, draft)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        appraisal.conclude(
            w, ref, by=actor(me()), opinion=values["opinion"], approve=values["outcome"] == APPROVE
        )

    back = url_for("appraisal.show_board", ref=ref)
    count = sum(one.opinion is not None for one in found)
    return run(
        Short(
            title="Kết luận thẩm định",
            columns=_CONCLUSION,
            save=save,
            done="Đã ghi kết luận thẩm định. Người soạn xem được kết luận và ý kiến từng cam kết.",
            onward=back,
            trail=trail_to(ref, facts["name"], (back, "Thẩm định")),
            button="Ghi kết luận",
            said=(
                f"Đã có ý kiến về {count} trên {len(found)} cam kết.",
                "Trang công khai chỉ ghi cơ quan thẩm định và ngày, không ghi tên người và không ghi ý kiến.",
            ),
            beside={Refusal.NO_OPINION: "opinion"},
        )
    )


_CONCLUSION = (
    Column(
        name="outcome", heading="Kết luận", kind=Kind.CHOICE, needed=True, example="",
        note="Đồng ý khi mọi cam kết đều phù hợp, khả thi và mọi lưu ý đã được trả lời.",
        words={APPROVE: APPROVE, RETURN: RETURN},
    ),
    Column(
        name="opinion", heading="Ý kiến chung", kind=Kind.TEXT, needed=True, example="",
        note=f"Ít nhất {LEAST} ký tự.",
    ),
)  # fmt: skip
