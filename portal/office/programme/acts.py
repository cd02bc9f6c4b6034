"""What people do with a draft: import it from a workbook, bring it up to date, appraise it."""

from portal.kernel.policy import Act, Actor, Matter, Refusal, Refused, Role, require
from portal.kernel.work import Work
from portal.office.audit.events import ProgrammeAppraised, ProgrammeImported
from portal.office.programme.desk_draft import grow, remember_writer
from portal.office.programme.filling import fill
from portal.office.programme.reads import matter
from portal.office.programme.tables import Appraisal, Mandate, Programme
from portal.office.programme.versions import snapshot
from portal.office.programme.workbook.form import ProgrammeForm
from portal.office.units.reads import line_above, unit_of_code

APPRAISED = "appraised"  # the label of versions an appraisal is about
OPINION_LENGTH = 10  # characters: a written opinion is more than "OK"


def import_programme(w: Work, form: ProgrammeForm, *, by: Actor | None) -> Programme:
    """Store what a workbook said as a new draft, everything withheld unless marked public.

    ``by`` None is the operator at the command line. Raises Refused when ``by`` may not write for the
    unit.
    """
    mandate = Mandate(id=w.ids.key(), unit_id=may_import(w, form, by=by))
    programme = Programme(
        id=w.ids.key(),
        ref=w.ids.ref(),
        mandate_id=mandate.id,
        author_id=by.id if by else None,
        declared_at=w.now,
        show_withheld_count=w.settings.show_withheld_count,
    )
    programme.mandate = mandate
    fill(w, programme, form)
    if by:
        remember_writer(w, programme, by.id)
    _tell(w, programme, form)
    return programme


def may_import(w: Work, form: ProgrammeForm, *, by: Actor | None) -> int:
    """The unit the new draft belongs to. Raises Refused when ``by`` may not write for it."""
    unit = unit_of_code(w.session, form.unit_code, w.today)
    if unit is None:
        raise Refused(Refusal.NO_SUCH_UNIT, form.unit_code)
    if by:
        require(by, Act.IMPORT_PROGRAMME, Matter(unit_ids=frozenset(line_above(w.session, unit.id))))
    return unit.id


def update_programme(w: Work, programme: Programme, form: ProgrammeForm, *, by: Actor | None) -> Programme:
    """Bring a draft up to date with a newer workbook; items keep their references by STT.

    Everything but progress must be appraised anew, so the draft starts its way again.
    """
    if by:
        require(by, Act.IMPORT_PROGRAMME, matter(w, programme))
    if programme.state == "submitted":
        raise Refused(Refusal.IN_APPRAISAL)
    if by:
        remember_writer(w, programme, by.id)
    else:
        programme.author_id = None
    grow(programme)
    fill(w, programme, form)
    programme.state = "draft"
    _tell(w, programme, form)
    return programme


def appraise(w: Work, programme: Programme, *, by: Actor, opinion: str, approve: bool = True) -> Appraisal:
    """Record a written opinion that approves or returns the draft.

    Raises Refused for the author, the cadre, a missing opinion or a draft already on its way.
    """
    require(by, Act.APPRAISE, matter(w, programme))
    if programme.state not in ("draft", "returned", "submitted"):
        raise Refused(Refusal.NOT_A_DRAFT)
    if len(opinion.strip()) < OPINION_LENGTH:
        raise Refused(Refusal.NO_OPINION)
    outcome = "approved" if approve else "returned"
    programme.state = outcome
    frozen = snapshot(w, programme, label=APPRAISED, by=by)
    appraisal = Appraisal(
        id=w.ids.key(),
        programme_id=programme.id,
        programme_version=programme.version,
        of_version=frozen.number,
        appraiser_id=by.id,
        body_unit_id=_body(w, programme, by),
        outcome=outcome,
        opinion=opinion.strip(),
        appraised_at=w.now,
    )
    programme.appraisals.append(appraisal)
    w.tell(ProgrammeAppraised(by=by.id, programme=programme.ref, outcome=outcome))
    return appraisal


def _body(w: Work, programme: Programme, by: Actor) -> int:
    """The unit for which ``by`` appraises: the nearest at or above the programme's."""
    held = by.roles[Role.APPRAISER]
    return next(unit for unit in line_above(w.session, programme.mandate.unit_id) if unit in held)


def _tell(w: Work, programme: Programme, form: ProgrammeForm) -> None:
    w.tell(
        ProgrammeImported(
            by=programme.author_id,
            programme=programme.ref,
            commitments=len(form.commitments),
            withheld=sum(not c.disclosed for c in form.commitments),
        )
    )
