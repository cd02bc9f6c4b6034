"""The one writer of the search index: follows the log, and builds the index anew when in doubt."""

from collections.abc import Sequence
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from portal.record.search import facts, folder, rows, schema
from portal.record.search.log import Log
from portal.record.search.plan import Change, Plan, numbers_of
from portal.record.search.terms import searched

_CHUNK = 5000  # documents a commit: what Whoosh sorts without spilling to disk
_MEMORY_MB = 256
_SEGMENTS = 12  # from here on the small ones at the end are joined
_SMALL = 1000  # documents


class Writer:
    """Writes the index in ``path``. Safe to make anywhere; one process at a time may write.

    Never call it inside a request: Whoosh indexes about a thousand documents a second.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._checked: folder.Manifest | None = None  # read whole and found good by this object

    def follow(self, log: Log) -> int:
        """Bring the index up to the log's head; build it anew when it cannot be trusted.

        Returns the position reached. Raises WriterBusy when another process is writing.
        """
        with folder.only_writer(self.path):
            try:
                return self._catch_up(log, self._trusted(log))
            except folder.UntrustedIndex:
                return self._build(log)

    def rebuild(self, log: Log) -> int:
        """Build the index anew from the whole log. Returns and raises as ``follow``."""
        with folder.only_writer(self.path):
            return self._build(log)

    def doubt(self, log: Log) -> str | None:
        """Why the index would be rebuilt, for the operator; None when it is sound."""
        try:
            self._check(folder.load(self.path), log)
        except folder.UntrustedIndex as e:
            return str(e)
        return None

    def _trusted(self, log: Log) -> folder.Manifest:
        manifest = folder.load(self.path)
        if manifest == self._checked:
            folder.check_log(manifest, log)
        else:
            self._check(manifest, log)
            self._checked = manifest
        return manifest

    def _check(self, manifest: folder.Manifest, log: Log) -> None:
        folder.check(self.path, manifest)
        folder.check_log(manifest, log)
        folder.open_readers(self.path, manifest)

    def _catch_up(self, log: Log, manifest: folder.Manifest) -> int:
        folder.sweep(self.path, manifest)
        head = log.head()
        if head == manifest.position:
            return head
        readers = folder.open_readers(self.path, manifest)
        plan = Plan(log, readers)
        plan.read(manifest.position, head)
        for reader in readers:
            reader.close()
        if plan.must_forget:
            return self._build(log)
        index = self._open(manifest)
        self._write(index, plan)
        _tidy(index, len(readers) + 1)
        self._seal(log, head, manifest.name)
        return head

    def _build(self, log: Log) -> int:
        head = log.head()
        plan = Plan(log, [])
        plan.read(0, head)
        name = folder.new_name()
        storage = folder.KeepingStorage(self.path, self._kept())
        index = FileIndex.create(storage, schema.schema(), name)
        self._write(index, plan)
        self._seal(log, head, name)
        return head

    def _open(self, manifest: folder.Manifest) -> FileIndex:
        storage = folder.KeepingStorage(self.path, set(manifest.files))
        return FileIndex(storage, schema=schema.schema(), indexname=manifest.name)

    def _kept(self) -> set[str]:
        try:
            return set(folder.load(self.path).files)
        except folder.UntrustedIndex:
            return set()

    def _seal(self, log: Log, position: int, name: str) -> None:
        fingerprint = log.fingerprint(position)
        self._checked = folder.seal(self.path, position=position, fingerprint=fingerprint, name=name)
        folder.sweep(self.path, self._checked)

    def _write(self, index: FileIndex, plan: Plan) -> None:
        """Documents enter in the order of their positions: readers tell recency by their number."""
        entering = plan.entering()
        leaving = plan.touched()
        for start in range(0, max(1, len(entering)), _CHUNK):
            w = _session(index)
            _delete(w, leaving)
            for change in entering[start : start + _CHUNK]:
                _add(w, change)
            w.commit(merge=False)
            leaving = ()


def _session(index: FileIndex) -> SegmentWriter:
    return SegmentWriter(index, codec=schema.codec(), limitmb=_MEMORY_MB, compound=False)


def _add(w: SegmentWriter, change: Change) -> None:
    revision = change.revision
    terms = searched(revision.document)
    w.add_document(
        key=(rows.key(revision.kind, revision.ref),),
        exact=terms.exact,
        core=terms.core,
        often=terms.often,
        pairs=terms.pairs,
        twice=terms.twice,
        row=rows.encode(rows.row_of(revision, first=change.first)),
        facts=facts.encode(revision.document),
    )


def _delete(w: SegmentWriter, keys: Sequence[str]) -> None:
    reader = w.reader()
    for leaf, base in reader.leaf_readers():
        for key in keys:
            for number in numbers_of(leaf, key):
                w.delete_document(base + number)
    reader.close()


def _tidy(index: FileIndex, segments: int) -> None:
    if segments > _SEGMENTS:
        _session(index).commit(mergetype=_join_small)


def _join_small(w: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Whoosh's merge policy: join the small segments at the end, or all, in their order."""
    large = len(segments)
    while large and segments[large - 1].doc_count_all() < _SMALL:
        large -= 1
    if len(segments) - large < 2:
        large = 0
    for segment in segments[large:]:
        reader = SegmentReader(w.storage, w.schema, segment)
        w.add_reader(reader)
        reader.close()
    return segments[:large]
