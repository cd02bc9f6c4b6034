"""One programme in one evaluation period at the desk: accounts, the dossier, what was done with themes."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, flash, redirect, send_file, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.evaluation_columns import ACCOUNT, CORRECTION, USE
from portal.doors.desk.evaluation_programme import look_up
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.short_form import Short, run
from portal.doors.looks import find_folder
from portal.kernel.policy import Act, Refusal, Refused, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor
from portal.office.evaluation import files
from portal.office.evaluation import reads as evaluations
from portal.office.evaluation.acts import AccountForm, CorrectionForm, UseForm, mark_theme, write_account
from portal.office.evaluation.paper import template_in
from portal.office.evaluation.showing import facts, sections
from portal.office.evaluation.tables import Period
from portal.office.programme.reads import matter
from portal.office.programme.tables import Programme
from portal.publication import evaluating
from portal.publication.signing import signer_of
from portal.record import reads
from portal.record.evaluation import dossier_text
from portal.record.evaluation.document import CauseKind, Use
from portal.record.evaluation.outcome import Due
from portal.record.evaluation.wording import CAUSE_WORDS, OUTCOME_WORDS, USE_WORDS

pages = Blueprint("evaluation_one", __name__, url_prefix="/van-phong/danh-gia/chuong-trinh")
pages.register_error_handler(CSRFError, give_typing_back)

_MAY = (Act.WRITE_ACCOUNT, Act.PUBLISH_EVALUATION, Act.MARK_THEME, Act.FREEZE_PERIOD)


@pages.get("/<ref>/<code>")
@acts(Act.READ_EVALUATION)
def show_one(ref: str, code: str) -> Response:
    """Where the programme stands in the period: accounts to write, the dossier, the themes."""
    with work() as w:
        draft, row = look_up(w, ref, code, Act.READ_EVALUATION)
        values = _values(w, draft, row)
        may = {act.name.lower(): refusal_of(actor(me()), act, matter(w, draft)) is None for act in _MAY}
    return show("desk/evaluation/one.html", ref=ref, may=may, **values)


def _values(w: Work, draft: Programme, row: Period) -> dict[str, Any]:
    judged = evaluations.judged(w, draft, row, calendar=evaluations.calendar_of(w))
    accounts = {one.commitment_ref: one for one in evaluations.accounts_of(w, row, draft)}
    marks = {one.theme_ref: one for one in evaluations.marks_of(w, row, draft)}
    versions = evaluations.dossiers_of(w, row, draft)
    made = dossier_text.decode(versions[0].body) if versions else None
    return {
        "name": name_of(draft),
        "code": row.code,
        "told": row.told,
        "due": [
            (
                one.document,
                OUTCOME_WORDS[one.verdict.outcome][0],
                _account_words(accounts.get(one.document.ref)),
            )
            for one in judged
            if one.verdict.due is not Due.NOT_DUE
        ],
        "themes": [
            (theme, _mark_words(marks.get(theme.ref))) for theme in reads.themes_of(w.session, draft.ref)
        ],
        "facts": facts(made) if made else (),
        "sections": sections(made) if made else (),
        "versions": [(one.version, one.frozen_at, one.position) for one in versions],
        "endings": files.endings(),
    }


def _account_words(row: Any) -> tuple[str, str] | None:
    if row is None:
        return None
    return row.account.open(reason=Reason.EVALUATION), CAUSE_WORDS[CauseKind(row.cause)][0]


def _mark_words(row: Any) -> tuple[str, str] | None:
    if row is None:
        return None
    return USE_WORDS[Use(row.use)][0], row.sentence.open(reason=Reason.EVALUATION)


@pages.get("/<ref>/<code>/tep/<ending>")
@acts(Act.READ_EVALUATION)
def take_file(ref: str, code: str, ending: str) -> Response:
    """The frozen dossier as a file."""
    with work() as w:
        draft, period = look_up(w, ref, code, Act.READ_EVALUATION)
        made = dossier_text.decode(evaluations.newest_dossier(w, period, draft).body)
        template = template_in(w.settings.instance, find_folder("templates"))
    if ending not in files.endings():
        abort(404)
    data = files.file_of(made, ending, template=template)
    name = files.name_of(made, ending)
    return send_file(BytesIO(data), files.MEDIA_TYPES[ending], as_attachment=True, download_name=name)


@pages.route("/<ref>/<code>/tu-kiem-diem/<item>", methods=["GET", "POST"])
@acts(Act.WRITE_ACCOUNT)
@keeps_typing
def account(ref: str, code: str, item: str) -> Response:
    """Write the account of one commitment due in the period."""
    with work() as w:
        draft, row = look_up(w, ref, code, Act.WRITE_ACCOUNT)
        found = {one.ref: one for one in reads.commitments_of(w.session, ref)}
        if item not in found:
            raise Refused(Refusal.NO_SUCH_COMMITMENT)
        said = _account_words(
            next((r for r in evaluations.accounts_of(w, row, draft) if r.commitment_ref == item), None)
        )

    def save(w: Work, values: Mapping[str, Any]) -> None:
        write_account(w, ref, code, item, AccountForm(**values), by=actor(me()))

    return run(
        _short(
            ref, code, "Giải trình cuối kỳ", ACCOUNT, save, found[item].text,
            done="Đã lưu giải trình. Người công bố duyệt trước khi công khai.",
            texts={"account": said[0], "cause": said[1].lower()} if said else {},
            beside={Refusal.CAUSE_NOT_CONFIRMED: "cause", Refusal.NOTHING_SAID: "account",
                    Refusal.TOO_LONG: "account"},
        )
    )  # fmt: skip


@pages.route("/<ref>/<code>/y-kien/<theme>", methods=["GET", "POST"])
@acts(Act.MARK_THEME)
@keeps_typing
def mark(ref: str, code: str, theme: str) -> Response:
    """Mark what the council did with a theme."""
    with work() as w:
        draft, row = look_up(w, ref, code, Act.MARK_THEME)
        title = evaluations.theme(w, draft, theme).title
        said = _mark_words(
            next((r for r in evaluations.marks_of(w, row, draft) if r.theme_ref == theme), None)
        )

    def save(w: Work, values: Mapping[str, Any]) -> None:
        mark_theme(w, ref, code, theme, UseForm(**values), by=actor(me()))

    return run(
        _short(
            ref, code, "Việc sử dụng nhóm góp ý", USE, save, title,
            done="Đã ghi. Người công bố duyệt trước khi công khai.",
            texts={"use": said[0].lower(), "sentence": said[1]} if said else {},
            beside={Refusal.NOTHING_SAID: "sentence", Refusal.TOO_LONG: "sentence"},
        )
    )  # fmt: skip


@pages.route("/<ref>/<code>/phien-ban-moi", methods=["GET", "POST"])
@acts(Act.FREEZE_PERIOD)
@keeps_typing
def correct(ref: str, code: str) -> Response:
    """Follow the frozen dossier with a version that says why."""
    with work() as w:
        draft, period = look_up(w, ref, code, Act.FREEZE_PERIOD)
        evaluations.newest_dossier(w, period, draft)
        name = name_of(draft)

    def save(w: Work, values: Mapping[str, Any]) -> None:
        form = CorrectionForm(**values)
        evaluating.freeze_again(w, ref, code, form, by=actor(me()), signer=signer_of(w.settings))

    return run(
        _short(ref, code, "Lập phiên bản mới", CORRECTION, save, name, done="Đã lập phiên bản mới.")
    )  # fmt: skip


@pages.post("/<ref>/<code>/tu-kiem-diem")
@acts(Act.PUBLISH_EVALUATION)
def publish_explanation(ref: str, code: str) -> Response:
    """Publish the accounts somebody else wrote."""
    with work() as w:
        evaluating.publish_explanation(w, ref, code, by=actor(me()), signer=signer_of(w.settings))
    return _done(ref, code, "Đã công bố giải trình.")


@pages.post("/<ref>/<code>/y-kien")
@acts(Act.PUBLISH_EVALUATION)
def publish_uses(ref: str, code: str) -> Response:
    """Publish what was done with the themes; the authors learn it on their receipts."""
    with work() as w:
        evaluating.publish_uses(w, ref, code, by=actor(me()), signer=signer_of(w.settings))
    return _done(ref, code, "Đã công bố. Người góp ý thấy kết quả trên biên nhận.")


def _done(ref: str, code: str, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("evaluation_one.show_one", ref=ref, code=code), 303)


def _short(
    ref: str, code: str, title: str, columns: Any, save: Any, about: str, *, done: str, **more: Any
) -> Short:
    onward = url_for("evaluation_one.show_one", ref=ref, code=code)
    trail = ((url_for("evaluation.show_periods"), "Kỳ đánh giá", ""), (onward, code, ""))
    return Short(
        title=title, columns=columns, save=save, said=(about,), done=done, onward=onward, trail=trail, **more
    )
