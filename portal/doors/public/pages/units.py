"""Units: the tree, one unit, and the way from an old name, an old address or a recycled code."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request, url_for

from portal.doors.formats import day
from portal.doors.language import say as _
from portal.doors.public import places
from portal.doors.public.cache import KEPT
from portal.doors.public.counts import held_by_unit, units_within
from portal.doors.public.pages import reading, show, today, viewpoint
from portal.doors.public.pages.gone import gone
from portal.doors.public.pages.procedures import box_of
from portal.doors.public.promises import late_in, promised_at
from portal.kernel.text import tidy
from portal.record import reads
from portal.record.documents import Succession, UnitDoc, UnitLink
from portal.record.standing_words import StandingKey

pages = Blueprint("units", __name__, url_prefix="/don-vi")

_LONGEST_NAME = 100  # characters


@dataclass(frozen=True, slots=True)
class Option:
    """One way on from a chooser."""

    href: str
    unit: UnitLink | UnitDoc
    said: str


@pages.get("")
def tree() -> Response:
    """Every unit in force by what it belongs to, and every former name.

    ``?den=`` goes straight to one; ``?q=`` keeps those of that name, old or new.
    """
    if wanted := request.args.get("den", ""):
        return _lead_to(url_for("units.show_page", slug=wanted))
    units, view, words = reads.units(reading()), viewpoint(), tidy(request.args.get("q", ""))[:_LONGEST_NAME]
    named = places.named_like(units, words)
    return show(
        "public/units.html",
        "units",
        asked="?" if words else "",  # words are free, so what they find is not kept
        words=words,
        groups=places.grouped(named, held_by_unit(reading(), view), view.today),
        former=places.former(named, view.today),
        choices=places.choices(units, view.today),
        late_key=StandingKey.OVERDUE,
        today=view.today,
    )


@pages.get("/<slug>")
def show_page(slug: str) -> Response:
    """A unit's programmes; a former unit leads to its successor, a number to whoever has or had it."""
    if slug.isdecimal():
        return _by_code(slug)
    rev = reads.revision(reading(), slug)
    if rev is None:
        abort(404)
    if not isinstance(rev.document, UnitDoc):
        return gone(rev)
    unit, on = rev.document, today()
    if places.is_former(unit, on) and unit.successors:
        return _succeeded(unit)
    came_from = _came_from(unit)
    promised = promised_at(reading(), unit, viewpoint())
    return show(
        "public/unit.html",
        "units",
        asked=f"tu={came_from.unit.slug}" if came_from else "",
        unit=unit,
        came_from=came_from,
        programmes=promised,
        commitments=sum(one.count for one in promised),
        late=late_in(promised),
        below=_grouped_below(slug),
        ended=places.is_former(unit, on),
        box=box_of(reads.procedures_of(reading(), slug), today=on),
        late_key=StandingKey.OVERDUE,
        today=on,
    )


def _grouped_below(slug: str) -> list[places.Group]:
    """What belongs to the unit at ``slug``; nothing is counted for a unit nothing belongs to."""
    below, view = _below(slug), viewpoint()
    return places.grouped(below, held_by_unit(reading(), view), view.today) if below else []


def _below(slug: str) -> list[UnitDoc]:
    """The units that belong to the one at ``slug``."""
    found = reads.documents(reading(), units_within(reading(), slug)).values()
    return [rev.document for rev in found if isinstance(rev.document, UnitDoc)]


def _came_from(unit: UnitDoc) -> Succession | None:
    slug = request.args.get("tu", "")
    return next((old for old in unit.predecessors if old.unit.slug == slug), None)


def _succeeded(unit: UnitDoc) -> Response:
    if len(unit.successors) == 1:
        return _lead_to(url_for("units.show_page", slug=unit.successors[0].unit.slug, tu=unit.slug))
    options = [
        Option(
            url_for("units.show_page", slug=s.unit.slug, tu=unit.slug),
            s.unit,
            _("từ ngày %(day)s", day=day(s.effective_on)),
        )
        for s in unit.successors
    ]
    explained = _(
        "%(old)s đã được chia về nhiều nơi. Ông/bà chọn nơi đang quản lý địa bàn của mình.",
        old=unit.name,
    )
    return _choose(unit.name, explained, options)


def _by_code(code: str) -> Response:
    units = reads.units_of_code(reading(), code)
    if not units:
        abort(404)
    if len(units) == 1:
        return _lead_to(url_for("units.show_page", slug=units[0].slug))
    options = [Option(url_for("units.show_page", slug=u.slug), u, _period(u)) for u in units]
    explained = _("Mã %(code)s từng được dùng cho nhiều đơn vị. Ông/bà chọn đơn vị cần xem.", code=code)
    return _choose(_("Mã đơn vị %(code)s", code=code), explained, options)


def _period(unit: UnitDoc) -> str:
    if unit.valid_to:
        return _("đến ngày %(day)s", day=day(unit.valid_to))
    return _("từ ngày %(day)s", day=day(unit.valid_from)) if unit.valid_from else _("hiện nay")


def _choose(title: str, explained: str, options: list[Option]) -> Response:
    return show("public/unit_chooser.html", "units", title=title, explained=explained, options=options)


def _lead_to(href: str) -> Response:
    answer = redirect(href, 302)  # never permanent: units are merged and divided again
    answer.headers["Cache-Control"] = KEPT
    return answer  # type: ignore[return-value]  # werkzeug promises less than it gives
