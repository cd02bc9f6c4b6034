"""How a value stands in a cell of a CSV file and in a JSON text; no text becomes a formula."""

import json
from datetime import date, datetime
from decimal import Decimal

from portal.record.canon import plain_figure
from portal.record.opendata.table import Value

# What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection), fullwidth forms too;
# and the apostrophe itself, so that "take one leading apostrophe away" always gives the text back.
_BEGINS = tuple("=+-@＝＋－＠")
_FIRST = tuple("\t\r\n'")
JOINED = "; "


def harmless(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet might take it for a formula."""
    begins = text.lstrip()[:1]
    is_risky = text.startswith(_FIRST) or begins.startswith(_BEGINS)
    return f"'{text}" if is_risky else text


def one_text(value: Value) -> str:
    """``value`` as plain text: figures by their digits, days and instants as ISO 8601, nothing as nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain_figure(value)
        case date():  # an instant too
            return value.isoformat()
        case tuple():
            return JOINED.join(value)
    return str(value)


def csv_cell(value: Value) -> str:
    """``value`` as RFC 4180 writes a field: texts quoted and harmless, everything else bare."""
    text = one_text(value)
    if isinstance(value, str | tuple):
        return '"' + harmless(text).replace('"', '""') + '"'
    return text


def json_value(value: Value) -> str:
    """``value`` as JSON: figures as numbers with all their digits, lists as lists."""
    if isinstance(value, Decimal):
        return plain_figure(value)
    if isinstance(value, date | datetime):
        return f'"{value.isoformat()}"'
    return json.dumps(value, ensure_ascii=False)
