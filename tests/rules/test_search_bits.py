"""Sets and numbers as integers answer as plain Python would."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.record.search import bits

NUMBERS = st.lists(st.integers(0, 600), max_size=300)
VALUES = st.lists(st.integers(0, 5000), min_size=1, max_size=80)


@settings(deadline=None)
@given(NUMBERS)
def test_a_set_holds_its_members_newest_first(numbers: list[int]) -> None:
    assert list(bits.members(bits.of(numbers))) == sorted(set(numbers), reverse=True)


def test_many_members_and_few_are_built_alike() -> None:
    many = list(range(0, 4000, 3))
    assert bits.of(many) == sum(1 << n for n in many)


@settings(deadline=None)
@given(VALUES, st.data())
def test_order_paging_and_thresholds(values: list[int], data: st.DataObject) -> None:
    members = data.draw(st.sets(st.sampled_from(range(len(values)))))
    start = data.draw(st.integers(0, 90))
    stop = start + data.draw(st.integers(0, 30))
    candidates, slices = bits.of(list(members)), bits.slices_of(values)
    best_first = sorted(members, key=lambda n: (-values[n], -n))
    least_first = sorted(members, key=lambda n: (values[n], -n))
    assert bits.ordered(candidates, slices, start, stop) == best_first[start:stop]
    assert bits.ordered(candidates, slices, start, stop, ascending=True) == least_first[start:stop]
    assert bits.highest(candidates, slices) == max((values[n] for n in members), default=0)
    least = data.draw(st.integers(0, 6000))
    assert bits.at_least(candidates, slices, least) == bits.of([n for n in members if values[n] >= least])


@settings(deadline=None)
@given(VALUES)
def test_values_put_one_by_one_are_the_same_slices(values: list[int]) -> None:
    grown: list[int] = []
    for number, value in enumerate(values):
        bits.put(grown, number, value)
    assert grown == bits.slices_of(values)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sets(st.integers(0, 30)), st.integers(0, 40)), max_size=12))
def test_sums_are_sums(parts: list[tuple[set[int], int]]) -> None:
    slices: list[int] = []
    for members, weight in parts:
        bits.add(slices, bits.of(list(members)), weight)
    for number in range(31):
        total = sum(weight for members, weight in parts if number in members)
        assert sum((s >> number & 1) << j for j, s in enumerate(slices)) == total
