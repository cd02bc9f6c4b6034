"""What differs between two revisions of a document, field by field, lowered targets named as such."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal

from portal.record.attainment import wants_less
from portal.record.change_words import element_key, show
from portal.record.documents import Change, CommitmentDoc, Document, TombstoneDoc

WHOLE = "document"  # the field of a change that took down, or put back, the document itself


def changes_between(before: Document, after: Document) -> tuple[Change, ...]:
    """Every field in which ``after`` differs from ``before``, in the order of the document.

    Lists are compared by element: one change for each that was added, removed or altered. A target
    that asks for less is ``target_lowered`` whichever way its figure moved. Between a document and
    its tombstone there is one change, of the document itself. Raises ``TypeError`` for documents of
    different kinds and ``ValueError`` for different references.
    """
    if isinstance(before, TombstoneDoc) is not isinstance(after, TombstoneDoc):
        return (_whole(before, after),)
    if type(before) is not type(after):
        raise TypeError(f"cannot compare {type(before).__name__} with {type(after).__name__}")
    _require_same_ref(before, after)
    return tuple(change for field in fields(before) for change in _field_changes(field.name, before, after))


def _require_same_ref(before: Document, after: Document) -> None:
    name = "ref" if hasattr(before, "ref") else "slug"
    if getattr(before, name) != getattr(after, name):
        raise ValueError("cannot compare revisions of different documents")


def _whole(before: Document, after: Document) -> Change:
    is_withdrawn = isinstance(after, TombstoneDoc)
    kind = "removed" if is_withdrawn else "added"
    return Change(field=WHOLE, before=_presence(before), after=_presence(after), kind=kind)


def _presence(document: Document) -> str:
    if isinstance(document, TombstoneDoc):
        return f"Đã gỡ xuống ngày {show(document.withdrawn_on)}: {document.reason}"
    return "Đang công khai"


def _field_changes(name: str, before: Document, after: Document) -> Iterator[Change]:
    old, new = getattr(before, name), getattr(after, name)
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple):
        yield from _list_changes(name, old, new)
        return
    kind = _kind(name, before, old, new)
    yield Change(field=name, before=show(old), after=show(new), kind=kind)


def _kind(name: str, before: Document, old: object, new: object) -> str:
    if isinstance(before, CommitmentDoc):
        if name == "target":
            return "target_lowered" if _asks_less(before, old, new) else "target_raised"
        if name == "deadline" and isinstance(old, date) and isinstance(new, date):
            return "deadline_moved_later" if new > old else "deadline_moved_earlier"
    if old in (None, ""):
        return "added"
    return "removed" if new in (None, "") else "changed"


def _asks_less(before: CommitmentDoc, old: object, new: object) -> bool:
    """Whether the new target is less of a promise, by the direction promised before.

    Giving up the figure altogether asks less, naming one where there was none asks more.
    """
    if not isinstance(old, Decimal) or not isinstance(new, Decimal):
        return new is None
    return new > old if wants_less(before) else new < old


def _list_changes(name: str, old: tuple[object, ...], new: tuple[object, ...]) -> Iterator[Change]:
    """One change for each element; when only the order differs, one for the whole list."""
    was, now = _keyed(old), _keyed(new)
    if was == now:
        yield Change(field=name, before=show(old), after=show(new), kind="changed")
    for key, element in was.items():
        if key not in now:
            yield Change(field=name, before=show(element), after="", kind="removed")
        elif element != now[key]:
            yield Change(field=name, before=show(element), after=show(now[key]), kind="changed")
    for key, element in now.items():
        if key not in was:
            yield Change(field=name, before="", after=show(element), kind="added")


def _keyed(elements: tuple[object, ...]) -> dict[tuple[object, int], object]:
    """``elements`` by what they are, the second of two alike apart from the first."""
    seen: Counter[object] = Counter()
    keyed: dict[tuple[object, int], object] = {}
    for element in elements:
        key = element_key(element)
        seen[key] += 1
        keyed[key, seen[key]] = element
    return keyed
