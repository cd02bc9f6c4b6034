"""The shape of the Whoosh index: which terms lead to which documents, and nothing to read.

Existence postings only: no positions, no weights, no stored text. A posting block holds 1,024
numbers, uncompressed, because a block is read whole into a set.
"""

from collections.abc import Generator, Iterable
from functools import lru_cache
from typing import Any

from whoosh import __version__
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence

# Raised whenever terms, rows or the schema change meaning. An index of another format is rebuilt.
FORMAT = f"3, whoosh {'.'.join(map(str, __version__))}"

EXACT, CORE, OFTEN, PAIRS, TWICE = "exact", "core", "often", "pairs", "twice"
KEY = "key"  # names a document
ROW, FACTS = "row", "facts"
_BLOCK = 1024

Posting = tuple[bytes, int, float, bytes]  # term, frequency, weight, payload


class TermSet(FieldType):
    """A field whose value is the ready set of its terms."""

    def __init__(self) -> None:
        self.format = Existence()

    def index(self, value: Iterable[str], **kwargs: Any) -> Generator[Posting, None, None]:
        """Postings of one document: each term once."""
        return ((_encoded(term), 1, 1.0, b"") for term in value)


@lru_cache(maxsize=1 << 16)
def _encoded(term: str) -> bytes:
    """One bytes object for a term: thousands of postings wait in memory to be sorted."""
    return term.encode()


def schema() -> Schema:
    """Term sets, the key that names a document, and two columns of JSON."""
    made = Schema()
    for name in (EXACT, CORE, OFTEN, PAIRS, TWICE, KEY):
        made.add(name, TermSet())
    for name in (ROW, FACTS):
        made.add(name, COLUMN(VarBytesColumn()))
    return made


def codec() -> W3Codec:
    """Big plain blocks; no field lengths, which cost a look at the disk for every posting."""
    made = W3Codec(blocklimit=_BLOCK, compression=0)
    made.length_stats = False
    return made
