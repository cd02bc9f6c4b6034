"""Rich text that officers write: cleaned by bleach, then by nh3; nothing else in the house touches HTML.

bleach is no longer mended and slow on hostile text, so it sees at most `MOST` characters and never has
the last word (stack.md).
"""

import re

import bleach  # type: ignore[import-untyped]
import nh3
from markupsafe import Markup

MOST = 5_000  # characters, counted before anything is parsed
TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a"})
SCHEMES = frozenset({"http", "https", "mailto"})
REL = "nofollow ugc noopener"
_BLOCK = re.compile(r"<(?:p|ul|ol)[\s>]", re.I)
_PARAGRAPHS = re.compile(r"\n\s*\n")


class TooLong(ValueError):
    """The text has more than `MOST` characters; nothing of it was parsed."""


def clean(typed: str) -> str:
    """``typed`` as HTML of a few harmless tags; plain text becomes paragraphs, addresses become links."""
    if len(typed) > MOST:
        raise TooLong
    marked = typed if _BLOCK.search(typed) else _in_paragraphs(typed)
    first = bleach.clean(
        marked, tags=TAGS, attributes={"a": ["href"]}, protocols=SCHEMES, strip=True, strip_comments=True
    )
    return _last_gate(bleach.linkify(first, callbacks=[]))


def show(stored: str) -> Markup:
    """``stored`` ready to be shown: through the last gate once more, whatever the database says."""
    return Markup(_last_gate(stored))


def _last_gate(html: str) -> str:
    return nh3.clean(html, tags=set(TAGS), attributes={"a": {"href"}}, url_schemes=set(SCHEMES), link_rel=REL)


def _in_paragraphs(text: str) -> str:
    lines = text.replace("\r\n", "\n").strip()
    parts = [part.strip().replace("\n", "<br>") for part in _PARAGRAPHS.split(lines)]
    return "".join(f"<p>{part}</p>" for part in parts if part)
