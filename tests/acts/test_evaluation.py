"""Periods, accounts, freezes and marks: who may, when, and what goes out."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from evaluated import (
    DANH,
    GIA,
    Q4,
    WARD,
    commitments,
    evaluators,
    freeze_q4,
    gather_theme,
    open_q4,
    published,
)
from people import CITY, CONG, HOA, NHI_CHIEU, SOAN, Person
from published_comments import state_of_receipt
from sqlalchemy import select
from world import World, who

from portal.inbox.feedback.tables import Receipt
from portal.kernel.policy import Act as DeskAct
from portal.kernel.policy import Refusal, Refused, Role
from portal.office.accounts.acts import add_officer
from portal.office.audit.tables import AuditLine
from portal.office.evaluation import acts, rules
from portal.office.evaluation.acts import AccountForm, CorrectionForm, PeriodForm, UseForm
from portal.office.evaluation.reads import (
    calendar_of,
    dossiers_of,
    judged,
    newest_dossier,
    period_called,
    period_of,
    periods_with,
)
from portal.office.programme.reads import programme
from portal.office.programme.typed import StampTyped
from portal.publication import evaluating
from portal.record import reads
from portal.record.documents import Act, DossierDoc, ExplanationDoc
from portal.record.evaluation import dossier_text
from portal.record.evaluation.document import CauseKind, Use, dossier_ref, explanation_ref
from portal.record.evaluation.outcome import Due
from portal.record.evaluation.periods import PeriodKind
from portal.record.moderation_words import ReceiptState


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The sample town with its evaluators."""
    with closing(World(tmp_path / "instance").settle_in()) as made:
        evaluators(made)
        yield made


@pytest.fixture
def ref(world: World) -> str:
    """A published programme in an open quarter."""
    found = published(world)
    open_q4(world)
    return found


def due_of(world: World, ref: str) -> list[str]:
    with world.work() as w:
        draft = programme(w, ref)
        seen = judged(w, draft, period_of(w, draft, "2026-Q4"), calendar=calendar_of(w))
        return [one.verdict.ref for one in seen if one.verdict.due is not Due.NOT_DUE]


def account(world: World, ref: str, commitment: str, *, by: Person = SOAN, **said: Any) -> None:
    form = AccountForm(**{"account": "Đã làm, còn chậm (minh họa).", **said})
    with world.work() as w:
        acts.write_account(w, ref, "2026-Q4", commitment, form, by=who(w, by))


def explain(world: World, ref: str, *, by: Person = CONG) -> int:
    with world.work() as w:
        return evaluating.publish_explanation(w, ref, "2026-Q4", by=who(w, by), signer=world.signer)


def mark(world: World, ref: str, theme: str, *, by: Person = DANH, **said: Any) -> None:
    form = UseForm(**{"use": Use.USED, "sentence": "Đã xem xét khi nhận xét (minh họa).", **said})
    with world.work() as w:
        acts.mark_theme(w, ref, "2026-Q4", theme, form, by=who(w, by))


def tell(world: World, ref: str, *, by: Person = CONG) -> int:
    with world.work() as w:
        return evaluating.publish_uses(w, ref, "2026-Q4", by=who(w, by), signer=world.signer)


def correct(world: World, ref: str, reason: str, *, by: Person = DANH) -> Any:
    with world.work() as w:
        form = CorrectionForm(reason=reason)
        return evaluating.freeze_again(w, ref, "2026-Q4", form, by=who(w, by), signer=world.signer).version


def document(world: World, ref: str) -> Any:
    with world.work() as w:
        found = reads.revision(w.session, ref)
        return found.document if found else None


