"""What of a worksheet can be seen: the rest is left out, and rows and columns close up behind it."""

from bisect import bisect_left
from dataclasses import dataclass, field

from portal.office.evidence.sheet_formats import GENERAL
from portal.office.evidence.sheet_looks import CellStyle, Styles
from portal.office.evidence.sheet_read import Area, Cell, Sheet
from portal.office.evidence.wording import Dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell as it will be published; ``kind`` is text, number or truth."""

    row: int
    column: int
    value: str
    kind: str
    code: str = GENERAL
    is_bold: bool = False


@dataclass(slots=True)
class ShownSheet:
    """A worksheet as it will be published."""

    title: str
    cells: list[ShownCell] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)


def show(sheet: Sheet, styles: Styles, *, counts_from_1904: bool) -> tuple[ShownSheet, set[Dropped]]:
    """The visible part of ``sheet`` and what was left out of it."""
    return _Filter(sheet, styles, 1462 if counts_from_1904 else 0).run()


class _Filter:
    def __init__(self, sheet: Sheet, styles: Styles, shift: int) -> None:
        self.sheet, self.styles, self.shift = sheet, styles, shift
        self.dropped: set[Dropped] = set()
        self._columns = self._hidden_columns()
        self._columns_in_order = sorted(self._columns)
        self._rows = sorted(sheet.hidden_rows)
        self._heads, self._inner = self._merged()

    def run(self) -> tuple[ShownSheet, set[Dropped]]:
        """Filter every cell, then what frames them."""
        shown = ShownSheet(self.sheet.title)
        for cell in self.sheet.cells:
            if kept := self._keep(cell):
                shown.cells.append(kept)
        shown.cells.sort(key=lambda cell: (cell.row, cell.column))
        shown.merges = [self._moved(area) for area in self._heads.values() if self._is_wide(area)]
        for first, last, width in self.sheet.widths:
            for column in range(first, min(last, first + 255) + 1):
                if column not in self._columns:
                    shown.widths[self._column(column)] = width
        return shown, self.dropped

    def _hidden_columns(self) -> set[int]:
        used = {cell.column for cell in self.sheet.cells}
        for left, _, right, _ in self.sheet.merges:
            used.update(range(left, min(right, left + 255) + 1))
        last = max(used, default=0)
        return {column for column in range(1, last + 1) if self.sheet.hides_column(column)}

    def _merged(self) -> tuple[dict[tuple[int, int], Area], set[tuple[int, int]]]:
        """The merged areas by their head cell, and the stored cells that lie unseen inside them."""
        rows: dict[int, list[int]] = {}
        for cell in self.sheet.cells:
            rows.setdefault(cell.row, []).append(cell.column)
        inner: set[tuple[int, int]] = set()
        stored = sorted(rows)
        for left, top, right, bottom in self.sheet.merges:
            for row in stored[bisect_left(stored, top) : bisect_left(stored, bottom + 1)]:
                inner.update((row, column) for column in rows[row] if left <= column <= right)
        heads = {(area[1], area[0]): area for area in self.sheet.merges}
        return heads, inner - heads.keys()

    def _keep(self, cell: Cell) -> ShownCell | None:
        """The cell as published, or None when it cannot be seen."""
        reason = self._unseen(cell)
        kept = None if reason else self._published(cell)
        if kept is None:
            self.dropped.add(reason or Dropped.HIDDEN_CELLS)
        return kept

    def _unseen(self, cell: Cell) -> Dropped | None:
        left, top, right, bottom = self._heads.get(
            (cell.row, cell.column), (cell.column, cell.row, cell.column, cell.row)
        )
        if all(column in self._columns for column in range(left, min(right, left + 255) + 1)):
            return Dropped.HIDDEN_COLUMNS
        if all(row in self.sheet.hidden_rows for row in range(top, min(bottom, top + 4095) + 1)):
            return Dropped.HIDDEN_ROWS
        if (cell.row, cell.column) in self._inner:
            return Dropped.HIDDEN_CELLS
        under = any(a <= cell.column <= c and b <= cell.row <= d for a, b, c, d in self.sheet.covered)
        return Dropped.COVERED_CELLS if under else None

    def _published(self, cell: Cell) -> ShownCell | None:
        style = self.styles.cell(cell.style)
        if isinstance(cell.value, str):
            return self._number(cell, style, cell.value)
        seen = [run for run in cell.value if style.shows(run.font or style.font)]
        if len(seen) < len(cell.value):
            self.dropped.add(Dropped.HIDDEN_CELLS)
        text = "".join(run.text for run in seen)
        look = style.look(None)
        text = text if look.instead is None else look.instead
        return self._cell(cell, style, text, "text", GENERAL) if text else None

    def _number(self, cell: Cell, style: CellStyle, written: str) -> ShownCell | None:
        value = float(written)
        look = style.look(value)
        if not style.shows(style.font) or look.instead == "":
            return None
        if look.instead is not None:
            self.dropped.add(Dropped.HIDDEN_CELLS)
            return self._cell(cell, style, look.instead, "text", GENERAL)
        if self.shift and "y" in look.code:
            written = repr(value + self.shift)
        return self._cell(cell, style, written, cell.kind, look.code)

    def _cell(self, cell: Cell, style: CellStyle, value: str, kind: str, code: str) -> ShownCell:
        left, top = self._first_seen(cell)
        return ShownCell(
            row=self._row(top), column=self._column(left), value=value, kind=kind, code=code,
            is_bold=style.font.is_bold,
        )  # fmt: skip

    def _first_seen(self, cell: Cell) -> tuple[int, int]:
        """Where the cell begins to be seen: a merged cell may begin in a hidden row or column."""
        left, top, right, bottom = self._heads.get((cell.row, cell.column), (0, 0, 0, 0))
        if not left:
            return cell.column, cell.row
        column = next(c for c in range(left, right + 1) if c not in self._columns)
        return column, next(r for r in range(top, bottom + 1) if r not in self.sheet.hidden_rows)

    def _row(self, row: int) -> int:
        return row - bisect_left(self._rows, row)

    def _column(self, column: int) -> int:
        return column - bisect_left(self._columns_in_order, column)

    def _moved(self, area: Area) -> Area:
        left, top, right, bottom = area
        return (self._column(left), self._row(top), self._column(right + 1) - 1, self._row(bottom + 1) - 1)

    def _is_wide(self, area: Area) -> bool:
        """Whether more than one cell of a merged area is left."""
        left, top, right, bottom = self._moved(area)
        return right >= left and bottom >= top and (right, bottom) != (left, top)
