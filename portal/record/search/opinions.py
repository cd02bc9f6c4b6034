"""What released ratings say of commitments: the newest period of each, and who is contested by it."""

from portal.record.documents import Kind
from portal.record.search.places import Places
from portal.record.search.rows import RatingsRow


class Opinions:
    """The released ratings of every commitment that has any, in memory: one word each."""

    def __init__(self) -> None:
        self._rows: dict[str, RatingsRow] = {}
        self._contested: set[str] | None = None

    def put(self, row: RatingsRow) -> None:
        """Take in one release, in place of what the same period said before."""
        self._rows[row.ref] = row
        self._contested = None

    def drop(self, ref: str) -> None:
        """Forget a release that was taken down."""
        self._rows.pop(ref, None)
        self._contested = None

    def contested(self, places: Places) -> int:
        """The documents of commitments of which, in their newest period, most see nothing done."""
        found = 0
        for ref in self._refs():
            if place := places.find(Kind.COMMITMENT, ref):
                found |= 1 << place.number
        return found

    def _refs(self) -> set[str]:
        if self._contested is None:
            newest: dict[str, RatingsRow] = {}
            for row in sorted(self._rows.values(), key=lambda row: row.period):
                newest[row.commitment] = row
            self._contested = {ref for ref, row in newest.items() if row.is_mostly_not_seen}
        return self._contested
