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

_SAY_NOW = "say_now"  # translates a word that is known only when the page is drawn
_SLOT = re.compile(r"%\((\w+)\)[sd]")


class SpokenEnvironment(Environment):
    """A Jinja environment that speaks one language.

    ``speak`` translates a message, ``count`` one that has a number in it.
    ``fixed``: names no template and no view gives another value. Texts among them, and texts that are
    an attribute of one, are known at compile time; the rest are globals like any other.
    ``documents_only``: templates read documents, so a dot is an attribute and never a key.
    """

    code_generator_class = PlainCode
    context_class = PlainContext

    def __init__(
        self,
        *,
        speak: Callable[[str], str],
        count: Callable[[str, str, int], str],
        fixed: Mapping[str, Any],
        documents_only: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.documents_only = documents_only
        self.globals.update(fixed)
        self.globals[_SAY_NOW] = lambda message: Markup(speak(message).replace("%%", "%"))
        self._speaker = _Speaker(speak, count, fixed)
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
    def __init__(
        self,
        speak: Callable[[str], str],
        count: Callable[[str, str, int], str],
        fixed: Mapping[str, Any],
    ) -> None:
        self.speak, self.count, self.fixed = speak, count, fixed

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
        """Put the translation in place of ``_("constant", name=value, …)`` and of ``ngettext``."""
        self.generic_visit(node)
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            return node
        values: dict[str, nodes.Expr] = {pair.key: pair.value for pair in node.kwargs}
        match node.args:
            case [nodes.Const(value=message)] if called in ("_", "gettext"):
                return _in_place_of(node, _said(self.speak(message), values))
            case [nodes.Expr()] if called == "_" and not values:
                node.node = _in_place_of(node, nodes.Name(_SAY_NOW, "load"))
                return node
            case [nodes.Const(value=one), nodes.Const(value=many), number] if called == "ngettext":
                values["num"] = number
                texts = self.count(one, many, 1), self.count(one, many, 2)
                return _in_place_of(node, _counted(number, *(_said(text, values) for text in texts)))
            case _:
                return node


def _text(value: object, node: nodes.Expr) -> nodes.Node:
    return _in_place_of(node, nodes.Const(value)) if isinstance(value, str) else node


def _in_place_of(node: nodes.Expr, made: nodes.Expr) -> nodes.Expr:
    made.set_lineno(node.lineno)
    if node.environment:
        made.set_environment(node.environment)
    return made


def _parts(shown: nodes.Expr) -> list[nodes.Expr]:
    return shown.nodes if isinstance(shown, nodes.Concat) else [shown]


def _said(text: str, values: dict[str, nodes.Expr]) -> nodes.Expr:
    pieces = _pieces(text, values)
    return pieces[0] if len(pieces) == 1 else nodes.Concat(pieces)


def _counted(number: nodes.Expr, one: nodes.Expr, many: nodes.Expr) -> nodes.Expr:
    """What is said of one, or of any other number: all that Vietnamese and English tell apart."""
    is_one = nodes.Compare(number, [nodes.Operand("eq", nodes.Const(1))])
    return nodes.CondExpr(is_one, one, many)


def _pieces(text: str, values: dict[str, nodes.Expr]) -> list[nodes.Expr]:
    """``text`` cut at its slots, the value of each in between; a message is trusted, a value is not."""
    pieces: list[nodes.Expr] = []
    for n, part in enumerate(_SLOT.split(text)):
        if n % 2:
            pieces.append(values[part])
        elif part or not pieces:
            pieces.append(nodes.Const(Markup(part.replace("%%", "%"))))
    return pieces
