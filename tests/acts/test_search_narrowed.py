"""Filters by trait with their counts, ways out of an empty answer, everyday words, and what is begun."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from paper_log import TODAY, PaperLog, place, promise

from portal.kernel.calendar import vietnam
from portal.record.documents import (
    CommitmentDoc,
    Confirmation,
    FigureState,
    Frequency,
    Kind,
    ProgressDoc,
    RatingsDoc,
)
from portal.record.ratings.adding import figures
from portal.record.ratings.figures import Batch, Block, part_of
from portal.record.ratings.showing import Range
from portal.record.ratings.terms import Answer, Group, Relation, Standing
from portal.record.search import Found, Judge, Note, Query, Searcher, Trait, Writer, judge_by
from portal.record.search.phrases import completions
from portal.record.standing import TOLERANCE

JUDGE: Judge = judge_by(vietnam(), TOLERANCE)
PAST = date(2026, 10, 30)


def ratings(commitment: str, period: str, not_seen: int) -> RatingsDoc:
    """``not_seen`` of forty residents saw nothing done."""
    told = [(Answer.NOT_SEEN, not_seen), (Answer.DONE_WELL, 40 - not_seen)]
    block = Block(
        group=Group.RESIDENT,
        standing=Standing.VERIFIED,
        unusual=False,
        relations=(Relation.LOCAL,),
        n=40,
        parts=tuple(part_of(Range(answers=(a,), least=n, most=n), 40, k=5) for a, n in told),
        unknown_least=0,
        unknown_most=4,
    )
    batch = Batch(number=1, closed_on=PAST, blocks=(block,))
    return RatingsDoc(
        ref=f"{commitment}.{period.lower()}",
        programme_ref="P",
        commitment_ref=commitment,
        figures=figures(commitment, period, [batch], k=5),
        min_batch=25,
        min_days=7,
    )


def report(day: date, value: int, *, sure: bool = False) -> ProgressDoc:
    """A report of ``value`` hồ sơ."""
    confirmation = Confirmation(body="Phòng chuyên môn", document="BC-1") if sure else None
    return ProgressDoc(
        reported_on=day,
        state=FigureState.FIGURE,
        value=value,  # type: ignore[arg-type]  # a whole number is one too
        note="",
        source="",
        confirmation=confirmation,
    )


def late() -> CommitmentDoc:
    """Past its deadline."""
    return promise("late", "Sửa đường trục chính", deadline=PAST)


@pytest.fixture
def town() -> PaperLog:
    """One commitment for each trait, one for two of them, one for none."""
    new = place("Phường Nhị Chiểu", "10714")
    quiet = replace(promise("quiet", "Sửa đường liên thôn"), frequency=Frequency.MONTHLY)
    moved = replace(
        promise("moved", "Xây trường mầm non", unit=new, area="giao-duc"), first_deadline=date(2027, 3, 31)
    )
    told = replace(promise("told", "Sửa đường gom"), progress=(report(PAST, 10), report(PAST, 4, sure=True)))
    fine = promise("fine", "Thu gom rác thải sinh hoạt", unit=new)
    return PaperLog(
        new, place("Phường Minh Tân", "10702", into=(new,)), late(), quiet, moved, told, fine,
        ratings("late", "2026-Q3", 30),
    )  # fmt: skip


def ask(log: PaperLog, text: str = "", *traits: Trait, **filters: object) -> Found:
    """One question to a searcher over the log alone."""
    query = Query(text=text, traits=frozenset(traits), **filters)  # type: ignore[arg-type]
    return Searcher(Path("/nonexistent"), log, JUDGE).search(query, today=TODAY)


@pytest.mark.parametrize(
    ("traits", "refs"),
    [
        ({Trait.LATE}, {"late"}),
        ({Trait.DISPUTED}, {"late", "told"}),
        ({Trait.SILENT}, {"quiet"}),
        ({Trait.CHANGED}, {"moved"}),
        ({Trait.LATE, Trait.DISPUTED}, {"late"}),
        ({Trait.LATE, Trait.CHANGED}, set()),
    ],
)
def test_traits_narrow_and_combine(town: PaperLog, traits: set[Trait], refs: set[str]) -> None:
    assert set(ask(town, "", *traits).refs) == refs


@pytest.mark.parametrize(("reported_on", "is_late"), [(PAST, False), (date(2026, 11, 10), True)])
def test_what_awaits_confirmation_is_late_by_the_day_it_was_reported(
    reported_on: date, is_late: bool
) -> None:
    done = replace(late(), progress=(report(reported_on, 10),))
    assert (Trait.LATE in JUDGE(done, TODAY).traits) is is_late
    assert JUDGE(done, TODAY).standing == "awaiting"


def test_a_trait_is_counted_with_everything_else_that_was_asked(town: PaperLog) -> None:
    def counted(found: Found) -> dict[str, int]:
        return {count.code: count.n for count in found.counts_by_trait}

    assert counted(ask(town)) == {"late": 1, "disputed": 2, "silent": 1, "changed": 1}
    assert counted(ask(town, "sửa đường")) == {"late": 1, "disputed": 2, "silent": 1, "changed": 0}
    assert counted(ask(town, "", Trait.LATE)) == {"late": 1, "disputed": 1, "silent": 0, "changed": 0}


def test_only_the_newest_ratings_count_and_none_that_were_taken_down(town: PaperLog) -> None:
    town.publish(ratings("late", "2026-Q4", 8))
    assert set(ask(town, "", Trait.DISPUTED).refs) == {"told"}
    town.withdraw(Kind.RATINGS, "late.2026-q4")
    assert set(ask(town, "", Trait.DISPUTED).refs) == {"late", "told"}
    town.withdraw(Kind.RATINGS, "late.2026-q3")
    assert set(ask(town, "", Trait.DISPUTED).refs) == {"told"}


def test_an_index_on_disk_knows_the_ratings_too(town: PaperLog, tmp_path: Path) -> None:
    Writer(tmp_path).follow(town)
    searcher = Searcher(tmp_path, town, JUDGE)
    assert searcher.doubt is None
    asked = Query(traits=frozenset({Trait.DISPUTED}))
    assert set(searcher.search(asked, today=TODAY).refs) == {"late", "told"}
    town.publish(late())  # a new revision is contested as the one before
    town.withdraw(Kind.COMMITMENT, "told")
    assert searcher.search(asked, today=TODAY).refs == ("late",)


def test_an_empty_answer_tells_what_each_filter_keeps_away(town: PaperLog) -> None:
    found = ask(town, "sửa đường", Trait.CHANGED, area="giao-duc")
    assert found.total == 0
    assert [(count.code, count.n) for count in found.dropped] == [("all", 3)]
    found = ask(town, "sửa đường", Trait.CHANGED)
    assert [(count.code, count.n) for count in found.dropped] == [("changed", 3)]
    found = ask(town, "", Trait.LATE, Trait.SILENT)
    assert [(c.code, c.n) for c in found.dropped] == [("late", 1), ("silent", 1), ("all", 5)]
    assert ask(town, "sửa đường").dropped == ()


def test_words_that_nothing_has_are_named(town: PaperLog) -> None:
    found = ask(town, 'sửa đường xyzzyq "trường mầm khoáng"')
    assert found.unknown == ("xyzzyq", '"trường mầm khoáng"')
    assert Note.WORDS_UNKNOWN in found.notes


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ổ gà", "told"),  # residents' word for what a text calls sửa đường
        ("tôi muốn hỏi về rác thải ạ", "fine"),
        ("xin thu gom rác", "fine"),
        ("dường trục chính", "late"),  # d for đ
        ("trường mâm non", "moved"),
        ("truong mầm non", "moved"),  # part of it without accents
    ],
)
def test_people_are_understood(town: PaperLog, typed: str, first: str) -> None:
    assert ask(town, typed).refs[0] == first


def test_what_only_means_it_comes_after_what_says_it(town: PaperLog) -> None:
    town.publish(promise("kin", "Sửa đường liên xã"))
    town.publish(promise("says", "Lấp mọi ổ gà"))
    town.publish(promise("kin-too", "Sửa đường ven sông"))
    assert ask(town, "ổ gà").refs[0] == "says"


def test_a_long_question_with_few_answers_is_also_answered_nearly(town: PaperLog) -> None:
    town.publish(promise("farm", "Thu gom rác thải nông nghiệp"))
    asked = "thu gom rác thải nông nghiệp"
    found = ask(town, asked)
    assert (found.refs, found.notes) == (("farm", "fine"), (Note.ALSO_MOST,))
    searcher = Searcher(Path("/nonexistent"), town, JUDGE)
    assert searcher.matches(Query(text=asked), today=TODAY) == {"farm"}
    assert ask(town, "thu gom").notes == ()


def test_a_question_of_nothing_but_small_words_is_still_asked(town: PaperLog) -> None:
    town.publish(promise("who", "Làm nhà văn hóa"))
    assert ask(town, "làm gì").refs == ("who",)


@pytest.mark.parametrize(
    ("typed", "units", "refs"),
    [
        ("sua du", (), {"late", "quiet", "told"}),
        ("Minh T", ("Phường Minh Tân",), set()),
        ("phường", ("Phường Nhị Chiểu", "Phường Minh Tân"), {"late", "quiet", "told", "fine", "moved"}),
        ("rác", (), {"fine"}),
        ("s", (), set()),
        ("", (), set()),
        ("zzq", (), set()),
        ("zzq xx", (), set()),
    ],
)
def test_what_is_begun(town: PaperLog, typed: str, units: tuple[str, ...], refs: set[str]) -> None:
    begun = Searcher(Path("/nonexistent"), town, JUDGE).begin(typed, today=TODAY)
    assert tuple(unit.name for unit in begun.units) == units
    assert set(begun.refs) == refs


def test_areas_begin_at_any_word(town: PaperLog) -> None:
    begun = Searcher(Path("/nonexistent"), town, JUDGE).begin("duc", today=TODAY)
    assert begun.areas == (("giao-duc", "giao-duc"),)


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("rac", ["rác thải", "rác thải sinh hoạt"]),
        ("rác th", ["rác thải", "rác thải sinh hoạt"]),
        ("thu g", ["thu gom rác thải"]),
        ("UB", ["UBND"]),
        ("ráp", []),
        ("", []),
    ],
)
def test_a_phrase_is_finished_as_texts_have_it(typed: str, phrases: list[str]) -> None:
    texts = [
        "Thu gom rác thải sinh hoạt tại UBND.",
        "Thu gom rác thải sinh hoạt; rác thải nông nghiệp",
        "Bớt rác thải ở chợ",
    ]
    assert completions(texts, typed, 2) == phrases
