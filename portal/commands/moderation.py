"""``portal moderate`` and ``portal queue``: moderation for scripts, by the same rules as on screen."""

import json
from datetime import datetime
from typing import Any

import click

from portal.commands.followers import follow_now
from portal.commands.office import at_the_desk, signer_of
from portal.inbox.feedback.acts import digest_of
from portal.inbox.feedback.codes import tidy_code
from portal.kernel.clock import VIETNAM, day
from portal.kernel.policy import Refusal, Refused
from portal.kernel.work import Work, work
from portal.office.accounts.reads import actor, officer
from portal.office.moderation.acts import Choice, decide
from portal.office.moderation.calendar import working_calendar
from portal.office.moderation.clock import keep_clock
from portal.office.moderation.clocks import urgency
from portal.office.moderation.intake import Changing, case_by_code, changing, take_in
from portal.office.moderation.months import publish_months
from portal.office.moderation.reads import waiting
from portal.office.moderation.rules import MOVES, Decision, Who
from portal.office.moderation.tables import Case

_DECISIONS = sorted({d.value for (_, d), move in MOVES.items() if move.who is Who.MODERATOR})


@click.command()
@click.argument("code")
@click.argument("decision", type=click.Choice(_DECISIONS))
@click.option("--by", "email", required=True, help="Người kiểm duyệt (thư điện tử). / Moderator.")
@click.option("--reason", default="", help="Mã lý do. / Key of the coded reason.")
@click.option("--words", default="", help="Bản đăng đã che dữ liệu cá nhân. / The masked text.")
@click.option("--twin", default="", help="Ý kiến đã đăng mà ý kiến này trùng. / The comment it repeats.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON. / Print JSON.")
def moderate(code: str, decision: str, email: str, reason: str, words: str, twin: str, as_json: bool) -> None:
    """Quyết định một ý kiến theo mã biên nhận. / Decide a comment, by its receipt's code."""
    choice = Choice(decision=Decision(decision), reason=reason, words=words, twin=twin)
    with at_the_desk() as w:
        signer = signer_of(w.settings)
        named = _digest(w, code)
        take_in(w, signer=signer, at_once=named)
        key = case_by_code(w, named).id
        case = decide(w, key, choice, by=actor(officer(w, email)), signer=signer)
        facts = {"code": code, "state": case.state, "reason": case.reason, "ledger": case.ledger_ref}
    follow_now()
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else f"{code}: {facts['state']}")


def _digest(w: Work, code: str) -> str:
    tidy = tidy_code(code)
    if tidy is None:
        raise Refused(Refusal.NO_SUCH_CASE, code)
    return digest_of(w, tidy)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON. / Print JSON.")
@click.option("--most", default=100, show_default=True, help="Số dòng nhiều nhất. / At most so many.")
def queue(as_json: bool, most: int) -> None:
    """Các ý kiến đang chờ, gần hạn trước; sau đó là ý kiến còn sửa được, chưa ai đọc.

    What waits, by deadline; then what its author may still change and nobody reads yet.
    """
    with at_the_desk() as w:
        take_in(w, signer=signer_of(w.settings))
        rows = [_row(w, case) for case in waiting(w, size=most)]
        rows += [_open_row(one) for one in changing(w, most=most)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in (row for row in rows if row["case"]):
        said = (row["case"], row["state"], row["due_on"], row["urgency"], ",".join(row["signals"]))
        click.echo(" ".join(said))
    click.echo(f"Đang chờ / waiting: {sum(row['case'] is not None for row in rows)}")
    for row in (row for row in rows if not row["case"]):
        until = datetime.fromisoformat(row["editable_until"])
        click.echo(f"{row['commitment']}: còn sửa được, muộn nhất đến {until:%H:%M} / may still be changed")


def _row(w: Work, case: Case) -> dict[str, Any]:
    """What may be listed of a case: days, labels, never words, moments or persons."""
    return {
        "case": str(case.id),
        "commitment": case.commitment,
        "kind": case.kind,
        "state": case.state,
        "received_on": case.received_on.isoformat(),
        "due_on": day(case.due_at).isoformat(),
        "urgency": urgency(case.due_at, w.now, working_calendar(w.settings)).value,
        "signals": list(case.signals),
        "assigned": case.assigned_id is not None,
        "editable_until": None,
    }


def _open_row(one: Changing) -> dict[str, Any]:
    """What may be listed of a comment that is no case yet; ``moderate CODE`` takes it in all the same."""
    return {
        "case": None,
        "commitment": one.commitment,
        "kind": one.kind,
        "state": "editable",
        "received_on": one.received_on.isoformat(),
        "due_on": None,
        "urgency": None,
        "signals": [],
        "assigned": False,
        "editable_until": one.until.astimezone(VIETNAM).isoformat(timespec="minutes"),
    }


def moderate_due() -> int:
    """Look into the inbox and at the clocks; how many comments came in.

    Inside the desk's application context, outside any unit of work.
    """
    with work() as w:
        taken = take_in(w, signer=signer_of(w.settings))
    with work() as w:
        keep_clock(w)
    return taken


def figures_due() -> int:
    """Publish the figures of moderation that changed since yesterday; how many months."""
    with work() as w:
        return publish_months(w, signer=signer_of(w.settings))


COMMANDS: tuple[click.Command, ...] = (moderate, queue)
