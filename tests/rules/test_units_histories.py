"""Successions of any shape: whatever merged, split or was renamed resolves to what stands; circles never."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.succession import heirs
from portal.office.units.planning import Plan, plan
from portal.office.units.reading import read
from portal.office.units.rows import FIELDS
from portal.office.units.rules import Place


def plan_rows(rows: Sequence[Sequence[str]]) -> Plan:
    data = "\n".join(",".join(row) for row in (FIELDS, *rows)).encode()
    return plan(read(data, filename="a.csv"), [])


def successors(units: Sequence[Place]) -> list[Place]:
    return [arrow.to for unit in units for arrow in unit.arrows]


@dataclass
class History:
    """A made-up history of units, told as CSV rows, with what each unit must have become."""

    rows: list[list[str]] = field(default_factory=list)
    standing: list[int] = field(default_factory=list)  # indices into rows
    today: dict[int, set[int]] = field(default_factory=dict)  # unit -> standing units it became

    def found(self, code: str, on: date) -> int:
        index = len(self.rows)
        self.rows.append([code, f"Xã số {index}", "xã", "", on.isoformat(), "", ""])
        self.standing.append(index)
        self.today[index] = {index}
        return index

    def end(self, index: int, on: date, heirs_of_it: list[int]) -> None:
        self.rows[index][5] = (on - timedelta(days=1)).isoformat()
        self.rows[index][6] = ";".join(self.rows[heir][0] for heir in heirs_of_it)
        self.standing.remove(index)
        for became in self.today.values():
            if index in became:
                became.remove(index)
                became.update(heirs_of_it)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Merges, divisions, renamings and plain endings at successive days, codes recycled at will."""
    told = History()
    for number in range(draw(st.integers(1, 5))):
        told.found(str(number + 1), date(2000, 1, 1))
    for year in range(2001, 2001 + draw(st.integers(0, 5))):
        if not told.standing:
            break
        on = date(year, 1, 1)
        ending = draw(st.lists(st.sampled_from(told.standing), min_size=1, unique=True))
        codes = [told.rows[index][0] for index in ending] + [f"{year}a", f"{year}b"]
        fresh = draw(st.lists(st.sampled_from(codes), max_size=3, unique=True))
        keeping = [index for index in told.standing if index not in ending]
        heirs_of_it = [told.found(code, on) for code in fresh]
        # Perhaps also swallowed by a unit that stays itself.
        heirs_of_it += draw(st.lists(st.sampled_from(keeping), max_size=1)) if keeping else []
        for index in ending:
            told.end(index, on, heirs_of_it)
    return told


@given(histories(), st.randoms())
def test_any_history_resolves_to_what_stands_today(told: History, chance: Random) -> None:
    rows = list(told.rows)
    chance.shuffle(rows)
    planned = plan_rows(rows)
    assert planned.faults == ()
    by_name = {place.name: place for place in planned.places}
    for index, became_of_it in told.today.items():
        found = heirs(by_name[f"Xã số {index}"], date(2026, 11, 24), successors=successors)
        assert {place.name for place in found} == {f"Xã số {heir}" for heir in became_of_it}


@given(histories(), st.data())
def test_a_succession_that_runs_in_a_circle_is_refused(told: History, data: st.DataObject) -> None:
    """Let the last unit of a chain be followed by its own forebear: no day makes that true."""
    ended = [i for i, row in enumerate(told.rows) if row[5]]
    if not ended:
        return
    first = data.draw(st.sampled_from(ended))
    last = data.draw(st.sampled_from(sorted({first, *told.today[first]})))
    row = told.rows[last]
    row[5] = row[5] or "2020-12-31"
    since = told.rows[first][4]
    row[6] = f"{told.rows[first][0]}@{since}"
    assert plan_rows(told.rows).faults
