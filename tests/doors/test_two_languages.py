"""Nothing of ours is left in the other language: what an English page says in Vietnamese, the record said."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
import town
from babel.messages.pofile import read_po
from flask import Flask
from reader import Page, Reader, local
from vietnamese import foreign_words
from werkzeug.exceptions import HTTPException

from portal.doors.language import CATALOGUES

EACH = 3  # pages of a kind: the first of them differ as much as the last
FIRST = (
    *("/", "/cam-ket/ckgone", "/tim-kiem?q=zzzz", "/tim-kiem?q=minh+tan", "/bien-nhan", "/dang-nhap"),
    *(
        "/theo-doi?muc=cam-ket/ckdt01",
        "/cam-ket/cktn02?ban=1",
        "/don-vi/phuong-nhi-chieu?tu=phuong-minh-tan-cu",
    ),
)
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-head", "label")
NOT_SAID = ("style", "script", "template", "code", "textarea")
# Vietnamese terms an English reader needs to see as they are written.
TERMS = (
    *("Năm Rõ", "năm rõ", "phản ánh, kiến nghị", "khiếu nại", "tố cáo", "phiếu góp ý", "Phiếu góp ý"),
    *("Tết", "Phản ánh, kiến nghị", "đầu tư công", "Minh Tân", "dân biết, dân bàn, dân làm, dân kiểm tra"),
)
# Names that are written so in Vietnamese too; tables and columns of the open data.
NAMES = (
    *("Atom", "Ctrl", "JavaScript", "Chromium", "NVDA", "VoiceOver", "TalkBack", "Safari", "Firefox", "axe"),
    *("http", "Wilson", "ics", "menu", "script", "or-later", "zzzz"),
    *("due_on", "replied_on", "dictionary", "changes", "withdrawals"),
)
_MARKS = re.compile(r"\b(?=\w*\d)\w+\b")  # digests, dates, references


def spoken(e: Element, tongue: str, now: str) -> Iterator[str]:
    """Every text of ``e`` that is in ``tongue``, attributes included."""
    now = e.get("lang") or now
    if not isinstance(e.tag, str) or local(e) in NOT_SAID:
        return
    if now == tongue:
        yield from (e.get(name) or "" for name in SPOKEN)
        yield e.text or ""
    for child in e:
        yield from spoken(child, tongue, now)
        if now == tongue:
            yield child.tail or ""


def is_vietnamese_letter(letter: str) -> bool:
    """Whether ``letter`` is written in no other language of ours."""
    return letter.lower() in "ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ" or "\u1ea0" <= letter <= "\u1ef9"


def said_in_the_record(thing: object) -> Iterator[str]:
    """Every text in the documents of the town."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from said_in_the_record(one)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from said_in_the_record(getattr(thing, field.name))


@pytest.fixture(scope="module")
def known() -> list[str]:
    """What may stand in Vietnamese in an English sentence: words of the record, terms; longest first."""
    record = said_in_the_record([line.document for line in (*town.first_lines(), *town.later_lines())])
    found = {" ".join(one.split()) for one in record}
    return sorted(
        filter(None, {*found, *(one[0].lower() + one[1:] for one in found if one), *TERMS}), key=len
    )[::-1]


def left_over(text: str, known: list[str]) -> str:
    """What of ``text`` is Vietnamese and is nobody's but ours."""
    text = " ".join(text.split())
    if not any(map(is_vietnamese_letter, text)):
        return ""
    for one in known:
        if one in text:
            text = text.replace(one, " ")
    return " ".join(text.split()) if any(map(is_vietnamese_letter, text)) else ""


def kind_of(app: Flask, address: str) -> str:
    """The route of ``address``, with the names of its parameters; empty where there is none."""
    parts = urlsplit(address.removeprefix("/en") or "/")
    try:
        rule, _ = app.url_map.bind("localhost").match(parts.path or "/", return_rule=True)
    except HTTPException:
        return ""
    return f"{rule.rule}?{'&'.join(sorted(one.partition('=')[0] for one in parts.query.split('&')))}"


def some_of_each(app: Flask, reader: Reader, prefix: str) -> Iterator[Page]:
    """A few pages of every kind that can be reached."""
    waiting, seen, opened = [prefix + one for one in FIRST], set(), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(app, address)
        if address in seen or not kind or opened[kind] >= EACH or address.startswith("/en") != bool(prefix):
            continue
        seen.add(address)
        answer = reader.get(address)
        opened[kind] += 1
        if answer.mimetype == "text/html" and answer.status_code in (200, 410):
            page = Page(address, answer)
            yield page
            waiting += [link for link in page.links() if link not in seen]
        elif answer.status_code in (302, 303):
            waiting.append(urljoin(address, answer.location))


def test_an_english_page_says_nothing_of_ours_in_vietnamese(
    app: Flask, reader: Reader, known: list[str]
) -> None:
    faults, count = [], 0
    for page in some_of_each(app, reader, "/en"):
        count += 1
        body = next(page.all("body"))
        faults += [f"{page.address}: {s}" for one in spoken(body, "en", "en") if (s := left_over(one, known))]
    assert not faults, "\n".join(faults)
    assert count > 60


def test_a_vietnamese_page_says_nothing_of_ours_in_english(
    app: Flask, reader: Reader, known: list[str]
) -> None:
    faults, count = [], 0
    references = [one for one in known if one.isascii() and " " not in one]
    for page in some_of_each(app, reader, ""):
        count += 1
        for one in spoken(next(page.all("body")), "vi", "vi"):
            plain = _MARKS.sub(" ", one)
            faults += [f"{page.address}: {w}" for w in foreign_words(plain, names=(*references, *NAMES))]
    assert not faults, "\n".join(faults)
    assert count > 60


@pytest.mark.parametrize(
    "spoilt", ["<p>Hạn nộp</p>", '<p aria-label="Hạn nộp">x</p>', '<input placeholder="Hạn nộp">']
)
def test_what_was_left_would_be_found(reader: Reader, known: list[str], spoilt: str) -> None:
    good = reader.open("/en/tro-giup")
    assert not [s for one in spoken(good.root, "en", "en") if (s := left_over(one, [*known, "–"]))]
    good.response.data = good.response.data.replace(b"</main>", spoilt.encode() + b"</main>")
    page = Page("/en/tro-giup", good.response)
    assert [s for one in spoken(page.root, "en", "en") if (s := left_over(one, known))] == ["Hạn nộp"]
    assert foreign_words("Deadline thực hiện") == ["Deadline"]


def test_english_sentences_hold_no_vietnamese_but_terms() -> None:
    with (CATALOGUES / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="en")
    said = [s for m in catalogue if m.id for s in ([m.string] if isinstance(m.string, str) else m.string)]
    assert [rest for s in said if (rest := left_over(s, list(TERMS)))] == []
