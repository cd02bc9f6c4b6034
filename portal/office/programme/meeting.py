"""A workbook's reports beside those entered already: new, known, or in conflict with what was entered.

An entered report is never replaced by a workbook, nor is what confirms or proves it (facts R41).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.office.programme.workbook.form import ProgressForm


@dataclass(frozen=True, slots=True)
class Met:
    """One report of a workbook; ``at`` is the place of the entered one of that day, None: there is none."""

    form: ProgressForm
    at: int | None
    known: ProgressForm | None

    @property
    def is_same_figure(self) -> bool:
        """Whether the entered report of that day states the same figure, or that there is none."""
        return self.known is not None and _figure(self.known) == _figure(self.form)

    @property
    def is_conflict(self) -> bool:
        """Whether the entered report of that day says something else; it stays as it is."""
        return self.known is not None and (not self.is_same_figure or self._says_otherwise(self.known))

    def _says_otherwise(self, known: ProgressForm) -> bool:
        claims = bool(self.form.confirmed_by or self.form.confirmed_document)
        is_other = claims and bool(known.confirmed_by) and _paper(known) != _paper(self.form)
        return is_other or (known.note, known.source) != (self.form.note, self.form.source)

    def outcome(self) -> ProgressForm:
        """What the draft says of that day afterwards: at most the mark and a claim come from the workbook."""
        if self.known is None:
            return self.form
        if not self.is_same_figure:
            return self.known
        merged = replace(self.known, disclosed=self.form.disclosed)
        if self.known.confirmed_by:
            return merged
        return replace(
            merged,
            confirmed_by=self.form.confirmed_by,
            confirmed_document=self.form.confirmed_document,
        )


def meet(known: Sequence[ProgressForm], forms: Sequence[ProgressForm]) -> list[Met]:
    """Each of ``forms`` with the one of ``known`` it is about: of the same commitment and day.

    Each known report is met once, the one with the same figure first.
    """
    left: dict[tuple[int, date], list[int]] = {}
    for at, one in enumerate(known):
        left.setdefault(_about(one), []).append(at)
    found: dict[int, int] = {}
    for is_exact in (True, False):
        for place, form in enumerate(forms):
            waiting = left.get(_about(form), [])
            fitting = [at for at in waiting if not is_exact or _figure(known[at]) == _figure(form)]
            if place not in found and fitting:
                found[place] = fitting[0]
                waiting.remove(fitting[0])
    return [
        Met(form, found.get(place), known[found[place]] if place in found else None)
        for place, form in enumerate(forms)
    ]


def _about(form: ProgressForm) -> tuple[int, date]:
    return form.commitment_number, form.reported_on


def _figure(form: ProgressForm) -> tuple[object, object]:
    return form.figure_state, form.value


def _paper(form: ProgressForm) -> tuple[str, str]:
    return form.confirmed_by, form.confirmed_document
