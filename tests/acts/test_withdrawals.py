"""Taking down: a tombstone with its reason stays, and nothing of what it covers can be read any more."""

from pathlib import Path

import pytest
from people import CONG, HOA, SOAN, THAM, Person
from sqlalchemy import select
from world import World, who

from portal.kernel.policy import Refusal, Refused
from portal.office.audit.tables import AuditLine
from portal.office.programme.reads import programme
from portal.publication import acts as valve
from portal.publication.acts import Outcome
from portal.record import reads
from portal.record.documents import Act, CommitmentDoc, Revision, TombstoneDoc

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
REASON = "Công bố nhầm phụ lục (minh họa)"


class Published:
    """A published programme and the references of its commitments by STT."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ref = world.bring_in(world.read(BOOK))
        with world.work() as w:
            draft = programme(w, self.ref)
            self.items = {c.place: c.ref for t in draft.tasks for c in t.commitments}

    def take_down(self, number: int, *, by: Person = CONG, reason: str = REASON) -> Outcome:
        """Withdraw the commitment with this STT."""
        with self.world.work() as w:
            return valve.withdraw_commitment(
                w, programme(w, self.ref), self.items[number], by=who(w, by), signer=self.world.signer,
                reason=reason,
            )  # fmt: skip

    def revision(self, ref: str, number: int | None = None) -> Revision:
        with self.world.work() as w:
            found = reads.revision(w.session, ref, number)
        assert found
        return found

    def status(self, address: str) -> int:
        self.world.follow()
        return self.world.reader().get(address).status_code


@pytest.fixture
def published(tmp_path: Path) -> Published:
    return Published(World(tmp_path).settle_in())


def refusal(caught: pytest.ExceptionInfo[Refused]) -> Refusal:
    return caught.value.refusal


def test_the_whole_programme_leaves_tombstones(published: Published) -> None:
    sent = published.world.withdraw(published.ref, reason=f" {REASON} ")
    assert set(sent.acts) == {Act.WITHDRAW}
    assert len(sent.positions) == 1 + 5  # the sixth commitment never was public
    for ref in (published.ref, *(published.items[n] for n in range(1, 6))):
        gone = published.revision(ref)
        assert isinstance(gone.document, TombstoneDoc)
        assert (gone.document.reason, gone.notice.reason) == (REASON, REASON)
        assert gone.number == 2
    with published.world.work() as w:
        assert programme(w, published.ref).state == "withdrawn"


def test_older_revisions_cannot_be_read_by_any_way(published: Published) -> None:
    refs = [published.ref, *(published.items[n] for n in range(1, 6))]
    before = {ref: published.revision(ref).position for ref in refs}
    assert all(published.revision(ref, 1).document for ref in refs)  # the positive control
    published.world.withdraw(published.ref)
    with published.world.work() as w:
        c = w.session
        for ref in refs:
            found = reads.revision(c, ref, 1)
            assert found
            assert found.document is None
            assert [r.document for r in reads.history(c, ref)[1:]] == [None]
            entry = reads.entry(c, before[ref])
            assert entry
            assert entry.document is None
        of_it = [r for r in (*reads.since(c, 0), *reads.lately(c, 1000)) if r.ref in refs]
        assert {type(r.document) for r in of_it} == {type(None), TombstoneDoc}
        assert reads.commitments_of(c, published.ref) == ()
        assert reads.programmes(c) == ()
        assert not [d for d in reads.documents(c, refs).values() if isinstance(d.document, CommitmentDoc)]


def test_its_pages_are_gone_and_say_so(published: Published) -> None:
    address = f"/cam-ket/{published.items[1]}"
    assert published.status(address) == 200
    published.world.withdraw(published.ref)
    for page in (address, f"/chuong-trinh/{published.ref}"):
        assert published.status(page) == 410
        text = published.world.reader().get(page).get_data(as_text=True)
        assert "Công bố nhầm" in text
    assert published.status(f"{address}?ban=1") == 410
    assert published.status("/cam-ket/0000000000") == 404


def test_one_commitment_is_taken_out_of_its_programme(published: Published) -> None:
    sent = published.take_down(3)
    assert sorted(sent.acts) == [Act.CORRECT, Act.WITHDRAW]
    with published.world.work() as w:
        standing = {d.ref for d in reads.commitments_of(w.session, published.ref)}
    assert standing == {published.items[n] for n in (1, 2, 4, 5)}
    page = published.revision(published.ref)
    assert page.notice.reason == REASON
    assert page.document.withheld_count == 2  # type: ignore[union-attr]  # a programme
    assert published.status(f"/cam-ket/{published.items[3]}") == 410
    assert published.status(f"/cam-ket/{published.items[2]}") == 200


def test_it_comes_back_with_its_history(published: Published) -> None:
    published.take_down(3)
    form = published.world.read(BOOK)
    published.world.revise(published.ref, form)
    published.world.approve(published.ref)
    with pytest.raises(Refused) as caught:
        published.world.publish(published.ref)
    assert refusal(caught) is Refusal.NO_REASON
    published.world.publish(published.ref, reason="Đã sửa phụ lục (minh họa)")
    assert [r.number for r in history(published, 3)] == [3, 2, 1]
    assert isinstance(published.revision(published.items[3]).document, CommitmentDoc)


def history(published: Published, number: int) -> tuple[Revision, ...]:
    with published.world.work() as w:
        return reads.history(w.session, published.items[number])


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_must_be_given(published: Published, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        published.world.withdraw(published.ref, reason=reason)
    assert refusal(caught) is Refusal.NO_REASON
    with pytest.raises(Refused) as caught:
        published.take_down(1, reason=reason)
    assert refusal(caught) is Refusal.NO_REASON


def test_what_is_not_public_cannot_be_taken_down(published: Published) -> None:
    other = published.world.draft(published.world.read("03-bi-thu-phuong-kinh-mon.xlsx"))
    with pytest.raises(Refused) as caught:
        published.world.withdraw(other)
    assert refusal(caught) is Refusal.NOT_PUBLISHED
    with pytest.raises(Refused) as caught:
        published.take_down(6)  # withheld
    assert refusal(caught) is Refusal.NOT_PUBLISHED
    published.items[9] = "0000000000"
    with pytest.raises(Refused) as caught:
        published.take_down(9)
    assert refusal(caught) is Refusal.NO_SUCH_COMMITMENT


def test_what_is_gone_cannot_be_taken_down_again(published: Published) -> None:
    published.take_down(1)
    with pytest.raises(Refused) as caught:
        published.take_down(1)
    assert refusal(caught) is Refusal.NOT_PUBLISHED
    published.world.withdraw(published.ref)
    with pytest.raises(Refused) as caught:
        published.world.withdraw(published.ref)
    assert refusal(caught) is Refusal.ALREADY_WITHDRAWN


@pytest.mark.parametrize(
    ("by", "rule"),
    [(SOAN, Refusal.NOT_YOUR_ROLE), (THAM, Refusal.NOT_YOUR_ROLE), (HOA, Refusal.OWN_PROGRAMME)],
)
def test_who_may_not(published: Published, by: Person, rule: Refusal) -> None:
    with pytest.raises(Refused) as caught:
        published.world.withdraw(published.ref, by=by)
    assert refusal(caught) is rule
    with pytest.raises(Refused) as caught:
        published.take_down(1, by=by)
    assert refusal(caught) is rule


def test_every_opening_of_the_valve_is_audited(published: Published) -> None:
    published.take_down(3)
    published.world.withdraw(published.ref)
    with published.world.work() as w:
        lines = w.session.scalars(select(AuditLine).where(AuditLine.event == "Published")).all()
        told = sorted(
            (line.facts["first_position"], line.facts["act"], line.facts["entries"]) for line in lines
        )
        publisher = who(w, CONG).id
        assert {line.facts["by"] for line in lines} == {publisher}
        assert {line.facts["programme"] for line in lines} == {published.ref}
    assert [(act, entries) for _, act, entries in told] == [("publish", 6), ("correct", 2), ("withdraw", 5)]
