"""Pages whose text is part of the program: how things are computed, and where to turn for help."""

from decimal import Decimal

from flask import Blueprint, Response

from portal.doors.charts import SURE, draw_track
from portal.doors.public.meanings import MEANINGS
from portal.doors.public.pages import show
from portal.doors.readings import sign_of
from portal.kernel.work import house
from portal.record.attainment import attainment

_EXAMPLE = attainment(Decimal(37), Decimal(24), Decimal(15)) or Decimal(0)

method = Blueprint("method", __name__)
help_pages = Blueprint("help", __name__)


@method.get("/phuong-phap", endpoint="show_page")
def show_method() -> Response:
    """How attainment, lateness and statuses are computed, and what is never done."""
    return show(
        "public/method.html",
        "method",
        tolerance=house().settings.behind_tolerance_percent,
        signs=[(sign_of(key), meaning) for key, meaning in MEANINGS.items()],
        example=draw_track([(SURE, _EXAMPLE)]),
    )


@help_pages.get("/tro-giup", endpoint="show_page")
def show_help() -> Response:
    """Help for residents, and the lawful channels for what does not belong here."""
    return show("public/help.html", "help")
