"""How much is public and where it hangs, without reading it."""

from sqlalchemy import text

from portal.record.reads import Reader

_BY_UNIT = text(
    "SELECT within, count(*) AS n FROM record_latest WHERE kind = 'programme' AND standing GROUP BY within"
)

_WITHIN = text("SELECT ref FROM record_latest WHERE kind = 'unit' AND within = :slug AND standing")


def units_within(c: Reader, slug: str) -> list[str]:
    """The slugs of the units that belong to the one at ``slug``."""
    return [row.ref for row in c.execute(_WITHIN, {"slug": slug})]


def programmes_by_unit(c: Reader) -> dict[str, int]:
    """Standing programmes by the slug of their unit."""
    return {row.within: row.n for row in c.execute(_BY_UNIT)}
