"""``portal sample``: invented data of any size, brought in by the same acts as the real thing."""

import click
from flask import Flask
from sqlalchemy import select

from portal.commands.demo import OPINION
from portal.commands.followers import follow_now
from portal.commands.office import office_app, signer_of
from portal.kernel.db import configure
from portal.kernel.grants import DoorRole
from portal.kernel.policy import Actor, Role
from portal.kernel.work import House, Work, settle, work
from portal.office.accounts.acts import add_officer
from portal.office.accounts.reads import actor, officer
from portal.office.programme.acts import appraise, import_programme
from portal.office.programme.workbook.form import ProgrammeForm
from portal.office.progress.claims import confirm_claims
from portal.office.units.tables import Unit
from portal.publication.acts import publish
from portal.record import reads
from portal.record.checkpoint import Signer
from portal.sample.programmes import programmes
from portal.sample.voices import voices
from portal.settings import Settings, load

_STAFF = {Role.APPRAISER: "tham-dinh@gia-dinh.example", Role.PUBLISHER: "cong-bo@gia-dinh.example"}
_TOGETHER = 20  # programmes a commit: what arrives together shares one


@click.command()
@click.option("--programmes", "count", default=20, show_default=True, help="Số chương trình. / Programmes.")
@click.option(
    "--comments", default=0, show_default=True, help="Số góp ý kèm đánh giá. / Comments with a rating."
)
@click.option(
    "--seed", default=1, show_default=True, help="Cùng số thì cùng dữ liệu. / Same seed, same data."
)
def sample(count: int, comments: int, seed: int) -> None:
    """Nạp dữ liệu giả định để dùng thử, đo đạc. / Load invented data, for trying and measuring."""
    settings = load()
    signer = signer_of(settings)
    with office_app(settings).app_context():
        with work() as w:
            units = _units(w)
            today = w.today
            staff = _staff(w, units)
        if not units:
            raise click.ClickException(
                "Chưa có đơn vị; chạy `portal import-units` trước. / Import units first."
            )
        forms = list(programmes(count, seed=seed, units=units, today=today))
        groups = [forms[n : n + _TOGETHER] for n in range(0, count, _TOGETHER)]
        with click.progressbar(groups, label="Đang nạp / loading") as bar:
            for group in bar:
                with work() as w:
                    for form in group:
                        _bring_in(w, form, staff, signer)
    if comments:
        _speak(settings, comments, seed)
    follow_now()
    click.echo(
        f"Đã nạp / loaded: {count} chương trình, {sum(len(f.commitments) for f in forms)} cam kết, "
        f"{comments} góp ý"
    )


def _speak(settings: Settings, count: int, seed: int) -> None:
    """Say ``count`` things at the public door, about whatever is public now; they wait for moderators."""
    app = Flask("portal.sample")
    configure(app, settings, DoorRole.PUBLIC)
    settle(app, House(settings))
    with app.app_context(), work() as w:
        public = [doc.ref for doc in reads.commitments(w.session)]
        spoken_of = list(reads.documents(w.session, public).values())
        if not spoken_of:
            raise click.ClickException("Chưa có cam kết công khai. / No commitment is public yet.")
        for _code in voices(w, spoken_of, count, seed=seed):
            pass


def _units(w: Work) -> list[tuple[str, str]]:
    """The wards and communes in force."""
    found = w.session.scalars(
        select(Unit).where(Unit.valid_to.is_(None), Unit.parent_id.is_not(None)).order_by(Unit.code)
    )
    return [(unit.code, unit.name) for unit in found]


def _staff(w: Work, units: list[tuple[str, str]]) -> dict[Role, Actor]:
    """An appraiser and a publisher for the invented programmes, who cannot sign in."""
    staff = {}
    for role, email in _STAFF.items():
        for code, _ in units:
            add_officer(w, email=email, name="Cán bộ giả định", role=role, unit_code=code)
        staff[role] = actor(officer(w, email))
    return staff


def _bring_in(w: Work, form: ProgrammeForm, staff: dict[Role, Actor], signer: Signer) -> None:
    draft = import_programme(w, form, by=None)
    appraise(w, draft, by=staff[Role.APPRAISER], opinion=OPINION)
    confirm_claims(w, draft, by=staff[Role.APPRAISER])
    publish(w, draft, by=staff[Role.PUBLISHER], signer=signer)


COMMANDS: tuple[click.Command, ...] = (sample,)
