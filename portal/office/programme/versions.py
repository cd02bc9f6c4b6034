"""Numbered versions of a whole draft, frozen: what presentations and appraisals cite, word for word."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from cattrs import Converter
from sqlalchemy import select

from portal.kernel.policy import Actor, Refusal, Refused
from portal.kernel.sealed import Reason, Sealed
from portal.kernel.work import Work
from portal.office.audit.events import VersionKept
from portal.office.programme.portrait import portrait
from portal.office.programme.tables import Programme, Version
from portal.office.programme.workbook.form import ProgrammeForm


def snapshot(w: Work, programme: Programme, *, label: str, by: Actor | None = None) -> Version:
    """Freeze ``programme`` as it stands, withheld items included, as its next numbered version.

    ``label`` says what for (``submitted``, ``step2`` ...). The newest version is given back where it
    already says exactly this for the same purpose.
    """
    w.session.flush()
    w.session.expire_all()  # what is frozen is what is stored
    content = _encode(portrait(w, programme))
    digest = hashlib.sha256(content.encode()).hexdigest()
    known = versions(w, programme)
    if known and (known[-1].digest, known[-1].label) == (digest, label):
        return known[-1]
    made = Version(
        id=w.ids.key(),
        programme_id=programme.id,
        number=known[-1].number + 1 if known else 1,
        label=label,
        made_at=w.now,
        made_by_id=by.id if by else None,
        digest=digest,
        content=Sealed(content),
    )
    w.session.add(made)
    w.session.flush()
    w.tell(VersionKept(by=made.made_by_id, programme=programme.ref, number=made.number, label=label))
    return made


def versions(w: Work, programme: Programme) -> Sequence[Version]:
    """The versions of ``programme``, oldest first."""
    return w.session.scalars(
        select(Version).where(Version.programme_id == programme.id).order_by(Version.number)
    ).all()


def version(w: Work, programme: Programme, number: int) -> Version:
    """Version ``number`` of ``programme``. Raises Refused when there is none."""
    found = next((v for v in versions(w, programme) if v.number == number), None)
    if found is None:
        raise Refused(Refusal.NO_SUCH_VERSION, str(number))
    return found


def read(found: Version) -> ProgrammeForm:
    """What the draft said then. Raises Refused when that was erased by order.

    Raises ValueError when the stored text is not the one that was frozen.
    """
    content = found.content.open(reason=Reason.DRAFT)
    if not content:
        raise Refused(Refusal.VERSION_ERASED, str(found.number))
    if hashlib.sha256(content.encode()).hexdigest() != found.digest:
        raise ValueError(f"version {found.number} is not the one that was frozen")
    return _CONVERTER.structure(json.loads(content), ProgrammeForm)


def _encode(form: ProgrammeForm) -> str:
    return json.dumps(
        asdict(form), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_written
    )


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no form in a version")


def _converter() -> Converter:
    made = Converter(detailed_validation=False)
    made.register_structure_hook(date, lambda v, _: date.fromisoformat(v))
    made.register_structure_hook(Decimal, lambda v, _: Decimal(v))
    return made


_CONVERTER = _converter()
