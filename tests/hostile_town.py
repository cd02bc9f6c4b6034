"""A town of hostile words: for each bundle of texts a unit, a programme and all that hangs on it."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import town
import town_procedures
from hostile_texts import CANARY, in_one, spoil
from sqlalchemy.orm import Session
from townhall import make_settings, write

from portal.commands.followers import index_folder, public_log
from portal.inbox.feedback.acts import digest_of
from portal.inbox.feedback.tables import Receipt
from portal.kernel.clock import StoppedClock
from portal.kernel.ids import Ids
from portal.kernel.work import House, Work
from portal.migrations.upgrade import owner_engine, upgrade
from portal.record.append import Line
from portal.record.documents import (
    Act,
    Change,
    CommentDoc,
    CommitmentDoc,
    Confirmation,
    EvidenceDoc,
    Kind,
    Notice,
    PostingDoc,
    ProgressDoc,
    ThemeDoc,
    TombstoneDoc,
)
from portal.record.moderation_words import ReceiptState
from portal.record.search.writer import Writer
from portal.record.voice import CommentKind, CommentState, ReplyDoc
from portal.settings import Settings

DAY = date(2026, 11, 20)


def found_hostile(instance: Path, some: Sequence[tuple[str, ...]], **changed: object) -> Settings:
    """An installation whose record holds, for each bundle, one of everything that is public."""
    settings = make_settings(instance, **changed)
    upgrade(settings)
    write(settings, [line for number, texts in enumerate(some) for line in lines_of(number, texts)])
    with public_log(settings) as log:
        Writer(index_folder(settings)).follow(log)
    return settings


def pages_of(number: int) -> list[str]:
    """Where what `lines_of` wrote is read."""
    here, whole = f"/cam-ket/ckhostile{number}", f"/chuong-trinh/cthostile{number}"
    return [
        here, f"{here}/lich-su", f"{here}/y-kien", f"{here}/danh-gia", f"{here}/gop-y",
        whole, f"{whole}/lich-su", f"{whole}/giai-trinh", f"{whole}/niem-yet",
        f"/don-vi/xa-{number}", f"/don-vi/xa-{number}/thu-tuc", f"/don-vi/xa-{number}/thu-tuc/lich-su",
        f"/cam-ket/ckgone{number}", f"/en{here}",
    ]  # fmt: skip


def lines_of(number: int, texts: tuple[str, ...]) -> Iterator[Line]:
    """What is appended to the log for one bundle."""
    words = itertools.repeat(in_one(texts))
    unit = spoil(town.units()["phuong-nhi-chieu"], words, slug=f"xa-{number}", code=f"9{number:04}")
    yield town.line(Kind.UNIT, unit)
    doc = commitment(number, words)
    yield town.line(Kind.COMMITMENT, doc)
    changes = (Change(field="target", before=next(words), after=next(words), kind="target_lowered"),)
    told = Notice(reason=next(words), document=next(words), changes=changes)
    whole = replace(
        town.programme("ct0chairman", town.CHAIR, "", withheld=1),
        postings=(PostingDoc(place="", posted_on=DAY, planned_until=DAY, minutes="", reason=""),),
    )
    plan = spoil(whole, words, ref=doc.programme_ref, holder=doc.holder)
    plan = replace(plan, tasks=(replace(plan.tasks[0], commitments=(doc.ref,)),))
    yield town.line(Kind.PROGRAMME, plan)
    yield town.line(Kind.PROGRAMME, plan, Act.AMEND, told)
    yield town.line(Kind.COMMITMENT, replace(doc, text=f"{doc.text}."), Act.AMEND, told)
    comments = [comment(number, n, text) for n, text in enumerate(texts)]
    yield from (town.line(Kind.COMMENT, one) for one in comments)
    yield town.line(Kind.THEME, theme(number, comments, next(words)))
    months = spoil(town_procedures.results(), words, ref=f"xa-{number}/thu-tuc")
    months = replace(months, unit=replace(months.unit, slug=f"xa-{number}"))
    yield town.line(Kind.PROCEDURES, months)
    yield town.line(Kind.COMMITMENT, replace(doc, ref=f"ckgone{number}"))
    stone = TombstoneDoc(ref=f"ckgone{number}", withdrawn_on=DAY, reason=next(words))
    yield town.line(Kind.COMMITMENT, stone, Act.WITHDRAW, Notice(reason=stone.reason))


def commitment(number: int, words: Iterator[str]) -> CommitmentDoc:
    """A commitment with something in every field that holds words."""
    base = town.commitments()["TN-02"]
    said = Confirmation(body="", document="")
    report = ProgressDoc(
        reported_on=DAY, state=base.progress[0].state, value=base.progress[0].value, note="", source="",
        confirmation=said, corrected="",
    )  # fmt: skip
    file = EvidenceDoc(
        sha256=f"{number:064x}", media_type="application/pdf", size=1, description="", added_on=DAY
    )
    full = replace(
        base,
        progress=(report, replace(report, reported_on=town.OCT)),
        milestones=town.commitments()["QH-04"].milestones,
        evidence=(file,),
    )
    spoilt: CommitmentDoc = spoil(full, words, ref=f"ckhostile{number}", programme_ref=f"cthostile{number}")
    unit = replace(spoilt.holder.unit, slug=f"xa-{number}")
    return replace(spoilt, holder=replace(spoilt.holder, unit=unit))


def comment(number: int, place: int, text: str, *, loose: str = CANARY) -> CommentDoc:
    """A comment, its author's name and its answer, all hostile."""
    words = f"{loose}{text}"
    return CommentDoc(
        ref=f"yk{number}x{place}", programme_ref=f"cthostile{number}", commitment_ref=f"ckhostile{number}",
        kind=CommentKind.OPINION, state=CommentState.SHOWN, words=words, shown_as=words, received_on=DAY,
        decided_on=DAY, reply=ReplyDoc(text=words, by=words, replied_on=DAY),
    )  # fmt: skip


def theme(number: int, comments: list[CommentDoc], words: str) -> ThemeDoc:
    """What the comments have in common, and the answer."""
    return ThemeDoc(
        ref=f"nhom{number}", programme_ref=f"cthostile{number}", title=words,
        comments=tuple(one.ref for one in comments), asked_on=DAY, due_on=DAY,
        reply=ReplyDoc(text=words, by=words, replied_on=DAY),
    )  # fmt: skip


def hand_out(settings: Settings, code: str, *, note: str, comment_ref: str, now: StoppedClock) -> None:
    """A receipt on which a moderator wrote ``note``."""
    engine = owner_engine(settings)
    house = House(settings=settings, clock=now, ids=Ids())
    with Session(engine) as session, session.begin():
        w = Work(session=session, house=house, now=now.at)
        session.add(
            Receipt(
                code=digest_of(w, code), state=ReceiptState.SHOWN.value, commitment="", note=note,
                comment_ref=comment_ref, received_on=DAY.isoformat(), box=b"x",
            )
        )  # fmt: skip
    engine.dispose()
