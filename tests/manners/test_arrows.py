"""Imports point one way: the arrows of the architecture, read from every import statement there is."""

import sys
from collections.abc import Iterable

import pytest
from source import Module, imports, module, modules

SHARED_DOORS = tuple(
    f"portal.doors.{name}"
    for name in (
        "charts",
        "formats",
        "headers",
        "language",
        "looks",
        "parts",
        "plain_code",
        "readings",
        "spoken",
        "stage",
    )
)
DOCUMENTS = ("portal.record.documents", "portal.record.terms", "portal.record.voice")
KERNEL, SETTINGS, OFFICE, VALVE = "portal.kernel", "portal.settings", "portal.office", "portal.publication"
RECORD, INBOX, FEEDBACK = "portal.record", "portal.inbox", "portal.inbox.feedback"
EVERYTHING = ("portal",)

# What may import what. The longest matching prefix decides; within one package everything may.
# A room of the office may know other rooms and the words of public documents, never the valve or the log.
ARROWS: dict[str, tuple[str, ...]] = {
    "portal.settings": (),
    "portal.kernel": (SETTINGS,),
    "portal.record": (KERNEL,),
    "portal.inbox": (KERNEL, *DOCUMENTS),
    OFFICE: (KERNEL, SETTINGS, OFFICE, *DOCUMENTS),
    # It reads what residents wrote, and decides; what becomes public of it goes through the valve.
    "portal.office.moderation": (
        *(KERNEL, SETTINGS, OFFICE, INBOX, VALVE, *DOCUMENTS),
        *("portal.record.moderation_words", "portal.record.transparency", "portal.record.checkpoint"),
    ),
    # Who attests, and who types paper slips, fills what the public door asks for; neither reads the inbox.
    "portal.office.attesting": (KERNEL, SETTINGS, OFFICE, *DOCUMENTS, "portal.inbox.signin"),
    "portal.office.slips": (KERNEL, SETTINGS, OFFICE, *DOCUMENTS, FEEDBACK, "portal.inbox.signin"),
    "portal.office.progress": (KERNEL, SETTINGS, OFFICE, *DOCUMENTS, "portal.record.updates"),
    # The figures are public words (record.ratings); the counting of inbox words is the office's.
    "portal.office.ratings": (KERNEL, SETTINGS, OFFICE, *DOCUMENTS, "portal.record.ratings"),
    "portal.office.evaluation": (KERNEL, SETTINGS, OFFICE, RECORD, FEEDBACK),
    "portal.publication": (KERNEL, SETTINGS, OFFICE, FEEDBACK, RECORD),
    "portal.doors": (KERNEL, SETTINGS, *SHARED_DOORS),
    "portal.doors.readings": (KERNEL, RECORD, *SHARED_DOORS),  # what both doors show of a public document
    "portal.doors.public": (KERNEL, SETTINGS, RECORD, INBOX, *SHARED_DOORS),
    "portal.doors.desk": (
        *(KERNEL, SETTINGS, RECORD, INBOX, OFFICE, VALVE),
        *("portal.doors.desk.mirror", *SHARED_DOORS),
    ),
    # The preview shows the public door's own pages: what is looked at is what will be read.
    "portal.doors.desk.mirror": (
        *(KERNEL, SETTINGS, RECORD, INBOX, OFFICE, VALVE),
        *("portal.doors.public", "portal.doors.desk", *SHARED_DOORS),
    ),
    "portal.migrations": (KERNEL, SETTINGS, RECORD, INBOX, OFFICE, VALVE),
    # Where everything is put together; nobody imports these.
    "portal.commands": EVERYTHING,
    "portal.sample": EVERYTHING,
    "portal.cli": EVERYTHING,
    "portal.wsgi": EVERYTHING,
    "portal.__main__": EVERYTHING,
}
PUBLIC_MAY_REACH = (*ARROWS["portal.doors.public"], "portal.doors.public")


def is_in(name: str, packages: Iterable[str]) -> bool:
    """Whether ``name`` is one of ``packages`` or lies in one."""
    return any(name == package or name.startswith(package + ".") for package in packages)


def home(name: str) -> str:
    """The entry of ARROWS that speaks for the module ``name``."""
    return max((package for package in ARROWS if is_in(name, [package])), key=len, default="")


def own_imports(of: Module, known: frozenset[str]) -> list[tuple[int, str]]:
    """The portal's modules that ``of`` imports, with the line."""
    found = []
    for node, name in imports(of):
        if is_in(name, EVERYTHING):
            found.append((node.lineno, name if name in known else name.rpartition(".")[0]))
    return found


def names(all_modules: Iterable[Module]) -> frozenset[str]:
    return frozenset(m.name for m in all_modules)


def faults(all_modules: tuple[Module, ...]) -> list[str]:
    """Every import that no arrow allows."""
    known, found = names(all_modules), []
    for of in all_modules:
        here = home(of.name)
        if not here and of.name != "portal":
            found.append(f"{of.path}: in no package of ARROWS; say there what it may import")
            continue
        found += [
            f"{of.path}:{line}: {here} may not import {name}; let the caller bring what is needed, or move it"
            for line, name in own_imports(of, known)
            if home(name) != here and not is_in(name, ARROWS.get(here, ()))
        ]
    return found


