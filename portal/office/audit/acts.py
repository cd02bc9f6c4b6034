"""Writing the audit: every event of a unit of work becomes one line of it, in the same transaction."""

from collections.abc import Sequence
from dataclasses import fields

from portal.kernel.work import Work
from portal.office.audit.tables import AuditLine


def record_events(w: Work, events: Sequence[object]) -> None:
    """Store ``events`` (frozen dataclasses of identifiers and counts) as audit lines."""
    for event in events:
        facts = _facts(event)
        line = AuditLine(id=w.ids.key(), at=w.now, event=type(event).__name__, facts=facts)
        line.officer_id = facts.get("officer_id")  # type: ignore[assignment]  # an event names it so
        w.session.add(line)


def _facts(event: object) -> dict[str, str | int | bool | None]:
    facts: dict[str, str | int | bool | None] = {}
    for field in fields(event):  # type: ignore[arg-type]  # every event is a dataclass
        value = getattr(event, field.name)
        if not isinstance(value, str | int | bool | None):
            raise TypeError(f"{type(event).__name__}.{field.name} is not a plain fact")
        facts[field.name] = value
    return facts
