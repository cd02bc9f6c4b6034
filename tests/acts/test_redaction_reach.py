"""Erased words leave everything the office keeps: each column of each table, files, letters, what waits."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import papers
import pytest
from changes import PAPER, REASON, changed, commitment_of
from people import CITY, CONG, SOAN, Person
from sqlalchemy import JSON, Column, String, Table, insert, select, update
from world import World, who

from portal.kernel import shelves
from portal.kernel.db import Base
from portal.kernel.mail import Letter, mailer
from portal.kernel.policy import Role
from portal.kernel.sealed import Reason, Sealed, SealedType
from portal.office.accounts.acts import add_officer
from portal.office.evidence.cleaning import clean
from portal.office.programme.keeping import keep_typing, kept_typing
from portal.office.programme.reads import programme
from portal.office.progress import evidence
from portal.office.progress.evidence import FileForm
from portal.office.progress.tables import Evidence
from portal.publication import erasing, reaching
from portal.publication.erased import MARK, Erased
from portal.publication.erasing import Wish
from portal.publication.reaching import Reached
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import Act, CommitmentDoc
from portal.record.verify import verify

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
WORDS = "Zyxwvut Qrstop 0912"  # plainly made up
SLIP = f"Hồ sơ của bà {WORDS}, tổ dân phố số 3 (minh họa)"
WHY = "Xóa theo yêu cầu của cơ quan có thẩm quyền (minh họa)"
OTHER = Person("Võ Văn Bố", "bo@namro.example", Role.PUBLISHER, CITY)
ELSEWHERE = "/van-phong/noi-khac-nua"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

# Choices, and the name by which the rules know whose programme it is: never prose.
CODES = {"cadre_name", "direction", "mode", "frequency", "origin", "standard", "track", "state", "fit"}
CODES |= {"feasible"}
# A test below looks at them apart, or they hold no prose of anybody's.
APART = {"office_programme_version", "office_typing", "office_upload"}
LOOSE = {"office_job", "office_procedure_month"}  # no foreign key of theirs leads to a programme
CHOSEN: dict[str, Any] = {
    "office_presentation.kind": "step2_expanded_leadership", "office_presentation.preceded": True,
    "office_schedule.state": "cancelled", "office_redaction.state": "declined",
    "office_movement.state": "open", "office_movement.kind": "transfer", "office_evidence.kept_at": NOW,
    "office_evidence.sha256": "0" * 64, "office_reply.state": "returned", "office_theme.state": "waiting",
    "office_self_review.cause": "none", "office_theme_use.use": "explained",
    "office_quotation.state": "waiting",
}  # fmt: skip


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    mail = (tmp_path / "instance" / "mail").as_uri()
    with closing(World(tmp_path / "instance", database_url=database_url, mail_url=mail)) as made:
        made.settle_in()
        with made.work() as w:
            add_officer(w, email=OTHER.email, name=OTHER.name, role=OTHER.role, unit_code=CITY)
        yield made


@pytest.fixture
def ref(world: World) -> str:
    """A published programme, one commitment of which said what nobody may read; corrected since."""
    made = world.bring_in(changed(world.read(BOOK), 1, deliverable=SLIP))
    world.later(days=1)
    return made


def item(world: World, ref: str) -> str:
    with world.work() as w:
        return next(c.ref for t in programme(w, ref).tasks for c in t.commitments if c.place == 1)


def mend(world: World, ref: str, **more: Any) -> None:
    world.revise(ref, changed(world.read(BOOK), 1, deliverable="Biên bản bàn giao (minh họa)", **more))
    world.approve(ref)
    world.publish(ref, reason=REASON, document=PAPER)
    world.later(days=1)


def erase(world: World, ref: str, *, words: str = WORDS, first_only: bool = False) -> tuple[Act, ...]:
    """Ask for every entry that says the words, or the first alone, and confirm as somebody else."""
    with world.work() as w:
        found = erasing.erasable(w, programme(w, ref), words=WORDS)
        positions = sorted(one.revision.position for one in found if one.says_it)
        chosen = tuple(positions[:1] if first_only else positions)
        erasing.ask(w, programme(w, ref), Wish(chosen, WHY, words), by=who(w, CONG))
    with world.work() as w:
        return erasing.confirm(w, programme(w, ref), by=who(w, OTHER), signer=world.signer).acts


def faults(world: World) -> list[str]:
    with world.work() as w:
        return verify(w.session, verifier=load_verifier(world.settings.instance / "keys")).faults


def tables() -> list[Table]:
    """Every table of the office in which prose about a programme is kept."""
    every = [m.class_.__table__ for m in Base.registry.mappers if not is_of_residents(m.class_)]
    office = [t for t in Base.metadata.sorted_tables if t in every and t.name.startswith("office_")]
    return [t for t in office if t.name not in APART and any(prose(c) is not None for c in t.columns)]


def is_of_residents(kind: type) -> bool:
    """Whether residents' words are kept there, which no officer's erasure may reach."""
    return kind.__module__.startswith("portal.office.moderation")


def prose(column: Column[Any]) -> object:
    """What to plant in ``column``; None: it holds no prose."""
    kind = column.type
    if column.name in CODES or not isinstance(kind, SealedType):
        is_told = column.table.name in ("office_posting", "office_review") and isinstance(kind, String)
        return SLIP if is_told and (kind.length or 0) >= 200 else None
    if isinstance(kind.inner, JSON):
        return {"warning": SLIP} if column.name == "answers" else [SLIP]
    return SLIP if isinstance(kind.inner, String) else None


def filler(column: Column[Any], known: dict[str, Any], key: int) -> object:
    if (place := f"{column.table.name}.{column.name}") in CHOSEN or column.nullable:
        return CHOSEN.get(place)
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        return known[target.table.name if target.name == "id" else str(target)]
    if column.primary_key:
        return key
    inner = column.type.inner if isinstance(column.type, SealedType) else column.type
    if isinstance(inner, JSON):
        return {}
    plain: dict[type, object] = {
        str: "", int: 1, bool: False, date: NOW.date(), Decimal: Decimal(1), datetime: NOW, bytes: b"",
    }  # fmt: skip
    return "" if isinstance(inner, String) else plain.get(inner.python_type, NOW)


def plant(world: World, ref: str) -> set[str]:
    """Put the words into every column of prose there is, in a row of the programme; the columns."""
    planted = set()
    with world.work() as w:
        draft = programme(w, ref)
        task = draft.tasks[0]
        known: dict[str, Any] = {
            "office_commitment.ref": task.commitments[0].ref,
            "office_programme": draft.id, "office_mandate": draft.mandate_id, "office_key_task": task.id,
            "office_commitment": task.commitments[0].id, "office_unit": draft.mandate.unit_id,
            "office_officer": who(w, CONG).id,
        }  # fmt: skip
        first = select(Base.metadata.tables["office_programme_version"].c.id)
        known["office_programme_version"] = w.session.scalars(first).first() or 0
        known["office_period"] = w.ids.key()
        period = Base.metadata.tables["office_period"]
        quarter = {
            "kind": "quarter",
            "code": "2026-Q4",
            "first": date(2026, 10, 1),
            "last": date(2026, 12, 31),
        }
        given = {
            c.name: quarter.get(c.name, filler(c, known, known["office_period"])) for c in period.columns
        }
        w.session.execute(insert(period).values(given))
        for table in tables():
            if table.name not in known:
                known[table.name] = key = w.ids.key()
                row = {c.name: filler(c, known, key) for c in table.columns}
                w.session.execute(insert(table).values(row))
            said = {c.name: told for c in table.columns if (told := prose(c)) is not None}
            w.session.execute(update(table).where(table.c.id == known[table.name]).values(said))
            planted |= {f"{table.name}.{name}" for name in said}
    return planted


def saying(world: World) -> set[str]:
    """The columns in which the words lie, looked for in every row of every table but those of the log."""
    found = set()
    with world.work() as w:
        for table in Base.metadata.sorted_tables:
            if table.name == "office_audit":
                continue
            for row in w.session.execute(select(table)):
                for name, value in row._mapping.items():
                    said = value.open(reason=Reason.PROOF) if isinstance(value, Sealed) else value
                    told = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
                    if WORDS in json.dumps(told, ensure_ascii=False, default=str):
                        found.add(f"{table.name}.{name}")
    return found


def files_saying(world: World) -> set[str]:
    places = (world.settings.instance, world.settings.search_index)
    every = {path for place in places for path in place.rglob("*") if path.is_file()}
    return {path.name for path in every if WORDS.encode() in path.read_bytes()}


def leave_papers(world: World, ref: str) -> None:
    """A letter that waits, a file of long work, typing, a held workbook."""
    post = mailer(world.settings.mail_url, sender="Năm Rõ <no@namro.example>", ids=world.ids)
    for text in (f"Kính gửi ông/bà,\n{SLIP}\n", "Thư khác (minh họa)"):
        post.send(Letter(to=SOAN.email, subject="Nhắc việc", text=text), now=NOW)
    folder = world.settings.instance / "files" / shelves.OFFICE / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ("a" * 32)).write_text(SLIP, encoding="utf-8")
    (folder / ("b" * 32)).write_bytes(papers.xlsx(inside(SLIP)))
    (folder / ("c" * 32)).write_bytes(papers.xlsx(inside("Danh sách khác (minh họa)")))
    with world.work() as w:
        by = who(w, SOAN)
        keep_typing(w, by.id, "/van-phong/noi-khac", [("note", SLIP)])
        keep_typing(w, by.id, ELSEWHERE, [("note", "Ghi chú khác (minh họa)")])
        upload = Base.metadata.tables["office_upload"]
        values = {"id": w.ids.key(), "officer_id": by.id, "kept_at": w.now, "content": SLIP.encode()}
        w.session.execute(insert(upload).values(values))


def inside(words: str) -> dict[str, bytes | str]:
    return {**papers.xlsx_parts(), "xl/sharedStrings.xml": f"<sst><si><t>{words}</t></si></sst>"}


def test_the_words_leave_every_column_file_and_letter(world: World, ref: str) -> None:
    mend(world, ref)
    planted = plant(world, ref)
    leave_papers(world, ref)
    for name in ("opinion.fit_note", "opinion.answers", "appraisal.opinion", "presentation.conference"):
        assert f"office_{name}" in planted
    for name in ("progress.note", "progress.claimed_by", "cause.text", "evidence.description", "job.outcome"):
        assert f"office_{name}" in planted
    there = saying(world)
    assert planted | {"office_typing.content", "office_upload.content", "record_content.body"} <= there
    assert "office_programme_version.content" in there
    erase(world, ref)
    world.follow()
    assert saying(world) == set()
    mail = [path.read_text() for path in (world.settings.instance / "mail").iterdir()]
    assert len(mail) == 1, "the letter that says nothing of it stays"
    left = {path.name for path in (world.settings.instance / "files" / "office" / "jobs").iterdir()}
    assert left == {"c" * 32}
    with world.work() as w:
        assert kept_typing(w, who(w, SOAN).id, ELSEWHERE), "typing that says nothing of it stays"
    if world.settings.is_sqlite:
        assert files_saying(world) == set()
    assert faults(world) == []
    with world.work() as w:
        draft = programme(w, ref)
        assert draft.state == "draft"  # it no longer says what was appraised
        assert draft.preface.open(reason=Reason.PROOF) == MARK


def test_what_residents_said_is_not_silenced(world: World, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room of their words is left alone, even where the erased words are in it."""
    moderation = {m.class_.__table__.name for m in Base.registry.mappers if is_of_residents(m.class_)}
    asked: list[str] = []
    honest = reaching._belongs

    def listening(table: Table, *rest: Any) -> Any:
        asked.append(table.name)
        return honest(table, *rest)

    monkeypatch.setattr(reaching, "_belongs", listening)
    erase(world, ref)
    assert "office_opinion" in asked, "the control"
    assert not moderation & set(asked)


