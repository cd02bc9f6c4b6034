"""Comments in public, put there by the code of the valve as a decision would, with their receipts."""

from world import World

from portal.inbox.feedback.tables import Receipt
from portal.publication.commenting import Decided, send_decision
from portal.record import reads
from portal.record.moderation_words import ReceiptState, Verdict


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
