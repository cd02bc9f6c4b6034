"""What people ask about their own data, carried out: a copy compiled for them alone, or everything gone.

Runs at the desk's side, by the follower that holds the private key; no officer and no page sees it.
"""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import delete, select

from portal.inbox.feedback import wishes
from portal.inbox.feedback.tables import Comment, Rating, Receipt, Wish
from portal.kernel.boxes import BoxFault
from portal.kernel.clock import day
from portal.kernel.work import Work
from portal.office.moderation.asking import let_go
from portal.office.moderation.events import DataErased, DataHandedOver
from portal.publication.commenting import take_turn
from portal.publication.scrubbing import empty_the_log
from portal.record.checkpoint import Signer

log = logging.getLogger(__name__)
_AT_ONCE = 400  # keys in one question to the database


def grant_wishes(w: Work, *, signer: Signer) -> int:
    """Do what was asked since; how many wishes."""
    found = wishes.waiting(w)
    if found:
        take_turn(w.session)
    return sum(_grant(w, wish, signer) for wish in found)


def _grant(w: Work, wish: Wish, signer: Signer) -> bool:
    try:
        opened = wishes.open_wish(w, wish)
    except BoxFault:
        log.error("a wish about data was sealed for another key; was keys/mail.key replaced?")
        return False
    if wish.kind == wishes.EXPORT:
        wishes.answer(wish, opened, copy_of(w, opened.people))
        w.tell(DataHandedOver())
    else:
        _erase(w, opened.people, signer)
        w.session.delete(wish)
        w.tell(DataErased())
    return True


def copy_of(w: Work, people: Iterable[str]) -> dict[str, Any]:
    """Everything the inbox keeps of one person, in words anybody can read."""
    ratings: list[Rating] = []
    comments: list[Comment] = []
    for keys in _slices(people):
        ratings += w.session.scalars(select(Rating).where(Rating.person.in_(keys)))
        comments += w.session.scalars(select(Comment).where(Comment.person.in_(keys)))
    return {
        "gop_y": [_comment(w, row) for row in sorted(comments, key=lambda c: (c.at, c.key))],
        "danh_gia": [_rating(row) for row in sorted(ratings, key=lambda r: (r.at, r.key))],
    }


def _comment(w: Work, row: Comment) -> dict[str, Any]:
    receipt = w.session.get(Receipt, row.code)
    return {
        "ngay": day(row.at).isoformat(),
        "cam_ket": row.commitment,
        "loai": row.kind,
        "noi_dung": row.words,
        "ky_ten": row.shown_as,
        "tinh_trang": receipt.state if receipt else None,
    }


def _rating(row: Rating) -> dict[str, Any]:
    return {
        "ngay": day(row.at).isoformat(),
        "quy": row.period,
        "cam_ket": row.commitment,
        "tra_loi": row.answer,
        "lien_quan": row.relation,
        "nhom": row.group,
        "xac_nhan": row.standing,
    }


def _erase(w: Work, people: Iterable[str], signer: Signer) -> None:
    for keys in _slices(people):
        codes = select(Comment.code).where(Comment.person.in_(keys)).distinct()
        for code in list(w.session.scalars(codes)):
            let_go(w, code, signer=signer)
        w.session.execute(delete(Rating).where(Rating.person.in_(keys)))
    w.afterwards(empty_the_log)


def _slices(people: Iterable[str]) -> Iterator[list[str]]:
    left = iter(sorted(people))
    while keys := list(islice(left, _AT_ONCE)):
        yield keys
