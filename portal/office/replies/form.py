"""What officers type about replies and themes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """An answer, as anybody will read it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeForm:
    """What comments have in common, and which; ``title`` may be read by anybody."""

    title: str
    comments: tuple[str, ...]
