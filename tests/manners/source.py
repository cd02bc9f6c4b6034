"""The house's own source, parsed once: what the manners are read from."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2]
FOLDERS = ("portal", "tests", "benchmarks")


@dataclass(frozen=True, slots=True)
class Module:
    """One file of Python."""

    path: str  # from the house's root, with forward slashes
    source: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.source.splitlines()


def module(source: str, path: str = "portal/made_up.py") -> Module:
    """A module that is nowhere, for the positive controls."""
    return Module(path, source, ast.parse(source))


def modules(*folders: str) -> tuple[Module, ...]:
    """Every module of these folders."""
    return tuple(of for folder in folders for of in _modules(folder))


@cache
def _modules(folder: str) -> tuple[Module, ...]:
    paths = sorted((HOUSE / folder).rglob("*.py"))
    return tuple(module(p.read_text(encoding="utf-8"), p.relative_to(HOUSE).as_posix()) for p in paths)


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the repository, from its root; in an unpacked archive, every file there is."""
    asked = subprocess.run(
        ["git", "-C", HOUSE, "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    if asked.returncode == 0 and asked.stdout:
        return tuple(name for name in asked.stdout.split("\0") if name and (HOUSE / name).is_file())
    hidden = (".venv", ".git", "__pycache__", "instance", "search_index")
    found = (path.relative_to(HOUSE) for path in HOUSE.rglob("*") if path.is_file())
    return tuple(sorted(path.as_posix() for path in found if not set(path.parts) & set(hidden)))


@cache
def nodes(of: Module) -> tuple[ast.AST, ...]:
    """Every node of its tree, in no particular order."""
    return tuple(ast.walk(of.tree))


def functions(of: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in it, methods and inner ones included."""
    return (n for n in nodes(of) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def public_functions(of: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods that others may call: no leading underscore on them or on their class."""
    for node in of.tree.body:
        members = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else [node]
        for member in members:
            if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and not member.name.startswith("_"):
                yield member


@cache
def imports(of: Module) -> tuple[tuple[ast.Import | ast.ImportFrom, str], ...]:
    """Every import statement, wherever it stands, with each full name it may mean."""
    found: list[tuple[ast.Import | ast.ImportFrom, str]] = []
    for node in nodes(of):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node, f"{node.module}.{alias.name}") for alias in node.names]
    return tuple(found)
