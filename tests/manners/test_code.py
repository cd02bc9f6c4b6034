"""How code is written here: it says what it is for, reads no clock and no environment of its own accord."""

import ast
import re
import tokenize
from collections.abc import Callable
from io import StringIO

import pytest
from source import FOLDERS, Module, functions, module, modules, nodes, public_functions

MAY_READ_ENVIRONMENT = ("portal/settings.py", "portal/wsgi.py", "portal/commands/")
MAY_READ_THE_CLOCK = ("portal/kernel/clock.py",)
SPEAKS_TO_A_TERMINAL = ("portal/kernel/fonts.py",)  # run by hand: python -m portal.kernel.fonts

# What these ignores say is the whole reason: a library without types, or Flask's own idiom.
SELF_EXPLAINING = {"import-untyped", "no-untyped-call", "misc", "method-assign"}
_NOQA = re.compile(r"#\s*noqa\b(?P<codes>:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?(?P<reason>.*)")
_IGNORE = re.compile(r"#\s*type:\s*ignore(\[(?P<codes>[\w,\s-]+)\])?(?P<reason>.*)")
_UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
_SENTENCE = re.compile(r"^\S.*[.?!:]$")


def undescribed(of: Module) -> list[str]:
    """A module that does not open with one sentence saying what it is for."""
    first, _, rest = (ast.get_docstring(of.tree, clean=False) or "").partition("\n")
    if not _SENTENCE.match(first):
        return [f"{of.path}: open it with one sentence, on one line, that says what it is for"]
    is_one = not rest or rest.startswith("\n")
    return [] if is_one else [f"{of.path}: the first sentence does not end on its line"]


