"""Records made at random for dossiers: a programme on its way, what people said of it, who decided what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from commitment_cases import CONFIRMED, ROWS, UNIT, cause, sample
from rating_town import run, town_at_random
from world import World

from portal.record.append import Line, append
from portal.record.documents import (
    Act,
    Appraised,
    Change,
    ClarityProfile,
    CommentDoc,
    CommitmentDoc,
    Decision,
    EvidenceDoc,
    Holder,
    KeyTaskDoc,
    Kind,
    ModerationDoc,
    Notice,
    ProgrammeDoc,
    ProgressDoc,
    RatingsDoc,
    ThemeDoc,
    TombstoneDoc,
    Track,
)
from portal.record.evaluation.document import AccountDoc, CauseKind, ExplanationDoc, explanation_ref
from portal.record.evaluation.periods import PeriodDoc, PeriodKind
from portal.record.moderation_words import AppealState, RefusalReason, Verdict
from portal.record.ratings.document import ratings_ref
from portal.record.terms import FigureState
from portal.record.voice import CommentKind, CommentState, ReplyDoc

Q4 = PeriodDoc(code="2026-Q4", kind=PeriodKind.QUARTER, first=date(2026, 10, 1), last=date(2026, 12, 31))
STATES = (*(FigureState.FIGURE,) * 5, FigureState.NO_DATA, FigureState.NOT_CONNECTED)
DUE = (date(2026, 9, 15), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31))
BEGIN = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
WORDS = ("Đường vẫn ngập.", "Hồ sơ trả đúng hẹn!", "=1+1", "Chưa thấy làm <b>gì</b>", "Cảm ơn “phường” & xã")


def holder() -> Holder:
    return Holder(cadre_name="Lê Minh Họa", post="Chủ tịch UBND phường", unit=UNIT)


def programme_doc(ref: str, commitments: Sequence[str]) -> ProgrammeDoc:
    """A programme of two tasks."""
    half = len(commitments) // 2
    tasks = [
        KeyTaskDoc(ref=f"{ref}-t{n}", title=f"Nhiệm vụ {n}", bottleneck="", objective="", solution="",
                   areas=(), commitments=tuple(mine))
        for n, mine in enumerate((commitments[:half], commitments[half:]))
    ]  # fmt: skip
    return ProgrammeDoc(
        ref=ref, holder=holder(), assigned_fields=("Đất đai",), track=Track.APPOINTMENT,
        decision=Decision(number="01/QĐ (minh họa)", decided_on=date(2026, 7, 1), issuer="Thành ủy mẫu"),
        mandate_from=date(2026, 7, 1), mandate_to=date(2031, 6, 30), preface="số liệu minh họa",
        profile=ClarityProfile(code="5ro", label="5 rõ", criteria=()),
        appraised=Appraised(body="Ban Xây dựng Đảng", appraised_on=date(2026, 7, 1)),
        issued_on=date(2026, 7, 10), tasks=tuple(tasks), withheld_count=2, withheld_bases=(),
    )  # fmt: skip


def progress_at_random(rng: Random, target: Decimal) -> tuple[ProgressDoc, ...]:
    """Reports of every kind, some confirmed, some better than the target."""
    days = sorted(rng.sample(range(140), rng.randint(0, 6)))
    return tuple(
        ProgressDoc(
            reported_on=date(2026, 9, 1) + timedelta(days=n),
            state=(state := rng.choice(STATES)),
            value=target * rng.choice((0, Decimal("0.5"), 1, 1, Decimal("1.2")))
            if state is FigureState.FIGURE else None,
            note="", source="số liệu minh họa", confirmation=CONFIRMED if rng.random() < 0.6 else None,
        )
        for n in days
    )  # fmt: skip


def commitment_at_random(rng: Random, ref: str, programme: str) -> CommitmentDoc:
    """One of the samples, due around the period, on its way."""
    doc = sample(rng.choice(sorted(ROWS)), ref=ref, programme_ref=programme)
    due = rng.choice(
        (doc.deadline, date(2026, 9, 15), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31))
    )
    assert doc.target is not None
    return replace(
        doc, deadline=due, first_deadline=due - timedelta(days=rng.choice((0, 30))),
        progress=progress_at_random(rng, doc.target),
        causes=(cause("1/11/26"),) if rng.random() < 0.2 else (),
        evidence=tuple(
            EvidenceDoc(sha256=f"{rng.getrandbits(256):064x}", media_type="application/pdf", size=1000,
                        description="Báo cáo (minh họa)", added_on=date(2026, 11, n + 1))
            for n in range(rng.randint(0, 2))
        ),
    )  # fmt: skip


def comment_lines(rng: Random, ref: str, programme: str, commitment: str) -> list[Line]:
    """A comment or a stub, and its line of the ledger."""
    verdict = rng.choice((Verdict.PUBLISH, Verdict.PUBLISH, Verdict.PUBLISH_MASKED, Verdict.REFUSE))
    state = {Verdict.REFUSE: CommentState.REFUSED, Verdict.PUBLISH_MASKED: CommentState.MASKED}.get(
        verdict, CommentState.SHOWN
    )
    reason = rng.choice(list(RefusalReason)).value if verdict is Verdict.REFUSE else None
    received = date(2026, 9, 20) + timedelta(days=rng.randint(0, 110))
    reply = ReplyDoc(text="Phường tiếp thu (minh họa).", by="UBND phường", replied_on=received)
    comment = CommentDoc(
        ref=ref, programme_ref=programme, commitment_ref=commitment, kind=CommentKind.OPINION, state=state,
        words="" if reason else rng.choice(WORDS), shown_as="" if reason else "Người dân, TDP số 3",
        received_on=received, decided_on=received, reason=reason,
        reply=reply if not reason and rng.random() < 0.3 else None,
    )  # fmt: skip
    line = ModerationDoc(
        ref=f"{ref}-s", decided_on=received, decision=verdict.value, reason=reason, hours=rng.randint(1, 40),
        in_time=rng.random() < 0.9, second_person=verdict is Verdict.REFUSE, comment_ref=ref,
        appeal=rng.choice((None, None, *AppealState)),
    )  # fmt: skip
    return [
        Line(kind=Kind.COMMENT, ref=ref, act=Act.PUBLISH, document=comment),
        Line(kind=Kind.MODERATION, ref=line.ref, act=Act.PUBLISH, document=line),
    ]


def ratings_line(seed: int, programme: str, commitment: str) -> Line:
    """What a town at random said, in the figures that were released."""
    figures = replace(run(town_at_random(seed)).shown.figures[-1], commitment=commitment, period="2026-Q4")
    document = RatingsDoc(
        ref=ratings_ref(commitment, "2026-Q4"), programme_ref=programme, commitment_ref=commitment,
        figures=figures, min_batch=25, min_days=7,
    )  # fmt: skip
    return Line(kind=Kind.RATINGS, ref=document.ref, act=Act.RELEASE, document=document)


def fill(world: World, seed: int, *, commitments: int = 6, comments: int = 12) -> str:
    """A record at random with one programme, told over months; its reference."""
    rng, ref = Random(seed), f"p{seed}"
    docs = [commitment_at_random(rng, f"{ref}-c{n}", ref) for n in range(commitments)]
    refs = [doc.ref for doc in docs]
    _tell(world, BEGIN, [
        Line(kind=Kind.PROGRAMME, ref=ref, act=Act.PUBLISH, document=programme_doc(ref, refs)),
        *(Line(kind=Kind.COMMITMENT, ref=d.ref, act=Act.PUBLISH, document=replace(d, progress=()))
          for d in docs),
    ])  # fmt: skip
    said = [f"{ref}-g{n}" for n in range(comments)]
    for n in range(min(90, len(said))):  # a day's comments together
        lines = [line for name in said[n::90] for line in comment_lines(rng, name, ref, rng.choice(refs))]
        _tell(world, BEGIN + timedelta(days=20 + n), lines)
    theme = ThemeDoc(
        ref=f"{ref}-m", programme_ref=ref, title="Ngập úng", comments=tuple(said[::2]),
        asked_on=date(2026, 11, 1), due_on=date(2026, 11, 16),
        reply=ReplyDoc(text="Đã khơi cống (minh họa).", by="UBND phường", replied_on=date(2026, 11, 10)),
    )  # fmt: skip
    account = AccountDoc(commitment_ref=refs[0], account="Đã làm xong (minh họa).", cause=CauseKind.NONE)
    explained = ExplanationDoc(
        ref=explanation_ref(ref, Q4.code), programme_ref=ref, period=Q4, accounts=(account,)
    )
    moved = Change(field="deadline", before="30/11/2026", after="31/12/2026", kind="deadline_moved_later")
    _tell(world, BEGIN + timedelta(days=118), [
        *(Line(kind=Kind.COMMITMENT, ref=d.ref, act=rng.choice((Act.PROGRESS, Act.AMEND)), document=d,
               notice=Notice(reason="minh họa", changes=(moved,))) for d in docs),
        *(ratings_line(seed + n, ref, name) for n, name in enumerate(refs[:2])),
        Line(kind=Kind.THEME, ref=theme.ref, act=Act.REPLY, document=theme),
        Line(kind=Kind.EXPLANATION, ref=explained.ref, act=Act.PUBLISH, document=explained),
    ])  # fmt: skip
    return ref


def go_on(world: World, seed: int, ref: str) -> None:
    """What happens after the freeze: more reports, more words, something of another programme taken down."""
    rng = Random(seed)
    at = BEGIN + timedelta(days=140)
    later = replace(commitment_at_random(rng, f"{ref}-c0", ref), text="Nội dung mới (minh họa)")
    other = f"x{seed}"
    stone = TombstoneDoc(ref=other, withdrawn_on=date(2027, 1, 9), reason="minh họa")
    _tell(world, at, [
        Line(kind=Kind.COMMITMENT, ref=later.ref, act=Act.AMEND, document=later),
        *comment_lines(rng, f"{ref}-later", ref, later.ref),
        Line(kind=Kind.PROGRAMME, ref=other, act=Act.PUBLISH, document=programme_doc(other, [])),
        Line(kind=Kind.PROGRAMME, ref=other, act=Act.WITHDRAW, document=stone),
    ])  # fmt: skip


def _tell(world: World, at: datetime, lines: list[Line]) -> None:
    world.clock.at = at
    with world.work() as w:
        append(w, lines, signer=world.signer)
