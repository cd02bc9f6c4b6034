"""``portal doctor``: looks a running installation over, changes nothing, says how to mend what is wrong."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from urllib.parse import urlsplit

import click

from portal.commands.doctor import (
    choices,
    database,
    followers,
    machine,
    mail,
    officers,
    record,
    secrets,
    service,
    storage,
    work,
)
from portal.commands.doctor.check import Check, Finding, Level
from portal.commands.doctor.patient import Patient
from portal.kernel.clock import SystemClock
from portal.kernel.ids import Ids
from portal.kernel.mail import Letter, MailFault, mailer
from portal.settings import Settings, load

THEMES: dict[str, tuple[str, tuple[Check, ...]]] = {
    "database": ("Cơ sở dữ liệu / database", database.CHECKS),
    "record": ("Sổ công khai / the record", record.CHECKS),
    "followers": ("Tiến trình theo sổ / followers", followers.CHECKS),
    "mail": ("Thư / mail", mail.CHECKS),
    "secrets": ("Khóa và két / keys and vault", secrets.CHECKS),
    "choices": ("Cài đặt / settings", choices.CHECKS),
    "officers": ("Cán bộ / officers", officers.CHECKS),
    "work": ("Việc đang chờ / work that waits", work.CHECKS),
    "storage": ("Đĩa, tệp, sao lưu / disks, files, backups", storage.CHECKS),
    "machine": ("Máy / the machine", machine.CHECKS),
    "service": ("Dịch vụ đang chạy / the running service", service.CHECKS),
}
_MARKS = {Level.FINE: "✓", Level.ADVICE: "!", Level.FAULT: "✗", Level.SKIPPED: "–"}


def examine(patient: Patient) -> dict[str, list[Finding]]:
    """Every check, by theme."""
    return {theme: [check.run(patient) for check in checks] for theme, (_, checks) in THEMES.items()}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON. / Print JSON.")
@click.option("--quiet", is_flag=True, help="Chỉ in điều cần xem. / Only what needs a look.")
@click.option(
    "--mail", "to", default="", help="Có lỗi thì gửi thư đến đây. / Write here when something is wrong."
)
@click.option("--ask", "service_at", default="", help="Hỏi cổng ở địa chỉ này. / Ask the service here.")
def doctor(as_json: bool, quiet: bool, to: str, service_at: str) -> None:
    """Khám cấu hình và tình trạng hệ thống, không sửa gì. / Look the installation over, change nothing.

    Thoát mã 1 khi có lỗi phải sửa; lời khuyên (!) không đổi mã thoát.
    / Exit 1 when something must be mended; advice (!) does not count.
    """
    settings = load()
    with closing(Patient(settings, SystemClock().now(), service_at)) as patient:
        found = examine(patient)
    levels = Counter(one.level for findings in found.values() for one in findings)
    if as_json:
        shown = {theme: [asdict(one) for one in findings] for theme, findings in found.items()}
        counts = {level.value: levels[level] for level in Level}
        click.echo(json.dumps({"counts": counts, "checks": shown}, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found, levels, quiet)))
    if to and levels[Level.FAULT]:
        _write_to(to, settings, "\n".join(_lines(found, levels, True)))
    raise SystemExit(1 if levels[Level.FAULT] else 0)


def _lines(found: dict[str, list[Finding]], levels: Counter[Level], quiet: bool) -> Iterator[str]:
    for theme, findings in found.items():
        shown = [one for one in findings if not quiet or one.level in (Level.FAULT, Level.ADVICE)]
        if shown:
            yield THEMES[theme][0]
        for one in shown:
            said = f": {one.said}" if one.said else ""
            yield f"  {_MARKS[one.level]} {one.name} – {one.title}{said}"
    yield (
        f"{sum(levels.values())} mục / checks: {levels[Level.FAULT]} lỗi / faults, "
        f"{levels[Level.ADVICE]} lời khuyên / advice, {levels[Level.SKIPPED]} bỏ qua / skipped"
    )


def _write_to(to: str, settings: Settings, text: str) -> None:
    """Tell the operator; what is told are counts and names of checks."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    sender = settings.office_email or f"khong-tra-loi@{host}"
    letter = Letter(to=to, subject="Khám hệ thống: có lỗi cần sửa", text=text)
    try:
        mailer(settings.mail_url, sender=sender, ids=Ids()).send(letter, now=SystemClock().now())
    except MailFault as fault:
        click.echo(f"✗ {fault}", err=True)


COMMANDS: tuple[click.Command, ...] = (doctor,)
