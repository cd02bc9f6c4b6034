"""Taking part, from the person's side: capacities attested by a code letter, signing out, my data."""

from flask import Blueprint, Response, redirect, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from sqlalchemy import text
from werkzeug.wrappers import Response as Answer

from portal.doors.language import say as _
from portal.doors.public.pages import reading
from portal.doors.public.speaking import GROUPS
from portal.doors.public.visiting import (
    LETTER_OF_ACCOUNT,
    LOOK_UP_FROM_PLACE,
    end_visit,
    is_allowed,
    place,
    refuse_haste,
    show_apart,
    visitor,
)
from portal.inbox.feedback import wishes
from portal.inbox.following.acts import stop_address
from portal.inbox.signin import acts, letters
from portal.inbox.signin.acts import Visitor
from portal.inbox.signin.vault import living, person_key, vault
from portal.kernel.work import Work, work
from portal.record import reads

pages = Blueprint("account", __name__, url_prefix="/tai-khoan")

_PROGRAMMES = text("SELECT ref FROM record_latest WHERE kind = 'programme'")  # taken down or not


@pages.get("")
def show_page() -> Answer:
    """What this site knows of the visitor."""
    who = visitor()
    return _show(who) if who else _to_sign_in()


@pages.post("/thu-xac-nhan")
def use_letter() -> Answer:
    """A code letter: the capacity it attests is the visitor's from now on."""
    who = visitor()
    if who is None:
        return _to_sign_in()
    if not is_allowed((LETTER_OF_ACCOUNT, str(who.account))):
        refuse_haste()
    with work() as w:
        made = letters.use_letter(w, who.account, request.form.get("thu", ""))
    if made is None:
        fault = _("Mã thư chưa đúng, đã dùng hoặc đã hết hạn. Xin xem lại từng chữ trên thư.")
        return _show(who, 422, fault=fault)
    return redirect(url_for("account.show_page"), 303)


@pages.post("/ban-sao")
def ask_copy() -> Answer:
    """A copy of my data: the link to it is shown once."""
    who = visitor()
    if who is None:
        return _to_sign_in()
    with work() as w:
        token = wishes.ask_copy(w, _people(w, who))
    return show_apart("public/voice/copy_asked.html", link=url_for("account.fetch_copy", token=token))


@pages.get("/ban-sao/<token>")
def fetch_copy(token: str) -> Answer:
    """The copy, once; it needs no sign-in, for the account may be gone by then."""
    if not is_allowed((LOOK_UP_FROM_PLACE, place())):
        refuse_haste()
    with work() as w:
        found = wishes.fetch(w, token)
    if not found:
        return show_apart("public/voice/copy.html", 404 if found is None else 200, is_known=found is not None)
    answer = Response(found, mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/xoa")
def erase() -> Answer:
    """Everything about me goes; it is asked for once more, for nothing brings it back."""
    who = visitor()
    if who is None:
        return _to_sign_in()
    if not request.form.get("chac_chan"):
        return _show(who, 422, erase_fault=_("Xin đánh dấu vào ô xác nhận trước khi xóa."))
    with work() as w:
        wishes.ask_erasure(w, _people(w, who))
        acts.forget(w, who.account)
        if who.address:
            stop_address(w, who.address)
    end_visit()
    return show_apart("public/voice/erased.html")


def give_page_back(_error: CSRFError) -> Answer:
    """Without its token nothing is done."""
    who = visitor()
    return _show(who, 422, said=_("Biểu mẫu đã cũ. Xin làm lại một lần nữa.")) if who else _to_sign_in()


pages.register_error_handler(CSRFError, give_page_back)


def _people(w: Work, who: Visitor) -> list[str]:
    """Every key by which the visitor may be known: in each programme, for each period not yet closed."""
    folder = vault(w.settings.instance)
    programmes = [row.ref for row in reading().execute(_PROGRAMMES)]
    return [
        person_key(folder, period, account=who.account, programme=ref)
        for period in living(folder)
        for ref in programmes
    ]


def _show(
    who: Visitor, status: int = 200, *, fault: str = "", erase_fault: str = "", said: str = ""
) -> Response:
    with work() as w:
        held = [(a.group, a.unit, a.body, a.until) for a in acts.standing_of(w, who.account)]
    units = {r: d.document for r, d in reads.documents(reading(), [h[1] for h in held]).items()}
    return show_apart(
        "public/voice/account.html",
        status,
        address=who.address,
        held=[(_(GROUPS[g]), getattr(units.get(u), "name", u), body, until) for g, u, body, until in held],
        fault=fault,
        erase_fault=erase_fault,
        said=said,
    )


def _to_sign_in() -> Answer:
    return redirect(url_for("sign_in.show_page", tiep=url_for("account.show_page")), 303)
