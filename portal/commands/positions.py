"""How far each follower of the log has come, read from what it sealed last."""

from collections.abc import Mapping

from portal.commands.followers import index_folder
from portal.commands.opendata import folder_of
from portal.record.opendata import shelf
from portal.record.search import folder
from portal.settings import Settings


def positions(settings: Settings) -> Mapping[str, int]:
    """Entries each follower has taken in; 0 for one that never ran."""
    return {"search": _search(settings), "open_data": _open_data(settings)}


def _search(settings: Settings) -> int:
    try:
        return folder.load(index_folder(settings)).position
    except folder.UntrustedIndex:
        return 0


def _open_data(settings: Settings) -> int:
    manifest = shelf.load(folder_of(settings))
    return manifest.size if manifest else 0
