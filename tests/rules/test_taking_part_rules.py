"""Rules of taking part: addresses, codes, letters, capacities, receipts, two typings of a slip."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.inbox.feedback import receipts
from portal.inbox.feedback.tables import Receipt
from portal.inbox.signin import rules
from portal.inbox.signin.rules import Capacity
from portal.kernel.ids import Ids, seeded
from portal.office.slips.rules import differences

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Mai@Thu.Example ", "mai@thu.example"),
        ("a.b+c@d.vn", "a.b+c@d.vn"),
        ("a@b", None),
        ("a@@b.vn", None),
        ("<a@b.vn>", None),
        ("a@b.vn\nBcc: c@d.vn", None),
        ("", None),
        ("a" * 250 + "@b.vn", None),
    ],
)
def test_addresses(typed: str, address: str | None) -> None:
    assert rules.tidy_address(typed) == address


def test_codes_are_six_digits_and_read_with_spaces() -> None:
    assert all(rules.tidy_code(rules.new_code()) for _ in range(50))
    assert rules.tidy_code(" 123 456 ") == "123456"
    assert [rules.tidy_code(x) for x in ("12345", "1234567", "12345a", "١٢٣٤٥٦", "")] == [None] * 5


def test_letters_are_read_however_they_are_typed() -> None:
    ids = Ids(seeded("letters"))
    printed = rules.letter_as_printed(ids.ref() + ids.ref())
    assert rules.tidy_letter(printed) == printed
    assert rules.tidy_letter(printed.lower().replace("-", " ")) == printed
    assert rules.tidy_letter(printed.replace("0", "O").replace("1", "l")) == printed
    assert rules.tidy_letter(printed[:-1]) is None
    assert rules.tidy_letter("U" * 12) is None


def test_a_capacity_holds_where_and_as_long_as_it_was_attested() -> None:
    held = [Capacity("cadre", "a", TODAY), Capacity("party_member", "b", TODAY)]
    assert rules.groups_here(held, places={"a", "city"}, today=TODAY) == {"cadre"}
    assert rules.groups_here(held, places={"a"}, today=TODAY + timedelta(days=1)) == set()
    assert rules.lasts_until(TODAY, 60) == date(2027, 1, 23)


def receipt(**changed: object) -> Receipt:
    """The receipt of a comment that nobody has taken in."""
    values = {"state": "received", "editable_until": NOW + timedelta(minutes=1), "box": b"x", "appeal": None}
    return Receipt(**{**values, "appeal_until": None, **changed})


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, "rewrite withdraw"),
        ({"editable_until": NOW}, "withdraw"),
        ({"editable_until": None}, "withdraw"),
        ({"state": "moderating"}, "withdraw"),
        ({"state": "returned", "appeal_until": "2026-11-24"}, "rewrite withdraw appeal"),
        ({"state": "shown"}, "withdraw redact"),
        ({"state": "refused", "appeal_until": "2026-11-23"}, "withdraw"),
        ({"state": "refused", "appeal_until": "2026-11-25", "appeal": "asked"}, "withdraw"),
        ({"state": "withdrawn"}, ""),
        ({"box": None}, ""),
    ],
)
def test_what_a_receipt_allows(changed: dict[str, object], may: str) -> None:
    one = receipt(**changed)
    found = {
        "rewrite": receipts.may_rewrite(one, now=NOW),
        "withdraw": receipts.may_withdraw(one),
        "redact": receipts.may_redact(one),
        "appeal": receipts.may_appeal(one, today=TODAY),
    }
    assert {name for name, is_so in found.items() if is_so} == set(may.split())
    assert receipts.is_of_a_rating(one) is (one.box is None)


def test_two_typings_agree_but_for_spaces_and_the_capitals_of_codes() -> None:
    first = {"commitment": "ABC", "words": "Đường  ngập", "letter": "a-b"}
    assert differences(first, {"commitment": "abc ", "words": "Đường ngập", "letter": "A-B"}) == ()
    assert differences(first, {**first, "words": "đường ngập", "rating": "unclear"}) == ("rating", "words")
