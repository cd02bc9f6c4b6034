"""Shape wall: what compose does not name stays inside, and nothing is disclosed unless somebody marks it."""

import ast
import dataclasses
import inspect
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Boolean
from sqlalchemy import inspect as look
from world import World

from portal.kernel.db import Base
from portal.kernel.sealed import Reason, Sealed, SealedError, SealedType
from portal.migrations import metadata
from portal.office.appraisal.tables import Assignment, Opinion
from portal.office.evaluation.tables import SelfReview, ThemeUse
from portal.office.jobs.tables import Job
from portal.office.moderation.tables import Case, Review, SealedText
from portal.office.moderation.tables import Case, Review, SealedText
from portal.office.movement.tables import Movement, MovementItem
from portal.office.presentation.tables import Presentation
from portal.office.procedures.tables import ProcedureRow
from portal.office.programme.reads import programme
from portal.office.programme.tables import (
    Appraisal,
    Commitment,
    Consultation,
    KeyTask,
    Mandate,
    Milestone,
    Programme,
    Typing,
    Upload,
    Version,
)
from portal.office.progress.tables import Cause, Evidence, Progress
from portal.office.replies.tables import Reply, Theme
from portal.publication import compose, compose_after, evaluating, procedures
from portal.publication.compose import compose_commitments, compose_programme
from portal.publication.setting import setting_of
from portal.publication.tables import Redaction, Schedule
from portal.record import documents
from portal.record.documents import CommitmentDoc, ProgrammeDoc

DRAFTS = (
    Mandate, Programme, KeyTask, Commitment, Milestone, Consultation, Version, Typing, Upload, Appraisal,
    Progress, Cause, Evidence, Presentation, Opinion, Assignment, Schedule, Redaction,
    Movement, MovementItem, Reply, Theme, ProcedureRow, Job,
    Case, Review, SealedText, SelfReview, ThemeUse,
    Case, Review, SealedText,
)  # fmt: skip

REPORTED = {"reporter_id", "recorded_at", "confirmer_id", "confirmed_at", "disclosed"}
EDITED = {"version", "changed_by_id", "changed_at"}
# What of a draft is never sealed: our own marks, keys, states and instants; nothing an officer wrote.
PLAIN = {
    "office_movement": {
        "id", "programme_id", "kind", "effective_on", "state", "recorded_by_id", "recorded_at",
    },
    "office_movement_item": {
        "id", "movement_id", "commitment_ref", "fate", "successor_programme_id", "successor_ref",
        "accepted_by_id", "accepted_at",
    },
    "office_mandate": {"id", "unit_id", "cadre_officer_id"} | EDITED,
    "office_programme": {
        "id", "ref", "mandate_id", "author_id", "state", "version", "profile", "declared_at",
        "show_withheld_count", "issued_on",
    },
    "office_key_task": {"id", "programme_id", "ref", "place", "rank", "part", "disclosed"} | EDITED,
    "office_commitment": {"id", "task_id", "ref", "place", "rank", "disclosed"} | EDITED,
    "office_consultation": {"id", "programme_id"} | EDITED,
    "office_programme_version": {"id", "programme_id", "number", "label", "made_at", "made_by_id", "digest"},
    "office_typing": {"officer_id", "place", "kept_at"},
    "office_upload": {"id", "officer_id", "programme_id", "kept_at"},
    "office_milestone": {"id", "commitment_id", "place"},
    "office_appraisal": {
        "id", "programme_id", "programme_version", "of_version", "appraiser_id", "body_unit_id", "outcome",
        "appraised_at",
    },
    "office_presentation": {
        "id", "programme_id", "version_id", "kind", "preceded", "recorded_by_id", "recorded_at",
    },
    "office_opinion": {"id", "programme_id", "appraisal_id", "commitment_ref", "commitment_version"} | EDITED,
    "office_assignment": {"id", "programme_id", "commitment_ref", "officer_id", "assigned_at"},
    "office_schedule": {
        "id", "programme_id", "publish_at", "digest", "approved_by_id", "approved_at", "state", "refusal",
        "settled_by_id", "settled_at",
    },
    "office_redaction": {
        "id", "programme_id", "positions", "asked_by_id", "asked_at", "state", "settled_by_id", "settled_at",
        "scrubbed_at",
    },
    "office_progress": {"id", "commitment_id", "place", "replaces_id"} | REPORTED,
    "office_cause": {"id", "commitment_id", "place", "replaces_id"} | REPORTED,
    "office_reply": {
        "id", "programme_id", "about", "written_by_id", "written_at", "state", "settled_by_id", "settled_at",
    },
    "office_theme": {
        "id", "ref", "programme_id", "comments", "gathered_by_id", "gathered_at", "state", "asked_on",
        "due_on", "answered_on",
    },
    "office_procedure_month": {
        "id", "unit_id", "month", "replaces_id", "reporter_id", "recorded_at", "disclosed", "opened_by_id",
    },
    "office_case": {
        "id", "ref", "code", "comment_key", "programme", "commitment", "kind", "shown_as", "has_personal",
        "signals", "cluster", "received_at", "received_on", "due_at", "is_breached", "state",
        "claimed_until", "verdict", "reason", "decided_at", "hours", "in_time", "ledger_ref", "twin_ref",
        "appeal", "version", "claimed_by_id", "proposed_by_id",
    },
    "office_second_look": {
        "id", "case_id", "reviewer_id", "asked_at", "reviewed_at", "first_verdict", "verdict",
    },
    "office_sealed": {"case_id", "sealed_at", "sealed_by_id", "is_contested", "passed_on_at"},
    "office_self_review": {
        "id", "period_id", "programme_id", "commitment_ref", "cause", "written_by_id", "written_at", "version",
    },
    "office_theme_use": {
        "id", "period_id", "programme_id", "theme_ref", "use", "marked_by_id", "marked_at", "version",
    },
    "office_job": {
        "id", "kind", "asked_by_id", "unit_id", "about", "state", "steps_done", "steps_total", "file",
        "runner", "asked_at", "started_at", "beat_at", "ended_at", "version",
    },
    "office_case": {
        "id", "ref", "code", "comment_key", "programme", "commitment", "kind", "shown_as", "has_personal",
        "signals", "cluster", "received_at", "received_on", "due_at", "is_breached", "state", "assigned_id",
        "claimed_until", "first_id", "second_id", "third_id", "verdict", "reason", "decided_at", "hours",
        "in_time", "ledger_ref", "twin_ref", "appeal", "version",
    },
    "office_second_look": {
        "id", "case_id", "reviewer_id", "asked_at", "reviewed_at", "first_verdict", "verdict",
    },
    "office_sealed": {"case_id", "sealed_at", "sealed_by_id", "is_contested", "passed_on_at"},
    "office_evidence": {
        "id", "commitment_id", "progress_id", "sha256", "kind", "media_type", "size", "dropped",
        "added_by_id", "added_at", "kept_at", "disclosed",
    },
}  # fmt: skip

