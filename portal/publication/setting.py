"""What the valve must know besides the draft itself: the unit's name, the profile, the appraisal."""

from portal.kernel.clock import day
from portal.kernel.policy import Refusal, Refused
from portal.kernel.work import Work
from portal.office.commitment.profiles import public_profile
from portal.office.posting.reads import postings_of
from portal.office.programme.tables import Programme
from portal.office.units.tables import Unit
from portal.publication.compose import Setting
from portal.publication.compose_after import compose_postings
from portal.publication.passing_on import inherited, passing_on
from portal.record.documents import Appraised, UnitLink

NOT_YET = "Chưa thẩm định"  # stands where a body will, in previews only


def setting_of(w: Work, programme: Programme, *, is_preview: bool = False) -> Setting:
    """The setting to compose ``programme`` in.

    Raises Refused when no body has approved it; a preview says so in the body's place instead.
    """
    ends = passing_on(w, programme)
    return Setting(
        unit=unit_link(w, programme.mandate.unit_id),
        profile=public_profile(programme.profile),
        appraised=_appraised(w, programme, is_preview=is_preview),
        issued_on=programme.issued_on or w.today,
        postings=compose_postings(postings_of(w, programme.id)),
        ending=ends.ending if ends else None,
        ended_on=ends.ended_on if ends else None,
        continued_by=ends.continued_by if ends else (),
        fates=ends.fates if ends else {},
        inherited=inherited(w, programme),
    )


def unit_link(w: Work, unit_id: int) -> UnitLink:
    """The unit as a document names it."""
    unit = w.session.get_one(Unit, unit_id)
    parent = w.session.get(Unit, unit.parent_id) if unit.parent_id else None
    return UnitLink(slug=unit.slug, code=unit.code, name=unit.name, parent_name=parent.name if parent else "")


def _appraised(w: Work, programme: Programme, *, is_preview: bool) -> Appraised:
    """Which body approved the draft and when: the body, never the person (facts R32)."""
    approvals = [a for a in programme.appraisals if a.outcome == "approved"]
    if not approvals and is_preview:
        return Appraised(body=NOT_YET, appraised_on=w.today)
    if not approvals:
        raise Refused(Refusal.NOT_APPRAISED)
    newest = approvals[-1]
    body = w.session.get_one(Unit, newest.body_unit_id)
    return Appraised(body=body.name, appraised_on=day(newest.appraised_at))