def refused(refusal: Refusal, call: Any, *args: Any, **named: Any) -> None:
    with pytest.raises(Refused) as caught:
        call(*args, **named)
    assert caught.value.refusal is refusal


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"code": "2026 Q4"}, Refusal.NOT_A_PERIOD_CODE),
        ({"code": ""}, Refusal.NOT_A_PERIOD_CODE),
        ({"last": date(2026, 9, 30)}, Refusal.ENDS_BEFORE_IT_BEGINS),
        ({"kind": PeriodKind.TERM_END}, Refusal.PERIOD_OF_A_MANDATE),
        ({"unit_code": "99999"}, Refusal.NO_SUCH_UNIT),
        ({"programme": "khong-co"}, Refusal.NO_SUCH_PROGRAMME),
    ],
)
def test_a_period_that_cannot_be_opened(world: World, changed: dict[str, Any], refusal: Refusal) -> None:
    refused(refusal, open_q4, world, form=replace(Q4, **changed))


def test_only_an_evaluator_of_the_unit_opens_a_period_and_each_once(world: World) -> None:
    refused(Refusal.NOT_YOUR_ROLE, open_q4, world, by=SOAN)
    refused(Refusal.NOT_YOUR_ROLE, open_q4, world, by=WARD, form=replace(Q4, unit_code=CITY))
    open_q4(world)
    refused(Refusal.PERIOD_KNOWN, open_q4, world, form=replace(Q4, code="2026-q4"))
    open_q4(world, by=WARD)  # the ward's own period of the same name is another
    with world.work() as w:
        lines = w.session.scalars(select(AuditLine.event)).all()
    assert lines.count("PeriodOpened") == 2


def test_whoever_evaluates_in_two_units_says_which(world: World) -> None:
    with world.work() as w:
        add_officer(w, email=WARD.email, name=WARD.name, role=Role.EVALUATOR, unit_code=CITY)
    refused(Refusal.NO_SUCH_UNIT, open_q4, world, by=WARD)
    open_q4(world, by=WARD, form=replace(Q4, unit_code=NHI_CHIEU))


def test_the_nearest_period_holds_for_a_programme(world: World, ref: str) -> None:
    open_q4(world, by=WARD)
    own = PeriodForm(
        code="BNL-1",
        first=date(2026, 7, 1),
        last=date(2026, 11, 20),
        kind=PeriodKind.REAPPOINTMENT,
        programme=ref,
    )
    open_q4(world, form=own)
    with world.work() as w:
        draft = programme(w, ref)
        assert period_of(w, draft, "2026-q4").unit_id == draft.mandate.unit_id
        assert period_of(w, draft, "BNL-1").programme_id == draft.id
        assert len(periods_with(w, draft)) == 3
        with pytest.raises(Refused):
            period_called(w, "2025", by=who(w, DANH), act=DeskAct.FREEZE_PERIOD)
    assert freeze_q4(world, code="BNL-1").frozen == (ref,)


def test_a_period_is_frozen_from_its_last_moment_on_and_once(world: World, ref: str) -> None:
    def freezing() -> tuple[str, ...]:
        with world.work() as w:
            by = who(w, DANH)
            period = period_called(w, "2026-Q4", by=by, act=DeskAct.FREEZE_PERIOD)
            return evaluating.freeze(w, period, by=by, signer=world.signer).frozen

    world.clock.at = datetime(2026, 12, 31, 16, 59, 58, tzinfo=UTC)
    refused(Refusal.PERIOD_RUNNING, freezing)
    world.clock.at = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    assert freezing() == (ref,)
    refused(Refusal.PERIOD_FROZEN, freezing)
    said = document(world, dossier_ref(ref, "2026-Q4"))
    assert isinstance(said, DossierDoc)
    with world.work() as w:
        draft = programme(w, ref)
        row = newest_dossier(w, period_of(w, draft, "2026-Q4"), draft)
        made = dossier_text.decode(row.body)
        entry = reads.entry(w.session, row.position)
        events = w.session.scalars(select(AuditLine.event)).all()
        assert dossier_text.digest(row.body) == row.digest == said.digest
        assert said.log_size == row.position == made.checkpoint.log_size
    assert entry is not None
    assert entry.act is Act.FREEZE
    assert (said.version, said.root_hex) == (1, made.checkpoint.root_hex)
    assert "DossierFrozen" in events


