"""The public templates: only two folders exist for them, every one parses, nothing undefined is forgiven."""

import pytest
from flask import Flask
from jinja2 import StrictUndefined, TemplateNotFound, nodes
from jinja2.visitor import NodeVisitor

from portal.doors.stage import Stage


@pytest.fixture
def stage(app: Flask) -> Stage:
    """Where the public door shows its templates."""
    found: Stage = app.extensions["stage"]
    return found


def test_every_public_template_compiles_in_both_languages(stage: Stage) -> None:
    for environment in stage.environments.values():
        names = environment.list_templates()
        assert "public/commitment.html" in names
        assert {name.split("/")[0] for name in names} == {"public", "parts"}
        for name in names:
            environment.get_template(name)


@pytest.mark.parametrize(
    "name", ["desk/base.html", "../pyproject.toml", "public/../desk/x.html", "mail/x.txt"]
)
def test_no_other_template_can_be_reached(stage: Stage, name: str) -> None:
    with pytest.raises(TemplateNotFound):
        stage.environments["vi"].get_template(name)


def test_what_is_not_given_is_an_error_not_a_blank(stage: Stage) -> None:
    for environment in stage.environments.values():
        assert environment.undefined is StrictUndefined
        assert environment.autoescape is True


class _Unescaped(NodeVisitor):
    """Collects what a template shows without escaping."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_Filter(self, node: nodes.Filter) -> None:
        """``|safe``"""
        if node.name == "safe":
            self.found.append("safe")
        self.generic_visit(node)


def test_only_our_own_drawings_are_shown_unescaped(stage: Stage) -> None:
    environment = stage.environments["vi"]
    unescaped = {}
    for name in environment.list_templates():
        source = environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]
        visitor = _Unescaped()
        visitor.visit(environment.parse(source))
        if visitor.found:
            unescaped[name] = len(visitor.found)
    assert unescaped == {"parts/marks.html": 2}  # a mark, and its strokes within another drawing
