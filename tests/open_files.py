"""A record with rows for every open table, formulas wherever people write; reading the open files."""

import csv
import io
import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import town
import town_procedures
from dossier_town import Q4, comment_lines, ratings_line
from hostile_texts import spoil
from townhall import NOW, make_settings, write

from portal.commands.followers import public_log
from portal.commands.opendata import build_now, folder_of
from portal.migrations.upgrade import upgrade
from portal.record.append import Line
from portal.record.documents import (
    Act,
    Change,
    EvidenceDoc,
    Kind,
    Notice,
    PostingDoc,
    ReasonCount,
    ThemeDoc,
    TombstoneDoc,
    TransparencyDoc,
)
from portal.record.evaluation.document import (
    AccountDoc,
    CauseKind,
    DossierDoc,
    ExplanationDoc,
    Use,
    UsedThemeDoc,
)
from portal.record.opendata import shelf
from portal.record.opendata.shelf import Manifest
from portal.record.voice import ReplyDoc
from portal.settings import Settings

DAY = date(2026, 11, 20)
BEGINS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "－", "'=", "=cmd|'/c calc'!A0&")
TAILS = ("1+1", 'HYPERLINK("http://x.example","y")', "SUM(1,2)")
FORMULAS = tuple(f"{begin}{tail}" for begin in BEGINS for tail in TAILS)
CK, CT, GONE = "ckmo1", "ctmo1", "ckmogone"


def settings_with_everything(instance: Path, **changed: object) -> Settings:
    """An installation whose record has rows for every table."""
    settings = replace(make_settings(instance), **changed)  # type: ignore[arg-type]
    upgrade(settings)
    write(settings, town.first_lines(), NOW - timedelta(days=2))
    write(settings, hostile_lines(), NOW - timedelta(days=1))
    write(settings, town.later_lines(), NOW)
    return settings


def hostile_lines() -> Iterator[Line]:
    """One document of each kind with a formula wherever somebody wrote."""
    words = itertools.cycle(FORMULAS)
    change = Change(field="target", before=next(words), after=next(words), kind="target_lowered")
    told = Notice(reason=next(words), document=next(words), changes=(change,))
    unit = replace(spoil(town.units()["phuong-minh-tan-cu"], words, slug="xa-mo"), code="91234")
    yield town.line(Kind.UNIT, unit)
    base = replace(
        town.commitments()["TN-02"],
        milestones=town.commitments()["QH-04"].milestones,
        evidence=(EvidenceDoc(sha256="a" * 64, media_type="application/pdf", size=7, description="",
                              added_on=DAY),),
    )  # fmt: skip
    doc = spoil(base, words, ref=CK, programme_ref=CT)
    yield town.line(Kind.COMMITMENT, doc)
    yield town.line(Kind.COMMITMENT, doc, Act.AMEND, told)
    posting = PostingDoc(place="", posted_on=DAY, planned_until=DAY + timedelta(days=20))
    plan = replace(town.programme("ct0chairman", town.CHAIR, "", withheld=1), postings=(posting,))
    yield town.line(Kind.PROGRAMME, spoil(plan, words, ref=CT))
    comments = [line for n in range(12) for line in comment_lines(Random(n), f"yk{n}", CT, CK)]
    yield from comments
    yield town.line(Kind.COMMENT, spoil(comments[0].document, words, ref="ykmo"))
    reply = ReplyDoc(text="", by="", replied_on=DAY)
    theme = ThemeDoc(
        ref="", programme_ref="", title="", comments=("yk0",), asked_on=DAY, due_on=DAY, reply=reply
    )
    yield town.line(Kind.THEME, spoil(theme, words, ref="nhommo", programme_ref=CT))
    yield town.line(Kind.PROCEDURES, spoil(town_procedures.results("xa-mo"), words, ref="xa-mo/thu-tuc"))
    yield ratings_line(3, CT, CK)
    yield from _evaluation(words)
    yield town.line(Kind.COMMITMENT, replace(doc, ref=GONE, text="Nội dung sẽ gỡ xylotoken"))
    stone = TombstoneDoc(ref=GONE, withdrawn_on=DAY, reason=next(words))
    yield town.line(Kind.COMMITMENT, stone, Act.WITHDRAW, Notice(reason=stone.reason))


def _evaluation(words: Iterator[str]) -> Iterator[Line]:
    account = AccountDoc(commitment_ref=CK, account="", cause=CauseKind.NONE)
    explained = ExplanationDoc(ref="", programme_ref="", period=Q4, accounts=(account,))
    yield town.line(Kind.EXPLANATION, spoil(explained, words, ref="gtmo", programme_ref=CT, period=Q4))
    used = UsedThemeDoc(theme_ref="nhommo", title="", use=Use.USED, sentence="")
    dossier = DossierDoc(
        ref="", programme_ref="", period=Q4, version=1, frozen_on=DAY, digest="", log_size=3, root_hex="",
        themes=(used,),
    )  # fmt: skip
    yield town.line(Kind.DOSSIER, spoil(dossier, words, ref="dsmo", programme_ref=CT, period=Q4))
    figures = dict.fromkeys(("received", "shown", "masked", "returned", "redirected", "merged"), 3)
    month = TransparencyDoc(
        ref="kiem-duyet-2026-11", month="2026-11", as_of=DAY, refused=(ReasonCount(reason="spam", count=2),),
        median_hours=None, in_time=3, decided=3, appeals=0, overturned=0, upheld=0, **figures,
    )  # fmt: skip
    yield town.line(Kind.TRANSPARENCY, month)


def built(settings: Settings) -> tuple[Path, Manifest]:
    """The files of ``settings`` as the follower makes them now: their folder, and what they hold."""
    with public_log(settings) as log:
        build_now(settings, log)
    manifest = shelf.load(folder_of(settings))
    assert manifest is not None
    return folder_of(settings) / manifest.generation, manifest


def csv_rows(data: bytes) -> list[list[str]]:
    """The rows of a CSV file, the heading first."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def json_rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of a JSON file; figures as the digits they are written with."""
    rows: list[dict[str, Any]] = json.loads(data, parse_float=str)["rows"]
    return rows