def reach(start: str, all_modules: tuple[Module, ...]) -> set[str]:
    """Everything that may be loaded once ``start`` is: its imports and theirs, those in functions too."""
    known = names(all_modules)
    by_name = {m.name: m for m in all_modules}
    waiting = [name for name in known if is_in(name, [start])]
    seen = set(waiting)
    while waiting:
        for _, name in own_imports(by_name[waiting.pop()], known):
            parts = name.split(".")
            for parent in {".".join(parts[:n]) for n in range(1, len(parts) + 1)} & known - seen:
                seen.add(parent)
                waiting.append(parent)
    return seen


def test_imports_point_one_way() -> None:
    assert faults(modules("portal")) == []


def test_the_public_door_reaches_nothing_else_not_even_indirectly() -> None:
    found = reach("portal.doors.public", modules("portal"))
    assert "portal.record.reads" in found
    assert [
        n for n in sorted(found) if not is_in(n, PUBLIC_MAY_REACH) and n not in ("portal", "portal.doors")
    ] == []


def test_the_record_is_independent_of_everything_but_the_kernel() -> None:
    found = reach("portal.record", modules("portal"))
    assert [
        n
        for n in found
        if not is_in(n, ("portal.record", "portal.kernel", "portal.settings")) and n != "portal"
    ] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("portal/doors/public/pages/made_up.py", "from portal.office.programme.tables import Programme"),
        ("portal/doors/public/pages/made_up.py", "import portal.publication.bases"),
        ("portal/doors/looks.py", "from portal.doors import public"),
        (
            "portal/record/made_up.py",
            "def f():\n    from portal.office import units  # here, because I like it",
        ),
        ("portal/kernel/made_up.py", "from portal.record import reads"),
        ("portal/office/programme/made_up.py", "from portal.publication.acts import publish"),
        ("portal/office/programme/made_up.py", "from portal.record.append import append"),
        ("portal/office/units/made_up.py", "from portal.inbox.feedback import tables"),
        ("portal/inbox/feedback/made_up.py", "from portal.record import reads"),
        ("portal/publication/made_up.py", "from portal.doors.desk import gate"),
        ("portal/office/units/made_up.py", "from portal.commands.office import at_the_desk"),
        ("portal/elsewhere/made_up.py", "import json"),
    ],
)
def test_a_wrong_arrow_is_seen(path: str, source: str) -> None:
    real = modules("portal")
    assert faults((*real, module(source, path))) != faults(real)


# --- rules.py: pure, so that a rule can be read, tested and trusted alone --------------------------


def impure(of: Module, all_modules: tuple[Module, ...]) -> list[str]:
    """Imports of ``of``, or of what it stands on, that leave the standard library."""
    by_name = {m.name: m for m in all_modules} | {of.name: of}
    known = frozenset(by_name)
    waiting, seen, found = [of.name], {of.name}, []
    while waiting:
        here = by_name[waiting.pop()]
        for node, name in imports(here):
            top = name.split(".")[0]
            if top != "portal" and top not in sys.stdlib_module_names:
                found.append(f"{of.path}: stands on {here.path}:{node.lineno}, which needs {top}")
        for _, name in own_imports(here, known):
            if name in known and name not in seen:
                seen.add(name)
                waiting.append(name)
    return found


def rules() -> list[Module]:
    return [
        m for m in modules("portal") if m.path.endswith("/rules.py") or m.path == "portal/kernel/policy.py"
    ]


def test_rules_stand_on_the_standard_library_alone() -> None:
    assert len(rules()) >= 3
    assert [fault for of in rules() for fault in impure(of, modules("portal"))] == []


@pytest.mark.parametrize(
    "source",
    [
        "from sqlalchemy import select",
        "import flask",
        "from portal.kernel.db import Base",
        "def f():\n    from portal.record import reads",
    ],
)
def test_an_impure_rule_is_seen(source: str) -> None:
    assert impure(module(source, "portal/office/made_up/rules.py"), modules("portal"))


# --- imports inside functions ----------------------------------------------------------------------


def unexplained(of: Module) -> list[str]:
    """Imports inside functions that say nowhere near why they are there."""
    top = {id(node) for node in of.tree.body}
    blocks = [node for node in of.tree.body if hasattr(node, "body") and not hasattr(node, "args")]
    lines, found, excused = of.lines, [], -1
    for line, node in sorted({(n.lineno, n) for n, _ in imports(of)}, key=lambda pair: pair[0]):
        if id(node) in top or any(node in getattr(block, "body", ()) for block in blocks):
            continue
        beside = "#" in lines[line - 1] or lines[line - 2].strip().startswith("#")
        if beside or excused == line - 1:
            excused = node.end_lineno or line  # the next line belongs to the same reason
        else:
            found.append(f"{of.path}:{line}: an import inside a function; say beside it why, or move it up")
    return found


def test_an_import_inside_a_function_says_why() -> None:
    assert [fault for of in modules("portal") for fault in unexplained(of)] == []


def test_an_unexplained_import_is_seen() -> None:
    assert unexplained(module("def f():\n    import json"))
    assert unexplained(module("class A:\n    def f(self):\n        x = 1\n        from json import loads"))
    assert not unexplained(module("def f():\n    import json  # here, because it is rare\n    import csv"))
    assert not unexplained(module("import json\nif True:\n    import csv"))
