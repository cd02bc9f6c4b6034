"""A vote as the counting sees it: an opaque key, a capacity, a word, its place in the order of receipt."""

from dataclasses import dataclass

from portal.record.ratings.terms import Answer, Group, Relation, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One word on one commitment in one period."""

    person: str  # the opaque key
    group: Group
    standing: Standing
    relation: Relation
    answer: Answer | None  # None: the person takes the word back
    order: int  # of receipt; greater is later, no two alike
