"""Erasing published words: asked for by one, confirmed by another, gone from every file, the log whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from changes import REASON, changed, changed_task
from people import CITY, CONG, HOA, SOAN, THAM, Person
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from world import World, who

from portal.kernel.db import db
from portal.kernel.policy import Refusal, Refused, Role
from portal.kernel.sealed import Reason
from portal.office.accounts.acts import add_officer
from portal.office.audit.tables import AuditLine
from portal.office.programme.keeping import keep_typing
from portal.office.programme.reads import programme
from portal.office.programme.tables import Version
from portal.office.programme.typed import StampTyped
from portal.office.programme.versions import read, version
from portal.publication import erasing
from portal.publication.erasing import Wish
from portal.publication.sending import Outcome
from portal.publication.tables import Redaction
from portal.record import reads
from portal.record.checkpoint import load_verifier
from portal.record.documents import Act, ProgrammeDoc, TombstoneDoc
from portal.record.verify import verify

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
WORDS = "Zyxwvut Qrstop 0912"  # what slipped into a public field, plainly made up
SLIP = f"Hồ sơ của bà {WORDS}, tổ dân phố số 3 (minh họa)"
WHY = "Xóa theo yêu cầu của cơ quan có thẩm quyền (minh họa)"
OTHER = Person("Võ Văn Bố", "bo@namro.example", Role.PUBLISHER, CITY)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path).settle_in()
    with made.work() as w:
        add_officer(w, email=OTHER.email, name=OTHER.name, role=OTHER.role, unit_code=CITY)
        add_officer(w, email=HOA.email, name=HOA.name, role=HOA.role, unit_code=CITY)
    yield made
    made.close()


@pytest.fixture
def ref(world: World) -> str:
    """A published programme, one commitment of which says what nobody may read."""
    made = world.bring_in(changed(world.read(BOOK), 1, deliverable=SLIP))
    world.later(days=1)
    return made


@contextmanager
def refused(refusal: Refusal) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.refusal is refusal


def commitment(world: World, ref: str, number: int = 1) -> str:
    with world.work() as w:
        return next(c.ref for t in programme(w, ref).tasks for c in t.commitments if c.place == number)


def mend(world: World, ref: str) -> None:
    """Correct the draft and publish the correction."""
    world.revise(ref, changed(world.read(BOOK), 1, deliverable="Biên bản bàn giao (minh họa)"))
    world.approve(ref)
    world.publish(ref, reason=REASON)
    world.later(days=1)


def saying(world: World, ref: str, words: str = WORDS) -> tuple[int, ...]:
    """The entries whose text says ``words``."""
    with world.work() as w:
        found = erasing.erasable(w, programme(w, ref), words=words)
    return tuple(one.revision.position for one in found if one.says_it)


def ask(world: World, ref: str, positions: tuple[int, ...], *, by: Person = CONG, words: str = WORDS) -> None:
    with world.work() as w:
        erasing.ask(w, programme(w, ref), Wish(positions, WHY, words), by=who(w, by))


def confirm(world: World, ref: str, *, by: Person = OTHER) -> Outcome:
    with world.work() as w:
        return erasing.confirm(w, programme(w, ref), by=who(w, by), signer=world.signer)


def newest(world: World, ref: str) -> reads.Revision:
    with world.work() as w:
        found = reads.revision(w.session, ref)
    assert found
    return found


def forms(words: str) -> list[bytes]:
    """The words as they lie in files: as stored, and each syllable as the index keeps it."""
    return [words.encode(), *(part.lower().encode() for part in words.split())]


def files_saying(world: World, words: str = WORDS) -> set[str]:
    """Every file of the installation, database and log of the database included, that says ``words``."""
    places = (world.settings.instance, world.settings.search_index)
    found = {path for place in places for path in place.rglob("*") if path.is_file()}
    return {path.name for path in found if any(form in path.read_bytes() for form in forms(words))}


def faults(world: World) -> list[str]:
    with world.work() as w:
        return verify(w.session, verifier=load_verifier(world.settings.instance / "keys")).faults


def test_the_words_leave_every_file_and_the_log_stays_whole(world: World, ref: str) -> None:
    with world.work() as w:  # they were typed once more, and kept for an officer
        keep_typing(w, who(w, SOAN).id, f"/van-phong/du-thao/{ref}/cam-ket/1", [("deliverable", SLIP)])
    mend(world, ref)
    before = files_saying(world)
    assert any(name.startswith("portal.sqlite") for name in before), "the control: there to be found"
    assert any("sqlite" not in name for name in before), "and in the index"
    positions = saying(world, ref)
    assert len(positions) == 2  # what was published, and the correction that tells what it was before
    ask(world, ref, positions)
    sent = confirm(world, ref)
    assert sent.acts[:2] == (Act.REDACT, Act.REDACT)
    world.follow()
    assert files_saying(world) == set()
    assert faults(world) == []
    with world.work() as w:
        assert w.session.scalars(select(Redaction)).one().scrubbed_at is not None


def test_an_old_revision_goes_and_the_newest_stays(world: World, ref: str) -> None:
    item = commitment(world, ref)
    mend(world, ref)
    first = min(saying(world, ref))
    ask(world, ref, (first,), words="")
    sent = confirm(world, ref)
    # The correction tells what it was before: it goes too, and its document is told again.
    assert sent.acts == (Act.REDACT, Act.REDACT, Act.CORRECT)
    assert newest(world, item).document is not None
    assert not isinstance(newest(world, item).document, TombstoneDoc)
    assert "deliverable" not in {change.field for change in newest(world, item).notice.changes}
    world.follow()
    assert files_saying(world) == set()
    with world.work() as w:
        old = reads.entry(w.session, first)
        assert old
        assert old.document is None
        assert reads.entry(w.session, sent.positions[0]).notice.reason == WHY  # type: ignore[union-attr]
    assert faults(world) == []


def test_the_newest_revision_leaves_a_tombstone_and_the_page_forgets_it(world: World, ref: str) -> None:
    item = commitment(world, ref)
    before = newest(world, ref).document
    assert isinstance(before, ProgrammeDoc)
    ask(world, ref, saying(world, ref))
    confirm(world, ref)
    stone = newest(world, item).document
    assert isinstance(stone, TombstoneDoc)
    assert stone.reason == WHY
    after = newest(world, ref).document
    assert isinstance(after, ProgrammeDoc)
    assert item not in repr(after)
    assert after.withheld_count == (before.withheld_count or 0) + 1
    page = world.reader().get(f"/cam-ket/{item}")
    assert (page.status_code, WHY in page.text, "Zyxwvut" in page.text) == (410, True, False)
    assert world.reader().get(f"/chuong-trinh/{ref}").status_code == 200
    assert faults(world) == []


def test_it_comes_back_when_it_is_mended(world: World, ref: str) -> None:
    item = commitment(world, ref)
    ask(world, ref, saying(world, ref))
    confirm(world, ref)
    mend(world, ref)
    assert "Biên bản bàn giao" in repr(newest(world, item).document)
    assert saying(world, ref) == ()
    assert world.reader().get(f"/cam-ket/{item}").status_code == 200


def test_when_the_programmes_own_page_goes_everything_goes(world: World, ref: str) -> None:
    world.revise(ref, changed_task(world.read(BOOK), 1, bottleneck=SLIP))
    world.approve(ref)
    world.publish(ref, reason=REASON)
    ask(world, ref, saying(world, ref))
    confirm(world, ref)
    assert isinstance(newest(world, ref).document, TombstoneDoc)
    with world.work() as w:
        draft = programme(w, ref)
        assert draft.state == "withdrawn"
        refs = [c.ref for t in draft.tasks for c in t.commitments if c.disclosed]
        assert all(isinstance(r.document, TombstoneDoc) for r in reads.documents(w.session, refs).values())
    assert faults(world) == []


@pytest.mark.parametrize(
    ("person", "why"),
    [(CONG, Refusal.OWN_REQUEST), (SOAN, Refusal.NOT_YOUR_ROLE), (HOA, Refusal.OWN_PROGRAMME)],
)
def test_a_second_publisher_confirms_it(world: World, ref: str, person: Person, why: Refusal) -> None:
    ask(world, ref, saying(world, ref), by=CONG)
    with refused(why):
        confirm(world, ref, by=person)
    assert saying(world, ref)


def test_the_author_may_ask_and_a_publisher_confirm(world: World, ref: str) -> None:
    ask(world, ref, saying(world, ref), by=SOAN)
    confirm(world, ref, by=CONG)
    assert saying(world, ref) == ()


def test_it_can_be_declined_and_the_words_asked_about_are_forgotten(world: World, ref: str) -> None:
    ask(world, ref, saying(world, ref))
    with refused(Refusal.ALREADY_ASKED):
        ask(world, ref, saying(world, ref))
    with world.work() as w:
        erasing.decline(w, programme(w, ref), by=who(w, OTHER))
    with world.work() as w:
        found = w.session.scalars(select(Redaction)).one()
        assert (found.state, found.words.open(reason=Reason.PROOF)) == ("declined", "")
    with refused(Refusal.NOT_ASKED):
        confirm(world, ref)
    assert saying(world, ref)


def test_only_what_is_there_can_be_erased(world: World, ref: str) -> None:
    other = world.bring_in(world.read("04-chu-tich-xa.xlsx"))
    foreign = newest(world, other).position
    for positions, why in (
        ((), Refusal.NO_SUCH_ENTRY),
        ((9999,), Refusal.NO_SUCH_ENTRY),
        ((foreign,), Refusal.NO_SUCH_ENTRY),
        ((0,), Refusal.NO_SUCH_ENTRY),  # a unit
    ):
        with refused(why):
            ask(world, ref, positions)
    (first,) = saying(world, ref)
    with refused(Refusal.NO_REASON), world.work() as w:
        erasing.ask(w, programme(w, ref), Wish((first,), " "), by=who(w, CONG))
    with pytest.raises(StampTyped), world.work() as w:
        erasing.ask(w, programme(w, ref), Wish((first,), "TỐI MẬT\nSố 1"), by=who(w, CONG))
    with refused(Refusal.NOT_YOUR_ROLE):
        ask(world, ref, (first,), by=THAM)
    ask(world, ref, (first,))
    confirm(world, ref)
    with refused(Refusal.ALREADY_ERASED):
        ask(world, ref, (first,))


def test_frozen_versions_lose_the_words_and_keep_their_digest(world: World, ref: str) -> None:
    ask(world, ref, saying(world, ref))
    confirm(world, ref)
    with world.work() as w:
        frozen = version(w, programme(w, ref), 1)
        assert frozen.content.open(reason=Reason.PROOF) == ""
        assert len(frozen.digest) == 64
    with refused(Refusal.VERSION_ERASED), world.work() as w:
        read(version(w, programme(w, ref), 1))


@pytest.mark.parametrize(
    "values", [{"content": "khác"}, {"content": "", "label": "khác"}, {"digest": "0" * 64}]
)
def test_a_frozen_version_can_be_emptied_and_nothing_else(
    world: World, ref: str, values: dict[str, str]
) -> None:
    with pytest.raises(DatabaseError, match="append-only"), world.work() as w:
        w.session.execute(update(Version).values(content=""))  # nobody asked for it
    ask(world, ref, saying(world, ref))
    confirm(world, ref)
    with pytest.raises(DatabaseError, match="append-only"), world.work() as w:
        w.session.execute(update(Version).values(**values))


def test_the_desk_may_empty_the_log_of_the_database_and_no_other_pragma(world: World) -> None:
    with world.office.app_context():
        raw = db.engine.raw_connection()
        assert raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        for other in (
            "wal_checkpoint",
            "wal_checkpoint(PASSIVE)",
            "secure_delete=OFF",
            "journal_mode=DELETE",
        ):
            with pytest.raises(Exception, match="not authorized"):
                raw.cursor().execute(f"PRAGMA {other}")
        raw.close()


def test_it_is_audited_without_the_words(world: World, ref: str) -> None:
    ask(world, ref, saying(world, ref))
    confirm(world, ref)
    with world.work() as w:
        lines = [(x.event, str(x.facts)) for x in w.session.scalars(select(AuditLine))]
    told = [event for event, _ in lines]
    assert {"RedactionAsked", "RedactionSettled", "Scrubbed"} <= set(told)
    assert not [facts for _, facts in lines if "Zyxwvut" in facts]


def test_on_postgresql_the_guard_of_versions_holds_as_well(database_url: str, tmp_path: Path) -> None:
    world = World(tmp_path / "instance", database_url=database_url).settle_in()
    with world.work() as w:
        add_officer(w, email=OTHER.email, name=OTHER.name, role=OTHER.role, unit_code=CITY)
    ref = world.draft(changed(world.read(BOOK), 1, deliverable=SLIP))
    world.approve(ref)
    world.publish(ref)
    with pytest.raises(DatabaseError, match="append-only"), world.work() as w:
        w.session.execute(update(Version).values(content=""))
    ask(world, ref, saying(world, ref))
    confirm(world, ref)
    with world.work() as w:
        assert w.session.execute(text("SELECT content FROM office_programme_version")).scalars().all() == [""]
    assert faults(world) == []
    world.close()
