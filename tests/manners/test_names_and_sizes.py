"""Files and functions of a size to feel at home in, under names that say what is inside."""

import statistics
from pathlib import PurePosixPath

import pytest
from source import FOLDERS, Module, functions, module, modules, tracked

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
LONGEST_TEST = 450  # a file of tests tells one story to its end; everything else keeps to 300
LONGEST_EXAMPLE = 45  # in tests and benchmarks: a made-up document names every field
MEDIAN_FILE, MEDIAN_FUNCTION = 120, 7
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff", "base_utils"}

# A schema written out by the migration tool is one long list, and stays as it was released.
WRITTEN_OUT = ("portal/migrations/versions/",)

# Tests that grew before anybody looked. They may shrink and leave this list; nothing may join it.
STILL_LONG: set[str] = set()


def judged(*folders: str) -> list[Module]:
    return [m for m in modules(*folders) if not m.path.startswith(WRITTEN_OUT)]


def long_files(some: list[Module]) -> list[str]:
    return [m.path for m in some if len(m.lines) > (LONGEST_TEST if is_test(m) else LONGEST_FILE)]


def is_test(of: Module) -> bool:
    return of.path.rpartition("/")[2].startswith("test_")


def lengths(some: list[Module]) -> list[tuple[int, str]]:
    return [
        ((node.end_lineno or 0) - node.lineno + 1, f"{m.path}:{node.lineno} {node.name}")
        for m in some
        for node in functions(m)
    ]


def long_functions(some: list[Module]) -> list[str]:
    return [
        where
        for length, where in lengths(some)
        if length > (LONGEST_FUNCTION if where.startswith("portal/") else LONGEST_EXAMPLE)
    ]


def test_no_file_is_longer_than_one_can_read() -> None:
    found = set(long_files(judged(*FOLDERS)))
    assert found - STILL_LONG == set(), f"more than {LONGEST_FILE} lines: find the two files in it"
    assert STILL_LONG - found == set(), "short enough now: take it off STILL_LONG"


def test_no_function_is_longer_than_a_screen() -> None:
    found = long_functions(judged(*FOLDERS))
    assert found == [], f"more than {LONGEST_FUNCTION} lines: name its parts"


def test_half_of_the_files_and_functions_are_small() -> None:
    some = judged("portal")
    assert statistics.median(len(m.lines) for m in some) <= MEDIAN_FILE
    assert statistics.median(length for length, _ in lengths(some)) <= MEDIAN_FUNCTION


def drawers(paths: tuple[str, ...]) -> list[str]:
    """Files and folders named after nothing in particular."""
    return [
        path for path in paths if {PurePosixPath(part).stem.lower() for part in path.split("/")} & DRAWERS
    ]


def test_nothing_is_called_utils_or_helpers() -> None:
    assert drawers(tracked()) == [], "name it after what it knows"
    assert drawers(tuple(m.path for m in modules(*FOLDERS))) == []


def test_every_package_of_the_house_is_one() -> None:
    """A folder of modules without ``__init__.py`` would be left out of the wheel's package."""
    folders = {m.path.rpartition("/")[0] for m in modules("portal")}
    marked = {m.path.rpartition("/")[0] for m in modules("portal") if m.path.endswith("/__init__.py")}
    assert folders - marked - {"portal/migrations/versions"} == set()


@pytest.mark.parametrize(
    "path", ["portal/kernel/utils.py", "portal/helpers/x.py", "templates/parts/common.html"]
)
def test_a_drawer_is_seen(path: str) -> None:
    assert drawers((path, "portal/kernel/clock.py")) == [path]


def test_a_long_one_is_seen() -> None:
    body = "\n".join(f"    x = {n}" for n in range(LONGEST_FUNCTION))
    assert long_functions([module(f"def f():\n{body}")]) == ["portal/made_up.py:1 f"]
    assert long_functions([module(f"def f():\n{body}".rsplit("\n", 1)[0])]) == []
    assert long_files([module("x = 1\n" * (LONGEST_FILE + 1))]) == ["portal/made_up.py"]
    assert long_files([module("x = 1\n" * LONGEST_FILE)]) == []
