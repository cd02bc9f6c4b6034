"""The desk's acts for scripts: import, appraise, publish, withdraw. The same rules as on screen."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from portal.commands.followers import follow_now
from portal.commands.office import at_the_desk, office_app, signer_of
from portal.kernel.policy import Actor
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor, officer
from portal.office.audit.events import SecretStampRefused
from portal.office.programme.acts import appraise as appraise_act
from portal.office.programme.acts import import_programme, update_programme
from portal.office.programme.clarity import Assessed, assessed
from portal.office.programme.differences import conflicts
from portal.office.programme.portrait import portrait
from portal.office.programme.reads import programme, programme_of_commitment
from portal.office.programme.tables import Programme
from portal.office.programme.workbook.faults import SecretStampFound, WorkbookRefused
from portal.office.programme.workbook.form import ProgrammeForm
from portal.office.programme.workbook.reading import read_workbook
from portal.office.progress.claims import confirm_claims
from portal.office.units.reads import unit_of_code
from portal.publication import acts as valve
from portal.settings import load

_BY = click.option("--by", "email", required=True, help="Cán bộ thực hiện (thư điện tử). / Acting officer.")
_JSON = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON. / Print JSON.")
_KEPT = "{}: sổ tính nói khác số đã nhập; số đã nhập được giữ. / the entered report stays."
_REASON = click.option("--reason", default="", help="Lý do, sẽ được công khai. / Reason; it will be public.")


@contextmanager
def _acting(email: str) -> Iterator[tuple[Work, Actor]]:
    with at_the_desk() as w:
        yield w, actor(officer(w, email))


def _say(facts: dict[str, Any], as_json: bool, sentence: str) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else sentence)


@click.command("import-programme")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "email", default="", help="Người soạn (thư điện tử). / Author.")
@click.option("--into", default="", help="Mã chương trình để cập nhật. / Update this programme.")
@_JSON
def import_command(file: Path, email: str, into: str, as_json: bool) -> None:
    """Nạp một chương trình hành động từ Excel thành dự thảo. / Import a workbook as a draft."""
    data = file.read_bytes()
    with office_app(load()).app_context():
        form = _read(data, file.name, email)
        with work() as w:
            by = actor(officer(w, email)) if email else None
            kept: list[str] = []
            if into:
                draft = programme(w, into)
                kept = [_KEPT.format(one.title) for one in conflicts(portrait(w, draft), form)]
                draft = update_programme(w, draft, form, by=by)
            else:
                draft = import_programme(w, form, by=by)
            reports = assessed(w, draft)
            rows = {c.number: c.row for c in form.commitments}
            facts = {
                "programme": draft.ref,
                "tasks": len(form.tasks),
                "commitments": len(form.commitments),
                "withheld": sum(not c.disclosed for c in form.commitments)
                + sum(not t.disclosed for t in form.tasks),
                "unclear": [
                    {"row": rows[found.place], "criteria": list(found.report.failing)}
                    for found in reports
                    if found.report.failing and found.place in rows  # the moral part is not of the workbook
                ],
                "warnings": [*form.warnings, *kept, *(s for found in reports for s in found.warnings)],
            }
    _say(facts, as_json, _import_report(facts, reports))


def _read(data: bytes, filename: str, email: str) -> ProgrammeForm:
    """The form in the file, or exit 2 with every fault; a secret stamp is audited without content."""
    try:
        with work() as w:
            on = w.today
            session = w.session
            return read_workbook(
                data, filename=filename, unit_exists=lambda code: unit_of_code(session, code, on) is not None
            )
    except WorkbookRefused as refused:
        for fault in refused.faults:
            click.echo(str(fault), err=True)
        raise SystemExit(2) from refused
    except SecretStampFound as stamp:
        with work() as w:
            w.tell(SecretStampRefused(by=email, where=str(stamp.where)))
        click.echo(str(stamp), err=True)
        raise SystemExit(2) from stamp


def _import_report(facts: dict[str, Any], reports: tuple[Assessed, ...]) -> str:
    lines = [
        f"Đã nạp dự thảo {facts['programme']}: {facts['tasks']} nhiệm vụ, "
        f"{facts['commitments']} cam kết, {facts['withheld']} nội dung không công khai."
    ]
    lines += [f"  Chưa rõ. {sentence}" for found in reports for sentence in found.failures]
    lines += [f"  Lưu ý: {warning}" for warning in facts["warnings"]]
    return "\n".join(lines)


@click.command()
@click.argument("ref")
@_BY
@click.option("--opinion", required=True, help="Ý kiến thẩm định bằng văn bản. / Written opinion.")
@click.option("--return", "returned", is_flag=True, help="Trả lại để hoàn thiện. / Return it.")
def appraise(ref: str, email: str, opinion: str, returned: bool) -> None:
    """Thẩm định một dự thảo. / Appraise a draft."""
    with _acting(email) as (w, by):
        appraise_act(w, programme(w, ref), by=by, opinion=opinion, approve=not returned)
    click.echo(f"{ref}: {'trả lại / returned' if returned else 'đồng ý / approved'}")


@click.command("confirm-progress")
@click.argument("ref")
@_BY
def confirm_progress(ref: str, email: str) -> None:
    """Xác nhận số liệu đúng như sổ tính ghi, khi đã có văn bản. / Confirm figures as the workbook claims."""
    with _acting(email) as (w, by):
        count = confirm_claims(w, programme(w, ref), by=by)
    click.echo(f"{ref}: đã xác nhận {count} báo cáo / reports confirmed")


@click.command()
@click.argument("ref")
@_BY
@_REASON
@click.option("--document", default="", help="Văn bản kèm theo (số, ngày, cơ quan). / Document.")
@_JSON
def publish(ref: str, email: str, reason: str, document: str, as_json: bool) -> None:
    """Công khai, hoặc cập nhật bản đã công khai. / Publish, or bring the public revision up to date."""
    with _acting(email) as (w, by):
        signer = signer_of(w.settings)
        outcome = valve.publish(w, programme(w, ref), by=by, signer=signer, reason=reason, document=document)
    follow_now()
    _tell_outcome(ref, outcome, as_json)


@click.command()
@click.argument("ref")
@_BY
@_REASON
@_JSON
def withdraw(ref: str, email: str, reason: str, as_json: bool) -> None:
    """Gỡ một chương trình hoặc một cam kết, để lại dấu và lý do. / Take down, leaving a tombstone."""
    with _acting(email) as (w, by):
        signer = signer_of(w.settings)
        if w.session.scalar(select(Programme.id).where(Programme.ref == ref)) is not None:
            outcome = valve.withdraw(w, programme(w, ref), by=by, signer=signer, reason=reason)
        else:
            holder = programme_of_commitment(w, ref)
            outcome = valve.withdraw_commitment(w, holder, ref, by=by, signer=signer, reason=reason)
    follow_now()
    _tell_outcome(ref, outcome, as_json)


def _tell_outcome(ref: str, outcome: valve.Outcome, as_json: bool) -> None:
    facts = {
        "programme": ref,
        "positions": list(outcome.positions),
        "acts": [act.value for act in outcome.acts],
        "changes": [{"field": c.field, "kind": c.kind} for c in outcome.changes],
    }
    _say(facts, as_json, f"{ref}: {len(outcome.positions)} mục vào sổ / entries in the log")


COMMANDS: tuple[click.Command, ...] = (import_command, appraise, confirm_progress, publish, withdraw)
