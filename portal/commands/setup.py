"""Setting an installation up and keeping it safe: init, units, officers, template, backup."""

import json
from pathlib import Path

import click

from portal.commands.office import at_the_desk, signer_of
from portal.migrations.upgrade import upgrade
from portal.office.accounts.acts import add_officer, invite
from portal.office.programme.workbook.template import write_template
from portal.office.units.acts import import_units
from portal.office.units.reading import UnitsRefused
from portal.publication.units import publish_units
from portal.settings import load


@click.command()
def init() -> None:
    """Tạo hoặc nâng cấp cơ sở dữ liệu. / Create or upgrade the database."""
    settings = load()
    upgrade(settings)
    signer = signer_of(settings)
    click.echo(f"Sẵn sàng / ready: {settings.instance}")
    click.echo(f"Khóa kiểm tra sổ / log verifier: {signer.verifier()}")


@click.command("import-units")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON. / Print JSON.")
def import_units_command(file: Path, as_json: bool) -> None:
    """Nạp đơn vị hành chính từ JSON hoặc CSV. / Load administrative units from JSON or CSV."""
    try:
        with at_the_desk() as w:
            counts = import_units(w, file.read_bytes(), filename=file.name, by="operator")
            published = publish_units(w, signer_of(w.settings))
    except UnitsRefused as refused:
        for fault in refused.faults:
            click.echo(str(fault), err=True)
        raise SystemExit(2) from refused
    facts = {"added": counts.added, "known": counts.known, "published": len(published)}
    click.echo(json.dumps(facts) if as_json else f"Đơn vị / units: {facts}")


@click.group()
def officer() -> None:
    """Tài khoản cán bộ. / Officers' accounts."""


@officer.command("add")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, help="Vai trò; có thể lặp lại. / Repeatable.")
@click.option("--unit", "unit_code", required=True, help="Mã đơn vị. / Unit code.")
@click.option("--name", default="", help="Họ và tên, để nhận ra xung đột lợi ích. / Full name.")
@click.option("--password", default=None, help="Không có thì cấp đường dẫn mời. / Else an invitation.")
def add(email: str, roles: tuple[str, ...], unit_code: str, name: str, password: str | None) -> None:
    """Thêm tài khoản hoặc vai trò. / Add an officer, or a role to one."""
    with at_the_desk() as w:
        for role in roles:
            added = add_officer(w, email=email, name=name, role=role, unit_code=unit_code, password=password)
        invitation = None if added.password else invite(w, added)
    click.echo(f"Đã thêm / added: {email} ({', '.join(roles)})")
    if invitation:
        click.echo(f"Đường dẫn mời / invitation: {invitation.address}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def template(file: Path) -> None:
    """Ghi mẫu chương trình hành động (Excel). / Write an empty programme workbook."""
    write_template(file)
    click.echo(f"Đã ghi / written: {file}")


COMMANDS: tuple[click.Command, ...] = (init, import_units_command, officer, template)
