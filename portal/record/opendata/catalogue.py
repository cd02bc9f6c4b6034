"""All the open tables, in the order they are listed in."""

from portal.record.opendata import about_commitments, about_log, about_places, about_programmes, about_voices
from portal.record.opendata.table import Table

TABLES: tuple[Table, ...] = (
    *about_places.TABLES,
    *about_programmes.TABLES,
    *about_commitments.TABLES,
    *about_voices.TABLES,
    *about_log.TABLES,
)
