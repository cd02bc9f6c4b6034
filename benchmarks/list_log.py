"""A log in memory for measuring: the protocol followers read, without a database."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from portal.record.documents import (
    Act,
    CommitmentDoc,
    Document,
    Kind,
    Notice,
    ProgrammeDoc,
    Revision,
    UnitDoc,
)

_AT = datetime(2026, 7, 1, tzinfo=UTC)
_KINDS: tuple[tuple[type[Document], Kind], ...] = (
    (CommitmentDoc, Kind.COMMITMENT),
    (ProgrammeDoc, Kind.PROGRAMME),
    (UnitDoc, Kind.UNIT),
)


class ListLog:
    """Documents in the order they were published."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._entries: list[Revision] = []
        for document in documents:
            self.publish(document)

    def publish(self, document: Document) -> None:
        """Append ``document`` as the newest revision of its reference."""
        kind = next(kind for cls, kind in _KINDS if isinstance(document, cls))
        ref = document.slug if isinstance(document, UnitDoc) else document.ref
        self._entries.append(
            Revision(
                position=len(self._entries),
                kind=kind,
                ref=ref,
                number=1,
                act=Act.PUBLISH,
                at=_AT,
                digest=hashlib.sha256(ref.encode()).hexdigest(),
                document=document,
                notice=Notice(),
            )
        )

    def head(self) -> int:
        """The number of entries."""
        return len(self._entries)

    def since(self, position: int, limit: int = 1000) -> Sequence[Revision]:
        """At most ``limit`` entries from ``position`` on."""
        return self._entries[position : position + limit]

    def fingerprint(self, size: int) -> str:
        """A hash over the first ``size`` entries."""
        whole = "".join(r.digest for r in self._entries[:size])
        return hashlib.sha256(whole.encode()).hexdigest()
