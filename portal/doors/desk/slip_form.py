"""The form of a paper slip at the desk: its fields, its faults, and the slip it makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.inbox.feedback.acts import Word, Words
from portal.inbox.recognition.channels import Channel, channel_of
from portal.inbox.recognition.personal import find_personal, mask
from portal.office.slips.acts import Slip
from portal.record.documents import CommitmentDoc, Revision
from portal.record.voice import Answer, CommentKind, Relation

MOST_WORDS = 2000  # characters
CHOICES: dict[str, dict[str, str]] = {
    "rating": {
        "": "Không trả lời",
        Answer.DONE_WELL.value: "Đã làm tốt",
        Answer.UNCLEAR.value: "Có làm, chưa rõ kết quả",
        Answer.NOT_SEEN.value: "Chưa thấy làm",
        Answer.UNKNOWN.value: "Tôi không biết",
    },
    "relation": {
        Relation.INTERESTED.value: "Chỉ quan tâm, hoặc không ghi",
        Relation.LOCAL.value: "Sống tại địa bàn",
        Relation.AFFECTED.value: "Trực tiếp liên quan",
    },
    "kind": {
        CommentKind.OPINION.value: "Góp ý",
        CommentKind.QUESTION.value: "Câu hỏi",
        CommentKind.EVIDENCE.value: "Cung cấp minh chứng",
        CommentKind.PRAISE.value: "Biểu dương",
    },
    "shown_as": {
        "person": "Người dân",
        "unit": "Người dân, tên phường, xã",
        "quarter": "Người dân, tổ dân phố số …",
    },
}


@dataclass(frozen=True)
class SlipForm:
    """A slip as typed, about the commitment ``rev`` shows."""

    rev: Revision
    typed: Mapping[str, str]

    @property
    def doc(self) -> CommitmentDoc:
        """The commitment."""
        assert isinstance(self.rev.document, CommitmentDoc)  # as the page looked it up
        return self.rev.document

    @property
    def words(self) -> str:
        """What is written on the slip."""
        return self.typed["words"]

    @cached_property
    def channel(self) -> Channel:
        """The channel such words belong to."""
        return self._routing[0]

    @property
    def is_held(self) -> bool:
        """Whether the words are a denunciation or a crime report, which nobody types in here."""
        return bool(self.words) and self._routing[1]

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {
            name: "Đề nghị chọn một mục trong danh sách."
            for name, choices in CHOICES.items()
            if self.typed[name] and self.typed[name] not in choices
        }
        if not self.typed["rating"] and not self.words:
            found["rating"] = "Phiếu phải có câu trả lời hoặc ý kiến."
        if len(self.words) > MOST_WORDS:
            found["words"] = f"Ý kiến tối đa {MOST_WORDS} ký tự."
        if self.typed["shown_as"] == "quarter" and not self._quarter:
            found["quarter"] = "Đề nghị ghi số tổ dân phố hoặc thôn, từ 1 đến 99."
        return found

    @property
    def slip(self) -> Slip:
        """The slip as it is taken in: personal data covered up, for nobody is there to ask."""
        rating = Answer(self.typed["rating"]) if self.typed["rating"] else None
        relation = Relation(self.typed["relation"] or Relation.INTERESTED)
        return Slip(
            programme=self.doc.programme_ref,
            commitment=self.doc.ref,
            position=self.rev.position,
            rating=Word(answer=rating, relation=relation) if rating else None,
            comment=self._comment if self.words else None,
            letter=self.typed["letter"],
        )

    @property
    def _comment(self) -> Words:
        found = find_personal(self.words, known_names=(self.doc.holder.cadre_name,))
        return Words(
            kind=CommentKind(self.typed["kind"] or CommentKind.OPINION),
            text=mask(self.words, found),
            shown_as=self._shown_as,
        )

    @property
    def _shown_as(self) -> str:
        unit = self.doc.holder.unit.name
        if self.typed["shown_as"] == "unit":
            return f"Người dân, {unit}"
        if self.typed["shown_as"] == "quarter":
            word = "Thôn" if unit.startswith("Xã") else "Tổ dân phố"
            return f"Người dân, {word} số {self._quarter}"
        return "Người dân"

    @property
    def _quarter(self) -> int:
        typed = self.typed["quarter"]
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0
        return number if number > 0 else 0

    @cached_property
    def _routing(self) -> tuple[Channel, bool]:
        found = channel_of(self.words, known_names=(self.doc.holder.cadre_name,))
        return found.channel, found.is_held
