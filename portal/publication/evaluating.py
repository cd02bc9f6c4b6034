"""Evaluation through the valve: a dossier's digest, the cadre's explanation, what was done with themes."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from portal.kernel.calendar import WorkingCalendar
from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Actor, Refusal, Refused, refusal_of, require
from portal.kernel.sealed import Reason
from portal.kernel.work import Work
from portal.office.evaluation import rules
from portal.office.evaluation.acts import CorrectionForm
from portal.office.evaluation.events import DossierFrozen, EvaluationPublished
from portal.office.evaluation.reads import (
    accounts_of,
    calendar_of,
    dossiers_of,
    judged,
    marks_of,
    newest_dossier,
    period_matter,
    period_of,
    programmes_in,
    words_matter,
)
from portal.office.evaluation.tables import FrozenDossier, Period, SelfReview, ThemeUse
from portal.office.programme.reads import matter, programme
from portal.office.programme.tables import Programme
from portal.office.programme.typed import refuse_stamps
from portal.publication.telling_authors import tell_authors
from portal.record import reads
from portal.record.append import Line, append, take_turn
from portal.record.checkpoint import Signer
from portal.record.documents import Act, CommitmentDoc, DossierDoc, ExplanationDoc, Kind, Notice, ThemeDoc
from portal.record.evaluation import dossier_text
from portal.record.evaluation.compiling import Frame, compile_dossier
from portal.record.evaluation.document import (
    AccountDoc,
    CauseKind,
    Use,
    UsedThemeDoc,
    dossier_ref,
    explanation_ref,
)
from portal.record.evaluation.dossier import Dossier
from portal.record.evaluation.gathering import gather, root_at

Heard = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Freezing:
    """What a freeze did: the programmes frozen, and those somebody else has to freeze."""

    frozen: tuple[str, ...]
    left: tuple[str, ...]


def freeze(
    w: Work, period: Period, *, by: Actor, signer: Signer, only: str = "", heard: Heard | None = None
) -> Freezing:
    """Freeze the dossiers of the period that are not frozen yet, or the one of ``only``. Raises Refused.

    A programme whose cadre is ``by`` is left for another evaluator. ``heard`` is told how far it is:
    programme, commitments done, commitments there are.
    """
    take_turn(w.session)
    require(by, DeskAct.FREEZE_PERIOD, period_matter(w, period.unit_id))
    if refusal := rules.refusal_to_freeze(period.last, now=w.now):
        raise Refused(refusal)
    waiting = [draft for draft in programmes_in(w, period) if not dossiers_of(w, period, draft)]
    open_ones = [draft for draft in waiting if only in ("", draft.ref)]
    if period.frozen_at is not None and not open_ones:
        raise Refused(Refusal.PERIOD_FROZEN)
    mine = [d for d in open_ones if refusal_of(by, DeskAct.FREEZE_PERIOD, matter(w, d)) is None]
    frozen = [draft.ref for draft in mine if _freeze_one(w, period, draft, by, signer, "", heard)]
    if period.frozen_at is None:
        period.frozen_by_id, period.frozen_at = by.id, w.now
    return Freezing(tuple(frozen), tuple(d.ref for d in open_ones if d not in mine))


def freeze_again(
    w: Work, ref: str, code: str, form: CorrectionForm, *, by: Actor, signer: Signer
) -> FrozenDossier:
    """Follow a frozen dossier with a corrected version that says why. Raises Refused, StampTyped."""
    refuse_stamps(form)
    take_turn(w.session)
    draft = programme(w, ref)
    require(by, DeskAct.FREEZE_PERIOD, matter(w, draft))
    period = period_of(w, draft, code)
    newest_dossier(w, period, draft)
    if not form.reason.strip():
        raise Refused(Refusal.NO_REASON)
    if not _freeze_one(w, period, draft, by, signer, form.reason.strip(), None):
        raise Refused(Refusal.NOT_PUBLISHED)
    return newest_dossier(w, period, draft)


def _freeze_one(
    w: Work, period: Period, draft: Programme, by: Actor, signer: Signer, why: str, heard: Heard | None
) -> bool:
    version = len(dossiers_of(w, period, draft)) + 1
    made = compile_now(w, period, draft, version=version, why=why, calendar=calendar_of(w), heard=heard)
    if made is None:
        return False
    text = dossier_text.encode(made)
    line = _dossier_line(w, made, dossier_text.digest(text))
    [position] = append(w, [line], signer=signer)
    row = FrozenDossier(
        id=w.ids.key(),
        period_id=period.id,
        programme_id=draft.id,
        version=version,
        digest=dossier_text.digest(text),
        body=text,
        position=position,
        frozen_by_id=by.id,
        frozen_at=w.now,
    )
    w.session.add(row)
    w.session.flush()
    w.tell(
        DossierFrozen(
            by=by.id,
            programme=draft.ref,
            period=period.code,
            version=version,
            digest=row.digest,
            position=position,
        )
    )
    return True


def compile_now(
    w: Work,
    period: Period,
    draft: Programme,
    *,
    version: int,
    why: str,
    calendar: WorkingCalendar,
    heard: Heard | None = None,
) -> Dossier | None:
    """The dossier by the log as it stands; None when the programme is not public."""
    size = reads.head(w.session)
    source = gather(w.session, draft.ref, period.code, size=size)
    if source is None:
        return None
    frame = Frame(
        period=period.told,
        frozen_on=w.today,
        log_size=size,
        root_hex=root_at(w.session, size),
        calendar=calendar,
        version=version,
        correction=why,
    )
    tell = heard or (lambda ref, done, total: None)
    return compile_dossier(source, frame, progress=lambda done, total: tell(draft.ref, done, total))


def _dossier_line(w: Work, made: Dossier, digest: str) -> Line:
    """The small document that goes out: the period, the digest, the checkpoint; what was marked stays."""
    ref = dossier_ref(made.programme.ref, made.period.code)
    known = reads.revision(w.session, ref)
    before = known.document if known and isinstance(known.document, DossierDoc) else None
    document = DossierDoc(
        ref=ref,
        programme_ref=made.programme.ref,
        period=made.period,
        version=made.version,
        frozen_on=made.frozen_on,
        digest=digest,
        log_size=made.checkpoint.log_size,
        root_hex=made.checkpoint.root_hex,
        correction=made.correction,
        themes=before.themes if before else (),
    )
    act = Act.CORRECT if before else Act.FREEZE
    notice = Notice(reason=made.correction)
    return Line(kind=Kind.DOSSIER, ref=ref, act=act, document=document, notice=notice)


def publish_explanation(w: Work, ref: str, code: str, *, by: Actor, signer: Signer) -> int:
    """Publish the cadre's accounts of a period; nobody publishes what they wrote. Raises Refused."""
    take_turn(w.session)
    draft = programme(w, ref)
    period = period_of(w, draft, code)
    rows = accounts_of(w, period, draft)
    require(by, DeskAct.PUBLISH_EVALUATION, words_matter(w, draft, [row.written_by_id for row in rows]))
    if dossiers_of(w, period, draft):
        raise Refused(Refusal.PERIOD_FROZEN)
    known = {one.verdict.ref: one.document for one in judged(w, draft, period, calendar=calendar_of(w))}
    accounts = tuple(_account(row, known[row.commitment_ref]) for row in rows if row.commitment_ref in known)
    if not accounts:
        raise Refused(Refusal.NOTHING_SAID)
    document = ExplanationDoc(
        ref=explanation_ref(draft.ref, period.code),
        programme_ref=draft.ref,
        period=period.told,
        accounts=accounts,
    )
    before = reads.revision(w.session, document.ref)
    if before and before.document == document:
        raise Refused(Refusal.NOTHING_CHANGED)
    act = Act.CORRECT if before else Act.PUBLISH
    line = Line(kind=Kind.EXPLANATION, ref=document.ref, act=act, document=document)
    return _send(w, line, draft, period, "explanation", by, signer)


