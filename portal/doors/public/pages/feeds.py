"""Feeds as Atom: what happened to everything, a unit, programme or commitment, in a search, in moderation."""

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from portal.doors.language import language
from portal.doors.language import say as _
from portal.doors.public import feed
from portal.doors.public.cache import KEPT
from portal.doors.public.matters import find_matter, name_here, refs_of
from portal.doors.public.pages import reading
from portal.kernel.work import house
from portal.record import voices
from portal.record.documents import ModerationDoc, Revision
from portal.record.moderation_words import APPEAL_WORDS, VERDICT_WORDS, AppealState, Verdict, reason_words
from portal.record.news.entries import MOST, REMEMBERED, Entered, entries_of, gone_lately
from portal.record.news.kinds import News, NewsKind
from portal.record.news.matter import Matter, What

pages = Blueprint("feeds", __name__, url_prefix="/feeds")

_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed in which nothing ever happened


@pages.get("/tat-ca.atom")
def everything() -> Response:
    """Every change worth telling, newest first."""
    return _kept(_written(Matter(What.EVERYTHING)))


@pages.get("/<any('don-vi', 'chuong-trinh', 'cam-ket'):what>/<name>.atom")
def of_document(what: str, name: str) -> Response:
    """What happened to one document and what belongs to it."""
    return _kept(_written(find_matter(f"{what}/{name}")))


@pages.get("/tim-kiem.atom")
def of_search() -> Response:
    """What happened to whatever a search finds now. Words are free, so the page cache keeps none of these."""
    answer = _written(find_matter(f"tim-kiem?{request.query_string.decode('latin-1')}"))
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer


@pages.get("/kiem-duyet.atom")
def of_moderation() -> Response:
    """The newest decisions of moderators, as the public ledger tells them."""
    revisions = voices.ledger(reading(), size=MOST).revisions
    entries = [_decided(rev, rev.document) for rev in revisions if isinstance(rev.document, ModerationDoc)]
    frame = _frame(_("Sổ kiểm duyệt công khai"), "/feeds/kiem-duyet.atom", "/kiem-duyet", entries)
    return _kept(Response(feed.write(frame, entries, ()), mimetype=feed.MIMETYPE))


def _decided(rev: Revision, line: ModerationDoc) -> Entered:
    words = [VERDICT_WORDS[Verdict(line.decision)]]
    words += [reason_words(line.reason)] if line.reason else []
    words += [APPEAL_WORDS[AppealState(line.appeal)]] if line.appeal else []
    said = "; ".join(_(one) for one in words)
    return Entered(rev, rev, "", (News(NewsKind.DECIDED, (said, said)),), rev.at)


def _written(matter: Matter) -> Response:
    refs = refs_of(matter)
    entries = entries_of(reading(), refs)
    gone = gone_lately(reading(), since=house().clock.now() - REMEMBERED)
    frame = _frame(name_here(matter), path_of(matter), matter.path, entries)
    body = feed.write(frame, entries, [one for one in gone if refs is not None and one.ref not in refs])
    return Response(body, mimetype=feed.MIMETYPE)


def _frame(name: str, path: str, page: str, entries: list[Entered]) -> feed.Frame:
    settings = house().settings
    return feed.Frame(
        base=settings.base_url.rstrip("/"),
        tongue=language(),
        title=f"{settings.site_name}: {name}",
        author=settings.site_owner,
        path=path,
        page=page,
        updated=_updated(entries),
    )


def path_of(matter: Matter) -> str:
    """Where the feed of ``matter`` is, without language and host."""
    what, _mark, query = str(matter).partition("?")
    return f"/feeds/{what}.atom" + (f"?{query}" if query else "")


def _updated(entries: list[Entered]) -> datetime:
    return max((entered.at for entered in entries), default=_BEGINNING)


def _kept(answer: Response) -> Response:
    # An address with a query shows the same feed and must not be kept beside it.
    answer.headers["Cache-Control"] = "no-cache" if request.query_string else KEPT
    return answer
