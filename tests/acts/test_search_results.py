"""The answers of search: what is found, in which order, how it is counted, what it says of itself."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_log import HERE, TODAY, PaperLog, judge, place, programme, promise, standing_of

from portal.record.documents import CommitmentDoc, Kind, Revision
from portal.record.search import Found, Note, Query, Searcher, Writer
from portal.record.search.rows import row_of
from portal.record.search.terms import searched, words

Asked = Callable[..., Found]
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def searcher_of(log: PaperLog) -> Searcher:
    """A searcher that has only the log, no index on disk."""
    return Searcher(Path("/nonexistent"), log, judge)


def ask(log: PaperLog, text: str = "", **filters: object) -> Found:
    """One question to a fresh searcher."""
    return searcher_of(log).search(Query(text=text, **filters), today=TODAY)  # type: ignore[arg-type]


@pytest.fixture
def town() -> PaperLog:
    """Three units, old names, two programmes, a handful of promises."""
    new = place("Phường Nhị Chiểu", "10714")
    other = place("Xã Phú Thái", "10750")
    return PaperLog(
        new,
        other,
        place("Phường Minh Tân", "10702", into=(new,)),
        place("Phường Phú Thứ", "10714", into=(new,)),
        place("Xã Thượng Quận", "10729", into=(new, other)),
        programme("P1", "Lê Minh Họa", "Chủ tịch UBND phường", new),
        promise("von", "Giải ngân vốn đầu tư công đạt 95%", unit=new),
        promise("y-te", "Bảo hiểm y tế đạt 97% dân số", unit=new, coordinators=("MTTQ xã",)),
        promise("tham-mo", "Tham mưu 5 rõ cho đấu tu cống", unit=other),
        promise("ranh", "Mở đường nối sang khu Minh Tân", unit=other),
        promise(
            "so-do", "Cấp giấy chứng nhận lần đầu cho 186 thửa đất", unit=other, deadline=date(2026, 12, 31)
        ),
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("đầu tư công", "von"),
        ("giai ngan", "von"),
        ("đấu tu cống", "tham-mo"),
        ("5 rõ", "tham-mo"),
        ("y tế", "y-te"),
        ("BHYT", "y-te"),
        ("mặt trận tổ quốc", "y-te"),
        ("97%", "y-te"),
        ("31/12/2026", "so-do"),
        ("sổ đỏ", "so-do"),
        ('"vốn đầu tư"', "von"),
    ],
)
def test_people_find_what_they_mean(town: PaperLog, text: str, first: str) -> None:
    assert ask(town, text).refs[0] == first


def test_exact_accents_come_before_look_alikes_which_are_still_found(town: PaperLog) -> None:
    assert ask(town, "đầu tư công").refs == ("von", "tham-mo")
    assert ask(town, "đấu tu cống").refs == ("tham-mo", "von")


def test_a_quoted_phrase_asks_for_neighbours(town: PaperLog) -> None:
    town.publish(promise("far", "Công khai việc đầu thầu và tư vấn"))
    assert set(ask(town, "đầu tư công").refs) == {"von", "tham-mo", "far"}
    assert "far" not in ask(town, '"đầu tư công"').refs


def test_an_old_name_finds_the_successors_promises_after_what_says_it(town: PaperLog) -> None:
    found = ask(town, "Minh Tân")
    assert found.refs[0] == "ranh"
    assert set(found.refs) == {"ranh", "von", "y-te"}
    assert Note.UNIT_SUCCEEDED in found.notes
    assert ask(town, "minh tan y te").refs == ("y-te",)


def test_an_old_unit_leads_to_what_it_became(town: PaperLog) -> None:
    (hit,) = ask(town, "phuong minh tan").units
    assert (hit.slug, hit.is_current) == ("phường-minh-tân-cu", False)
    assert [unit.name for unit in hit.successors] == ["Phường Nhị Chiểu"]
    (split,) = ask(town, "Thượng Quận").units
    assert [unit.name for unit in split.successors] == ["Phường Nhị Chiểu", "Xã Phú Thái"]
    codes = {(hit.name, hit.is_current) for hit in ask(town, "10714").units}
    assert codes == {("Phường Nhị Chiểu", True), ("Phường Phú Thứ", False)}


def test_filtering_by_an_old_unit_shows_its_successors(town: PaperLog) -> None:
    assert set(ask(town, unit="phường-minh-tân-cu").refs) == {"von", "y-te"}
    assert ask(town, unit="khong-co").total == 0


def test_a_programme_is_found_by_its_holder(town: PaperLog) -> None:
    assert ask(town, "le minh hoa").programmes == ("P1",)
    assert ask(town, "chủ tịch nhị chiểu").programmes == ("P1",)
    assert ask(town, "nguyen van khac").programmes == ()


def test_a_slip_is_mended_only_when_that_finds_something(town: PaperLog) -> None:
    found = ask(town, "giải ngâng vốn")
    assert (found.suggestion, found.refs[0]) == ("giải ngân vốn", "von")
    assert Note.WORDS_CORRECTED in found.notes
    assert ask(town, "daututcong").suggestion is None
    assert ask(town, "dautucong").suggestion == "dau tu cong"
    assert ask(town, "giải ngân").suggestion is None
    assert ask(town, "xyzzyq").suggestion is None
    assert ask(town, "w").suggestion is None
    assert ask(town, "xyzzyq").total == 0


def test_unknown_words_are_left_out_and_most_words_asked_for(town: PaperLog) -> None:
    found = ask(town, "bảo hiểm y tế xyzzyq")
    assert (found.refs, found.notes) == (("y-te",), (Note.WORDS_UNKNOWN,))
    found = ask(town, "bảo hiểm giải ngân dân số")
    assert found.refs[0] == "y-te"
    assert Note.MATCHED_MOST in found.notes


def test_accidental_meetings_of_syllables_do_not_count_as_all_the_words(town: PaperLog) -> None:
    town.publish(promise("odd", "Sự dùng dằng, quyên góp, nhẫn nại, chúng dân, giày da, đặt chỗ"))
    found = ask(town, "giấy chứng nhận quyền sử dụng đất")
    assert found.refs[0] == "so-do"
    assert Note.MATCHED_MOST in found.notes


def test_two_words_side_by_side_are_not_outdone_by_single_ones(town: PaperLog) -> None:
    town.publish(promise("khai", "Đăng ký khai sinh"))
    town.publish(promise("cho", "Mua tạm khoai, gạo nếp, tiền lẻ, bán hoa"))
    found = ask(town, "khai sinh mua gạo bán khoai tiền")
    assert set(found.refs) == {"khai", "cho"}
    assert "khai" not in ask(town, "sinh mua khai gạo bán khoai tiền").refs  # nothing of it side by side


def test_too_few_of_the_words_are_nothing(town: PaperLog) -> None:
    found = ask(town, "nguồn đăng nhãn quyến sừ đúng đát bảo")
    assert found.total == 0
    assert Note.MATCHED_MOST not in found.notes


def test_scattered_words_without_accents_still_all_count(town: PaperLog) -> None:
    found = ask(town, "so dan bao")
    assert (found.refs, found.notes) == (("y-te",), ())


def test_pages_are_kept_within_what_there_is() -> None:
    log = PaperLog(*(promise(f"c{n:02}", f"Việc {n}") for n in range(25)))
    pages = [ask(log, "việc", page=page, size=10) for page in (0, 1, 2, 3, 99)]
    assert [found.page for found in pages] == [1, 1, 2, 3, 3]
    assert pages[1].pages == 3
    shown = pages[1].refs + pages[2].refs + pages[3].refs
    assert sorted(shown) == [f"c{n:02}" for n in range(25)]
    assert len(ask(log, size=10**9).refs) == 25


def test_browsing_lists_by_standing_and_order() -> None:
    late = [promise(f"late{n}", "Việc", deadline=date(2026, 1, 1 + n)) for n in (5, 2, 9)]
    log = PaperLog(promise("fine", "Việc"), *late)
    browse = searcher_of(log).browse
    assert browse(today=TODAY, standings=("overdue",), sort="deadline", n=2) == ("late2", "late5")
    assert browse(today=TODAY, n=2) == ("late9", "late2")
    assert browse(today=date(2025, 1, 1), standings=("overdue",)) == ()


def test_a_parent_covers_its_children() -> None:
    city = place("Thành phố Minh Họa", "31")
    ward = replace(place("Phường Ví Dụ", "1"), parent_slug=city.slug)
    log = PaperLog(city, ward, promise("in", "Việc", unit=ward), promise("out", "Việc"))
    assert ask(log, unit=city.slug).refs == ("in",)


def test_a_unit_taken_down_is_named_no_more() -> None:
    city = place("Thành phố Minh Họa", "31")
    ward = replace(place("Phường Ví Dụ", "1"), parent_slug=city.slug)
    log = PaperLog(city, ward, promise("in", "Việc", unit=ward))
    searcher = searcher_of(log)
    assert searcher.search(Query(text="thành phố minh họa"), today=TODAY).refs == ("in",)
    log.withdraw(Kind.UNIT, ward.slug)
    assert searcher.search(Query(text="vi du"), today=TODAY).units == ()
    assert searcher.search(Query(unit=city.slug), today=TODAY).total == 0
    log.withdraw(Kind.UNIT, city.slug)
    assert searcher.search(Query(unit=city.slug), today=TODAY).total == 0


def test_units_that_became_each_other_are_covered_once() -> None:
    first, second = place("Phường Nhất", "1"), place("Phường Nhì", "2")
    turned = replace(second, successors=place("x", into=(first,)).successors)
    back = replace(first, successors=place("x", into=(second,)).successors)
    log = PaperLog(back, turned, replace(first, slug="—", name="—"), promise("c", "Việc", unit=second))
    assert ask(log, unit=first.slug).refs == ("c",)


def test_forgotten_sets_are_read_again(town: PaperLog, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [ask(town, text) for text in ("đầu tư công", "y te")]
    monkeypatch.setattr("portal.record.search.postings._KEPT_BYTES", 0)
    searcher = searcher_of(town)
    for _ in range(2):
        found = [searcher.search(Query(text=text), today=TODAY) for text in ("đầu tư công", "y te")]
        assert found == expected


def test_a_tombstone_has_nothing_to_find() -> None:
    log = PaperLog(promise("c", "Việc"))
    log.withdraw(Kind.COMMITMENT, "c")
    tombstone = log.entries[-1]
    with pytest.raises(TypeError, match="tombstone"):
        searched(tombstone.document)
    with pytest.raises(TypeError, match="nothing to index at 1"):
        row_of(tombstone, first=0)


def test_hostile_questions_get_an_answer(town: PaperLog) -> None:
    searcher = searcher_of(town)
    entries = json.loads((SAMPLES / "hostile_queries.json").read_text("utf-8"))
    for entry in entries:
        text = entry if isinstance(entry, str) else entry[0] * entry[1]
        for sort in ("deadline", "'; DROP"):
            query = Query(text=text, unit=text, area=text, standing=text, sort=sort, page=-5, size=-1)
            assert not text or searcher.search(query, today=TODAY).total == 0
        found = searcher.search(Query(text=text), today=TODAY)
        assert len(found.refs) <= 10
    assert len(entries) >= 40


# --- against an oracle -----------------------------------------------------------------------------

SYLLABLES = ("thu", "thú", "thư", "chi", "chí", "chỉ", "đất", "dạt", "bùn", "7")
TEXTS = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map(" ".join)
PLACES = tuple(place(f"Phường {name}", code) for name, code in (("Nhất", "1"), ("Nhì", "2"), ("Ba", "3")))
PROMISES = st.builds(
    promise,
    st.sampled_from(("a", "b", "c", "d", "e", "f")),
    TEXTS,
    unit=st.sampled_from(PLACES),
    area=st.sampled_from(("x", "y")),
    deadline=st.integers(0, 40).map(lambda n: TODAY + timedelta(days=n - 20)),
    target=st.sampled_from((10, 60)),
)
QUERIES = st.builds(
    Query,
    text=st.lists(st.sampled_from((*SYLLABLES, "dat", "bun")), max_size=2).map(" ".join),
    unit=st.sampled_from(("", *(unit.slug for unit in PLACES))),
    area=st.sampled_from(("", "x", "y")),
    standing=st.sampled_from(("", "overdue", "not_due", "on_track")),
    sort=st.sampled_from(("relevance", "deadline", "newest", "updated")),
    size=st.just(100),
)
STEPS = st.lists(
    st.one_of(
        PROMISES.map(lambda doc: ("publish", doc)),
        st.sampled_from("abcdef").map(lambda ref: ("withdraw", ref)),
        st.integers(0, 30).map(lambda position: ("redact", position)),
    ),
    max_size=25,
)


def play(log: PaperLog, steps: Iterable[tuple[str, object]]) -> None:
    """Let the record live through ``steps`` that make sense."""
    for act, what in steps:
        if isinstance(what, CommitmentDoc):
            log.publish(what)
        elif act == "withdraw" and (Kind.COMMITMENT, what) in log.standing():
            log.withdraw(Kind.COMMITMENT, str(what))
        elif isinstance(what, int) and [
            e for e in log.since(what, 1) if isinstance(e.document, CommitmentDoc)
        ]:
            log.redact(what)


def firsts(log: PaperLog) -> dict[str, int]:
    """Where each standing commitment was first published since it was last down."""
    found: dict[str, int] = {}
    shadow = PaperLog()
    for entry in log.entries:
        shadow.entries.append(entry)
        shadow.erased = {
            p for p in log.erased if p < entry.position and _redacted_by(log, p) <= entry.position
        }
        up = {ref for kind, ref in shadow.standing() if kind is Kind.COMMITMENT}
        found = {ref: found.get(ref, entry.position) for ref in up}
    return found


def _redacted_by(log: PaperLog, position: int) -> int:
    ref = log.entries[position].ref
    later = (e.position for e in log.entries[position + 1 :] if e.ref == ref and e.act == "redact")
    return next(later, 10**9)


def matches(entry: Revision, query: Query, *, without: str = "") -> bool:
    """Whether the oracle shows ``entry`` for ``query``, leaving one filter out."""
    doc = entry.document
    assert isinstance(doc, CommitmentDoc)
    said = {word.folded for word in words(f"{doc.text} {doc.deadline:%d/%m/%Y}")}
    facts = {"unit": doc.holder.unit.slug, "area": doc.areas[0].code, "standing": standing_of(doc, TODAY)}
    chosen = {name: getattr(query, name) for name in facts if name != without and getattr(query, name)}
    return all(w.folded in said for w in words(query.text)) and all(facts[n] == v for n, v in chosen.items())


@settings(max_examples=150, deadline=None)
@given(STEPS, QUERIES)
def test_totals_counts_and_order_equal_a_search_by_hand(
    steps: list[tuple[str, object]], query: Query
) -> None:
    log = PaperLog(*PLACES)
    play(log, steps)
    found = ask(
        log, query.text, **{f: getattr(query, f) for f in ("unit", "area", "standing", "sort", "size")}
    )
    up = [e for (kind, _), e in log.standing().items() if kind is Kind.COMMITMENT]
    by_words = [e for e in up if matches(e, Query(text=query.text))]
    if not by_words:
        assert found.total == 0 or {Note.MATCHED_MOST, Note.WORDS_UNKNOWN, Note.WORDS_CORRECTED} & set(
            found.notes
        )
        return
    expected = [e for e in up if matches(e, query)]
    assert found.total == len(expected)
    assert set(found.refs) == {e.ref for e in expected}
    for name, counts in (("unit", found.counts_by_unit), ("area", found.counts_by_area)):
        by_hand = [e for e in up if matches(e, query, without=name)]
        assert sum(c.n for c in counts) == len(by_hand)
    by_hand = [e for e in up if matches(e, query, without="standing")]
    standings = [standing_of(e.document, TODAY) for e in by_hand if isinstance(e.document, CommitmentDoc)]
    assert {c.code: c.n for c in found.counts_by_standing} == {s: standings.count(s) for s in standings}
    _check_order(log, query, found, {e.ref: e for e in expected})


def _check_order(log: PaperLog, query: Query, found: Found, by_ref: dict[str, Revision]) -> None:
    position = {ref: e.position for ref, e in by_ref.items()}
    deadline = {
        ref: e.document.deadline for ref, e in by_ref.items() if isinstance(e.document, CommitmentDoc)
    }
    if query.sort == "updated":
        assert list(found.refs) == sorted(by_ref, key=lambda ref: -position[ref])
    if query.sort == "deadline":
        assert list(found.refs) == sorted(by_ref, key=lambda ref: (deadline[ref], -position[ref]))
    if query.sort == "newest":
        first = firsts(log)
        assert list(found.refs) == sorted(by_ref, key=lambda ref: -first[ref])
    if query.sort == "relevance" and any(w.exact != w.folded for w in words(query.text)):
        sought = {w.exact for w in words(query.text)}
        said = {ref: {w.exact for w in words(_text(e))} for ref, e in by_ref.items()}
        exactly = [sought <= said[ref] for ref in found.refs]
        assert exactly == sorted(exactly, reverse=True)


def _text(entry: Revision) -> str:
    assert isinstance(entry.document, CommitmentDoc)
    return entry.document.text


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, min_size=1, max_size=4), st.lists(QUERIES, min_size=3, max_size=3))
def test_following_rebuilding_and_replaying_answer_alike(
    tmp_path_factory: pytest.TempPathFactory, stretches: list[list[tuple[str, object]]], queries: list[Query]
) -> None:
    log = PaperLog(*PLACES)
    followed = tmp_path_factory.mktemp("followed")
    early = searcher_of(log)
    for steps in stretches:
        play(log, steps)
        Writer(followed).follow(log)
        early.search(Query(), today=TODAY)  # takes in the tail piece by piece
    rebuilt = tmp_path_factory.mktemp("rebuilt")
    Writer(rebuilt).rebuild(log)
    opened = [Searcher(path, log, judge) for path in (followed, rebuilt)]
    assert [searcher.doubt for searcher in opened] == [None, None]
    for query in queries:
        expected = searcher_of(log).search(query, today=TODAY)
        for searcher in (early, *opened):
            assert searcher.search(query, today=TODAY) == expected


def test_here_is_a_unit_of_its_own() -> None:
    """The default unit of the promises above has a name no query of theirs contains."""
    assert HERE.name == "Phường Minh Họa"