def test_without_the_step_the_words_are_found(
    world: World, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the log alone is emptied, and the same search finds every column."""
    mend(world, ref)
    planted = plant(world, ref)
    monkeypatch.setattr(erasing, "reach", lambda *_: Reached())
    erase(world, ref)
    assert planted <= saying(world)
    if world.settings.is_sqlite:
        assert "portal.sqlite" in files_saying(world)


def test_office_copies_of_files_go_and_others_stay(world: World, ref: str) -> None:
    deed, names = item(world, ref), {}
    sources = {
        "says it": papers.docx(papers.paragraph(SLIP)),
        "shown once": papers.saved(papers.picture((40, 30)), "PNG"),
        "stays": papers.saved(papers.picture((41, 30)), "PNG"),
        "preview": papers.saved(papers.picture((42, 30)), "PNG"),
    }
    for what, data in sources.items():
        made = clean(data, filename="tep")
        with world.work() as w:
            said = FileForm(description=f"{what} (minh họa)", disclosed=what in ("shown once", "stays"))
            by = who(w, SOAN)
            key = evidence.hold(w, deed, made, said, by=by).id
            if what != "preview":
                evidence.keep(w, deed, key, by=by)
            names[what] = (made.sha256, key)
    world.publish(ref)
    with world.work() as w:
        evidence.mark(w, deed, names["shown once"][1], disclosed=False, by=who(w, SOAN))
    mend(world, ref)
    files = world.settings.instance / "files"
    kept = {path.name for path in (files / shelves.OFFICE).glob("*")}
    assert {name for name, _ in names.values()} <= kept, "the control: all of them lie there"
    erase(world, ref)
    left = {path.name for shelf in (shelves.OFFICE, shelves.RECORD) for path in (files / shelf).glob("*")}
    assert left == {names["stays"][0]}
    with world.work() as w:
        assert w.session.scalars(select(Evidence.sha256)).all() == [names["stays"][0]]
    assert faults(world) == []


def test_a_file_that_is_lost_says_nothing_and_stops_nothing(world: World, ref: str) -> None:
    deed = item(world, ref)
    made = clean(papers.saved(papers.picture((40, 30)), "PNG"), filename="tep")
    with world.work() as w:
        said, by = FileForm(description=SLIP, disclosed=False), who(w, SOAN)
        evidence.keep(w, deed, evidence.hold(w, deed, made, said, by=by).id, by=by)
    (world.settings.instance / "files" / shelves.OFFICE / made.sha256).unlink()
    erase(world, ref)
    with world.work() as w:
        (row,) = w.session.scalars(select(Evidence))
        assert row.description.open(reason=Reason.PROOF) == MARK


def test_a_lowered_target_is_still_told_when_its_entry_goes_with_the_words(world: World, ref: str) -> None:
    """No words are named: what the erased text said, and nothing said since, is looked for all the same."""
    target = commitment_of(world.read(BOOK), 1).target
    assert target is not None
    mend(world, ref, target=target - 1)
    mend(world, ref, target=target - 1, evidence_plan="Sổ theo dõi khác (minh họa)")
    sent = erase(world, ref, words="", first_only=True)
    assert sent == (Act.REDACT, Act.REDACT, Act.CORRECT)
    deed = item(world, ref)
    with world.work() as w:
        found = reads.revision(w.session, deed)
    assert found
    assert isinstance(found.document, CommitmentDoc)
    assert found.document.evidence_plan == "Sổ theo dõi khác (minh họa)"
    assert "target_lowered" in {change.kind for change in found.notice.changes}
    assert (found.notice.reason, found.notice.document) == (WHY, PAPER)
    assert saying(world) == set()
    assert faults(world) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("HỒ SƠ của Zyxwvut", True),
        ("một nơi lưu hồ sơ giấy tờ nào đó rất dài, và thêm nữa", True),
        ("sổ tay cũ", True),
        ("trong sổ tay cũ", False),  # a short text is looked for as a whole
        ("khác hẳn", False),
    ],
)
def test_how_words_are_looked_for(said: str, found: bool) -> None:
    words = Erased("zyxwvut", frozenset({"sotaycu", "motnoiluuhosogiaytonaodoratdai"}))
    assert words.is_in(said) is found
    after = MARK if found else said
    assert words.without([said, {"x": said}, 3]) == [after, {"x": after}, 3]
    assert not Erased()
    assert not replace(words, named="").only_named()
