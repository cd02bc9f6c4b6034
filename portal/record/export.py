"""Writing the record out: a folder that anybody can keep and check without this program's database."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.record.tables import Checkpoint, Content, Entry, Latest

LOG, CHECKPOINTS, VERIFIER = "log.jsonl", "checkpoints.txt", "verifier.txt"


def export(session: Session, folder: Path, *, verifier: str) -> int:
    """Write the log, its texts, its checkpoints and the verifier line to ``folder``.

    Returns the number of entries. The texts come with their salts, so every digest can be recomputed;
    what was erased or taken down has none, as everywhere else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries = 0
    is_given_out = or_(Latest.standing, Latest.position == Entry.position)
    joined = (
        select(Entry, Content)
        .join(Latest, Latest.ref == Entry.ref)
        .outerjoin(Content, and_(Content.position == Entry.position, is_given_out))
        .order_by(Entry.position)
        .execution_options(yield_per=500)
    )
    with (folder / LOG).open("w", encoding="utf-8", newline="") as out:
        for entry, content in session.execute(joined):
            out.write(written(_line(entry, content)) + "\n")
            entries += 1
    notes = session.scalars(select(Checkpoint.note).order_by(Checkpoint.size))
    (folder / CHECKPOINTS).write_text("\n".join(notes), encoding="utf-8", newline="")
    (folder / VERIFIER).write_text(verifier + "\n", encoding="utf-8")
    return entries


def written(line: dict[str, Any]) -> str:
    """``line`` in the one way we write it."""
    return json.dumps(line, ensure_ascii=False, sort_keys=True)


def _line(entry: Entry, content: Content | None) -> dict[str, Any]:
    return {
        "position": entry.position,
        "kind": entry.kind,
        "ref": entry.ref,
        "number": entry.number,
        "act": entry.act,
        "cites": entry.cites,
        "at": entry.at.isoformat(),
        "digest": entry.digest,
        "leaf": entry.leaf.hex(),
        "salt": content.salt.hex() if content else None,
        "text": content.body if content else None,
    }
