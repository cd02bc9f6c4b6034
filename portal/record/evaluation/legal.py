"""Which rules an evaluation answers to: data, to be confirmed by a lawyer, never code."""

import json
from pathlib import Path

LEGAL: dict[str, str] = json.loads(Path(__file__).with_name("legal.json").read_text(encoding="utf-8"))
"""``four_figures`` and ``products``: number, date and issuer of the rule."""
