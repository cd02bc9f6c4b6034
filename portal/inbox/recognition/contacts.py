"""Ways to reach a person over the net: e-mail addresses, links to and names of social accounts."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from portal.inbox.recognition.found import Found, Kind
from portal.inbox.recognition.phrases import Phrases, Unit, lexicon
from portal.inbox.recognition.view import View

# All are read on the text without accents; every repeat is bounded, so time grows with length only.
_AT = r"(?:@|\(? ?(?:at|a cong|a moc) ?\)?|\[at\])"
_DOT = r"(?:\.|\(dot\)|\bcham\b)"
_LOCAL = r"(?<![\w.+\-])[a-z0-9][a-z0-9._+\-]{0,63}"
_EMAIL = re.compile(rf"{_LOCAL}@[a-z0-9\-]{{1,63}}(?:\.[a-z0-9\-]{{2,24}}){{1,4}}")
_HIDDEN_EMAIL = re.compile(
    rf"{_LOCAL} {{0,2}}{_AT} {{0,2}}[a-z0-9\-]{{1,40}}"
    rf"(?: {{0,2}}{_DOT} {{0,2}}(?:com|net|org|edu|gov|info|example|vn)\b){{1,3}}"
)
_LINK = re.compile(
    r"(?<![\w.])(?:https?://|www\.)[^\s<>\"]{1,300}|(?<![\w.@])[a-z0-9\-]{1,40}(?:\.[a-z]{2,10}){1,2}/[^\s<>\"]{1,300}"
)
_SOCIAL_HOST = re.compile(
    r"(?:https?://)?(?:www\.|m\.|vt\.|chat\.)?"
    r"(?:facebook|fb|messenger|m|zalo|t|telegram|tiktok|youtube|youtu|instagram|threads|twitter|x|whatsapp|wa)"
    r"\.(?:com|me|net|be|org)/"
)
_HANDLE = re.compile(r"(?<![\w@.])@[a-z][a-z0-9_.]{2,31}(?<!\.)")
_LONGEST_NAME = 4  # words of an account's name


def find_contacts(seen: View, units: Sequence[Unit]) -> list[Found]:
    """E-mail addresses (an office's own box excepted) and social accounts in the text."""
    spans = [(start, end, Kind.EMAIL) for start, end in _emails(seen.plain)]
    spans += [(*link, Kind.SOCIAL) for link in links(seen) if _SOCIAL_HOST.match(seen.plain, link[0])]
    spans += [(hit.start(), hit.end(), Kind.SOCIAL) for hit in _HANDLE.finditer(seen.plain)]
    spans += [(start, end, Kind.SOCIAL) for start, end in _named_accounts(seen, units)]
    return [Found(*seen.span(start, end), kind) for start, end, kind in spans]


def links(seen: View) -> list[tuple[int, int]]:
    """Where addresses of web pages stand in ``seen.chars``."""
    return [
        (hit.start(), hit.start() + len(hit[0].rstrip(".,;:!?)]”")))
        for hit in _LINK.finditer(seen.plain)
        if any(sign.isalpha() for sign in hit[0])
    ]


def _emails(plain: str) -> Iterator[tuple[int, int]]:
    for pattern in (_EMAIL, _HIDDEN_EMAIL):
        for hit in pattern.finditer(plain):
            if not _is_office_box(hit[0]):
                yield hit.start(), hit.start() + len(hit[0].rstrip(".-"))


def _is_office_box(address: str) -> bool:
    """Whether the box belongs to an office: phuongnhichieu@haiphong.gov.vn."""
    return address.endswith(".gov.vn") and address.startswith(tuple(lexicon("contacts")["office_boxes"]))


def _named_accounts(seen: View, units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """The name after "facebook của tôi là ...", where capitals show that it is one."""
    if seen.is_shouted:
        return
    fillers = frozenset(lexicon("contacts")["fillers"])
    for hit in _networks().find(units):
        at = hit.last
        while at < len(units) and units[at].word in fillers and not units[at].token.is_capitalised:
            at += 1
        first = at
        while at < len(units) and at - first < _LONGEST_NAME and _is_part_of_name(units, first, at):
            at += 1
        if at > first:
            yield units[first].start, units[at - 1].end


def _is_part_of_name(units: Sequence[Unit], first: int, at: int) -> bool:
    unit = units[at]
    return (
        unit.token.is_capitalised
        and unit.token.typed.isalpha()
        and unit.word not in lexicon("contacts")["not_names"]
        and (at == first or unit.clause == units[first].clause)
    )


@cache
def _networks() -> Phrases:
    return Phrases({"network": lexicon("contacts")["networks"]})
