"""How much is public and where it hangs, without reading it."""

from sqlalchemy import text

from portal.doors.public.finder import searcher
from portal.doors.public.places import Held
from portal.doors.readings import Viewpoint
from portal.record.reads import Reader
from portal.record.search import Found, Query
from portal.record.standing_words import StandingKey

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


def held_by_unit(c: Reader, view: Viewpoint) -> dict[str, Held]:
    """What is public of each unit, by its slug; late ones as of the day of ``view``."""
    programmes, find = programmes_by_unit(c), searcher(view)
    every = _by_unit(find.search(Query(size=1), today=view.today))
    late = _by_unit(find.search(Query(size=1, standing=StandingKey.OVERDUE), today=view.today))
    slugs = {*programmes, *every}
    return {s: Held(programmes.get(s, 0), every.get(s, 0), late.get(s, 0)) for s in slugs}


def _by_unit(found: Found) -> dict[str, int]:
    return {one.code: one.n for one in found.counts_by_unit}
