"""Pages whose text is part of the program: how things are computed, and where to turn for help."""

from datetime import date
from decimal import Decimal

from flask import Blueprint, Response

from portal.doors.charts import SURE, draw_track
from portal.doors.public.access import CHECKED, KNOWN_BARRIERS, STANDARD, TESTED, UNTESTED
from portal.doors.public.figures import FIGURES
from portal.doors.public.meanings import MEANINGS
from portal.doors.public.narrowing import TRAIT_MEANINGS, TRAIT_WORDS
from portal.doors.public.opinions import example, in_words
from portal.doors.public.pages import show
from portal.doors.public.pages.ratings import min_batch
from portal.doors.readings import sign_of
from portal.kernel.work import house
from portal.record.attainment import attainment
from portal.record.change_words import show as show_figure
from portal.record.evaluation.counting import percent
from portal.record.evaluation.dossier import FORMULAS
from portal.record.evaluation.legal import LEGAL
from portal.record.ratings.method import method as method_of_counting
from portal.record.ratings.terms import Answer

_EXAMPLE = attainment(Decimal(37), Decimal(24), Decimal(15)) or Decimal(0)

_SHARES = {"on_time": 3, "beyond": 1, "late": 3}  # of seven, in the worked example
_RATED = {Answer.DONE_WELL: 20, Answer.UNCLEAR: 7, Answer.NOT_SEEN: 3, Answer.UNKNOWN: 2}
_LEAST_CELL = 5  # of the worked example, whatever this installation decided

method = Blueprint("method", __name__)
help_pages = Blueprint("help", __name__)
access_pages = Blueprint("access", __name__)


@method.get("/phuong-phap", endpoint="show_page")
def show_method() -> Response:
    """How attainment, lateness and statuses are computed, and what is never done."""
    settings = house().settings
    counting = method_of_counting(
        k=settings.minimum_cell, min_batch=min_batch(), min_days=settings.rating_days
    )
    return show(
        "public/method.html",
        "method",
        tolerance=settings.behind_tolerance_percent,
        counting=[in_words(words) for words in counting],
        counted=example(_RATED, k=_LEAST_CELL),
        signs=[(sign_of(key), meaning) for key, meaning in MEANINGS.items()],
        example=draw_track([(SURE, _EXAMPLE)]),
        shares={name: show_figure(percent(part, 7)) for name, part in _SHARES.items()},
        formulas=date.fromisoformat(FORMULAS),
        legal=LEGAL,
        figures=FIGURES,
        filters=[(TRAIT_WORDS[trait], meaning) for trait, meaning in TRAIT_MEANINGS.items()],
    )


@help_pages.get("/tro-giup", endpoint="show_page")
def show_help() -> Response:
    """Help for residents, and the lawful channels for what does not belong here."""
    return show("public/help.html", "help")


@access_pages.get("/tiep-can", endpoint="show_page")
def show_access() -> Response:
    """How far everybody can use this site: what was tested, what was not, and who answers a complaint."""
    return show(
        "public/access.html",
        standard=STANDARD,
        checked=CHECKED,
        tested=TESTED,
        untested=UNTESTED,
        barriers=KNOWN_BARRIERS,
        answer_days=house().settings.access_reply_days,
    )
