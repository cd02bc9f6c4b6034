"""What follows the log: the index, the open files, the shelf of evidence; sound, private, not behind."""

from pathlib import Path

from portal.commands.doctor.check import Check, fault
from portal.commands.doctor.patient import Patient, Skipped
from portal.commands.followers import index_folder, public_log
from portal.commands.positions import positions
from portal.record.search.writer import Writer

_PATIENCE = 15  # minutes after an entry in which a follower may still be at work


@fault("Chỉ mục tìm kiếm khớp với sổ / the index is sound")
def index_sound(p: Patient) -> str | None:
    """Its files are whole and built from a beginning of this log."""
    with public_log(p.settings) as log:
        doubt = Writer(index_folder(p.settings)).doubt(log)
    return f"{doubt}; chạy `portal index rebuild`. / run it." if doubt else None


@fault("Chỉ mục chỉ chủ sở hữu ghi được / the index is written by its owner only")
def index_private(p: Patient) -> str | None:
    """Whoever may write to the index could make a server load what they wrote."""
    folder = index_folder(p.settings)
    if not folder.exists():
        raise Skipped("chưa có chỉ mục. / no index yet.")
    writable = [path for path in (folder, *folder.glob("*")) if path.stat().st_mode & 0o022]
    return f"chmod -R go-w {folder.name}/ ({len(writable)})" if writable else None


@fault("Các tiến trình theo kịp sổ / followers keep up with the log")
def followers(p: Patient) -> str | None:
    """None is behind entries that have been there for some minutes."""
    old = p.public("SELECT count(*) FROM record_entry WHERE at <= :at", at=p.before(minutes=_PATIENCE))[0][0]
    behind = [name for name, reached in positions(p.settings).items() if reached < old]
    return f"{', '.join(behind)}: chạy `portal follow` (namro-follow). / start it." if behind else None


@fault("Kho minh chứng khớp với sổ / the evidence shelf is settled")
def shelf(p: Patient) -> str | None:
    """Each file a standing document cites is there, and none that no document cites."""
    cited = {row[0] for row in p.public("SELECT sha256 FROM record_evidence")}
    there = {path.name for path in _shelf(p).glob("*") if len(path.name) == 64}
    wrong = len(cited ^ there)
    return f"{wrong} tệp thiếu hoặc thừa; chạy `portal shelf settle`. / run it." if wrong else None


def _shelf(p: Patient) -> Path:
    return p.settings.instance / "files" / "record"


CHECKS: tuple[Check, ...] = (index_sound, index_private, followers, shelf)
