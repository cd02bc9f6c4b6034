"""Template wall: the public door can show only its own templates, and they know no word of the office."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from jinja2 import Environment, StrictUndefined, TemplateNotFound, UndefinedError, meta, nodes
from sqlalchemy import inspect
from world import World

from portal import record
from portal.doors.language import LANGUAGES
from portal.doors.looks import Looks, find_folder
from portal.doors.public import FOLDERS, SHEETS
from portal.doors.stage import Stage
from portal.kernel.db import Base
from portal.kernel.sealed import SealedType
from portal.migrations import metadata

TEMPLATES = find_folder("templates")
PORTAL = Path(__file__).parents[2] / "portal"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
MINE = [name for name in NAMES if name.startswith(("public/", "parts/"))]
OTHERS = [name for name in NAMES if not name.startswith(("public/", "parts/"))]

# Where a text goes out unescaped, and why that is no way in.
UNESCAPED = {
    "templates/parts/marks.html": "the shapes are SVG paths written in this very file",
    "portal/doors/looks.py": "the style sheets, read from static/css",
    "portal/doors/stage.py": "a fixed lang attribute",
    "portal/doors/spoken.py": "the words of our own catalogues; what is put into them is escaped",
    "portal/doors/public/sharing.py": "what is put in is escaped, in JSON whatever could end it",
    "portal/doors/public/pages/search.py": "the pieces are escaped one by one",
    "portal/kernel/rich.py": "officers' guidance, cleaned by bleach and nh3; the public door has none",
    "portal/doors/desk/library.py": "a QR code drawn by segno from our own address",
}
_UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(|\|\s*xmlattr\b")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The stage of the public door."""
    return World(tmp_path_factory.mktemp("world")).public.extensions["stage"]


@pytest.fixture(scope="module", params=LANGUAGES)
def public(stage: Stage, request: pytest.FixtureRequest) -> Environment:
    """How the public door shows templates, in one of its languages."""
    return stage.environments[request.param]


@pytest.mark.parametrize("name", MINE)
def test_every_template_of_the_public_door_parses(public: Environment, name: str) -> None:
    assert callable(public.get_template(name).root_render_func)


@pytest.mark.parametrize("name", OTHERS)
def test_the_public_door_cannot_load_another_template(public: Environment, name: str) -> None:
    for way in (
        name,
        f"public/../{name}",
        f"parts/../{name}",
        f"/{name}",
        f"./{name}",
        name.split("/", 1)[1],
    ):
        with pytest.raises(TemplateNotFound):
            public.get_template(way)


def test_there_is_something_not_to_load() -> None:
    """The positive control: the desk's own stage shows what the public one cannot."""
    assert any(name.startswith("desk/") for name in OTHERS)
    wide = Stage((*FOLDERS, "desk"), Looks(find_folder("static"), SHEETS), {})
    assert wide.environments[LANGUAGES[0]].get_template("desk/home.html")


def test_a_name_that_is_not_there_is_a_fault(public: Environment) -> None:
    assert public.undefined is StrictUndefined
    assert public.autoescape is True
    with pytest.raises(UndefinedError):
        public.from_string("{{ withheld }}").render()
    assert public.from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("name", MINE)
def test_it_takes_in_only_templates_it_may_see(public: Environment, name: str) -> None:
    assert public.loader
    source = public.loader.get_source(public, name)[0]
    for used in meta.find_referenced_templates(public.parse(source)):
        assert used in MINE, f"{name} takes in {used}"


def names_used(tree: nodes.Template) -> Iterator[str]:
    """Every name the template asks for: attributes, keys, and variables that it does not make itself."""
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    own |= {str(name) for taken in tree.find_all(nodes.FromImport) for name in taken.names}
    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.Getitem)):
        if isinstance(node, nodes.Name) and node.name not in own:
            yield node.name
        elif isinstance(node, nodes.Getattr) and not _is_loop(node.node):
            yield node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            yield str(node.arg.value)


def _is_loop(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"  # what Jinja tells of a loop: first, last


def public_words() -> set[str]:
    """The fields of everything the record holds or makes of what it holds."""
    modules = (import_module(m.name) for m in walk_packages(record.__path__, "portal.record."))
    classes = (cls for module in modules for cls in vars(module).values())
    return {field for cls in classes for field in getattr(cls, "__dataclass_fields__", ())}


def office_words() -> set[str]:
    """Names that only drafts and officers have: the office's columns that nothing of the record has."""
    assert metadata.ROOMS
    office = {
        column.key
        for mapper in Base.registry.mappers
        for column in inspect(mapper).columns
        if mapper.local_table.name.startswith("office_")
    }
    ours = {"id", "place", "state", "name", "at", "event", "version", "email", "active", "profile", "digest"}
    ours |= {"answers", "signed_in", "commitment"}  # the form, the visit, and the document both are about
    always = {"open", "_stored", "disclosed", "draft", "officer", "office", "Reason"}
    return always | office - public_words() - ours


@pytest.mark.parametrize("name", MINE)
def test_it_knows_no_word_of_the_office(public: Environment, name: str) -> None:
    assert public.loader
    used = set(names_used(public.parse(public.loader.get_source(public, name)[0])))
    assert used & office_words() == set()


def test_a_word_of_the_office_is_seen(public: Environment) -> None:
    """The positive control."""
    tree = public.parse("{{ doc.withheld_basis }} {{ row['declared_by'] }} {{ officer }} {{ x.open() }}")
    assert set(names_used(tree)) & office_words() == {"withheld_basis", "declared_by", "officer", "open"}
    sealed = {c.key for m in Base.registry.mappers for c in m.columns if isinstance(c.type, SealedType)}
    assert len(office_words() & sealed) >= 4


def test_nothing_goes_out_unescaped_without_a_reason() -> None:
    house = PORTAL.parent
    files = [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.xml"), *PORTAL.rglob("*.py")]
    found = {
        str(path.relative_to(house)) for path in files if _UNESCAPED.search(path.read_text(encoding="utf-8"))
    }
    assert found == UNESCAPED.keys(), "say in UNESCAPED why it is no way in, or let Jinja escape it"


@pytest.mark.parametrize(
    "careless",
    ["{{ x|safe }}", "{{ x | safe }}", "{% autoescape false %}", "Markup(words)", "{{ d|xmlattr }}"],
)
def test_an_unescaped_text_is_seen(careless: str) -> None:
    assert _UNESCAPED.search(careless)
