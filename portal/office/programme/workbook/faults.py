"""Where a workbook went wrong: places, faults, and the two ways a file is refused."""

from dataclasses import dataclass, field

from portal.office.programme.workbook.wording import SENTENCES, STAMP_SENTENCE, Reason

MOST_FAULTS = 1000  # nobody mends more at one sitting; a hostile file could hold 100,000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the workbook: ``column`` is the Vietnamese heading (or field), ``letter`` Excel's."""

    sheet: str = ""
    row: int | None = None
    column: str = ""
    letter: str = ""

    def where(self) -> str:
        """As an officer looks it up: "Trang tính «Cam kết», dòng 2, cột K «Thời hạn»"."""
        column = f"cột {self.letter}".strip() if self.letter else ""
        column = f"{column} «{self.column}»".strip() if self.column else column
        steps = (
            f"Trang tính «{self.sheet}»" if self.sheet else "Tệp",
            f"dòng {self.row}" if self.row else "",
            column,
        )
        return ", ".join(step for step in steps if step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault(Place):
    """One thing to mend: where, why (a key), and a Vietnamese sentence that says how."""

    reason: Reason
    sentence: str

    def __str__(self) -> str:
        return f"{self.where()}: {self.sentence}"


class WorkbookRefused(Exception):
    """Nothing of the file was taken in; ``faults`` are all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class SecretStampFound(Exception):
    """The file carries a stamp of secrecy; ``where`` names the place and nothing of the content."""

    def __init__(self, where: str) -> None:
        super().__init__(STAMP_SENTENCE.format(where=where))
        self.where = where


@dataclass(slots=True)
class Findings:
    """Collects faults and warnings, so that all are reported at once."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def fault(self, place: Place, reason: Reason, **detail: str) -> None:
        """Note a fault at ``place``; beyond ``MOST_FAULTS`` a last one says that there are more."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault_at(place, reason, **detail))
        elif len(self.faults) == MOST_FAULTS:
            self.faults.append(fault_at(Place(), Reason.TOO_MANY_FAULTS))

    def warn(self, place: Place, reason: Reason, **detail: str) -> None:
        """Note something the officer should look at, which does not stop the import."""
        self.warnings.append(f"{place.where()}: {SENTENCES[reason].format(**detail)}")

    def refuse_if_faulty(self) -> None:
        """Raise `WorkbookRefused` with every fault noted so far, in the order of the workbook."""
        if self.faults:
            raise WorkbookRefused(tuple(self.faults))


def fault_at(place: Place, reason: Reason, **detail: str) -> Fault:
    """The fault ``reason`` at ``place``, its sentence completed with ``detail``."""
    return Fault(
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        letter=place.letter,
        reason=reason,
        sentence=SENTENCES[reason].format(**detail),
    )


def refusal(reason: Reason, place: Place | None = None, **detail: str) -> WorkbookRefused:
    """A refusal of the whole file for one reason."""
    return WorkbookRefused((fault_at(place or Place(), reason, **detail),))
