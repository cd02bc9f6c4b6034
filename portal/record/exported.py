"""An exported record read again without the database it came from: its rows in memory, for what reads it."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, insert

from portal.kernel.db import Base
from portal.record import canon, merkle
from portal.record.append import content_digest, envelope, is_standing, within
from portal.record.checkpoint import is_signed
from portal.record.documents import Act, Kind
from portal.record.tables import Checkpoint, Content, Entry, Latest, Node

Row = dict[str, Any]
Nodes = dict[tuple[int, int], bytes]
_TOGETHER = 500  # rows a statement
_NOTE = 7  # lines of a signed note, the empty one after it among them


class NotAnExport(ValueError):
    """The folder holds no record that this program exported, or a changed one."""


@contextmanager
def opened(folder: Path) -> Iterator[Connection]:
    """The record in ``folder`` as `portal.record.export` wrote it. Raises NotAnExport.

    Every text, leaf and the newest checkpoint are checked on the way in, by the key that lies beside
    them: whether that key is the office's is for the reader to compare.
    """
    lines, nodes = _read(folder)
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as c:
            _fill(c, lines, nodes)
            yield c
    finally:
        engine.dispose()


def _read(folder: Path) -> tuple[list[Row], Nodes]:
    lines: list[Row] = []
    nodes: Nodes = {}
    try:
        with (folder / "log.jsonl").open(encoding="utf-8") as log:
            for told in log:
                lines.append(_checked(json.loads(told), len(lines)))
                grown = merkle.grown(len(lines) - 1, lines[-1]["leaf"], lambda *at: nodes[at])
                nodes.update({(level, place): value for level, place, value in grown})
        note = (folder / "checkpoints.txt").read_text(encoding="utf-8").split("\n")[-_NOTE:]
        verifier = (folder / "verifier.txt").read_text(encoding="utf-8").strip()
        root = base64.b64encode(merkle.root(len(lines), lambda *at: nodes[at])).decode()
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise NotAnExport(str(fault)) from fault
    if note[1:3] != [str(len(lines)), root] or not is_signed("\n".join(note), verifier):
        raise NotAnExport("checkpoints.txt")
    return lines, nodes


def _checked(told: Row, position: int) -> Row:
    """A line of the log as a row. Raises ValueError where it contradicts itself."""
    row = {
        **told,
        "at": datetime.fromisoformat(told["at"]),
        "leaf": bytes.fromhex(told["leaf"]),
        "salt": bytes.fromhex(told["salt"]) if told["salt"] else b"",
        "body": told["text"],
    }
    named = ("kind", "ref", "number", "act", "cites", "at", "digest")
    if row["position"] != position or merkle.leaf_hash(envelope(**{n: row[n] for n in named})) != row["leaf"]:
        raise ValueError(f"log.jsonl: line {position + 1} does not hold")
    if row["body"] is not None and content_digest(row["salt"], row["body"]) != row["digest"]:
        raise ValueError(f"log.jsonl: the text of line {position + 1} is another")
    return row


def _pointers(lines: list[Row]) -> list[Row]:
    """Where the newest revision of each document stands, as appending would have it."""
    found: dict[str, Row] = {}
    for line in lines:
        pointer = found.setdefault(line["ref"], {"ref": line["ref"], "kind": line["kind"], "position": -1})
        pointer["number"] = line["number"]
        if line["act"] == Act.REDACT and line["cites"] != pointer["position"]:
            continue
        pointer["position"] = line["position"]
        document = canon.decode(Kind(line["kind"]), line["body"])[0] if line["body"] is not None else None
        # A text that was erased was followed by what stands now.
        pointer["standing"] = document is not None and is_standing(document)
        pointer["within"] = within(document) if document else None
    return list(found.values())


def _fill(c: Connection, lines: list[Row], nodes: Nodes) -> None:
    tables = [Base.metadata.tables[room.__tablename__] for room in (Entry, Content, Node, Checkpoint, Latest)]
    Base.metadata.create_all(c, tables=tables)
    newest = {
        "size": len(lines), "root": merkle.root(len(lines), lambda *at: nodes[at]), "at": lines[-1]["at"],
        "note": "",
    }  # fmt: skip
    texts = [line for line in lines if line["body"] is not None]
    subtrees = [{"level": level, "place": place, "hash": one} for (level, place), one in nodes.items()]
    for table, rows in zip(tables, (lines, texts, subtrees, [newest], _pointers(lines)), strict=True):
        for n in range(0, len(rows), _TOGETHER):
            some = [
                {column.name: row[column.name] for column in table.columns} for row in rows[n : n + _TOGETHER]
            ]
            c.execute(insert(table), some)
