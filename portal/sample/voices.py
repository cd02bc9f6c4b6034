"""Invented ratings and comments, sent through the public door's own rights, for trying and measuring."""

import random
from collections.abc import Iterator, Sequence
from functools import partial

from portal.inbox.feedback.acts import About, Speaker, Word, Words, submit
from portal.inbox.feedback.periods import period_of
from portal.kernel.work import Work
from portal.record.documents import CommitmentDoc, Revision
from portal.record.voice import Answer, CommentKind, Group, Relation
from portal.sample.programmes import ILLUSTRATION

_OPENINGS = (
    (CommentKind.OPINION, "Nơi tôi ở chưa thấy thay đổi rõ"),
    (CommentKind.OPINION, "Việc làm đã nhanh hơn năm trước"),
    (CommentKind.OPINION, "Kết quả giữa các tổ dân phố còn chênh lệch"),
    (CommentKind.QUESTION, "Bao giờ thì công bố số liệu của kỳ tới"),
    (CommentKind.QUESTION, "Phần việc còn lại do bộ phận nào theo dõi"),
    (CommentKind.EVIDENCE, "Bảng niêm yết tại nhà văn hóa ghi số liệu cũ"),
    (CommentKind.PRAISE, "Cán bộ hướng dẫn dễ hiểu, trả kết quả đúng hẹn"),
)


def voices(w: Work, spoken_of: Sequence[Revision], count: int, *, seed: int) -> Iterator[str]:
    """Send ``count`` ratings with words about ``spoken_of``, each by somebody else; the receipts' codes.

    The same for a seed, but for the keys of people and receipts, which are always drawn anew.
    """
    for number in range(count):
        chance = random.Random(f"{seed}/voice/{number}")
        kind, opening = chance.choice(_OPENINGS)
        text = f"{opening}; đề nghị nêu rõ thêm ở mục này ({ILLUSTRATION})."
        say = partial(submit, w, _about(chance.choice(spoken_of)), by=_somebody(w, chance), due_on=None)
        word = Word(answer=chance.choice(list(Answer)), relation=chance.choice(list(Relation)))
        yield say(rating=word, comment=Words(kind=kind, text=text, shown_as="Người dân"))


def _about(read: Revision) -> About:
    doc = read.document
    if not isinstance(doc, CommitmentDoc):
        raise TypeError("people speak about commitments that can be read")
    return About(programme=doc.programme_ref, commitment=doc.ref, position=read.position)


def _somebody(w: Work, chance: random.Random) -> Speaker:
    person = f"{w.ids.key():064x}"
    return Speaker(person=person, period=period_of(w.today).code, group=chance.choice(list(Group)))