def test_progress_is_heard(world: World, ref: str) -> None:
    world.clock.at = datetime(2027, 1, 5, tzinfo=UTC)
    heard: list[tuple[str, int, int]] = []
    with world.work() as w:
        by = who(w, DANH)
        period = period_called(w, "2026-Q4", by=by, act=DeskAct.FREEZE_PERIOD)
        evaluating.freeze(w, period, by=by, signer=world.signer, heard=lambda *told: heard.append(told))
    count = len(commitments(world, ref))
    assert heard == [(ref, n, count) for n in range(1, count + 1)]


def test_a_programme_of_the_evaluator_is_left_for_another(world: World, ref: str) -> None:
    with world.work() as w:
        add_officer(w, email=HOA.email, name=HOA.name, role=Role.EVALUATOR, unit_code=CITY)
    found = freeze_q4(world, by=HOA)
    assert (found.frozen, found.left) == ((), (ref,))
    assert freeze_q4(world, by=GIA).frozen == (ref,)


def test_a_correction_is_a_new_version_that_says_why(world: World, ref: str) -> None:
    refused(Refusal.PERIOD_NOT_FROZEN, correct, world, ref, "Nhầm")
    freeze_q4(world)
    refused(Refusal.NO_REASON, correct, world, ref, " ")
    refused(Refusal.OWN_PROGRAMME, correct, world, ref, "Nhầm", by=_as_evaluator(world))
    with pytest.raises(StampTyped):
        correct(world, ref, "TÀI LIỆU MẬT")
    assert correct(world, ref, "Có xác nhận mới (minh họa)") == 2
    said = document(world, dossier_ref(ref, "2026-Q4"))
    assert (said.version, said.correction) == (2, "Có xác nhận mới (minh họa)")
    with world.work() as w:
        draft = programme(w, ref)
        versions = [row.version for row in dossiers_of(w, period_of(w, draft, "2026-Q4"), draft)]
        first = reads.revision(w.session, dossier_ref(ref, "2026-Q4"), 1)
    assert versions == [2, 1]
    assert first is not None
    assert first.document.version == 1
    world.withdraw(ref)
    refused(Refusal.NOT_PUBLISHED, correct, world, ref, "Nhầm")


def _as_evaluator(world: World) -> Person:
    with world.work() as w:
        add_officer(w, email=HOA.email, name=HOA.name, role=Role.EVALUATOR, unit_code=CITY)
    return HOA


def test_the_cadres_account_goes_out_by_a_second_person(world: World, ref: str) -> None:
    [first, *_] = due_of(world, ref)
    other = next(name for name in commitments(world, ref) if name not in due_of(world, ref))
    refused(Refusal.NOTHING_SAID, explain, world, ref)
    refused(Refusal.NOT_DUE, account, world, ref, other)
    refused(Refusal.NO_SUCH_COMMITMENT, account, world, ref, "khong-co")
    refused(Refusal.NOTHING_SAID, account, world, ref, first, account=" ")
    refused(Refusal.TOO_LONG, account, world, ref, first, account="a" * (rules.LONGEST_TEXT + 1))
    refused(Refusal.CAUSE_NOT_CONFIRMED, account, world, ref, first, cause=CauseKind.OBJECTIVE)
    refused(Refusal.NOT_YOUR_ROLE, account, world, ref, first, by=CONG)
    account(world, ref, first, cause=CauseKind.SUBJECTIVE)
    account(world, ref, first, account="Đã làm xong (minh họa).")
    with world.work() as w:
        add_officer(w, email=SOAN.email, name=SOAN.name, role=Role.PUBLISHER, unit_code=CITY)
    refused(Refusal.OWN_WORK, explain, world, ref, by=SOAN)
    refused(Refusal.OWN_PROGRAMME, explain, world, ref, by=HOA)
    explain(world, ref)
    refused(Refusal.NOTHING_CHANGED, explain, world, ref)
    said = document(world, explanation_ref(ref, "2026-Q4"))
    assert isinstance(said, ExplanationDoc)
    assert [(one.commitment_ref, one.account) for one in said.accounts] == [
        (first, "Đã làm xong (minh họa).")
    ]
    account(world, ref, first)
    explain(world, ref)
    freeze_q4(world)
    refused(Refusal.PERIOD_FROZEN, account, world, ref, first)
    refused(Refusal.PERIOD_FROZEN, explain, world, ref)
    with world.work() as w:
        draft = programme(w, ref)
        made = dossier_text.decode(newest_dossier(w, period_of(w, draft, "2026-Q4"), draft).body)
    assert [one.account for one in made.accounts] == ["Đã làm, còn chậm (minh họa)."]


