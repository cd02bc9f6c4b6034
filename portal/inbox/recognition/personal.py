"""Personal data in a comment: finds it, and covers it up on request."""

from collections.abc import Iterable, Sequence

from portal.inbox.recognition.addresses import find_addresses
from portal.inbox.recognition.births import find_births
from portal.inbox.recognition.contacts import find_contacts
from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.identifiers import find_numbers
from portal.inbox.recognition.names import find_names
from portal.inbox.recognition.phrases import units_of
from portal.inbox.recognition.plates import find_plates
from portal.inbox.recognition.view import view

KIND_WORDS = {
    Kind.CITIZEN_ID: "số căn cước",
    Kind.PHONE: "số điện thoại",
    Kind.BANK_ACCOUNT: "số tài khoản",
    Kind.PLATE: "biển số xe",
    Kind.EMAIL: "địa chỉ thư điện tử",
    Kind.SOCIAL: "tài khoản mạng xã hội",
    Kind.ADDRESS: "địa chỉ nhà",
    Kind.BIRTH_DATE: "ngày sinh",
    Kind.NAME: "tên người",
}


def find_personal(text: str, *, known_names: Sequence[str] = ()) -> tuple[Found, ...]:
    """The personal data in ``text``, by place, none overlapping another.

    ``known_names`` are public already: the cadre the comment is about, as named on the page.
    """
    seen = view(text)
    units = units_of(seen)
    everything = [
        *find_contacts(seen, units),
        *find_numbers(seen, units),
        *find_plates(seen, units),
        *find_births(seen, units),
        *find_addresses(seen, units),
        *find_names(seen, units, known=known_names),
    ]
    return _apart(everything)


def mask(text: str, found: Iterable[Found]) -> str:
    """``text`` with each piece replaced by what it was: "[đã che: số điện thoại]"."""
    pieces: list[str] = []
    at = 0
    for one in sorted(found):
        if one.start >= at:
            pieces += [text[at : one.start], f"[đã che: {KIND_WORDS[one.kind]}]"]
        at = max(at, one.end)
    return "".join([*pieces, text[at:]])


def _apart(everything: Sequence[Found]) -> tuple[Found, ...]:
    """Without overlaps: of two that meet, the one listed first stays."""
    kept: list[Found] = []
    taken: set[int] = set()
    for one in everything:
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return tuple(sorted(kept))
