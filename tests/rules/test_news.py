"""What counts as news between two states of a document, and the sentence each kind is told by."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import town

from portal.inbox.following.posting import Reached
from portal.inbox.following.rhythm import Rhythm, first_letter, next_letter, retry_at
from portal.kernel.calendar import vietnam
from portal.record.documents import (
    CommentDoc,
    Document,
    Ending,
    EvidenceDoc,
    PostingDoc,
    RatingsDoc,
    ThemeDoc,
    TombstoneDoc,
)
from portal.record.news.clock import late_from, told_day
from portal.record.news.differences import news_between, title_of
from portal.record.news.kinds import WORDS, News, NewsKind
from portal.record.news.matter import Matter, What, matter_of
from portal.record.voice import CommentKind, CommentState, ReplyDoc

DOC = town.commitments()["DT-01"]
PROGRAMME = town.programme("ct0chairman", town.CHAIR, "101/QĐ-MH", withheld=2)
REPLY = ReplyDoc(text="Đã làm (minh họa).", by="UBND phường", replied_on=town.TODAY)
COMMENT = CommentDoc(
    ref="gy1", programme_ref="ct0chairman", commitment_ref=DOC.ref, kind=CommentKind.OPINION,
    state=CommentState.SHOWN, words="Lời của dân.", shown_as="Người dân", received_on=town.TODAY,
    decided_on=town.TODAY,
)  # fmt: skip
THEME = ThemeDoc(ref="cd1", programme_ref="ct0chairman", title="Đèn đường", comments=("gy1",), asked_on=None,
    due_on=None)  # fmt: skip
FILE = EvidenceDoc(
    sha256="a" * 64, media_type="image/png", size=1, description="Ảnh (minh họa)", added_on=town.TODAY
)
STONE = TombstoneDoc(ref=DOC.ref, withdrawn_on=town.TODAY, reason="Nhầm (minh họa)")
POSTED = PostingDoc(place="Nhà văn hóa", posted_on=town.TODAY, planned_until=town.TODAY)
# Only its class matters: the figures are not looked at.
RATINGS = RatingsDoc(
    ref="r", programme_ref="p", commitment_ref=DOC.ref, figures=None, min_batch=16, min_days=7
)  # type: ignore[arg-type]  # see above
K = NewsKind


def at(value: str, *, confirmed: bool = False, state: str = "figure", day: date = town.TODAY) -> Document:
    """``DOC`` with one more report."""
    row = town.report(day, value if state == "figure" else None, confirmed=confirmed, state=state)
    return replace(DOC, progress=(*DOC.progress, row))


CASES: list[tuple[Document | None, Document, list[NewsKind]]] = [
    (None, DOC, [K.COMMITMENT]),
    (STONE, DOC, [K.COMMITMENT]),
    (DOC, DOC, []),
    (DOC, STONE, [K.WITHDRAWN]),
    (DOC, at("90"), [K.REPORTED]),
    (DOC, at("90", confirmed=True), [K.CONFIRMED]),
    (at("90"), at("90", confirmed=True), [K.CONFIRMED]),
    (at("90"), at("91"), [K.CORRECTED]),
    (at("90"), at("91", confirmed=True), [K.CORRECTED, K.CONFIRMED]),
    (at("90"), DOC, [K.CHANGED]),
    (DOC, at("", state="no_data"), [K.REPORTED]),
    (DOC, replace(DOC, target=Decimal(90)), [K.TARGET_LOWERED]),
    (DOC, replace(DOC, target=Decimal(99)), [K.TARGET_RAISED]),
    (DOC, replace(DOC, target=None), [K.TARGET_LOWERED]),
    (DOC, replace(DOC, deadline=date(2027, 6, 1)), [K.DEADLINE_LATER]),
    (DOC, replace(DOC, deadline=date(2026, 12, 1)), [K.DEADLINE_EARLIER]),
    (DOC, replace(DOC, causes=town.commitments()["TN-02"].causes), [K.CAUSE]),
    (DOC, replace(DOC, evidence=(FILE,)), [K.EVIDENCE]),
    (DOC, replace(DOC, ending=Ending.TRANSFER, ended_on=town.TODAY), [K.ENDED]),
    (DOC, replace(DOC, text="Khác", indicator="Khác"), [K.CHANGED]),
    (None, PROGRAMME, [K.PROGRAMME]),
    (PROGRAMME, replace(PROGRAMME, ending=Ending.TRANSFER), [K.ENDED]),
    (PROGRAMME, replace(PROGRAMME, preface="Khác"), [K.CHANGED]),
    (PROGRAMME, replace(PROGRAMME, postings=(POSTED,)), []),
    (None, COMMENT, [K.COMMENTED]),
    (None, replace(COMMENT, state=CommentState.REFUSED, words=""), []),
    (COMMENT, replace(COMMENT, state=CommentState.TAKEN_BACK, words=""), []),
    (COMMENT, replace(COMMENT, reply=REPLY), [K.REPLIED]),
    (replace(COMMENT, reply=REPLY), replace(COMMENT, reply=REPLY, appealed=True), []),
    (None, THEME, [K.THEME]),
    (THEME, replace(THEME, reply=REPLY), [K.REPLIED]),
    (THEME, replace(THEME, title="Khác"), []),
    (None, RATINGS, [K.RATED]),
    (None, town.units()["phuong-nhi-chieu"], [K.UNIT]),
]


@pytest.mark.parametrize(("before", "now", "kinds"), CASES)
def test_each_difference_is_news_of_its_kind(
    before: Document | None, now: Document, kinds: list[NewsKind]
) -> None:
    assert [news.kind for news in news_between(before, now)] == kinds


def test_the_words_of_residents_are_never_told() -> None:
    told = [news for before, now, _ in CASES for news in news_between(before, now)]
    assert told
    for news in told:
        for english in (False, True):
            assert "Lời của dân" not in news.said(english=english)
            assert "Đã làm" not in news.said(english=english)


def test_every_kind_has_its_words_in_both_languages() -> None:
    assert set(WORDS) == set(NewsKind)
    assert all(vi and en and vi != en for vi, en in WORDS.values())


@pytest.mark.parametrize(
    ("now", "vietnamese", "english"),
    [
        (
            at("1234.5"),
            "Cán bộ tự báo cáo: 24/11/2026, 1.234,5%",
            "Reported by the cadre: 24/11/2026, 1,234.5%",
        ),
        (at("0"), "Cán bộ tự báo cáo: 24/11/2026, 0%", "Reported by the cadre: 24/11/2026, 0%"),
        (
            at("", state="not_connected"),
            "Cán bộ tự báo cáo: 24/11/2026, chưa kết nối nguồn số liệu",
            "Reported by the cadre: 24/11/2026, not connected",
        ),
        (replace(DOC, target=None), "Hạ mức đích: 95% → không nêu", "Target lowered: 95% → none"),
    ],
)
def test_a_figure_is_written_as_each_language_does(now: Document, vietnamese: str, english: str) -> None:
    (news,) = news_between(DOC, now)
    assert (news.said(english=False), news.said(english=True)) == (vietnamese, english)


def test_what_has_no_page_has_no_title() -> None:
    titled = [DOC, PROGRAMME, town.units()["hai-phong"], THEME]
    assert all(title_of(document) for document in titled)
    assert [title_of(document) for document in (None, STONE, COMMENT)] == ["", "", ""]
    assert News(K.EVALUATED).said(english=True) == "News of an evaluation period"


@pytest.mark.parametrize(
    ("written", "matter"),
    [
        ("tat-ca", Matter(What.EVERYTHING)),
        ("cam-ket/ckdt01", Matter(What.COMMITMENT, "ckdt01")),
        ("don-vi/phuong-nhi-chieu", Matter(What.UNIT, "phuong-nhi-chieu")),
        ("chuong-trinh/x", Matter(What.PROGRAMME, "x")),
        ("tim-kiem", Matter(What.SEARCH)),
        ("tim-kiem?q=a", Matter(What.SEARCH, "q=a")),
        *(
            (bad, None)
            for bad in ("", "cam-ket", "cam-ket/", "cam-ket/a/b", "cam-ket/a b", "x/y", "tat-ca/x")
        ),
        *((bad, None) for bad in ("so-cai/1", "cam-ket/a\n", "tim-kiem?" + "a" * 9000, "tim-kiem/x")),
    ],
)
def test_a_matter_is_read_as_it_is_written(written: str, matter: Matter | None) -> None:
    assert matter_of(written) == matter
    if matter:
        assert str(matter) == written


def vn(*when: int) -> datetime:
    """An instant by the clocks of Vietnam."""
    return datetime(*when, tzinfo=UTC) - timedelta(hours=7)  # type: ignore[misc,arg-type]  # a date's parts


@pytest.mark.parametrize(
    ("rhythm", "now", "then"),
    [
        (Rhythm.DAILY, vn(2026, 11, 24, 6, 59), vn(2026, 11, 24, 7)),
        (Rhythm.DAILY, vn(2026, 11, 24, 7), vn(2026, 11, 25, 7)),
        (Rhythm.WEEKLY, vn(2026, 11, 24, 9), vn(2026, 11, 30, 7)),  # from a Tuesday to Monday
        (Rhythm.WEEKLY, vn(2026, 11, 30, 6), vn(2026, 11, 30, 7)),
        (Rhythm.WEEKLY, vn(2026, 11, 30, 7), vn(2026, 12, 7, 7)),
        (Rhythm.INSTANT, vn(2026, 11, 24, 3), vn(2026, 11, 24, 3, 10)),
    ],
)
def test_letters_come_at_their_hour(rhythm: Rhythm, now: datetime, then: datetime) -> None:
    assert next_letter(rhythm, now) == then
    assert first_letter(rhythm, now) == (now if rhythm is Rhythm.INSTANT else then)


def test_a_failure_is_tried_again_later_and_later_but_each_day() -> None:
    now = vn(2026, 11, 24, 9)
    waits = [retry_at(failures, now) - now for failures in range(1, 40)]
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "day"), [(vn(2026, 11, 24, 6, 59), date(2026, 11, 23)), (vn(2026, 11, 24, 7), date(2026, 11, 24))]
)
def test_the_clock_s_news_wait_for_the_morning(now: datetime, day: date) -> None:
    assert told_day(now) == day


@pytest.mark.parametrize(
    ("today", "began"),
    [
        (date(2026, 10, 30), None),
        (date(2026, 11, 1), None),  # a Sunday: the clock counts working days
        (date(2026, 11, 2), date(2026, 11, 2)),
        (date(2026, 11, 24), date(2026, 11, 2)),
    ],
)
def test_late_begins_on_the_working_day_after_the_deadline(today: date, began: date | None) -> None:
    doc = town.commitments()["TN-02"]  # due on Friday, 30 October
    assert late_from(doc, today=today, calendar=vietnam()) == began


@pytest.mark.parametrize("seen", [None, (), ("a", "b")])
def test_how_far_somebody_was_told_survives_being_stored(seen: tuple[str, ...] | None) -> None:
    told = Reached(7, date(2026, 11, 24), seen, ("ckdt01 31/01/2027",))
    assert Reached.from_text(told.as_text()) == told