def test_the_council_says_what_it_did_and_authors_learn_it(world: World, ref: str) -> None:
    theme, said = gather_theme(world, ref)
    other, unheard = gather_theme(world, ref, "chude2")
    refused(Refusal.PERIOD_NOT_FROZEN, mark, world, ref, theme.ref)
    freeze_q4(world)
    refused(Refusal.NO_SUCH_THEME, mark, world, ref, "khong-co")
    refused(Refusal.NOTHING_SAID, mark, world, ref, theme.ref, sentence="")
    refused(Refusal.NOT_YOUR_ROLE, mark, world, ref, theme.ref, by=CONG)
    mark(world, ref, theme.ref, use=Use.EXPLAINED)
    mark(world, ref, theme.ref)
    refused(Refusal.THEMES_UNMARKED, tell, world, ref)
    mark(world, ref, other.ref, use=Use.OUT_OF_SCOPE)
    with world.work() as w:
        add_officer(w, email=DANH.email, name=DANH.name, role=Role.PUBLISHER, unit_code=CITY)
    refused(Refusal.OWN_WORK, tell, world, ref, by=DANH)
    tell(world, ref)
    refused(Refusal.NOTHING_CHANGED, tell, world, ref)
    found = document(world, dossier_ref(ref, "2026-Q4"))
    assert [(one.theme_ref, one.use) for one in found.themes] == [
        ("chude1", Use.USED),
        ("chude2", Use.OUT_OF_SCOPE),
    ]
    assert {state_of_receipt(world, name) for name in said} == {ReceiptState.USED}
    assert {state_of_receipt(world, name) for name in unheard} == {ReceiptState.SHOWN}
    with world.work() as w:
        notes = set(w.session.scalars(select(Receipt.note)))
    assert notes == {
        "Kỳ đánh giá 2026-Q4: đã dùng khi đánh giá. Đã xem xét khi nhận xét (minh họa).",
        "Kỳ đánh giá 2026-Q4: ngoài phạm vi đánh giá. Đã xem xét khi nhận xét (minh họa).",
    }
    assert correct(world, ref, "Bổ sung (minh họa)") == 2
    assert document(world, dossier_ref(ref, "2026-Q4")).themes == found.themes  # a new version keeps them
    mark(world, ref, theme.ref, use=Use.EXPLAINED, sentence="Đã yêu cầu giải trình (minh họa).")
    tell(world, ref)
    with world.work() as w:
        notes = list(w.session.scalars(select(Receipt.note).where(Receipt.state == ReceiptState.REPLIED)))
    assert (
        notes == ["Kỳ đánh giá 2026-Q4: đã yêu cầu và nhận giải trình. Đã yêu cầu giải trình (minh họa)."] * 3
    )


def test_without_themes_there_is_nothing_to_tell(world: World, ref: str) -> None:
    freeze_q4(world)
    refused(Refusal.NOTHING_SAID, tell, world, ref)
