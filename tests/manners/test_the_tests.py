"""A test can fail: it asserts something, sleeps for nobody and measures no time."""

import ast
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from source import Module, functions, module, modules, nodes

_CHECKS = ("assert_", "check", "raises", "fail", "expect", "warns")


def its_tests(of: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in functions(of) if is_test(of) and node.name.startswith("test"))


@cache
def helping() -> frozenset[str]:
    """Functions of the tests' own modules that assert, or raise, on behalf of a test."""
    some = [of for of in modules("tests") if not is_test(of)]
    raising = {
        f.name for of in some for f in functions(of) if any(isinstance(n, ast.Raise) for n in ast.walk(f))
    }
    return frozenset(name for of in some for name in checking(of, frozenset(raising)))


def is_test(of: Module) -> bool:
    return of.path.rpartition("/")[2].startswith("test_")


def checking(of: Module, known: frozenset[str]) -> set[str]:
    """Functions in ``of`` that assert, directly or through others of them or through ``known`` ones."""
    own = {node.name: node for node in functions(of)}
    found: set[str] = set(known)
    while True:
        more = {name for name, node in own.items() if name not in found and checks(node, found)}
        if not more:
            return found
        found |= more


def checks(node: ast.AST, known: set[str]) -> bool:
    """Whether ``node`` can fail: an assert, a pytest check, or a call of something that can."""
    for part in ast.walk(node):
        if isinstance(part, ast.Assert):
            return True
        if isinstance(part, ast.Call):
            name = getattr(part.func, "id", getattr(part.func, "attr", ""))
            if name in known or name.startswith(_CHECKS):
                return True
    return False


def toothless(of: Module) -> list[str]:
    """Tests that assert nothing."""
    known = checking(of, helping())
    return [
        f"{of.path}:{node.lineno}: {node.name} asserts nothing, so it cannot fail; say what must hold"
        for node in its_tests(of)
        if node.name not in known
    ]


def trivial(of: Module) -> list[str]:
    """Assertions that hold whatever happens."""
    return [
        f"{of.path}:{node.lineno}: this holds whatever happens"
        for node in nodes(of)
        if isinstance(node, ast.Assert)
        and ((isinstance(node.test, ast.Constant) and node.test.value) or isinstance(node.test, ast.Tuple))
    ]


def skipped(of: Module) -> list[str]:
    """Tests switched off for good; ``pytest.skip`` with what this machine lacks is another thing."""
    return [
        f"{of.path}:{node.lineno}: a test switched off; mend what is wrong or take the test away"
        for node in nodes(of)
        if isinstance(node, ast.Attribute)
        and (
            node.attr == "xfail"
            or (node.attr in ("skip", "skipif") and isinstance(node.value, ast.Attribute))
        )
        and not of.path.endswith("manners/test_the_tests.py")
    ]


def timed(of: Module) -> list[str]:
    """Assertions on a stopwatch: they fail on a busy machine and say nothing on a fast one."""
    return [
        f"{of.path}:{node.lineno}: asserts on a clock; speed lives in benchmarks/, as ratios"
        for node in nodes(of)
        if isinstance(node, ast.Assert)
        and any(getattr(part, "attr", "") in ("perf_counter", "monotonic") for part in ast.walk(node))
    ]


MANNERS: dict[Callable[[Module], list[str]], tuple[str, ...]] = {
    toothless: ("def test_x(): f()", "def g(): return 1\ndef test_x(): g()"),
    trivial: ("def test_x():\n    assert True", "def test_x():\n    assert (f(), 'why')"),
    skipped: ("@pytest.mark.skip\ndef test_x(): assert f()", "def test_x():\n    pytest.xfail('later')"),
    timed: ("def test_x():\n    assert time.perf_counter() - t < 1",),
}


@pytest.mark.parametrize("manner", MANNERS, ids=lambda m: m.__name__)
def test_every_test_keeps_it(manner: Callable[[Module], list[str]]) -> None:
    assert [fault for of in modules("tests") for fault in manner(of)] == []


@pytest.mark.parametrize("manner", MANNERS, ids=lambda m: m.__name__)
def test_its_breach_is_seen(manner: Callable[[Module], list[str]]) -> None:
    for source in MANNERS[manner]:
        assert manner(module(source, "tests/test_made_up.py")), source
    honest = (
        "def check(x):\n    assert x\ndef test_a(): check(f())\ndef test_b():\n    with pytest.raises(E): f()"
    )
    assert manner(module(honest, "tests/test_made_up.py")) == []


def test_every_claim_of_zero_in_the_valve_has_its_control() -> None:
    """Every file of the walls holds a test whose docstring or name says it is the control."""
    words = ("control", "is_seen", "red", "can_be", "could", "let_through", "show_a_plain", "really_there")
    for of in modules("tests/valve"):
        if is_test(of):
            text = " ".join(f"{n.name} {ast.get_docstring(n) or ''}" for n in its_tests(of))
            assert any(word in text for word in words), f"{of.path}: where is its positive control?"
