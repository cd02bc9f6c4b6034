"""Finding words in stored texts, however they were typed: case, accents and spaces do not matter."""

import json
from collections.abc import Iterator

from portal.kernel import text


def contains(body: str, words: str) -> bool:
    """Whether any text in the JSON ``body`` says ``words``; nothing says no words at all."""
    wanted = text.key(words)
    return bool(wanted) and bool(body) and any(wanted in text.key(one) for one in _texts(json.loads(body)))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for part in value:
                yield from _texts(part)
        case dict():
            for part in value.values():
                yield from _texts(part)
