"""``portal demo``: what ``make run`` loads into an empty database, and how to sign in to it."""

from pathlib import Path

import click
from sqlalchemy import func, select

from portal.commands.followers import follow_now
from portal.commands.office import office_app, signer_of
from portal.kernel.policy import Actor, Refused, Role
from portal.kernel.wording import sentence
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor, officer
from portal.office.accounts.sample import add_sample_officer, sign_in_lines
from portal.office.programme.acts import appraise, import_programme
from portal.office.programme.reads import programme
from portal.office.programme.workbook.reading import read_workbook
from portal.office.progress.claims import confirm_claims
from portal.office.units.acts import import_units
from portal.office.units.reads import unit_of_code
from portal.office.units.tables import Unit
from portal.publication.acts import publish
from portal.publication.units import publish_units
from portal.record.checkpoint import Signer
from portal.settings import load

SAMPLES = Path(__file__).parents[2] / "samples"
CITY = "31"  # the sample officers work for the city, above every sample ward and commune
OPINION = "Phù hợp thực tế, có tính khả thi; đồng ý để công khai (ý kiến minh họa)."
OFFICERS = {
    Role.AUTHOR: ("soan@namro.example", "Hoàng Thị Soạn"),
    Role.APPRAISER: ("tham-dinh@namro.example", "Bùi Văn Thẩm"),
    Role.PUBLISHER: ("cong-bo@namro.example", "Đặng Thị Công"),
    Role.EVALUATOR: ("danh-gia@namro.example", "Vũ Thị Giám"),
    Role.ADMIN: ("quan-tri@namro.example", "Ngô Văn Quản"),
}
# A refusal takes two of them, an appeal a third.
MODERATORS = (
    ("kiem-duyet-1@namro.example", "Tạ Thị Một"),
    ("kiem-duyet-2@namro.example", "Vi Văn Hai"),
    ("kiem-duyet-3@namro.example", "Cù Thị Ba"),
)


@click.command()
def demo() -> None:
    """Nạp dữ liệu mẫu khi cơ sở dữ liệu còn trống. / Load the sample data into an empty database."""
    settings = load()
    signer = signer_of(settings)
    with office_app(settings).app_context():
        with work() as w:
            is_empty = not w.session.scalar(select(func.count()).select_from(Unit))
        if is_empty:
            _load(signer)
            follow_now()
        with work() as w:
            lines = sign_in_lines(w, [email for email, _ in (*OFFICERS.values(), *MODERATORS)])
    click.echo("\n".join(lines))
    click.echo(
        "Người dân góp ý: mở /dang-nhap, nhập địa chỉ bất kỳ, lấy mã trong thư vừa ghi (*.eml). "
        "/ as a resident: any address at /dang-nhap, the code is in the newest .eml"
    )
    click.echo(f"Thư gửi đi nằm tại / mail is written to: {settings.mail_url}")


def _load(signer: Signer) -> None:
    click.echo("Đang nạp dữ liệu mẫu (số liệu minh họa) / loading the sample data …")
    units = SAMPLES / "units_kinh_mon.json"
    with work() as w:
        import_units(w, units.read_bytes(), filename=units.name, by="operator")
        publish_units(w, signer)
    with work() as w:
        for role, (email, name) in OFFICERS.items():
            add_sample_officer(w, email=email, name=name, role=role, unit_code=CITY)
        for email, name in MODERATORS:
            add_sample_officer(w, email=email, name=name, role=Role.MODERATOR, unit_code=CITY)
    for file in sorted((SAMPLES / "programmes").glob("0[1-5]*.xlsx")):
        _bring_in(file, signer)


def _bring_in(file: Path, signer: Signer) -> None:
    """The whole way of one workbook; the fifth stops where its commitments are not clear."""
    with work() as w:
        ref = _import(w, file)
    with work() as w:
        appraise(w, programme(w, ref), by=_by(w, Role.APPRAISER), opinion=OPINION)
        confirm_claims(w, programme(w, ref), by=_by(w, Role.APPRAISER))  # another officer than the author
    try:
        with work() as w:
            publish(w, programme(w, ref), by=_by(w, Role.PUBLISHER), signer=signer)
        click.echo(f"  ✓ {file.name} → /chuong-trinh/{ref}")
    except Refused as refused:
        click.echo(f"  – {file.name} → dự thảo {ref}: {sentence(refused).splitlines()[0]}")


def _import(w: Work, file: Path) -> str:
    session, on = w.session, w.today
    form = read_workbook(
        file.read_bytes(),
        filename=file.name,
        unit_exists=lambda code: unit_of_code(session, code, on) is not None,
    )
    return import_programme(w, form, by=_by(w, Role.AUTHOR)).ref


def _by(w: Work, role: Role) -> Actor:
    return actor(officer(w, OFFICERS[role][0]))


COMMANDS: tuple[click.Command, ...] = (demo,)
