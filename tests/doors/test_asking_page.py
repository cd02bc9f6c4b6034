"""The page of a commitment asks whether it has really been done, when its time has come."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import town
from reader import Reader
from townhall import make_settings, open_door, write

from portal.kernel.clock import StoppedClock
from portal.kernel.db import db
from portal.migrations.upgrade import upgrade
from portal.record.asking import to_be_asked
from portal.record.documents import FigureState, Kind, ProgressDoc

QUESTION = "Việc này đã thực sự làm xong chưa?"
DECLARED = date(2026, 9, 1)


@pytest.mark.parametrize(("month", "day", "asked"), [(10, 12, False), (10, 13, True), (11, 24, True)])
def test_readers_are_asked_from_the_sixth_week_on(tmp_path: Path, month: int, day: int, asked: bool) -> None:
    report = ProgressDoc(
        reported_on=DECLARED, state=FigureState.FIGURE, value=Decimal(9), note="", source="Minh họa"
    )
    known = next(doc for doc in town.commitments().values() if doc.ref == "ckqh04")
    settings = make_settings(tmp_path)
    upgrade(settings)
    write(settings, [town.line(Kind.COMMITMENT, replace(known, progress=(report,)))])
    now = datetime(2026, month, day, 3, tzinfo=UTC)
    door = open_door(settings, StoppedClock(now))
    page = Reader(door.test_client()).open("/cam-ket/ckqh04")
    assert (QUESTION in page.text) == asked
    with door.app_context(), db.engine.connect() as c:
        due = [doc.ref for doc in to_be_asked(c, today=now.date(), weeks=6)]
    assert due == (["ckqh04"] if asked else [])
