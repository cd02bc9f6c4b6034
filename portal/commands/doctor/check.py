"""What a check is: one question about the running configuration, and what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.commands.doctor.patient import Patient, Skipped

Look = Callable[[Patient], str | None]


class Level(StrEnum):
    """How a check came out. Only a fault ends the doctor with exit status 1."""

    FINE = "fine"
    ADVICE = "advice"
    FAULT = "fault"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's outcome; ``said`` is the advice on how to mend it, or why it was skipped."""

    name: str
    title: str
    level: Level
    said: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """``look`` gives None when all is well, else what is wrong and how to mend it."""

    name: str
    title: str
    level: Level  # what a finding of it means
    look: Look

    def run(self, patient: Patient) -> Finding:
        """Look. A check that breaks is a fault of its own; what broke is told without its contents."""
        try:
            said = self.look(patient)
        except Skipped as why:
            return Finding(self.name, self.title, Level.SKIPPED, str(why))
        except Exception as broken:  # one broken part must not keep the others from being looked at
            said = (
                f"không kiểm tra được ({type(broken).__name__}); xem quyền và kết nối. "
                "/ could not be looked at; see rights and connections."
            )
            return Finding(self.name, self.title, Level.FAULT, said)
        return Finding(self.name, self.title, self.level if said else Level.FINE, said or "")


def fault(title: str) -> Callable[[Look], Check]:
    """A check whose finding must be mended; it is called as its function is."""
    return _made(title, Level.FAULT)


def advice(title: str) -> Callable[[Look], Check]:
    """A check whose finding should be known, and may be meant so."""
    return _made(title, Level.ADVICE)


def _made(title: str, level: Level) -> Callable[[Look], Check]:
    return lambda look: Check(look.__name__, title, level, look)