def publish_uses(w: Work, ref: str, code: str, *, by: Actor, signer: Signer) -> int:
    """Publish what the council did with every theme; the authors' receipts say so. Raises Refused."""
    take_turn(w.session)
    draft = programme(w, ref)
    period = period_of(w, draft, code)
    marks = {mark.theme_ref: mark for mark in marks_of(w, period, draft)}
    require(by, DeskAct.PUBLISH_EVALUATION, words_matter(w, draft, [m.marked_by_id for m in marks.values()]))
    row = newest_dossier(w, period, draft)
    asked = [part.ref for part in dossier_text.decode(row.body).themes]
    themes = {one.ref: one for one in reads.themes_of(w.session, draft.ref)}
    if missing := [themes[name].title for name in asked if name in themes and name not in marks]:
        raise Refused(Refusal.THEMES_UNMARKED, "\n".join(missing))
    found = reads.revision(w.session, dossier_ref(draft.ref, period.code))
    assert found is not None
    assert isinstance(found.document, DossierDoc)  # it went out when the period was frozen, and stays
    used = tuple(_used(themes[name], marks[name]) for name in sorted(marks) if name in themes)
    if not used:
        raise Refused(Refusal.NOTHING_SAID)
    document = replace(found.document, themes=used)
    if document == found.document:
        raise Refused(Refusal.NOTHING_CHANGED)
    line = Line(kind=Kind.DOSSIER, ref=document.ref, act=Act.REPLY, document=document)
    position = _send(w, line, draft, period, "uses", by, signer)
    for one in used:
        tell_authors(w, themes[one.theme_ref].comments, one, period.code)
    return position


def _account(row: SelfReview, document: CommitmentDoc) -> AccountDoc:
    cause = CauseKind(row.cause)
    return AccountDoc(
        commitment_ref=row.commitment_ref,
        account=row.account.open(reason=Reason.EVALUATION),
        cause=cause,
        confirmed_by=rules.confirmed_by(cause, document.causes),
    )


def _used(theme: ThemeDoc, mark: ThemeUse) -> UsedThemeDoc:
    return UsedThemeDoc(
        theme_ref=theme.ref,
        title=theme.title,
        use=Use(mark.use),
        sentence=mark.sentence.open(reason=Reason.EVALUATION),
    )


def _send(w: Work, line: Line, draft: Programme, period: Period, what: str, by: Actor, signer: Signer) -> int:
    [position] = append(w, [line], signer=signer)
    w.tell(
        EvaluationPublished(by=by.id, programme=draft.ref, period=period.code, what=what, position=position)
    )
    return position
