"""Translating when a template is compiled: a page then costs no look-up per word.

There is one Jinja environment a language, so what ``_("…")`` says is known at compile time. The call
becomes the text itself; with values, the text's pieces with the values between them. Where that is
shown as it is, the pieces are shown one by one, and nothing is put together beforehand. Names that say
the same on every page of a language (``top``, ``vi``) become what they say.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from portal.doors.plain_code import PlainCode, PlainContext

_SLOT = re.compile(r"%\((\w+)\)s")


class SpokenEnvironment(Environment):
    """A Jinja environment that speaks one language; ``speak`` translates a message.

    ``fixed``: names no template and no view gives another value. Texts among them, and texts that are
    an attribute of one, are known at compile time; the rest are globals like any other.
    """

    code_generator_class = PlainCode
    context_class = PlainContext

    def __init__(self, *, speak: Callable[[str], str], fixed: Mapping[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self.globals.update(fixed)
        self._speaker = _Speaker(speak, fixed)
        self._loaded: dict[str, Template] = {}

    def get_template(self, name: Any, *args: Any, **options: Any) -> Template:
        """The template ``name``; none changes while a process runs, so each is loaded once."""
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, *args, **options)
        return found

    def make_globals(self, d: Any) -> Any:
        """The globals themselves: no template has its own, and a chain of one made imports slow."""
        return {**self.globals, **d} if d else self.globals

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        self._speaker.visit(source)
        return super()._generate(source, *args, **kwargs)


class _Speaker(NodeTransformer):
    def __init__(self, speak: Callable[[str], str], fixed: Mapping[str, Any]) -> None:
        self.speak, self.fixed = speak, fixed

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        """Put a fixed text in place of its name."""
        return _text(self.fixed.get(node.name), node) if node.ctx == "load" else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        """Put a fixed text in place of ``name.attribute``."""
        self.generic_visit(node)
        of = node.node.name if isinstance(node.node, nodes.Name) else ""
        return _text(getattr(self.fixed.get(of), node.attr, None), node)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        """Show what is joined only to be shown piece by piece."""
        self.generic_visit(node)
        node.nodes = [piece for shown in node.nodes for piece in _parts(shown)]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Put the translation in place of ``_("constant", name=value, …)``."""
        self.generic_visit(node)
        is_message = isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext")
        if not (is_message and len(node.args) == 1 and isinstance(node.args[0], nodes.Const)):
            return node
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            return node
        values = {pair.key: pair.value for pair in node.kwargs}
        pieces = _pieces(self.speak(node.args[0].value), values)
        return _in_place_of(node, pieces[0] if len(pieces) == 1 else nodes.Concat(pieces))


def _text(value: object, node: nodes.Expr) -> nodes.Node:
    return _in_place_of(node, nodes.Const(value)) if isinstance(value, str) else node


def _in_place_of(node: nodes.Expr, made: nodes.Expr) -> nodes.Expr:
    made.set_lineno(node.lineno)
    if node.environment:
        made.set_environment(node.environment)
    return made


def _parts(shown: nodes.Expr) -> list[nodes.Expr]:
    return shown.nodes if isinstance(shown, nodes.Concat) else [shown]


def _pieces(text: str, values: dict[str, nodes.Expr]) -> list[nodes.Expr]:
    """``text`` cut at its slots, the value of each in between; a message is trusted, a value is not."""
    pieces: list[nodes.Expr] = []
    for n, part in enumerate(_SLOT.split(text)):
        if n % 2:
            pieces.append(values[part])
        elif part or not pieces:
            pieces.append(nodes.Const(Markup(part.replace("%%", "%"))))
    return pieces
