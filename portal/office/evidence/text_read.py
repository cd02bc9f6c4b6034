"""Reads a text document: what is visible becomes the model, everything else is only named."""

from dataclasses import dataclass, field

from portal.office.evidence.caps import Caps
from portal.office.evidence.colours import WHITE, Rgb
from portal.office.evidence.faults import FileRefused
from portal.office.evidence.markup import Element, local, local_attrs, tree_of
from portal.office.evidence.package import Package
from portal.office.evidence.text_drawings import Drawings
from portal.office.evidence.text_looks import (
    Props,
    Styles,
    is_flat_or_far,
    is_on,
    is_seen,
    number,
    props_of,
    shading,
)
from portal.office.evidence.text_model import Block, Item, PageBreak, Paragraph, Span
from portal.office.evidence.text_numbers import Numbers
from portal.office.evidence.text_tables import read_table
from portal.office.evidence.themes import theme_of
from portal.office.evidence.wording import Dropped, Reason

_DEEPEST = 60
_INSIDE = frozenset(("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "bdo", "dir", "hyperlink",
                     "fldSimple"))  # fmt: skip
_GONE = frozenset(("del", "moveFrom"))
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_NOTES = frozenset(("commentReference", "annotationRef", "commentRangeStart"))
# Letters of the symbol fonts office programs use for boxes and bullets.
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0A8": "☐", "F06F": "☐", "F071": "❑", "F0E0": "→", "F0D8": "➢"}
_ALIGN = {"center": "center", "right": "right", "end": "right", "both": "both", "distribute": "both"}


