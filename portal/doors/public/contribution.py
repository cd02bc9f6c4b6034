"""A contribution as it was typed: read, checked, and what of it needs its author's decision first."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.doors.language import say as _
from portal.inbox.feedback.acts import Word, Words
from portal.inbox.recognition.channels import OFFERED, Channel, Routing, channel_of
from portal.inbox.recognition.found import Found
from portal.inbox.recognition.personal import find_personal, mask
from portal.kernel.text import tidy
from portal.record.documents import CommitmentDoc
from portal.record.voice import Answer, CommentKind, Group, Relation

MOST_WORDS = 2000  # characters
MOST_QUARTERS = 99
TAKE_BACK = "rut"  # the answer that takes an earlier one back
PERSON, UNIT, QUARTER = "person", "unit", "quarter"
PLAIN_PERSON = "Người dân"
FIELDS = ("rating", "words", "relation", "kind", "shown_as", "quarter", "group", "mail", "position")


@dataclass(frozen=True)
class Typed:
    """What somebody typed about ``doc``; only `FIELDS` of ``sent`` are looked at."""

    doc: CommitmentDoc
    sent: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """One field as it was typed, for the form."""
        return self.sent.get(name, "").strip()

    @cached_property
    def words(self) -> str:
        """The comment as it would be stored."""
        return tidy(self.sent.get("words", ""))

    @cached_property
    def faults(self) -> dict[str, str]:
        """What is wrong, by field, with the way to mend it."""
        found = {}
        if self["rating"] and self["rating"] not in (*(a.value for a in Answer), TAKE_BACK):
            found["rating"] = _("Xin chọn một trong các câu trả lời.")
        if not self["rating"] and not self.words:
            found["rating"] = _("Xin chọn một câu trả lời, hoặc viết ý kiến ở dưới.")
        if len(self.words) > MOST_WORDS:
            over = len(self.words) - MOST_WORDS
            found["words"] = _(
                "Ý kiến dài quá %(most)s ký tự. Xin bớt %(over)s ký tự.", most=MOST_WORDS, over=over
            )
        if self["relation"] and self["relation"] not in {r.value for r in Relation}:
            found["relation"] = _("Xin chọn một trong các mục.")
        if self["kind"] and self["kind"] not in {k.value for k in CommentKind}:
            found["kind"] = _("Xin chọn một trong các mục.")
        if self["group"] and self["group"] not in {g.value for g in Group}:
            found["group"] = _("Xin chọn một trong các mục.")
        if self["shown_as"] == QUARTER and not self._quarter:
            found["quarter"] = _("Xin ghi số tổ dân phố hoặc thôn, từ 1 đến 99.")
        return found

    @property
    def rating(self) -> Word | None:
        """The answer given, if any; without a word on it, somebody is merely interested."""
        if not self["rating"]:
            return None
        relation = Relation(self["relation"] or Relation.INTERESTED)
        return Word(answer=None if self["rating"] == TAKE_BACK else Answer(self["rating"]), relation=relation)

    @property
    def shown_as(self) -> str:
        """What the comment is signed with: from a list, never a name."""
        if self["shown_as"] == UNIT:
            return f"{PLAIN_PERSON}, {self.doc.holder.unit.name}"
        if self["shown_as"] == QUARTER:
            return f"{PLAIN_PERSON}, {quarter_word(self.doc)} số {self._quarter}"
        return PLAIN_PERSON

    def comment(self, hidden: frozenset[str], answer_to: str) -> Words | None:
        """The comment with the ``hidden`` pieces covered up; None without words."""
        if not self.words:
            return None
        covered = [p for p in self.personal if piece_name(p) in hidden]
        return Words(
            kind=CommentKind(self["kind"] or CommentKind.OPINION),
            text=mask(self.words, covered),
            shown_as=self.shown_as,
            has_personal=len(covered) < len(self.personal),
            answer_to=answer_to,
        )

    @cached_property
    def personal(self) -> tuple[Found, ...]:
        """Personal data in the words; the cadre's own name is public already."""
        return find_personal(self.words, known_names=self._known)

    @cached_property
    def channel(self) -> Channel:
        """The channel the law gives such words; a guess, of which the author decides unless it is held."""
        return self._routing.channel

    @property
    def is_held(self) -> bool:
        """Whether the words are a denunciation or a crime report: none of them may be kept here."""
        return bool(self.words) and self._routing.is_held

    @property
    def advice(self) -> Channel | None:
        """A better channel of which the author should hear before choosing."""
        if not self.words:
            return None
        if self.channel in OFFERED:
            return self.channel
        return Channel.DENUNCIATION if self._routing.may_be_denunciation else None

    @property
    def carried(self) -> dict[str, str]:
        """The fields as typed, to go along with the next form."""
        return {name: self.sent[name] for name in FIELDS if self.sent.get(name)}

    @cached_property
    def _routing(self) -> Routing:
        return channel_of(self.words, known_names=self._known)

    @property
    def _known(self) -> tuple[str, ...]:
        return (self.doc.holder.cadre_name,)

    @property
    def _quarter(self) -> int | None:
        typed = self["quarter"]
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
        return number if 1 <= number <= MOST_QUARTERS else None


def piece_name(piece: Found) -> str:
    """How the form calls one piece of personal data."""
    return f"{piece.start}-{piece.end}"


def quarter_word(doc: CommitmentDoc) -> str:
    """What people call a neighbourhood there: a phường has tổ dân phố, a xã has thôn."""
    return "Thôn" if doc.holder.unit.name.startswith("Xã") else "Tổ dân phố"
