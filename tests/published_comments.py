"""Comments in public, put there by the code of the valve as a decision would, their receipts and answers."""

from people import CONG, SOAN, Person
from sqlalchemy import select
from world import World, who

from portal.inbox.feedback.tables import Receipt
from portal.kernel.policy import Role
from portal.office.accounts.acts import add_officer
from portal.office.accounts.tables import Officer
from portal.office.replies.form import ReplyForm, ThemeForm
from portal.publication.commenting import Decided, send_decision
from portal.publication.replying import publish_reply, write_reply
from portal.publication.theming import gather, publish_theme
from portal.record import reads
from portal.record.documents import Revision, ThemeDoc
from portal.record.moderation_words import ReceiptState, Verdict

ANSWER = "Phường đã thay 12 bóng đèn, phần còn lại xong trước ngày 15/12/2026 (minh họa)."
DIEU = Person("Phạm Thị Điều", "dieu@namro.example", Role.MODERATOR)
BAN = Person("Tạ Văn Bạn", "ban@namro.example", Role.MODERATOR)


def publish_comment(
    world: World, commitment: str, words: str, *, verdict: Verdict = Verdict.PUBLISH, kind: str = "opinion"
) -> str:
    """A comment on ``commitment``, or its stub; its public reference."""
    with world.work() as w:
        found = reads.revision(w.session, commitment)
        assert found is not None
        ref = w.ids.ref()
        decided = Decided(
            ref=ref, ledger_ref=w.ids.ref(), programme=found.document.programme_ref, commitment=commitment,  # type: ignore[union-attr]  # a commitment's
            kind=kind, verdict=verdict, reason="spam" if verdict is Verdict.REFUSE else None, words=words,
            shown_as="Người dân, Tổ dân phố số 3", received_on=w.today, decided_on=w.today, hours=3,
            in_time=True, second_person=False,
        )  # fmt: skip
        send_decision(w, decided, signer=world.signer)
        state = ReceiptState.REFUSED if verdict is Verdict.REFUSE else ReceiptState.SHOWN
        w.session.add(
            Receipt(
                code=f"digest {ref}", state=state.value, commitment=commitment, comment_ref=ref, note="",
                received_on=w.today.isoformat(),
            )
        )  # fmt: skip
    return ref


def state_of_receipt(world: World, comment: str) -> str:
    """What the receipt of the public ``comment`` says."""
    with world.work() as w:
        found = w.session.get(Receipt, f"digest {comment}")
        assert found is not None
        return found.state


def comments(world: World, ref: str, count: int) -> tuple[str, ...]:
    """So many comments on the first commitment."""
    with world.work() as w:
        commitment = reads.commitments_of(w.session, ref)[0].ref
    return tuple(publish_comment(world, commitment, f"Đèn ngõ {n} vẫn tắt (minh họa).") for n in range(count))


def write(world: World, ref: str, about: str, text: str = ANSWER, *, by: Person = SOAN) -> int:
    with world.work() as w:
        return write_reply(w, ref, about, ReplyForm(text=text), by=who(w, by)).id


def publish(world: World, ref: str, key: int, *, by: Person = CONG) -> None:
    with world.work() as w:
        publish_reply(w, ref, key, by=who(w, by), signer=world.signer)


def seat(world: World, person: Person) -> None:
    """Let somebody who is no officer yet have an account."""
    with world.work() as w:
        if w.session.scalar(select(Officer).where(Officer.email == person.email)) is None:
            add_officer(w, email=person.email, name=person.name, role=person.role, unit_code=person.unit_code)


def group(
    world: World, ref: str, chosen: tuple[str, ...], *, title: str = "Đèn đường", by: Person = DIEU
) -> str:
    seat(world, by)
    with world.work() as w:
        return gather(w, ref, ThemeForm(title=title, comments=chosen), by=who(w, by)).ref


def let_out(world: World, ref: str, theme: str, *, by: Person = BAN) -> ThemeDoc:
    seat(world, by)
    with world.work() as w:
        publish_theme(w, ref, theme, by=who(w, by), signer=world.signer)
    document = newest(world, theme).document
    assert isinstance(document, ThemeDoc)
    return document


def newest(world: World, ref: str) -> Revision:
    with world.work() as w:
        found = reads.revision(w.session, ref)
    assert found is not None
    return found
