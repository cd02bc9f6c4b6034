"""JSON Schema of public documents, read off their dataclasses: what is described is what is sent."""

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from portal.doors.public.api.words import describe

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},  # digits are kept as they were written
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def schema_of(kind: Any) -> Schema:
    """The schema of values of the type ``kind``. Raises TypeError for a type no document is made of."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if is_dataclass(kind) and isinstance(kind, type):
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(member) for member in kind]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0])}
    if get_origin(kind) in (Union, types.UnionType):
        return {"anyOf": [_or_null(part) for part in get_args(kind)]}
    raise TypeError(f"no schema for {kind}")


def _or_null(part: Any) -> Schema:
    return {"type": "null"} if part is type(None) else schema_of(part)


def components(*roots: type) -> dict[str, Schema]:
    """The schemas of the dataclasses ``roots`` and of all they are made of, by name.

    Raises TypeError when two of them have the same name: one would be described as the other.
    """
    found: dict[str, type] = {}
    for root in roots:
        _gather(root, found)
    return {name: _object(kind, get_type_hints(kind)) for name, kind in found.items()}


def _gather(kind: Any, found: dict[str, type]) -> None:
    if not (is_dataclass(kind) and isinstance(kind, type)):
        for part in get_args(kind):
            _gather(part, found)
        return
    if kind.__name__ in found:
        if found[kind.__name__] is not kind:
            raise TypeError(f"two dataclasses are called {kind.__name__}")
        return
    found[kind.__name__] = kind
    for hint in get_type_hints(kind).values():
        _gather(hint, found)


def _object(kind: type, hints: dict[str, Any]) -> Schema:
    names = [field.name for field in fields(kind)]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {
            name: {**schema_of(hints[name]), "description": describe(kind.__name__, name)} for name in names
        },
        "required": names,
        "additionalProperties": False,
    }
