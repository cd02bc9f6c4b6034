"""The valve's own last look: whatever the office hands over, a stub holds no words and no name."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from world import World

from portal.publication.commenting import Decided, send_decision
from portal.record import reads
from portal.record.documents import CommentDoc
from portal.record.moderation_words import Verdict


@pytest.mark.parametrize(("verdict", "is_read"), [(Verdict.REFUSE, False), (Verdict.PUBLISH, True)])
def test_a_refused_comment_leaves_no_words_in_the_record(
    tmp_path: Path, verdict: Verdict, is_read: bool
) -> None:
    decided = Decided(
        ref="gy00000001", ledger_ref="kd00000001", programme="p", commitment="c", kind="opinion",
        verdict=verdict, reason="threats", words="lời không được đăng", shown_as="Người dân, Tổ dân phố số 3",
        received_on=date(2026, 11, 23), decided_on=date(2026, 11, 24), hours=3, in_time=True,
        second_person=True,
    )  # fmt: skip
    with closing(World(tmp_path)) as world:
        with world.work() as w:
            send_decision(w, decided, signer=world.signer)
        with world.work() as w:
            found = reads.revision(w.session, "gy00000001")
    assert found is not None
    assert isinstance(found.document, CommentDoc)
    assert bool(found.document.words) is is_read
    assert bool(found.document.shown_as) is is_read