# What an officer writes and nobody outside ever reads, not even in a public item.
INSIDE = {
    "office_movement": {"document"},  # it goes out with the notice of the ending
    "office_movement_item": {"restated_baseline", "restated_on"},  # they live on in the successor's draft
    "office_programme": {"declared_by"},
    "office_key_task": {"withheld_basis"},  # only its code goes out, from a fixed list
    "office_commitment": {"withheld_basis"},
    "office_consultation": {"role", "held_on", "gist"},
    "office_programme_version": {"content"},
    "office_typing": {"content"},
    "office_upload": {"content"},
    "office_appraisal": {"opinion"},
    "office_presentation": {"held_on", "conference"},
    "office_opinion": {"fit", "fit_note", "feasible", "feasible_note", "answers"},
    "office_assignment": {"reason"},
    "office_schedule": {"reason", "document"},  # they go out with the notice, when the hour comes
    "office_redaction": {"words", "reason"},
    "office_progress": {"claimed_by", "claimed_document"},  # a workbook's word confirms nothing
    "office_job": {"outcome"},  # what it says of a draft is for whoever asked
    "office_reply": {"note"},  # from the publisher back to the writer
    "office_case": {"words", "note", "plea"},  # the words go out by ``commenting``, once decided
    "office_second_look": {"words"},
    "office_sealed": {"words", "passed_on"},
}

COMPOSERS = (compose, compose_after, evaluating, procedures)
SOURCE = "\n".join(Path(m.__file__).read_text(encoding="utf-8") for m in COMPOSERS)


def columns_of(cls: type) -> dict[str, bool]:
    """The columns of ``cls``: name -> whether it is sealed."""
    return {c.key: isinstance(c.type, SealedType) for c in look(cls).columns}


@pytest.mark.parametrize("cls", DRAFTS, ids=lambda cls: cls.__tablename__)
def test_everything_an_officer_writes_is_sealed(cls: type) -> None:
    plain = {name for name, is_sealed in columns_of(cls).items() if not is_sealed}
    assert plain == PLAIN[cls.__tablename__], "a new plain column: seal it, or say here why it needs no seal"


def test_every_draft_table_is_looked_at() -> None:
    """A new room with drafts must come under these tests."""
    assert metadata.ROOMS
    with_seals = {
        name
        for name, table in Base.metadata.tables.items()
        for c in table.columns
        if isinstance(c.type, SealedType)
    }
    assert with_seals == {cls.__tablename__ for cls in DRAFTS}


@pytest.mark.parametrize("cls", DRAFTS, ids=lambda cls: cls.__tablename__)
def test_every_sealed_column_is_named_by_compose_or_stays_inside(cls: type) -> None:
    sealed = {name for name, is_sealed in columns_of(cls).items() if is_sealed}
    named = {node.attr for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Attribute)}
    inside = INSIDE.get(cls.__tablename__, set())
    assert sealed - named <= inside
    assert inside <= sealed, "no such column any more"


