"""Clarity profiles and word lists: data that says what is asked of a commitment, never code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from portal.record.documents import ClarityProfile, Criterion

CODES = ("person", "task", "time", "responsibility", "authority", "result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The figures the tests measure by."""

    shortest_text: int  # syllables
    shortest_share_indicator: int  # syllables in which a percentage can say what it is a share of
    months_without_milestones: int
    yearly_change_of_money_or_percent: Decimal  # 1 is a doubling within a year
    yearly_change_of_counts: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is asked: ``criteria`` can fail a commitment, ``advisory`` ones only warn."""

    code: str
    label: str
    criteria: tuple[Criterion, ...]
    advisory: tuple[Criterion, ...]
    limits: Limits

    def as_published(self) -> ClarityProfile:
        """The profile as a public document keeps it."""
        return ClarityProfile(code=self.code, label=self.label, criteria=self.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The lists of words the tests look for, in any letter case and tone placement."""

    vague: tuple[str, ...]
    vague_time: tuple[str, ...]
    innocent: tuple[str, ...]  # phrases in which a vague word is not vague
    collective: tuple[str, ...]  # how the name of a body or a group begins
    post_heads: tuple[str, ...]  # how the title of one post-holder begins
    honorifics: tuple[str, ...]
    family_names: tuple[str, ...]
    joined_names: tuple[str, ...]  # "và" or a comma inside the name of one body
    coordination: tuple[str, ...]
    responsibility: tuple[str, ...]
    asks: tuple[str, ...]
    beyond_bodies: tuple[str, ...]
    beyond_acts: tuple[str, ...]
    denominators: tuple[str, ...]
    not_nouns: tuple[str, ...]
    money: tuple[str, ...]


def profiles_from(data: Mapping[str, Any]) -> dict[str, Profile]:
    """The profiles that ``data`` describes, by code, in the form of ``profiles.json``.

    Raises ``ValueError`` for a criterion there is no test for, ``KeyError`` for a missing part.
    """
    labels = data["criteria"]
    unknown = set(labels) - set(CODES)
    if unknown:
        raise ValueError(f"no tests for the criteria {', '.join(sorted(unknown))}")
    return {row["code"]: _profile(row, labels) for row in data["profiles"]}


def words_from(data: Mapping[str, Any]) -> Words:
    """The word lists that ``data`` holds, in the form of ``words.json``. Raises ``KeyError``."""
    return Words(**{field.name: tuple(data[field.name]) for field in fields(Words)})


@cache
def profiles() -> dict[str, Profile]:
    """The profiles that come with the portal: 5 rõ and 6 rõ."""
    return profiles_from(_read("profiles.json"))


@cache
def words() -> Words:
    """The word lists that come with the portal."""
    return words_from(_read("words.json"))


def public_profile(code: str) -> ClarityProfile:
    """The profile ``code`` as a public document keeps it. Raises ``KeyError`` when unknown."""
    return profiles()[code].as_published()


def _profile(row: Mapping[str, Any], labels: Mapping[str, str]) -> Profile:
    return Profile(
        code=row["code"],
        label=row["label"],
        criteria=tuple(Criterion(code=code, label=labels[code]) for code in row["criteria"]),
        advisory=tuple(Criterion(code=code, label=labels[code]) for code in row["advisory"]),
        limits=_limits(row["limits"]),
    )


def _limits(row: Mapping[str, Any]) -> Limits:
    return Limits(
        shortest_text=row["shortest_text"],
        shortest_share_indicator=row["shortest_share_indicator"],
        months_without_milestones=row["months_without_milestones"],
        yearly_change_of_money_or_percent=Decimal(row["yearly_change_of_money_or_percent"]),
        yearly_change_of_counts=Decimal(row["yearly_change_of_counts"]),
    )


def _read(name: str) -> Any:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