def undocumented(of: Module) -> list[str]:
    """Public functions and classes that leave their meaning to be guessed."""
    public = [n for n in of.tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    return [
        f"{of.path}:{node.lineno}: say what {node.name} means: units, errors, what it gives"
        for node in (*public_functions(of), *public)
        if not ast.get_docstring(node) and not is_overload(node)
    ]


def is_overload(node: ast.AST) -> bool:
    return any(
        getattr(d, "id", getattr(d, "attr", "")) == "overload" for d in getattr(node, "decorator_list", ())
    )


def unannotated(of: Module) -> list[str]:
    """Functions whose arguments or result have no type."""
    found = []
    for node in functions(of):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        rest = [a for a in (node.args.vararg, node.args.kwarg) if a]
        bare = [a.arg for a in (*arguments, *rest) if a.annotation is None and a.arg not in ("self", "cls")]
        if bare or node.returns is None:
            found.append(
                f"{of.path}:{node.lineno}: {node.name} lacks types: {', '.join(bare) or 'its result'}"
            )
    return found


def prints(of: Module) -> list[str]:
    """Output past the command line's own way."""
    if of.path.startswith(SPEAKS_TO_A_TERMINAL):
        return []
    return [
        f"{of.path}:{node.lineno}: print; commands use click.echo, everything else tells an event or logs"
        for node in nodes(of)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("print", "breakpoint", "pprint")
    ]


def swallowed(of: Module) -> list[str]:
    """Handlers that catch what they do not name."""
    found = []
    for node in nodes(of):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else set()
        if node.type is None:
            found.append(f"{of.path}:{node.lineno}: a bare except; name what may happen")
        elif caught & {"Exception", "BaseException"} and not is_explained(of, node):
            found.append(f"{of.path}:{node.lineno}: catches everything; say beside it why that is right")
    return found


def is_explained(of: Module, node: ast.ExceptHandler) -> bool:
    return "#" in of.lines[node.lineno - 1] or any(isinstance(n, ast.Raise) for n in ast.walk(node))


def environment(of: Module) -> list[str]:
    """Reading the environment where settings should have been handed in."""
    if of.path.startswith(MAY_READ_ENVIRONMENT):
        return []
    return [
        f"{of.path}:{node.lineno}: reads the environment; take it from Settings"
        for node in nodes(of)
        if (isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb"))
        and getattr(node.value, "id", "") == "os"
    ]


def clocks(of: Module) -> list[str]:
    """Reading the clock where the time should have been handed in."""
    if of.path.startswith(MAY_READ_THE_CLOCK):
        return []
    return [
        f"{of.path}:{node.lineno}: reads the clock; take now= or today= from the unit of work"
        for node in nodes(of)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("now", "today", "utcnow")
        and getattr(node.func.value, "id", getattr(node.func.value, "attr", "")) in ("datetime", "date")
    ]


def comments(of: Module) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(StringIO(of.source).readline)
    return [(t.start[0], t.string) for t in tokens if t.type == tokenize.COMMENT]


def unreasoned(of: Module) -> list[str]:
    """Ignored lint or type faults without a reason, or without saying which fault."""
    found = []
    patterns = (_NOQA,) if of.path.startswith("tests/") else (_NOQA, _IGNORE)  # tests are not type-checked
    for line, text in comments(of):
        for pattern in patterns:
            if not (seen := pattern.search(text)):
                continue
            codes = {
                code.strip(" :") for code in re.split(r"[,\s]+", seen["codes"] or "") if code.strip(" :")
            }
            above = of.lines[line - 2].strip() if line > 1 else ""
            reason = seen["reason"].strip(" #()") or (above if above.startswith("#") else "")
            if not codes or not (len(reason) >= 8 or codes <= SELF_EXPLAINING):
                found.append(f"{of.path}:{line}: {text.strip()}: say which fault, and after it why")
    return found


def unfinished(of: Module) -> list[str]:
    """Notes of what somebody meant to do."""
    return [
        f"{of.path}:{n}: {line.strip()}: do it, or write an issue"
        for n, line in enumerate(of.lines, 1)
        if _UNFINISHED.search(line) and "_UNFINISHED" not in line and "UNFINISHED_NOTES" not in line
    ]


Manner = Callable[[Module], list[str]]

# Each manner, where it holds, and code without manners by which it is known to work.
UNFINISHED_NOTES = ("x = 1  # TODO later", "# FIXME")
MANNERS: dict[Manner, tuple[tuple[str, ...], tuple[str, ...]]] = {
    undescribed: (
        FOLDERS,
        ("x = 1", '"""no stop"""', '"""One sentence\nover two lines."""', '""" Blank."""'),
    ),
    undocumented: (
        ("portal",),
        ("def f() -> None: ...", "class A: ...", 'class A:\n    """A."""\n    def f(self): ...'),
    ),
    unannotated: (
        ("portal", "benchmarks"),
        (
            "def f(x) -> int: ...",
            "def f(x: int): ...",
            "def f(*a, k: int) -> int: ...",
            "def f(**k) -> int: ...",
        ),
    ),
    prints: (("portal",), ("print(1)", "def f():\n    breakpoint()")),
    swallowed: (
        FOLDERS,
        (
            "try: f()\nexcept: pass",
            "try: f()\nexcept Exception: pass",
            "try: f()\nexcept (ValueError, Exception): g()",
        ),
    ),
    environment: (("portal",), ("import os\nx = os.environ['A']", "import os\nos.getenv('A')")),
    clocks: (
        ("portal",),
        ("datetime.now()", "date.today()", "datetime.datetime.now(UTC)", "x = datetime.utcnow()"),
    ),
    unreasoned: (
        FOLDERS,
        (
            "x = 1  # noqa",
            "x = 1  # noqa: E501",
            "x = 1  # type: ignore",
            "x = 1  # type: ignore[assignment]",
        ),
    ),
    unfinished: (FOLDERS, UNFINISHED_NOTES),
}
WELL_BEHAVED = '''"""One sentence that says what it is for."""

from datetime import datetime

import brotli  # type: ignore[import-untyped]


def f(clock: object, *names: str, **more: int) -> None:
    """Do it."""
    try:
        clock.now()  # type: ignore[attr-defined]  # any clock will do
    except Exception:  # whatever a clock may raise
        return
    except BaseException:
        raise
    datetime.fromisoformat("")  # noqa: B018  (only to see it raise)


class _Own:
    def f(self) -> None: ...
'''


@pytest.mark.parametrize("manner", MANNERS, ids=lambda m: m.__name__)
def test_it_is_kept(manner: Manner) -> None:
    folders, _ = MANNERS[manner]
    assert [fault for of in modules(*folders) for fault in manner(of)] == []


@pytest.mark.parametrize("manner", MANNERS, ids=lambda m: m.__name__)
def test_its_breach_is_seen(manner: Manner) -> None:
    for source in MANNERS[manner][1]:
        assert manner(module(source)), source
    assert manner(module(WELL_BEHAVED)) == []


def test_those_who_may_do_it() -> None:
    assert environment(module("import os\nos.environ", "portal/settings.py")) == []
    assert clocks(module("datetime.now()", "portal/kernel/clock.py")) == []
