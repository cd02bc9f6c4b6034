"""Examples for the description of the API: references that can be asked for now, never made-up ones."""

from typing import Any

from portal.doors.public.api.contents import PROCEDURES_END
from portal.doors.public.api.parameters import Parameter
from portal.doors.public.pages import reading
from portal.record import listing, reads
from portal.record.documents import CommitmentDoc, Kind, UnitDoc
from portal.record.search import Trait

_STILL: dict[str, Any] = {
    "cursor": "c0",
    "limit": 20,
    "changed_since": "2026-01-01",
    "revision": 1,
    "position": 0,
    "q": "vệ sinh môi trường",
    "sort": "deadline",
    "status": "on_track",
    "kind": "commitment",
    **{str(trait): "true" for trait in Trait},
}


def example_of(parameter: Parameter) -> Any:
    """A value of ``parameter`` that says something here; None where nothing is published yet."""
    if parameter.kind is not None:
        found = listing.newest_ref(reading(), parameter.kind)
        return found.removesuffix(PROCEDURES_END) if found else None
    if parameter.name == "code":
        return _code()
    return _area() if parameter.name == "area" else _STILL[parameter.name]


def _code() -> str | None:
    document = _newest(Kind.UNIT)
    return document.code if isinstance(document, UnitDoc) else None


def _area() -> str | None:
    document = _newest(Kind.COMMITMENT)
    return document.areas[0].code if isinstance(document, CommitmentDoc) and document.areas else None


def _newest(kind: Kind) -> object:
    ref = listing.newest_ref(reading(), kind)
    found = reads.revision(reading(), ref) if ref else None
    return found.document if found else None
