"""Translating when a template is compiled: a page then costs no look-up per word.

There is one Jinja environment a language, so what ``_("…")`` says is known at compile time. The call
becomes the text itself; with values, the text's pieces with the values between them.
"""

import re
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

_SLOT = re.compile(r"%\((\w+)\)s")


class SpokenEnvironment(Environment):
    """A Jinja environment that speaks one language; ``speak`` translates a message."""

    def __init__(self, *, speak: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self._speaker = _Speaker(speak)

    def make_globals(self, d: Any) -> Any:
        """The globals themselves: no template has its own, and a chain of one made imports slow."""
        return {**self.globals, **d} if d else self.globals

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        self._speaker.visit(source)
        return super()._generate(source, *args, **kwargs)


class _Speaker(NodeTransformer):
    def __init__(self, speak: Callable[[str], str]) -> None:
        self.speak = speak

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
        made = pieces[0] if len(pieces) == 1 else nodes.Concat(pieces)
        made.set_lineno(node.lineno)
        if node.environment:
            made.set_environment(node.environment)
        return made


def _pieces(text: str, values: dict[str, nodes.Expr]) -> list[nodes.Expr]:
    """``text`` cut at its slots, the value of each in between; a message is trusted, a value is not."""
    pieces: list[nodes.Expr] = []
    for n, part in enumerate(_SLOT.split(text)):
        if n % 2:
            pieces.append(values[part])
        elif part or not pieces:
            pieces.append(nodes.Const(Markup(part.replace("%%", "%"))))
    return pieces
