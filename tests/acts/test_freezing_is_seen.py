"""How far a freeze is, where people look: the bar of a real terminal, and the tally of the desk's page."""

import os
import pty
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from evaluated import DANH, commitments, evaluators, open_q4, published
from world import World, who

from portal.commands.long_work import DOERS, Tally, Task
from portal.kernel.policy import Act
from portal.office.evaluation.acts import PeriodForm
from portal.office.evaluation.reads import period_called
from portal.office.jobs.rules import JobKind

PROGRAM = "from portal.cli import portal; portal()"


def test_the_page_of_the_job_counts_commitments(tmp_path: Path) -> None:
    with closing(World(tmp_path / "instance").settle_in()) as world:
        evaluators(world)
        refs = [published(world), published(world)]
        open_q4(world)
        world.clock.at = datetime(2027, 1, 5, tzinfo=UTC)
        with world.work() as w:
            by = who(w, DANH)
            key = period_called(w, "2026-Q4", by=by, act=Act.FREEZE_PERIOD).id
        seen: list[tuple[int, int]] = []

        class Watched(Tally):
            """A tally that remembers every step of it."""

            def __setattr__(self, name: str, value: int) -> None:
                super().__setattr__(name, value)
                if name == "done" and hasattr(self, "total"):
                    seen.append((value, self.total))

        task = Task(world.settings, {"period": str(key)}, by.id, Watched())
        with world.office.app_context():
            assert "2 bản tổng hợp" in DOERS[JobKind.FREEZE_PERIOD](task).said
    count = sum(len(commitments(world, ref)) for ref in refs)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {done for done, _ in seen} >= set(range(1, count + 1))
    assert seen[-1] == (count, count)


def test_a_terminal_shows_a_bar_and_a_file_does_not(tmp_path: Path) -> None:
    with closing(World(tmp_path / "instance").settle_in()) as world:
        evaluators(world)
        published(world)
        for code in ("A", "B"):
            form = PeriodForm(code=code, first=date(2026, 7, 1), last=date(2026, 9, 30))
            open_q4(world, form=form)
        environ = {
            **os.environ, "PORTAL_INSTANCE": str(world.settings.instance), "TERM": "xterm",
            "PORTAL_SEARCH_INDEX": str(world.settings.search_index),
        }  # fmt: skip
        asked = [sys.executable, "-c", PROGRAM, "period", "freeze", "--by", DANH.email]
        mine, theirs = pty.openpty()
        done = subprocess.run([*asked, "A"], env=environ, stdout=subprocess.PIPE, stderr=theirs, check=True)
        os.close(theirs)
        drawn = os.read(mine, 65536).decode()
        os.close(mine)
        assert "100%" in drawn
        assert "compiling" in drawn
        assert "1 bản tổng hợp" in done.stdout.decode()
        quiet = subprocess.run([*asked, "B"], env=environ, capture_output=True, check=True)
        assert "%" not in quiet.stderr.decode()
