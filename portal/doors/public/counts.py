"""How many programmes are public, without reading them."""

from sqlalchemy import text

from portal.record.reads import Reader

_BY_UNIT = text(
    "SELECT within, count(*) AS n FROM record_latest WHERE kind = 'programme' AND standing GROUP BY within"
)


def programmes_by_unit(c: Reader) -> dict[str, int]:
    """Standing programmes by the slug of their unit."""
    return {row.within: row.n for row in c.execute(_BY_UNIT)}
