"""Following by mail: asking, confirming by the mailed link, changing how often, stopping. No account.

A GET changes nothing: programs that look through mail open every link. Whoever holds a link acts for that
address and for nobody else, so no form here needs a visit or its token.
"""

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from portal.doors.language import say as _
from portal.doors.public.follow_letters import send_link
from portal.doors.public.matters import find_matter, name_here
from portal.doors.public.pages import reading
from portal.doors.public.pages.feeds import path_of
from portal.doors.public.visiting import (
    FOLLOW_FROM_PLACE,
    FOLLOW_TO_ADDRESS,
    may_write_to,
    show_apart,
)
from portal.inbox.following import acts
from portal.inbox.following.rhythm import LINK_DAYS, Rhythm
from portal.inbox.signin.rules import tidy_address
from portal.kernel.work import work
from portal.record import reads
from portal.record.news.clock import told_day
from portal.record.news.matter import WITH_DEADLINES, Matter, What, matter_of

pages = Blueprint("following", __name__, url_prefix="/theo-doi")

RHYTHMS = {
    Rhythm.INSTANT: "Ngay khi có thay đổi",
    Rhythm.DAILY: "Mỗi sáng, nếu có thay đổi",
    Rhythm.WEEKLY: "Sáng thứ Hai hằng tuần, nếu có thay đổi",
}


@pages.get("")
def show_page() -> Response:
    """What is to be followed, and how often."""
    return _ask(_matter(request.args.get("muc", "")))


@pages.post("")
def take() -> Response:
    """A letter goes out, the same whether or not the address follows this already."""
    matter = _matter(request.form.get("muc", ""))
    address = tidy_address(request.form.get("email", ""))
    if address is None:
        return _ask(matter, 422, _("Địa chỉ thư chưa đúng, ví dụ đúng: ten@example.vn."))
    if may_write_to(address, here=FOLLOW_TO_ADDRESS, at_all=FOLLOW_FROM_PLACE):
        with work() as w:
            token = acts.ask(w, address, matter=str(matter), rhythm=_rhythm() or Rhythm.WEEKLY)
        if not send_link(address, token):
            return _ask(matter, 503, _("Máy chủ thư chưa nhận. Xin thử lại sau ít phút."))
    return show_apart("public/following/sent.html", matter=matter, address=address, days=LINK_DAYS)


@pages.get("/xac-nhan/<token>")
def ask_to_confirm(token: str) -> Response:
    """One button."""
    with work() as w:
        wish = acts.wish_of(w, token)
        matter = _named(wish.matter) if wish else None
    if matter is None:
        return _over()
    return show_apart("public/following/confirm.html", name=name_here(matter), matter=matter)


@pages.post("/xac-nhan/<token>")
def confirm(token: str) -> Answer:
    """Followed from now on."""
    head = reads.head(reading())
    with work() as w:
        found = acts.confirm(w, token, head=head, told_on=told_day(w.now))
        own = acts.token_of(w.settings.instance / "keys", found.key) if found else ""
    return _to_own_page(own, "bat-dau") if own else _over()


@pages.get("/quan-ly/<token>")
def manage(token: str) -> Response:
    """How often, or not any more."""
    with work() as w:
        found = acts.followed(w, token)
        facts = (found.matter, found.rhythm) if found else None
    if facts is None:
        return _over()
    matter = _named(facts[0])
    return show_apart(
        "public/following/manage.html",
        token=token,
        matter=matter,
        name=name_here(matter),
        rhythm=facts[1],
        rhythms=_rhythms(),
        said=request.args.get("da", ""),
    )


@pages.post("/quan-ly/<token>")
def change(token: str) -> Answer:
    """Another rhythm, or the end of it."""
    rhythm, wanted = _rhythm(), request.form.get("viec", "")
    with work() as w:
        if found := acts.followed(w, token):
            if wanted == "dung-het":
                acts.stop_all(w, found)
            elif wanted == "dung":
                acts.stop(w, found)
            elif rhythm:
                acts.set_rhythm(w, found, rhythm)
        was_there = found is not None
    if wanted in ("dung", "dung-het"):
        return _stopped()  # twice is as good as once
    return _to_own_page(token, "doi-nhip") if was_there else _over()


@pages.get("/dung/<token>")
def ask_to_stop(token: str) -> Response:
    """One button, for whoever opens the link of the letter's head in a browser."""
    with work() as w:
        found = acts.followed(w, token)
        matter = _named(found.matter) if found else None
    if matter is None:
        return _stopped()
    return show_apart("public/following/stop.html", token=token, name=name_here(matter))


@pages.post("/dung/<token>")
def stop(token: str) -> Response:
    """Stopped by one click of a mail program (RFC 8058), or by the button."""
    with work() as w:
        if found := acts.followed(w, token):
            acts.stop(w, found)
    return _stopped()


def _ask(matter: Matter, status: int = 200, fault: str = "") -> Response:
    return show_apart(
        "public/following/ask.html",
        status,
        matter=matter,
        name=name_here(matter),
        fault=fault,
        typed=request.form.get("email", ""),
        rhythm=_rhythm() or Rhythm.WEEKLY,
        rhythms=_rhythms(),
        feed=path_of(matter),
        calendar=f"/lich/{matter}.ics" if matter.what in WITH_DEADLINES else "",
    )


def _stopped() -> Response:
    return show_apart("public/following/stopped.html")


def _over() -> Response:
    """410: the link was used, is too old, or what it led to was stopped."""
    return show_apart("public/following/over.html", 410, days=LINK_DAYS)


def _to_own_page(token: str, said: str) -> Answer:
    return redirect(url_for("following.manage", token=token, da=said), 303)


def _matter(written: str) -> Matter:
    """What is to be followed: every commitment where nothing is named. Words of residents have a feed."""
    matter = find_matter(written or What.SEARCH)
    return abort(404) if matter.what is What.EVERYTHING else matter


def _named(written: str) -> Matter:
    found = matter_of(written)
    assert found, "only what can be followed is stored"
    return found


def _rhythm() -> Rhythm | None:
    chosen = request.form.get("nhip", "")
    return Rhythm(chosen) if chosen in list(Rhythm) else None


def _rhythms() -> list[tuple[str, str]]:
    return [(rhythm.value, _(words)) for rhythm, words in RHYTHMS.items()]
