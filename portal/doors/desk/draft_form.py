"""What every drafting form knows: what is stored, how it is grouped, checked and saved (see sitting)."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from portal.doors.desk.screens import Group, Sheet
from portal.kernel.policy import Actor
from portal.kernel.work import Work
from portal.office.commitment.rules import ClarityReport
from portal.office.programme.workbook.form import MilestoneForm
from portal.office.programme.workbook.layout import Column


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is stored of the thing a form is about; ``version`` 0 when it is yet to be made."""

    columns: tuple[Column, ...]
    texts: Mapping[str, str]
    version: int = 0
    changed: tuple[str, datetime] | None = None  # by whom, when
    programme_ref: str = ""
    programme_name: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form read: its values, its milestones, and every fault by field."""

    values: Mapping[str, Any]
    milestones: tuple[MilestoneForm, ...]
    faults: Mapping[str, str]


class DraftForm(ABC):
    """One kind of form. It is made for one request and knows what its address names."""

    has_milestones: ClassVar[bool] = False
    not_merged: ClassVar[frozenset[str]] = frozenset()  # fields no two people can differ in
    title: str

    @abstractmethod
    def load(self, w: Work, by: Actor) -> Loaded:
        """What is stored now. Raises Refused when ``by`` may not edit it."""

    @abstractmethod
    def save(self, w: Work, filled: Filled, *, expected: int, by: Actor) -> str:
        """Store it; the address to go to. Raises Refused and StampTyped."""

    @abstractmethod
    def groups(self, loaded: Loaded, sheet: Sheet, *, more: int) -> list[Group]:
        """The fields in their groups; ``more``: empty rows wanted beyond the usual."""

    def check(self, filled: Filled) -> dict[str, str]:
        """What the fields say together that cannot be."""
        return {}

    def report(self, loaded: Loaded, filled: Filled, today: date) -> ClarityReport | None:
        """The clarity report on what is typed, where the form is about a commitment."""
        return None
