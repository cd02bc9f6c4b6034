"""Near duplicates among cases, by keyed prints that mean nothing once their key is destroyed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from portal.inbox.recognition.near import NearKey, Print, fingerprint, is_near
from portal.kernel import keys
from portal.kernel.work import Work
from portal.office.moderation.tables import Case, Trace

_PREFIX = "near-"
_MOST = 50  # likely twins compared


def near_key(folder: Path, now: datetime) -> NearKey:
    """The key of this month; it expires at the end of the month after, and is swept away then."""
    first = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires = (first + timedelta(days=63)).replace(day=1)
    return NearKey(keys.key(folder, f"{_PREFIX}{first:%Y-%m}"), expires)


def place(w: Work, case: Case, words: str) -> None:
    """Note the print of ``words`` and put ``case`` beside its near duplicate on the same commitment."""
    key = near_key(w.settings.instance / "keys", w.now)
    made = fingerprint(words, key, now=w.now)
    case.cluster = _twin(w, case, made) or case.id
    w.session.add_all(
        Trace(
            case_id=case.id,
            band=band,
            commitment=case.commitment,
            sketch=list(made.sketch),
            expires_at=key.expires,
        )
        for band in made.bands
    )


def _twin(w: Work, case: Case, made: Print) -> int | None:
    """The cluster of a case whose text is nearly the same."""
    found = w.session.execute(
        select(Case.cluster, Trace.sketch)
        .join(Trace, Trace.case_id == Case.id)
        .where(Trace.band.in_(made.bands), Trace.commitment == case.commitment, Trace.case_id != case.id)
        .limit(_MOST)
    )
    return next((cluster for cluster, sketch in found if is_near(made, Print(tuple(sketch), ()))), None)


def forget(w: Work, case_id: int) -> None:
    """Let go of the print of one case."""
    w.session.execute(delete(Trace).where(Trace.case_id == case_id))


def sweep(w: Work) -> None:
    """Delete prints and keys whose time has passed."""
    w.session.execute(delete(Trace).where(Trace.expires_at <= w.now))
    current = w.now.astimezone(UTC).replace(day=1)
    kept = {f"{_PREFIX}{current:%Y-%m}.key", f"{_PREFIX}{current - timedelta(days=1):%Y-%m}.key"}
    for path in (w.settings.instance / "keys").glob(f"{_PREFIX}*.key"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
