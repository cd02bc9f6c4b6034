"""The formula of attainment with the figures in it, as a reader can follow it with a pencil."""

from decimal import Decimal

from portal.record.change_words import show
from portal.record.documents import Direction, ProgressDoc
from portal.record.evaluation.dossier import CommitmentPart
from portal.record.terms import FigureState

NO_FIGURE = "Chưa có số liệu"
NOT_CONNECTED = "Chưa kết nối nguồn số liệu"
_HUNDRED = 100


def figure_words(row: ProgressDoc | None, unit: str) -> str:
    """A report in words: its figure with unit and day; zero, no data and not connected are told apart."""
    if row is None:
        return NO_FIGURE
    if row.state is FigureState.NOT_CONNECTED:
        return f"{NOT_CONNECTED} ({show(row.reported_on)})"
    if row.value is None:
        return f"{NO_FIGURE} ({show(row.reported_on)})"
    return f"{show(row.value)} {unit} ({show(row.reported_on)})"


def formula_of(part: CommitmentPart, row: ProgressDoc | None, share: Decimal | None) -> str:
    """(số liệu − mức nền) : (mức đích − mức nền) = phần trăm; or why there is none."""
    if row is None or row.value is None:
        return ""
    if share is None:
        return _why_none(part)
    percent = f"{show(share * _HUNDRED)}%"
    if part.direction is Direction.DONE or part.target is None or part.baseline is None:
        return f"Đã có sản phẩm: {percent}"
    value, start, end = (show(figure) for figure in (row.value, part.baseline, part.target))
    return f"({value} − {start}) : ({end} − {start}) = {percent}"


def _why_none(part: CommitmentPart) -> str:
    if part.direction is Direction.KEEP:
        return "Giữ vững một mức: không tính phần trăm"
    if part.target == part.baseline:
        return "Mức đích bằng mức nền: không xác định"
    return "Chưa có sản phẩm: không có phần trăm ở giữa"
