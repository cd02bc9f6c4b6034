"""The Python that templates become: as Jinja writes it, less what our templates never need.

A commitment page shows 250 values and calls some fifty macros. Jinja wraps each value as markup and is
ready for each call to want the context; here a value is escaped and no more, and a macro is called as
the function it is. What that is worth: `benchmarks.pages`.
"""

from collections.abc import Iterable
from functools import partial
from types import FunctionType, MethodType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import (  # type: ignore[attr-defined]  # `_escape_inner` lies below `escape`
    Markup,
    _escape_inner,
    escape,
)

marked = partial(str.__new__, Markup)
"""Makes markup of a text put together from what `shown` gave."""


def shown(value: Any) -> str:
    """``value`` as it stands in a page: escaped, unless it is markup already.

    What `escape` says, but a plain text stays one: the page it goes into is what becomes markup.
    """
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # its class was just seen
    return str(value) if kind is float or kind is int else escape(value)


class PlainCode(CodeGenerator):
    """Writes the code of one template."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sayings: dict[Markup, str] = {}

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """The whole module; names are looked up when it runs, so ours may be brought in at its end."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import PlainMacro as Macro, marked, shown")
        for saying, name in self._sayings.items():
            self.writeline(f"{name} = {saying!r}")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """The body of a block gathers its pieces and hands them on as one: each would pass three hands."""
        if not frame.block_frame or frame.buffer is not None:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        """A constant; one that is markup is made once, not at every use."""
        if type(node.value) is not Markup:
            super().visit_Const(node, frame)
            return
        self.write(self._sayings.setdefault(node.value, f"saying_{len(self._sayings)}"))

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """A dot; on the public pages it reads an attribute and nothing else: what they show are documents.

        At the desk it may read a mapping, as Jinja has it; ``self`` are the blocks of a template.
        """
        is_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        documents_only: bool = self.environment.documents_only  # type: ignore[attr-defined]  # a SpokenEnvironment
        is_public = documents_only or (self.name or "").startswith("public/")
        if is_block or not is_public:
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Pieces of which one is markup make markup, with the others escaped."""
        if not any(isinstance(piece, nodes.Const) and type(piece.value) is Markup for piece in node.nodes):
            super().visit_Concat(node, frame)
            return
        self.write("marked(concat((")
        for piece in node.nodes:
            self.write("shown(")
            self.visit(piece, frame)
            self.write("), ")
        self.write(")))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call; the variables of loops and blocks are not handed over, for nothing called reads them."""
        plain = frame.copy()
        plain.loop_frame = plain.block_frame = False
        super().visit_Call(node, plain, forward_caller=forward_caller)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        assert frame.eval_ctx.autoescape  # as every stage of ours sets it
        assert not frame.eval_ctx.volatile
        self.write("shown(")


class PlainMacro(Macro):
    """A macro whose function takes what the macro names, and the caller where its body calls one."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.blanks = (missing,) * len(self.arguments)


_FUNCTIONS = (FunctionType, MethodType)


class PlainContext(Context):
    """The names a template sees."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What calling ``called`` gives; a macro given no more than arguments in order is its function."""
        kind = type(called)
        if kind in _FUNCTIONS and not hasattr(called, "jinja_pass_arg"):
            return called(*args, **kwargs)
        if kind is not PlainMacro or len(kwargs) != called.caller:
            return super().call(called, *args, **kwargs)
        return marked(called._func(*args, *called.blanks[len(args) :], *kwargs.values()))
