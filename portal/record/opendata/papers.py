"""The texts that go with the files: what they are, how they may be used, how anybody checks them."""

from collections.abc import Mapping
from pathlib import Path

from portal.record.opendata.about import About
from portal.record.opendata.table import Table

README, LICENCE, CHECKPOINT, VERIFIER, SUMS = (
    "DOC-TRUOC.txt",
    "GIAY-PHEP.txt",
    "checkpoint.txt",
    "verifier.txt",
    "SHA256SUMS",
)

_HERE = Path(__file__).parent


def papers(about: About, tables: Mapping[Table, int]) -> dict[str, str]:
    """The texts by name; ``tables``: how many rows each table has."""
    listed = "\n".join(f"{t.name} ({rows}): {t.vi} / {t.en}" for t, rows in tables.items())
    words = {**about.told(), "site": about.site, "owner": about.owner, "size": about.size}
    words.update(root=about.root, at=about.at.isoformat() if about.at else "-", tables=listed)
    return {
        README: _said("readme.txt", words),
        LICENCE: _said("licence.txt", words),
        CHECKPOINT: about.note,
        VERIFIER: about.verifier + "\n",
    }


def _said(name: str, words: Mapping[str, object]) -> str:
    return (_HERE / name).read_text(encoding="utf-8").format(**words)
