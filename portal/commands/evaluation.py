"""``portal period …``, ``portal dossier …``: evaluation for scripts, by the same rules as on screen."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from portal.commands.followers import follow_now
from portal.commands.office import at_the_desk, signer_of
from portal.doors.looks import find_folder
from portal.kernel.policy import Act
from portal.migrations import metadata  # every table: a draft is mapped to all that belongs to it
from portal.office.accounts.reads import actor, officer
from portal.office.evaluation import files
from portal.office.evaluation.acts import CorrectionForm, PeriodForm, open_period
from portal.office.evaluation.paper import templates_in
from portal.office.evaluation.reads import newest_dossier, period_called, period_of
from portal.office.evaluation.verifying import Finding, check
from portal.office.programme.reads import programme
from portal.office.units.reads import unit_of_code
from portal.publication.evaluating import Heard, freeze, freeze_again
from portal.record.evaluation import dossier_text
from portal.record.evaluation.periods import PeriodKind
from portal.record.exported import NotAnExport, opened
from portal.settings import Settings, load

_BY = click.option("--by", "email", required=True, help="Cán bộ thực hiện (thư điện tử). / Acting officer.")
_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
_UNIT = click.option("--unit", default="", help="Mã đơn vị, khi phụ trách nhiều đơn vị. / Unit code.")
_MARKS = {True: "✓", False: "✗", None: "–"}


@click.group()
def period() -> None:
    """Kỳ đánh giá: mở, chốt. / Evaluation periods."""


@period.command("open")
@click.argument("code")
@click.option("--from", "first", required=True, type=_DAY, help="Ngày đầu kỳ. / First day.")
@click.option("--to", "last", required=True, type=_DAY, help="Ngày cuối kỳ. / Last day.")
@click.option("--kind", type=click.Choice([kind.value for kind in PeriodKind]), help="Loại kỳ. / Kind.")
@click.option("--programme", default="", help="Mã chương trình, khi kỳ gắn với một người. / One programme.")
@_UNIT
@_BY
def open_command(
    code: str, first: datetime, last: datetime, kind: str | None, programme: str, unit: str, email: str
) -> None:
    """Mở một kỳ đánh giá. / Open an evaluation period."""
    form = PeriodForm(
        code=code,
        first=first.date(),
        last=last.date(),
        unit_code=unit,
        kind=PeriodKind(kind) if kind else None,
        programme=programme,
    )
    with at_the_desk() as w:
        made = open_period(w, form, by=actor(officer(w, email)))
        told = f"{made.code}: đã mở / opened ({made.kind}, {made.first} – {made.last})"
    click.echo(told)


@period.command("freeze")
@click.argument("code")
@_UNIT
@_BY
def freeze_command(code: str, unit: str, email: str) -> None:
    """Chốt kỳ: lập bản tổng hợp của mọi chương trình trong kỳ. / Freeze: compile every dossier."""
    with at_the_desk() as w, _bar() as heard:
        by = actor(officer(w, email))
        found = unit_of_code(w.session, unit, w.today) if unit else None
        row = period_called(w, code, by=by, act=Act.FREEZE_PERIOD, unit_id=found.id if found else None)
        done = freeze(w, row, by=by, signer=signer_of(w.settings), heard=heard)
    follow_now()
    for ref in done.frozen:
        click.echo(f"{ref}: đã chốt / frozen")
    for ref in done.left:
        click.echo(f"{ref}: để người khác chốt (chương trình của chính ông/bà) / left for another evaluator")
    click.echo(f"{code}: {len(done.frozen)} bản tổng hợp / dossiers")


@contextmanager
def _bar() -> Iterator[Heard]:
    """A progress bar on the terminal; elsewhere nothing is drawn."""
    shown: dict[str, Any] = {"label": "Lập bản tổng hợp / compiling", "file": sys.stderr}
    with click.progressbar(length=1, **shown) as bar:

        def heard(ref: str, done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield heard


@click.command()
@click.argument("ref")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--period", "code", default="", help="Mã kỳ. / Period code.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Thư mục ghi tệp. / Folder.")
@click.option("--correct", "reason", default="", help="Lập phiên bản mới, nêu lý do. / New version, and why.")
@click.option("--by", "email", default="", help="Cán bộ thực hiện, khi lập phiên bản mới. / Acting officer.")
@click.option(
    "--record", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Kiểm chứng theo sổ cái đã xuất (record export), không cần cơ sở dữ liệu. / By an exported record.",
)  # fmt: skip
def dossier(
    ref: str, file: Path | None, code: str, out: Path | None, reason: str, email: str, folder: Path | None
) -> None:
    """Bản tổng hợp: REF --period KỲ --out THƯ_MỤC ghi các tệp; verify TỆP kiểm chứng một tệp.

    The dossier: REF --period CODE --out DIR writes its files; verify FILE checks one.
    """
    if ref == "verify" and file is not None:
        _tell(_verify(file, folder))
    elif file is None and code and out:
        if reason:
            _correct(ref, code, reason, email)
        _write(ref, code, out)
    else:
        raise click.UsageError("dossier REF --period CODE --out DIR | dossier verify FILE")


def _correct(ref: str, code: str, reason: str, email: str) -> None:
    with at_the_desk() as w:
        by, form = actor(officer(w, email)), CorrectionForm(reason=reason)
        freeze_again(w, ref, code, form, by=by, signer=signer_of(w.settings))
    follow_now()


def _write(ref: str, code: str, out: Path) -> None:
    with at_the_desk() as w:
        draft = programme(w, ref)
        made = dossier_text.decode(newest_dossier(w, period_of(w, draft, code), draft).body)
        template = _templates(w.settings)[0]
    out.mkdir(parents=True, exist_ok=True)
    for ending in files.endings():
        path = out / files.name_of(made, ending)
        path.write_bytes(files.file_of(made, ending, template=template))
        click.echo(str(path))
    click.echo(f"SHA-256 {dossier_text.digest(dossier_text.encode(made))}")


def _verify(file: Path, folder: Path | None) -> list[Finding]:
    ending, data = file.suffix.lower().removeprefix("."), file.read_bytes()
    if folder is None:
        with at_the_desk() as w:
            return check(w.session, data, ending, templates=_templates(w.settings))
    try:
        with opened(folder) as c:
            return check(c, data, ending, templates=_templates(load()))
    except NotAnExport as fault:
        raise click.ClickException(
            f"{folder}: không phải sổ cái đã xuất / no exported record ({fault})"
        ) from fault


def _tell(found: Sequence[Finding]) -> None:
    for one in found:
        click.echo(f"{_MARKS[one.holds]} {one.said}")
    if any(one.holds is False for one in found):
        click.echo("Tệp không khớp / the file does not hold")
        raise SystemExit(1)
    if any(one.holds is None for one in found):
        click.echo("Tệp đúng ở mọi điều kiểm được; xem các dòng đánh dấu – / holds where it can be told")
    else:
        click.echo("Tệp đúng / the file holds")


def _templates(settings: Settings) -> list[Path]:
    return templates_in(settings.instance, find_folder("templates"))


assert metadata.ROOMS
COMMANDS: tuple[click.Command, ...] = (period, dossier)
