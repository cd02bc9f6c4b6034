"""Ratings dropped into the inbox as the public door drops them: appended by its role, never read back."""

from dataclasses import dataclass, field
from datetime import datetime

from world import World

from portal.inbox.feedback.periods import period_of
from portal.inbox.feedback.tables import Rating
from portal.kernel.clock import day
from portal.kernel.ids import Ids, seeded
from portal.kernel.work import work
from portal.record.voice import Answer, Group, Relation, Standing


@dataclass(frozen=True)
class Ballot:
    """One word of one person; ``at`` None: now."""

    person: str
    answer: Answer | None = Answer.DONE_WELL
    group: Group = Group.RESIDENT
    standing: Standing = Standing.VERIFIED
    relation: Relation = Relation.LOCAL
    at: datetime | None = None
    period: str = ""  # "": that of ``at``
    via: str = "web"


@dataclass
class Box:
    """The inbox of one commitment; its keys come from chance of their own, so no other name moves."""

    world: World
    programme: str
    commitment: str
    ids: Ids = field(init=False)

    def __post_init__(self) -> None:
        self.ids = Ids(seeded(f"ballots {self.programme} {self.commitment}"))

    def drop(self, *ballots: Ballot) -> None:
        """Append ``ballots``."""
        with self.world.public.app_context(), work() as w:
            w.session.add_all(self._row(ballot, w.now) for ballot in ballots)

    def crowd(self, name: str, **answers: int) -> None:
        """``answers`` says how many people give which answer; they are called ``name`` and a number."""
        given = [Answer(answer) for answer, people in answers.items() for _ in range(people)]
        self.drop(*(Ballot(f"{name}{n}", answer) for n, answer in enumerate(given)))

    def _row(self, ballot: Ballot, now: datetime) -> Rating:
        at = ballot.at or now
        return Rating(
            key=self.ids.key(), at=at, period=ballot.period or period_of(day(at)).code,
            programme=self.programme, commitment=self.commitment, position=0, person=ballot.person,
            answer=ballot.answer, relation=ballot.relation, group=ballot.group, standing=ballot.standing,
            via=ballot.via,
        )  # fmt: skip
