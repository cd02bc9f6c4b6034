"""What would change in public, item by item and field by field, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.publication.rules import NEEDS_DOCUMENT
from portal.record.append import Line
from portal.record.change_words import KIND_WORDS, LABELS
from portal.record.documents import (
    Act,
    CommitmentDoc,
    ProgrammeDoc,
    Revision,
)

ACTS: dict[Act, str] = {
    Act.PUBLISH: "Công bố lần đầu",
    Act.CORRECT: "Đính chính",
    Act.AMEND: "Điều chỉnh",
    Act.PROGRESS: "Cập nhật tiến độ",
    Act.WITHDRAW: "Gỡ khỏi trang công khai",
    Act.REDACT: "Xóa văn bản",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field that differs; ``said`` names a change that people must notice, else it is empty."""

    label: str
    before: str
    after: str
    said: str
    must_have_paper: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """One document that would go out, or go."""

    ref: str
    title: str
    act: str
    is_gone: bool
    fields: tuple[Field, ...]

    @property
    def must_have_paper(self) -> bool:
        """Whether a document must order it."""
        return any(field.must_have_paper for field in self.fields)


def changed_items(
    lines: Sequence[Line], titles: Mapping[str, str], known: Sequence[Revision]
) -> list[Changed]:
    """Every line that would be appended, in words."""
    gone = {r.ref: _title(r) for r in known}
    return [
        Changed(
            line.ref,
            titles.get(line.ref) or gone.get(line.ref, ""),
            ACTS[line.act],
            line.act is Act.WITHDRAW,
            tuple(_fields(line)),
        )
        for line in lines
    ]


def _fields(line: Line) -> Iterator[Field]:
    for change in line.notice.changes:
        told = "_" in change.kind  # the plain kinds are one word: changed, added, removed
        yield Field(
            LABELS[change.field],
            change.before,
            change.after,
            KIND_WORDS[change.kind] if told else "",
            change.kind in NEEDS_DOCUMENT,
        )


def _title(revision: Revision) -> str:
    match revision.document:
        case CommitmentDoc():
            return revision.document.text
        case ProgrammeDoc():
            return revision.document.holder.cadre_name
    return ""
