"""Personal data found in a text: what kind it is and where it stands in what was typed."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds looked for (basic and sensitive data of Luật 91/2025/QH15 that a comment may hold)."""

    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    BANK_ACCOUNT = "bank_account"
    PLATE = "plate"
    EMAIL = "email"
    SOCIAL = "social"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    NAME = "name"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One piece of personal data at ``text[start:end]`` of the original."""

    start: int
    end: int
    kind: Kind
