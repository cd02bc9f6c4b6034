"""Full-text search over the record: a cache that follows the log and has no other source."""

from portal.record.search.folder import UntrustedIndex, WriterBusy
from portal.record.search.highlight import highlight
from portal.record.search.log import Log
from portal.record.search.parse import Note, ParsedQuery, parse
from portal.record.search.results import Count, Found, Query, Sort, UnitHit
from portal.record.search.saved import normal_form, saved
from portal.record.search.searcher import Searcher
from portal.record.search.traits import Judge, Judged, Trait, judge_by
from portal.record.search.writer import Writer

__all__ = [
    "Count",
    "Found",
    "Judge",
    "Judged",
    "Log",
    "Note",
    "ParsedQuery",
    "Query",
    "Searcher",
    "Sort",
    "Trait",
    "UnitHit",
    "UntrustedIndex",
    "Writer",
    "WriterBusy",
    "highlight",
    "judge_by",
    "normal_form",
    "parse",
    "saved",
]
