"""Office's way of writing characters that XML cannot hold: _x000D_ is a carriage return."""

import re

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """``text`` with its escapes replaced (ECMA-376, ST_Xstring); lone surrogates vanish."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)
