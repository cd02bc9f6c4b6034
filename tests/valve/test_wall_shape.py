"""Shape wall: what compose does not name stays inside, and nothing is disclosed unless somebody marks it."""

import ast
import dataclasses
import inspect
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from draft_columns import DRAFTS, INSIDE, PLAIN
from sqlalchemy import Boolean
from sqlalchemy import inspect as look
from world import World

from portal.kernel.db import Base
from portal.kernel.sealed import Reason, Sealed, SealedError, SealedType
from portal.migrations import metadata
from portal.office.procedures.tables import ProcedureRow
from portal.office.programme.reads import programme
from portal.office.programme.tables import Commitment, KeyTask, Programme
from portal.office.progress.tables import Cause, Evidence, Progress
from portal.publication import compose, compose_after, evaluating, procedures, quoting
from portal.publication.compose import compose_commitments, compose_programme
from portal.publication.setting import setting_of
from portal.record import documents
from portal.record.documents import CommitmentDoc, ProgrammeDoc

COMPOSERS = (compose, compose_after, procedures)
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
    rest = (Path(one.__file__).read_text(encoding="utf-8") for one in (evaluating, quoting))
    whole = "\n".join((SOURCE, *rest))
    named = {node.attr for node in ast.walk(ast.parse(whole)) if isinstance(node, ast.Attribute)}
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
