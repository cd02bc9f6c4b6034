"""Alembic's entry: runs the revisions on the connection that ``upgrade`` opened."""

from typing import Any, Literal

from alembic import context

from portal.kernel.db import Base, Figure, Instant
from portal.kernel.sealed import SealedType
from portal.migrations import metadata  # noqa: F401  (imports every table)


def render_item(type_: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our column types as what they store: a revision must not change with our code."""
    if type_ == "type" and isinstance(item, SealedType):
        item = item.inner
    if type_ == "type" and isinstance(item, Figure | Instant):
        return "sa.Text()"
    return f"sa.{item!r}" if type_ == "type" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