def faults_of_shape(source: str) -> list[str]:
    """Where ``source`` builds a document without naming each field by a keyword."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in ("getattr", "vars", "asdict", "replace", "columns", "__dict__"):
            faults.append(f"{name} at line {node.lineno}")
        if hasattr(documents, name) and dataclasses.is_dataclass(getattr(documents, name)):
            faults += [f"{name} at line {node.lineno}"] * bool(node.args)
            faults += [f"{name} at line {node.lineno}" for k in node.keywords if k.arg is None]
    return faults


def test_compose_names_every_field() -> None:
    assert faults_of_shape(SOURCE) == []
    assert SOURCE.count("Doc(") > 4


@pytest.mark.parametrize(
    "careless",
    [
        "CommitmentDoc(**vars(row))",
        "CommitmentDoc(**{c: open(row, c) for c in names})",
        "ProgressDoc(row.reported_on, row.state)",
        "x = KeyTaskDoc(**row.__dict__)",
        "Holder(cadre_name=getattr(m, 'cadre_name'), post='', unit=u)",
        "dataclasses.replace(document, **more)",
    ],
)
def test_a_careless_compose_is_seen(careless: str) -> None:
    assert faults_of_shape(careless)


def public_classes() -> list[type]:
    return [
        cls
        for _, cls in inspect.getmembers(documents, dataclasses.is_dataclass)
        if cls.__module__.startswith("portal.record.")
    ]


@pytest.mark.parametrize("cls", public_classes(), ids=lambda cls: cls.__name__)
def test_public_documents_are_frozen_and_hold_only_plain_values(cls: type) -> None:
    assert cls.__dataclass_params__.frozen
    assert not hasattr(cls, "__dict__") or "__slots__" in cls.__dict__
    hints = typing.get_type_hints(cls)
    assert not [name for name, hint in hints.items() if hint in (object, typing.Any, dict, list)]
    assert not [name for name, hint in hints.items() if "office" in str(hint) or "Sealed" in str(hint)]


def test_there_are_public_documents_to_look_at() -> None:
    assert {ProgrammeDoc, CommitmentDoc} <= set(public_classes())


def test_disclosure_is_withheld_unless_marked() -> None:
    marks = [(cls, c) for cls in DRAFTS for c in look(cls).columns if c.key == "disclosed"]
    assert {cls for cls, _ in marks} == {KeyTask, Commitment, Progress, Cause, Evidence, ProcedureRow}
    for _, column in marks:
        assert isinstance(column.type, Boolean)
        assert column.default.arg is False
        assert column.server_default is None
        assert not column.nullable


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).settle_in()


def composed(world: World, ref: str, **extra: object) -> tuple[ProgrammeDoc, tuple[CommitmentDoc, ...]]:
    """The documents of a draft whose every row also says ``extra``."""
    with world.work() as w:
        draft = programme(w, ref)
        rows = [draft, draft.mandate, *draft.tasks]
        rows += [c for t in draft.tasks for c in t.commitments]
        rows += [p for t in draft.tasks for c in t.commitments for p in c.progress]
        for row in rows:
            for name, value in extra.items():
                setattr(row, name, value)
        setting = setting_of(w, draft)
        return compose_programme(draft, setting), compose_commitments(draft, setting)


def test_a_new_column_changes_no_document(world: World) -> None:
    ref = world.draft(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    world.approve(ref)
    before = composed(world, ref)
    assert composed(world, ref, votes=Sealed("41/45"), memo="chỉ nội bộ", verification=Sealed(None)) == before
    assert before[1]


class Untouchable(Sealed[str]):
    """A value whose mere opening is the fault."""

    def open(self, *, reason: Reason) -> str:
        raise SealedError("something withheld was opened")


def test_what_is_withheld_is_not_even_opened(world: World) -> None:
    ref = world.draft(world.read("02-pho-chu-tich-phuong-kinh-mon.xlsx"))
    world.approve(ref)
    with world.work() as w:
        draft = programme(w, ref)
        setting = setting_of(w, draft)
        draft.tasks[0].disclosed = False
        with w.session.no_autoflush:
            withheld = sum(make_untouchable(row) for row in withheld_rows(draft))
            document = compose_programme(draft, setting)
            assert compose_commitments(draft, setting)
        w.session.rollback()
    assert withheld >= 3
    assert document.withheld_count


def withheld_rows(draft: Programme) -> Iterator[object]:
    for task in draft.tasks:
        if not task.disclosed:
            yield task
        for row in task.commitments:
            if not (task.disclosed and row.disclosed):
                yield row
            for report in row.progress:
                if not (task.disclosed and row.disclosed and report.disclosed):
                    yield report


def make_untouchable(row: object) -> int:
    sealed = [name for name, is_sealed in columns_of(type(row)).items() if is_sealed]
    for name in sealed:
        if name != "withheld_basis":
            setattr(row, name, Untouchable(""))
    return 1


def test_an_opened_untouchable_is_seen(world: World) -> None:
    """The positive control of the test above."""
    ref = world.draft(world.read("01-chu-tich-phuong-nhi-chieu.xlsx"))
    world.approve(ref)
    with world.work() as w:
        draft = programme(w, ref)
        setting = setting_of(w, draft)
        make_untouchable(draft.tasks[0])
        with pytest.raises(SealedError):
            compose_programme(draft, setting)
        w.session.rollback()
