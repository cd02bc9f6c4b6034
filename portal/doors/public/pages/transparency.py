"""How comments are moderated, in the open: the ledger of decisions, and the figures of each month."""

import csv
import io

from flask import Blueprint, Response, abort

from portal.doors.public.cache import KEPT
from portal.doors.public.pages import reading, show
from portal.doors.public.pages.comments import page_number
from portal.record import voices
from portal.record.documents import ModerationDoc, TransparencyDoc
from portal.record.moderation_words import APPEAL_WORDS, REASON_WORDS, VERDICT_WORDS
from portal.record.voices import LINES_A_PAGE

pages = Blueprint("transparency", __name__, url_prefix="/kiem-duyet")

_REASONS = {reason.value: words for reason, words in REASON_WORDS.items()}
_VERDICTS = {verdict.value: words for verdict, words in VERDICT_WORDS.items()}
_APPEALS = {state.value: words for state, words in APPEAL_WORDS.items()}
_MONTHS = 12  # on the page; all of them are in the file

# Columns of the figures file: heading, and what of a month stands under it.
COLUMNS = (
    "thang", "cap_nhat", "da_nhan", "da_quyet_dinh", "dang_nguyen_van", "dang_da_che", "khong_dang",
    "tra_lai", "sang_kenh_khac", "gop_trung", "trung_vi_gio_lam_viec", "trong_han", "xem_lai",
    "xem_lai_doi", "xem_lai_giu", "quyet_dinh_lai", "thong_nhat",
)  # fmt: skip


@pages.get("")
def show_page() -> Response:
    """The figures of the last months and the ledger, newest first."""
    number = page_number()
    found = voices.ledger(reading(), page=number)
    lines = voices.lines(found)
    if number > found.last(LINES_A_PAGE) or (number > 1 and not lines):
        abort(404)
    return show(
        "public/transparency.html",
        asked=f"trang={number}" if number > 1 else "",
        months=voices.months(reading(), most=_MONTHS) if number == 1 else (),
        lines=lines,
        total=found.total,
        number=number,
        last=found.last(LINES_A_PAGE),
        reasons=_REASONS,
        verdicts=_VERDICTS,
        appeals=_APPEALS,
    )


@pages.get("/so-lieu.csv")
def figures() -> Response:
    """The figures of every month, one row each, refusals by reason in columns of their own."""
    months = voices.months(reading())
    reasons = sorted({one.reason for month in months for one in month.refused})
    rows = [[*COLUMNS, *(f"khong_dang_{reason}" for reason in reasons)]]
    rows += [[*_row(month), *_refused(month, reasons)] for month in months]
    return _csv(rows)


@pages.get("/so-kiem-duyet.csv")
def ledger() -> Response:
    """The newest thousand lines of the ledger."""
    found = voices.lines(voices.ledger(reading(), size=1000))
    heading = ["ngay", "quyet_dinh", "ly_do", "gio_lam_viec", "trong_han", "nguoi_thu_hai", "xem_lai"]
    return _csv([heading, *(_line(line) for line in found)])


def _row(month: TransparencyDoc) -> list[str]:
    refused = sum(one.count for one in month.refused)
    figures = (
        month.received, month.decided, month.shown, month.masked, refused, month.returned, month.redirected,
        month.merged, month.median_hours, month.in_time, month.appeals, month.overturned, month.upheld,
        month.reviewed, month.agreed,
    )  # fmt: skip
    return [month.month, month.as_of.isoformat(), *("" if n is None else str(n) for n in figures)]


def _refused(month: TransparencyDoc, reasons: list[str]) -> list[str]:
    counts = {one.reason: one.count for one in month.refused}
    return [str(counts.get(reason, 0)) for reason in reasons]


def _line(line: ModerationDoc) -> list[str]:
    said = (line.decision, line.reason or "", str(line.hours), _yes(line.in_time), _yes(line.second_person))
    return [line.decided_on.isoformat(), *said, line.appeal or ""]


def _yes(answer: bool) -> str:
    return "1" if answer else "0"


def _csv(rows: list[list[str]]) -> Response:
    written = io.StringIO()
    csv.writer(written).writerows([harmless(cell) for cell in row] for row in rows)
    # The mark at the beginning lets spreadsheets read Vietnamese as UTF-8.
    answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    answer.headers["Cache-Control"] = KEPT
    return answer


def harmless(cell: str) -> str:
    """``cell`` so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else cell
