"""What clarity looks at in a draft commitment: its fields, any of which may still be missing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.record.documents import Direction, Frequency, Mode, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentDraft:
    """A draft commitment; "" and ``None`` mean "not filled in".

    Texts are as the officer typed them; figures in ``measure_unit``; ``milestones`` is how many
    dated steps there are. The mandate's days are those of the programme it stands in.
    """

    text: str = ""
    indicator: str = ""
    measure_unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    target: Decimal | None = None
    direction: Direction | None = None
    deadline: date | None = None
    accountable: str = ""
    coordinators: tuple[str, ...] = ()
    mode: Mode | None = None
    authority: str = ""
    deliverable: str = ""
    evidence_plan: str = ""
    frequency: Frequency | None = None
    origin: Origin | None = None
    mandate_from: date | None = None
    mandate_to: date | None = None
    milestones: int = 0

    @property
    def is_product(self) -> bool:
        """Whether it promises a thing that is there or not: a product, by a day or by milestones.

        Such a commitment is quantified by its product, not by a figure (facts R25).
        """
        is_step = self.direction is Direction.DONE or self.milestones > 0
        return is_step and bool(self.deliverable)

    @property
    def heading(self) -> int:
        """1 when the figure must rise, -1 when it must fall, 0 when neither is promised."""
        return {Direction.UP: 1, Direction.DOWN: -1}.get(self.direction, 0) if self.direction else 0

    @property
    def is_kept(self) -> bool:
        """Whether a level already reached is promised to be kept."""
        return self.direction is Direction.KEEP

    @property
    def shows_the_way(self) -> bool:
        """Whether a reader sees at least twice a year how far it has come, without milestones.

        A figure reported so often can be held against the straight line; a product cannot.
        """
        is_figure = self.target is not None and self.direction is not Direction.DONE
        return is_figure and self.frequency in (
            Frequency.MONTHLY,
            Frequency.QUARTERLY,
            Frequency.HALF_YEARLY,
        )

    @property
    def begins_on(self) -> date | None:
        """When the time to keep it begins: with the mandate, else with the baseline's date."""
        return self.mandate_from or self.baseline_on
