"""What a rebuilt text document consists of: paragraphs, tables and pictures, all of them visible."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words in one type. ``size`` is in half points, None for the document's own."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False
    is_struck: bool = False
    is_capitals: bool = False
    raised: str = ""  # superscript, subscript
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture in the line; the size it is shown at is in EMU (914,400 an inch)."""

    data: bytes
    extension: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next words begin a new page."""


Item = Span | Shown | PageBreak


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """A paragraph; lengths are in twentieths of a point."""

    items: list[Item] = field(default_factory=list)
    align: str = ""
    left: int = 0
    first: int = 0
    outline: int | None = None  # 0: a heading of the first level
    begins_page: bool = False


@dataclass(slots=True, kw_only=True)
class TableCell:
    """A cell; ``merge`` says whether it begins or continues one that runs down over rows."""

    blocks: list["Block"] = field(default_factory=list)
    span: int = 1
    merge: str = ""  # restart, continue


@dataclass(slots=True, kw_only=True)
class Table:
    """A table; widths are in twentieths of a point."""

    widths: list[int] = field(default_factory=list)
    rows: list[list[TableCell]] = field(default_factory=list)
    has_borders: bool = True


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The page, in twentieths of a point; A4 upright with the margins of official papers."""

    width: int = 11_906
    height: int = 16_838
    top: int = 1_134
    right: int = 1_134
    bottom: int = 1_134
    left: int = 1_701


@dataclass(slots=True, kw_only=True)
class TextDocument:
    """A whole document."""

    blocks: list[Block] = field(default_factory=list)
    paper: Paper = Paper()
