"""Writing the record out: a folder that anybody can keep and check without this program's database."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.record.tables import Checkpoint, Content, Entry


def export(session: Session, folder: Path, *, verifier: str) -> int:
    """Write the log, its texts, its checkpoints and the verifier line to ``folder``.

    Returns the number of entries. The texts are those not erased, with their salts, so every digest
    can be recomputed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries = 0
    joined = (
        select(Entry, Content)
        .outerjoin(Content, Content.position == Entry.position)
        .order_by(Entry.position)
        .execution_options(yield_per=500)
    )
    with (folder / "log.jsonl").open("w", encoding="utf-8") as out:
        for entry, content in session.execute(joined):
            out.write(json.dumps(_line(entry, content), ensure_ascii=False, sort_keys=True) + "\n")
            entries += 1
    notes = session.scalars(select(Checkpoint.note).order_by(Checkpoint.size))
    (folder / "checkpoints.txt").write_text("\n".join(notes), encoding="utf-8")
    (folder / "verifier.txt").write_text(verifier + "\n", encoding="utf-8")
    return entries


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
