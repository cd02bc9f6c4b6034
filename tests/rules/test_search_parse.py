"""What a resident types is only words; what was found is marked in whole syllables."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.record.search import Note, highlight, parse
from portal.record.search.parse import LONGEST, MOST_TERMS, chunks


def typed(text: str) -> list[str]:
    """The words of a query as they were read."""
    return [word.exact for word in parse(text).words]


def marked(text: str, query: str) -> list[str]:
    """The pieces of ``text`` that are marked."""
    return [piece for piece, hit in highlight(text, query) if hit]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 rõ", ["5", "rõ"]),
        ("y tế", ["y", "tế"]),
        ("100%", ["100"]),
        ("31/12/2026", ["31", "12", "2026"]),
        ("hoá đơn", ["hóa", "đơn"]),
        ("thuỷ lợi", ["thủy", "lợi"]),
        (unicodedata.normalize("NFD", "đầu tư công"), ["đầu", "tư", "công"]),
        ("QUY  HOẠCH\t\u00a0chung", ["quy", "hoạch", "chung"]),
        ("04 hội nghị", ["4", "hội", "nghị"]),
        ("text:a* AND (b OR NOT c)~", ["text", "a", "and", "b", "or", "not", "c"]),
        ("\u0000\ud800y\u202e tế", ["y", "tế"]),
    ],
)
def test_words_and_numbers_are_read_and_nothing_is_an_operator(text: str, words: list[str]) -> None:
    assert typed(text) == words


def test_quotes_dates_and_document_numbers_stand_together() -> None:
    spans = [(c.start, c.stop) for c in parse('kết luận 01-KL/TW "đầu tư" 30/9/2027').clauses]
    assert spans == [(0, 1), (1, 2), (2, 5), (5, 7), (7, 10)]


def test_an_unclosed_quote_binds_nothing() -> None:
    assert [(c.start, c.stop) for c in parse('"đầu tư').clauses] == [(0, 1), (1, 2)]


def test_length_and_number_of_terms_are_capped_and_said() -> None:
    assert parse("quy hoạch chung").notes == ()
    many = parse(" ".join(f"từ{n}" for n in range(30)))
    assert len(many.words) == MOST_TERMS
    assert Note.TERMS_DROPPED in many.notes
    long = parse("dài " * LONGEST)
    assert Note.QUERY_SHORTENED in long.notes
    exact = "a" * LONGEST
    assert Note.QUERY_SHORTENED not in parse(exact).notes
    assert Note.QUERY_SHORTENED in parse(exact + "b").notes


def test_a_long_decomposed_query_is_not_shortened_before_it_is_composed() -> None:
    text = ("đường " * 30).strip()
    assert parse(unicodedata.normalize("NFD", text)).notes == parse(text).notes


def test_a_word_twice_is_looked_for_once() -> None:
    assert len(parse("thu thu thu thuế").clauses) == 2


def test_abbreviations_are_read_both_ways() -> None:
    short = {tuple(w.exact for w in s) for s in parse("UBND").clauses[0].spellings}
    assert ("ủy", "ban", "nhân", "dân") in short
    for clause in parse("uy ban nhan dan").clauses:
        assert ("ubnd",) in {tuple(w.exact for w in s) for s in clause.spellings}


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    query = parse(text)
    assert len(query.words) <= MOST_TERMS
    assert all(0 <= c.start < c.stop <= len(query.words) for c in query.clauses)


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=40))
def test_pieces_always_join_to_the_text(text: str, query: str) -> None:
    pieces = highlight(text, query)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)


@pytest.mark.parametrize(
    ("text", "query", "pieces"),
    [
        ("Giải ngân vốn đầu tư công năm 2026", "dau tu cong", ["đầu tư công"]),
        ("Giải ngân vốn đầu tư công năm 2026", "đầu tư công", ["đầu tư công"]),
        ("Thu ngân sách, thư xin lỗi", "thư", ["thư"]),  # the exact form when there is one
        ("Thu ngân sách", "thư", ["Thu"]),  # else what only looks alike
        ("công khai đầu tư công", "đầu tư công", ["đầu tư công"]),  # not the lone "công"
        ("công khai", "đầu tư công", ["công"]),
        ("Trường học", "trư", []),  # whole syllables only
        ("bảo hiểm y tế", "BHYT", ["bảo hiểm y tế"]),
        ("Chủ tịch UBND phường", "ủy ban nhân dân", ["UBND"]),
        ("trước ngày 30/9/2027.", "30/09/2027", ["30/9/2027"]),
        ("Số đồ án", "sổ đỏ", ["Số đồ"]),
        ("cấp giấy chứng nhận", "sổ đỏ", ["giấy chứng nhận"]),
        ("đầu tư; tư công", '"tư công"', ["tư công"]),
        ("<b>y tế</b>", "y tế", ["y tế"]),  # raw: the template escapes
    ],
)
def test_what_is_marked(text: str, query: str, pieces: list[str]) -> None:
    assert marked(text, query) == pieces


def test_a_decomposed_text_is_marked_as_it_stands() -> None:
    text = unicodedata.normalize("NFD", "trạm y tế phường")
    assert marked(text, "y tế") == [unicodedata.normalize("NFD", "y tế")]


def test_without_a_query_nothing_is_marked() -> None:
    assert highlight("Quy hoạch", " ?! ") == (("Quy hoạch", False),)
    assert highlight("", "quy") == ()


def asked(text: str) -> list[str]:
    """The words of a query that are looked for."""
    return [clause.spellings[0][0].exact for clause in parse(text).clauses]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bao giờ xong cầu", ["cầu"]),
        ("cau bao gio xong", ["cau"]),
        ("rác ai chịu trách nhiệm", ["rác"]),
        ("rác ở đâu", ["rác"]),
        ("xã có thu gom rác không", ["xã", "thu", "gom", "rác"]),
        ("ngập nước đã xử lý chưa", ["ngập", "nước", "xử", "lý"]),
        ("xây không phép", ["xây", "không", "phép"]),  # it is no question
        ("chi bộ có dấu hiệu vi phạm", ["chi", "bộ", "có", "dấu", "hiệu", "vi", "phạm"]),
        ("bảo giờ giấc", ["bảo", "giấc"]),  # accents say that it is another word; "giờ" is a filler
        ("bao giờ", ["bao", "giờ"]),  # nothing else is asked
        ("có", ["có"]),
        ("có không", ["có", "không"]),
    ],
)
def test_words_that_only_ask_are_not_looked_for_when_others_are(text: str, words: list[str]) -> None:
    assert asked(text) == words


def kin(text: str) -> set[str]:
    """What the texts may say instead of some word of a query."""
    return {" ".join(w.exact for w in s) for clause in parse(text).clauses for s in clause.kin}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lớp học dột", True),
        ("lớp học bị dột", True),
        ("lop hoc bi dot", True),
        ("lớp học mới dột", False),  # only small words may stand between
        ("lộp hóc bị dột", False),  # the accents are of other words
    ],
)
def test_an_everyday_expression_is_heard_with_small_words_inside(text: str, said: bool) -> None:
    assert ("phòng học xuống cấp" in kin(text)) is said


def test_what_is_kept_of_a_search_is_never_longer_than_what_is_read() -> None:
    text = " ".join(f"{n}-{'a' * 30}" for n in range(1, 7))
    assert len(text) < LONGEST  # but the quotation marks that keep words together make it longer
    assert chunks(text) == [f'"{n} {"a" * 30}"' for n in range(1, 6)]
