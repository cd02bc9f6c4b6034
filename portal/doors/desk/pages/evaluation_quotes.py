"""Documents of the competent level at the desk: entered by one, published as quotations by another."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.evaluation_columns import QUOTATION, WITHDRAWAL
from portal.doors.desk.evaluation_programme import look_up
from portal.doors.desk.gate import acts, keeps_typing, me
from portal.doors.desk.pages import show
from portal.doors.desk.pages.draft_blueprint import give_typing_back
from portal.doors.desk.pages.draft_names import name_of
from portal.doors.desk.short_form import Short, run
from portal.kernel.policy import Act, Refusal, refusal_of
from portal.kernel.sealed import Reason
from portal.kernel.work import work
from portal.office.accounts.reads import actor
from portal.office.evaluation import quoting
from portal.office.evaluation.quoting import QuotationForm, WithdrawalForm
from portal.office.evaluation.tables import Quotation
from portal.office.programme.reads import matter
from portal.publication.quoting import publish_quotation, withdraw_quotation
from portal.publication.signing import signer_of

pages = Blueprint("evaluation_quotes", __name__, url_prefix="/van-phong/danh-gia/chuong-trinh")
pages.register_error_handler(CSRFError, give_typing_back)

_WORDS = ("title", "number", "decided_on", "issuer", "text", "ordered_by", "link")


@pages.get("/<ref>/<code>/trich-van-ban")
@acts(Act.READ_EVALUATION)
def show_all(ref: str, code: str) -> Response:
    """The documents entered for the period, and what became of each."""
    with work() as w:
        draft, row = look_up(w, ref, code, Act.READ_EVALUATION)
        found = [(one.id, one.state, _words(one)) for one in quoting.quotations_of(w, row, draft)]
        may_enter = refusal_of(actor(me()), Act.QUOTE_DECISION, matter(w, draft)) is None
        may_publish = refusal_of(actor(me()), Act.PUBLISH_EVALUATION, matter(w, draft)) is None
        name, code = name_of(draft), row.code
    return show(
        "desk/evaluation/quotations.html",
        ref=ref, code=code, name=name, found=found, may_enter=may_enter, may_publish=may_publish,
    )  # fmt: skip


def _words(row: Quotation) -> dict[str, Any]:
    return {name: getattr(row, name).open(reason=Reason.EVALUATION) for name in _WORDS}


@pages.route("/<ref>/<code>/trich-van-ban/moi", methods=["GET", "POST"])
@acts(Act.QUOTE_DECISION)
@keeps_typing
def enter(ref: str, code: str) -> Response:
    """Enter a document; nothing of it is public before a second person publishes it."""
    with work() as w:
        draft, _ = look_up(w, ref, code, Act.QUOTE_DECISION)
        name = name_of(draft)

    def save(w: Any, values: Mapping[str, Any]) -> None:
        given: dict[str, Any] = {name: value or "" for name, value in values.items()}
        quoting.quote(w, ref, code, QuotationForm(**given), by=actor(me()))

    return run(
        Short(
            title="Trích văn bản của cấp có thẩm quyền", columns=QUOTATION, save=save, said=(name,),
            done="Đã lưu, chưa công khai. Người công bố duyệt và công bố.",
            onward=url_for("evaluation_quotes.show_all", ref=ref, code=code), trail=_trail(ref, code),
            beside={Refusal.DECISION_IN_FUTURE: "decided_on", Refusal.NOT_A_LINK: "link"},
        )
    )  # fmt: skip


@pages.post("/<ref>/<code>/trich-van-ban/<int:key>/bo")
@acts(Act.QUOTE_DECISION)
def drop(ref: str, code: str, key: int) -> Response:
    """Let go of what was entered by mistake."""
    with work() as w:
        quoting.drop(w, ref, code, key, by=actor(me()))
    return _done(ref, code, "Đã bỏ văn bản này.")


@pages.post("/<ref>/<code>/trich-van-ban/<int:key>/cong-bo")
@acts(Act.PUBLISH_EVALUATION)
def publish(ref: str, code: str, key: int) -> Response:
    """Publish a document somebody else entered."""
    with work() as w:
        publish_quotation(w, ref, code, key, by=actor(me()), signer=signer_of(w.settings))
    return _done(ref, code, "Đã công bố, dưới dạng trích dẫn.")


@pages.route("/<ref>/<code>/trich-van-ban/<int:key>/go", methods=["GET", "POST"])
@acts(Act.PUBLISH_EVALUATION)
@keeps_typing
def withdraw(ref: str, code: str, key: int) -> Response:
    """Take a quoted document down, saying why."""
    with work() as w:
        draft, period = look_up(w, ref, code, Act.PUBLISH_EVALUATION)
        row = quoting.quotation(w, period, draft, key, state="published")
        title = _words(row)["title"]

    def save(w: Any, values: Mapping[str, Any]) -> None:
        form = WithdrawalForm(**values)
        withdraw_quotation(w, ref, code, key, form, by=actor(me()), signer=signer_of(w.settings))

    return run(
        Short(
            title="Gỡ văn bản được trích", columns=WITHDRAWAL, save=save, said=(title,), button="Gỡ",
            done="Đã gỡ. Nơi này trên trang công khai chỉ còn ngày gỡ và lý do trong sổ cái.",
            onward=url_for("evaluation_quotes.show_all", ref=ref, code=code), trail=_trail(ref, code),
        )
    )  # fmt: skip


def _trail(ref: str, code: str) -> tuple[tuple[str, str, str], ...]:
    return (
        (url_for("evaluation.show_periods"), "Kỳ đánh giá", ""),
        (url_for("evaluation_one.show_one", ref=ref, code=code), code, ""),
        (url_for("evaluation_quotes.show_all", ref=ref, code=code), "Văn bản được trích", ""),
    )


def _done(ref: str, code: str, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("evaluation_quotes.show_all", ref=ref, code=code), 303)
