"""The town with one document of every kind, so that no address of the API is without an answer."""

from datetime import date
from pathlib import Path

import town
from townhall import make_settings, write

from portal.migrations.upgrade import upgrade
from portal.record.append import Line
from portal.record.documents import CommentDoc, ExplanationDoc, Kind, ModerationDoc, ThemeDoc, TransparencyDoc
from portal.record.evaluation.document import (
    AccountDoc,
    CauseKind,
    DossierDoc,
    QuotationDoc,
    Use,
    UsedThemeDoc,
)
from portal.record.evaluation.periods import PeriodDoc, PeriodKind
from portal.record.ratings.document import RatingsDoc
from portal.record.ratings.figures import Batch, Block, Part, RatingFigures, Row, Total
from portal.record.ratings.terms import Answer, Group, Relation, Standing
from portal.record.transparency import ReasonCount
from portal.record.voice import CommentKind, CommentState, ReplyDoc
from portal.settings import Settings

DAY = date(2026, 11, 2)
PERIOD = PeriodDoc(code="2026-Q3", kind=PeriodKind.QUARTER, first=date(2026, 7, 1), last=date(2026, 9, 30))
REPLY = ReplyDoc(text="Phường đã lắp thêm đèn (minh họa).", by="UBND phường", replied_on=DAY)
PROGRAMME, COMMITMENT = "ct0chairman", "ckdt01"


def voices() -> list[Line]:
    """Comments, ledger, ratings, theme and the month's figures."""
    comment = CommentDoc(
        ref="ykmau01", programme_ref=PROGRAMME, commitment_ref=COMMITMENT, kind=CommentKind.OPINION,
        state=CommentState.SHOWN, words="Ngõ 5 còn tối (minh họa).", shown_as="Người dân, Tổ dân phố số 3",
        received_on=DAY, decided_on=DAY, reply=REPLY,
    )  # fmt: skip
    ledger = ModerationDoc(
        ref="kdmau01", decided_on=DAY, decision="publish", reason=None, hours=3, in_time=True,
        second_person=False, comment_ref=comment.ref,
    )  # fmt: skip
    theme = ThemeDoc(
        ref="chmau01", programme_ref=PROGRAMME, title="Chiếu sáng ngõ", comments=(comment.ref,),
        asked_on=DAY, due_on=date(2026, 11, 17), reply=REPLY,
    )  # fmt: skip
    month = TransparencyDoc(
        ref="kiem-duyet-2026-10", month="2026-10", as_of=DAY, received=9, shown=7, masked=1,
        refused=(ReasonCount(reason="spam", count=1),), returned=0, redirected=0, merged=0, median_hours=5,
        in_time=9, decided=9, appeals=0, overturned=0, upheld=0,
    )  # fmt: skip
    return [
        town.line(Kind.COMMENT, comment),
        town.line(Kind.MODERATION, ledger),
        town.line(Kind.THEME, theme),
        town.line(Kind.TRANSPARENCY, month),
        town.line(Kind.RATINGS, ratings()),
    ]


def evaluation() -> list[Line]:
    """A frozen dossier, the self-review beside it, and a decision that is quoted."""
    dossier = DossierDoc(
        ref=f"{PROGRAMME}.ky-2026-q3", programme_ref=PROGRAMME, period=PERIOD, version=1, frozen_on=DAY,
        digest="0" * 64, log_size=40, root_hex="1" * 64,
        themes=(UsedThemeDoc(theme_ref="chmau01", title="Đèn ngõ", use=Use.USED, sentence="Đã tiếp thu."),),
    )  # fmt: skip
    account = AccountDoc(
        commitment_ref=COMMITMENT, account="Chậm do mưa (minh họa).", cause=CauseKind.SUBJECTIVE
    )
    told = ExplanationDoc(
        ref=f"{PROGRAMME}.giai-trinh-2026-q3", programme_ref=PROGRAMME, period=PERIOD, accounts=(account,)
    )
    quotation = QuotationDoc(
        ref=f"{PROGRAMME}.trich-mau", programme_ref=PROGRAMME, period=PERIOD, title="Thông báo (minh họa)",
        number="01/TB-MH", decided_on=DAY, issuer="Ban Thường vụ (minh họa)", text="Đã nghe báo cáo.",
        ordered_by="Công văn 02/CV-MH (minh họa)",
    )  # fmt: skip
    return [
        town.line(Kind.DOSSIER, dossier),
        town.line(Kind.EXPLANATION, told),
        town.line(Kind.QUOTATION, quotation),
    ]


def ratings() -> RatingsDoc:
    """Thirty-one people, one batch."""
    part = Part(
        answers=(Answer.DONE_WELL,),
        n=31,
        least=20,
        most=20,
        percent_least=65,
        percent_most=65,
        low=47,
        high=79,
    )
    block = Block(
        group=Group.RESIDENT, standing=Standing.UNVERIFIED, unusual=False, relations=(Relation.LOCAL,), n=31,
        parts=(part,), unknown_least=0, unknown_most=4,
    )  # fmt: skip
    total = Total(n=31, parts=(part,), unknown_least=0, unknown_most=4)
    row = Row(
        group=Group.RESIDENT, standing=Standing.UNVERIFIED, everybody=total, without_unusual=total,
        has_unusual=False,
    )  # fmt: skip
    figures = RatingFigures(
        commitment=COMMITMENT, period="2026-Q4", least_cell=5, rows=(row,),
        batches=(Batch(number=1, closed_on=DAY, blocks=(block,)),),
    )  # fmt: skip
    return RatingsDoc(
        ref=f"{COMMITMENT}.2026-q4", programme_ref=PROGRAMME, commitment_ref=COMMITMENT, figures=figures,
        min_batch=25, min_days=7,
    )  # fmt: skip


def found(instance: Path, **changed: object) -> Settings:
    """A new installation in ``instance`` with a document of every kind."""
    return fill(make_settings(instance, **changed))


def fill(settings: Settings) -> Settings:
    """The same in the database of ``settings``, which is empty."""
    upgrade(settings)
    write(settings, [*town.first_lines(), *town.later_lines(), *voices(), *evaluation()])
    return settings
