"""Hostile strings: a few of our own, one of each family, and the customer's 800 where they lie.

The 800 are read from ``../shared/data/xss_payloads.json``, or below the folder that ``PORTAL_SHARED``
names, and never copied into the repository. A folder that is named and does not hold them is a fault.
"""

import itertools
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

NAMED = os.environ.get("PORTAL_SHARED")
SHARED = Path(NAMED) if NAMED else Path(__file__).resolve().parents[2] / "shared"
FILE = SHARED / "data" / "xss_payloads.json"

FAMILIES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<details open ontoggle=alert(1)>mo</details>",
    "<input autofocus onfocus=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus tabindex=1 onfocus=alert(1) x='",
    "</title></style></textarea></script><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<a href=javascript:alert(1)>bam</a>",
    "<form action=javascript:alert(1)><button>gui</button></form>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>a</maction></math>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<style>@keyframes x{}</style><b style=animation-name:x onanimationstart=alert(1)></b>",
    "<body onload=alert(1)>",
    "<object data=javascript:alert(1)></object>",
    "<link rel=stylesheet href=//elsewhere.example/x.css><img src=//elsewhere.example/x.png>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example/'>",
    "<base href=//elsewhere.example/>",
    "<textarea><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)

# Stands before a payload: whatever context shows it unescaped, an element of this name appears.
LOOSE = "loose-text"
CANARY = f"\"'></title></textarea></style></script><{LOOSE}></{LOOSE}>"

# Fields of documents that no officer and no resident types: references, digests, keys of fixed lists.
_KEYS = {
    *("ref", "slug", "parent_slug", "code", "sha256", "media_type", "unit_type", "decision", "appeal"),
    *("month", "programme_ref", "commitment_ref", "profile_code", "commitments", "comments", "comment_ref"),
}


@cache
def payloads() -> tuple[str, ...]:
    """The 800. Skips the test, aloud, where they are not to be had."""
    if not FILE.is_file():
        if NAMED:
            pytest.fail(f"PORTAL_SHARED names no folder with data/{FILE.name}: {SHARED}", pytrace=False)
        pytest.skip(f"no data/{FILE.name} beside the repository; PORTAL_SHARED=folder says where it lies")
    found: list[str] = json.loads(FILE.read_text(encoding="utf-8"))
    assert len(found) == 800, "not the file the claim is about"
    return tuple(found)


def sample(every: int = 16) -> tuple[str, ...]:
    """Our own families, and every so many of the 800 if they are there."""
    return FAMILIES + (payloads()[::every] if FILE.is_file() else ())


def bundles(some: Sequence[str], *, most: int = 16, room: int = 1700) -> list[tuple[str, ...]]:
    """``some`` in bundles that fit into one field of a form, canary included; a long one stands alone."""
    made: list[list[str]] = [[]]
    for text in some:
        if made[-1] and (len(made[-1]) == most or sum(map(len, made[-1])) + len(text) > room):
            made.append([])
        made[-1].append(text)
    return [tuple(one) for one in made]


def in_one(texts: Sequence[str]) -> str:
    """A bundle as one text, behind the canary."""
    return " ".join((CANARY, *texts))


def spoil(document: Any, texts: Iterator[str], **kept: Any) -> Any:
    """``document`` with the next of ``texts`` in every field of words, however deep; but for ``kept``."""
    if type(document) is str:
        return next(texts)
    if isinstance(document, tuple):
        return tuple(spoil(one, texts) for one in document)
    if not is_dataclass(document) or isinstance(document, type):
        return document
    spoilt = {
        f.name: spoil(getattr(document, f.name), texts) for f in fields(document) if f.name not in _KEYS
    }
    return replace(document, **{**spoilt, **kept})


def endless(texts: Sequence[str]) -> Iterator[str]:
    """Each of ``texts`` behind the canary, over and over."""
    return itertools.cycle([f"{CANARY}{text}" for text in texts])
