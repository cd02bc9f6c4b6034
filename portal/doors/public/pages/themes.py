"""What many said of one programme, and whether its office has answered: silence shows."""

from dataclasses import dataclass

from flask import Blueprint, Response

from portal.doors.public.pages import reading, show, today
from portal.doors.public.pages.commitment import find_revision
from portal.doors.public.pages.gone import gone
from portal.record import reads
from portal.record.documents import CommentDoc, ProgrammeDoc, ThemeDoc
from portal.record.replies import REPLY_WORDS, ReplyStanding, days_late, reply_standing
from portal.record.voice import CommentState

pages = Blueprint("themes", __name__, url_prefix="/chuong-trinh")

_SIGNS = {
    ReplyStanding.ANSWERED: ("good", "check"),
    ReplyStanding.LATE: ("late", "overdue"),
    ReplyStanding.OWED: ("warn", "half"),
    ReplyStanding.FREE: ("neutral", "not-yet"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One theme with the comments that can still be read; ``word`` is Vietnamese, to be translated."""

    doc: ThemeDoc
    word: str
    tone: str
    form: str
    days_late: int
    comments: tuple[CommentDoc, ...]


@pages.get("/<ref>/giai-trinh")
def show_page(ref: str) -> Response:
    """Every theme of the programme, what is overdue first."""
    rev, _ = find_revision(ref)
    if not isinstance(rev.document, ProgrammeDoc):
        return gone(rev)
    themes = reads.themes_of(reading(), ref)
    known = reads.documents(reading(), [comment for theme in themes for comment in theme.comments])
    comments = {key: r.document for key, r in known.items() if isinstance(r.document, CommentDoc)}
    told = sorted((_told(theme, comments) for theme in themes), key=lambda one: -one.days_late)
    return show("public/themes.html", doc=rev.document, themes=told)


def late_in(themes: tuple[ThemeDoc, ...]) -> int:
    """How many of ``themes`` wait for an answer that is overdue."""
    return sum(reply_standing(theme, today=today()) is ReplyStanding.LATE for theme in themes)


def _told(theme: ThemeDoc, comments: dict[str, CommentDoc]) -> Told:
    standing = reply_standing(theme, today=today())
    shown = (comments[key] for key in theme.comments if key in comments)
    readable = tuple(c for c in shown if c.state in (CommentState.SHOWN, CommentState.MASKED))
    late = days_late(theme, today=today())
    return Told(theme, REPLY_WORDS[standing], *_SIGNS[standing], late, readable)