@dataclass(slots=True)
class Reader:
    """Walks one part of a document. ``dropped`` gathers what is left out."""

    package: Package
    caps: Caps
    styles: Styles
    numbers: Numbers
    drawings: Drawings
    dropped: set[Dropped]
    footnotes: list[tuple[str, str]] = field(default_factory=list)  # kind and id, in the order met
    blocks_met: int = 0
    _fields: list[bool] = field(default_factory=list)  # open fields; True while in the instruction
    _boxes: list[Block] = field(default_factory=list)  # what text boxes hold, to follow the paragraph
    _depth: int = 0

    def read(self, container: Element, ground: Rgb = WHITE) -> list[Block]:
        """The blocks in ``container`` that can be seen on ``ground``."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FileRefused(Reason.UNSAFE_XML)
        blocks: list[Block] = []
        for child in container:
            name = local(child.tag)
            if name == "p":
                blocks += self._paragraph(child, ground)
            elif name == "tbl":
                blocks.append(read_table(self, child, ground))
            elif name in _INSIDE:
                self._note_wrapper(name)
                blocks += self.read(child, ground)
            elif name == "AlternateContent":
                blocks += self.read(_chosen(child), ground)
            else:
                self._note_other(name)
        self._depth -= 1
        return blocks

    def count(self) -> None:
        """Count a paragraph or cell. Raises `FileRefused` past the limit."""
        self.blocks_met += 1
        if self.blocks_met > self.caps.blocks:
            raise FileRefused(Reason.TOO_LONG, limit=self.caps.blocks)

    def finish(self) -> None:
        """Raise `FileRefused` when a field never ended: what follows it would be lost unnoticed."""
        if self._fields:
            raise FileRefused(Reason.DAMAGED)

    def _paragraph(self, element: Element, ground: Rgb) -> list[Block]:
        self.count()
        own = props_of(_child(element, "pPr"))
        props = self.styles.paragraph_props(own)
        ground = shading(props.get("shd", {}), self.styles.theme) or ground
        style = own.get("pStyle", {}).get("val", self.styles.standard)
        before, self._boxes = self._boxes, []
        items = self._items(element, style, ground)
        boxes, self._boxes = self._boxes, before
        if items and is_flat_or_far(props):
            self.dropped.add(Dropped.HIDDEN_TEXT)
            return boxes
        if not items and self._lost_all(element):
            return boxes
        return [self._built(props, style, items), *boxes]

    def _lost_all(self, element: Element) -> bool:
        """Whether the paragraph had words once, none of which is left: it must not leave a gap."""
        return any(local(part.tag) in ("t", "delText", "instrText") and part.text for part in element.iter())

    def _built(self, props: Props, style: str, items: list[Item]) -> Paragraph:
        label = self.numbers.label(props)
        if label:
            items.insert(0, Span(text=label + "\t"))
        indent = props.get("ind", {})
        return Paragraph(
            items=items,
            align=_ALIGN.get(props.get("jc", {}).get("val", ""), ""),
            left=_whole(indent.get("left", indent.get("start", "0"))),
            first=_whole(indent.get("firstLine", "0")) - _whole(indent.get("hanging", "0")),
            outline=self._outline(props, style),
            begins_page=is_on(props, "pageBreakBefore"),
        )

    def _outline(self, props: Props, style: str) -> int | None:
        if "outlineLvl" in props:
            return number(props, "outlineLvl", 9) if number(props, "outlineLvl", 9) < 9 else None
        for named in reversed(self.styles.chain(style)):
            word, _, level = named.name.partition(" ")
            if word == "heading" and level in "123456789" and level:
                return int(level) - 1
        return None

    def _items(self, element: Element, style: str, ground: Rgb) -> list[Item]:
        items: list[Item] = []
        for child in element:
            name = local(child.tag)
            if name == "r":
                items += self._run(child, style, ground)
            elif name in _INSIDE:
                self._note_wrapper(name)
                items += self._items(child, style, ground)
            elif name == "AlternateContent":
                items += self._items(_chosen(child), style, ground)
            elif name in ("oMath", "oMathPara"):
                words = "".join(part.text or "" for part in child.iter() if local(part.tag) == "t")
                items += [Span(text=words)] if words else []
            elif name == "pPr":
                self._note_changes(child)
            else:
                self._note_other(name)
        return items

    def _run(self, run: Element, style: str, ground: Rgb) -> list[Item]:
        props = self.styles.run_props(style, _child(run, "rPr"))
        seen = is_seen(props, ground, self.styles.theme)
        items: list[Item] = []
        for child in run:
            found = self._in_run(child, props)
            shown = seen and not any(self._fields)
            if found and not shown:
                self.dropped.add(Dropped.FIELDS if any(self._fields) else Dropped.HIDDEN_TEXT)
            items += found if shown else []
        return items

    def _in_run(self, child: Element, props: Props) -> list[Item]:
        name = local(child.tag)
        if name in _SIGNS:
            if local_attrs(child).get("type") == "page":
                return [PageBreak()]
            return [_span(_SIGNS[name], props)]
        if name == "t":
            return [_span(child.text, props)] if child.text else []
        if name == "sym":
            code = local_attrs(child).get("char", "").upper()
            return [_span(_SYMBOLS.get(code, "•"), props)]
        if name in ("footnoteReference", "endnoteReference"):
            self.footnotes.append((name[:-9], local_attrs(child).get("id", "")))
            return [_span(f"[{len(self.footnotes)}]", props)]
        if name == "fldChar":
            self._field(local_attrs(child).get("fldCharType", ""))
            return []
        return self._drawn(child, name)

    def _drawn(self, child: Element, name: str) -> list[Item]:
        if name == "AlternateContent":
            return [item for part in _chosen(child) for item in self._drawn(part, local(part.tag))]
        if name == "drawing":
            self._text_boxes(child)
            return list(self.drawings.take(child))
        if name in ("pict", "object"):
            self._text_boxes(child)
            self.drawings.take_old(child)
            self.dropped.update({Dropped.EMBEDDED} if name == "object" else set())
            return []
        self._note_other(name)
        return []

    def _text_boxes(self, drawing: Element) -> None:
        for part in drawing.iter():
            if local(part.tag) == "txbxContent":
                self.dropped.add(Dropped.DRAWINGS)
                self._boxes += self.read(part)

    def _field(self, what: str) -> None:
        self.dropped.add(Dropped.FIELDS)
        if what == "begin":
            self._fields.append(True)
        elif what == "separate" and self._fields:
            self._fields[-1] = False
        elif what == "end" and self._fields:
            self._fields.pop()

    def _note_wrapper(self, name: str) -> None:
        named = {"hyperlink": Dropped.LINKS, "fldSimple": Dropped.FIELDS, "sdt": Dropped.FORM_FIELDS,
                 "ins": Dropped.TRACKED_CHANGES, "moveTo": Dropped.TRACKED_CHANGES}  # fmt: skip
        if name in named:
            self.dropped.add(named[name])

    def _note_other(self, name: str) -> None:
        if name in _GONE or name == "delText":
            self.dropped.add(Dropped.TRACKED_CHANGES)
        elif name in _NOTES:
            self.dropped.add(Dropped.NOTES)
        elif name == "altChunk":
            self.dropped.add(Dropped.EMBEDDED)
        elif name == "bookmarkStart":
            self.dropped.add(Dropped.BOOKMARKS)
        elif name == "instrText":
            self.dropped.add(Dropped.FIELDS)

    def _note_changes(self, properties: Element) -> None:
        if any(local(part.tag).endswith("Change") for part in properties.iter()):
            self.dropped.add(Dropped.TRACKED_CHANGES)


def open_reader(package: Package, caps: Caps, dropped: set[Dropped]) -> Reader:
    """A reader for the document in ``package``."""
    targets = {link.kind: link.target for link in package.links(package.main).values() if not link.is_outside}
    parts = {kind: package.parts[target] for kind, target in targets.items() if target in package.parts}
    theme = theme_of(parts.get("theme", b""))
    return Reader(
        package=package,
        caps=caps,
        styles=Styles(tree_of(parts["styles"]) if "styles" in parts else None, theme),
        numbers=Numbers(tree_of(parts["numbering"]) if "numbering" in parts else None),
        drawings=Drawings(package, package.main, caps, dropped),
        dropped=dropped,
    )


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child.tag) == name), None)


def _chosen(alternatives: Element) -> Element:
    """Of content given in several ways, the first: what a program of today shows."""
    choice = _child(alternatives, "Choice")
    return choice if choice is not None else alternatives


def _span(text: str, props: Props) -> Span:
    size = number(props, "sz", 0)
    return Span(
        text=text,
        is_bold=is_on(props, "b"),
        is_italic=is_on(props, "i"),
        is_underlined=is_on(props, "u"),
        is_struck=is_on(props, "strike") or is_on(props, "dstrike"),
        is_capitals=is_on(props, "caps") or is_on(props, "smallCaps"),
        raised=props.get("vertAlign", {}).get("val", ""),
        size=min(max(size, 12), 144) if size else None,
    )


def _whole(text: str) -> int:
    try:
        return round(float(text))
    except (ValueError, OverflowError):
        return 0
