"""The table of the API: every address, what it takes and gives. Routing and description both read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.doors.public.api import answers, parameters
from portal.doors.public.api.contents import (
    CHANGES,
    ENTRIES,
    FOUND,
    ITEMS,
    PAGES,
    PLURALS,
    CheckpointDoc,
    FiguresDoc,
    ProvenEntry,
)
from portal.doors.public.api.parameters import Parameter, ref_of
from portal.doors.public.pages.health import Health
from portal.record.documents import Kind


@dataclass(frozen=True, slots=True)
class Operation:
    """One address. ``result``: the dataclass of its answer; ``gone``: what it names may be taken down."""

    path: str
    name: str
    said: str
    answer: answers.Answer
    result: type
    in_path: tuple[Parameter, ...] = ()
    in_query: tuple[Parameter, ...] = ()
    gone: bool = False
    kept: bool = True

    def match(self, path: str) -> Mapping[str, str] | None:
        """The texts of the path's parameters when ``path`` is of this address."""
        ours, theirs = self.path.split("/"), path.split("/")
        if len(ours) != len(theirs):
            return None
        pairs = list(zip(ours, theirs, strict=True))
        if any(own != given for own, given in pairs if not own.startswith("{")):
            return None
        return {own[1:-1]: given for own, given in pairs if own.startswith("{")}


_WALK = (parameters.CURSOR, parameters.LIMIT, parameters.SINCE)
_FILTERS: dict[Kind, tuple[Parameter, ...]] = {
    Kind.UNIT: (parameters.CODE,),
    Kind.PROGRAMME: (parameters.UNIT,),
    Kind.COMMITMENT: (parameters.UNIT, parameters.PROGRAMME, parameters.AREA, parameters.STATUS),
    Kind.COMMENT: (parameters.COMMITMENT,),
    Kind.PROCEDURES: (parameters.UNIT,),
    Kind.RATINGS: (parameters.COMMITMENT,),
    Kind.THEME: (parameters.PROGRAMME,),
    Kind.DOSSIER: (parameters.PROGRAMME,),
    Kind.EXPLANATION: (parameters.PROGRAMME,),
    Kind.QUOTATION: (parameters.PROGRAMME,),
}
_SAID: dict[Kind, tuple[str, str]] = {
    Kind.UNIT: ("đơn vị hành chính, cả đơn vị cũ", "administrative units, former ones included"),
    Kind.PROGRAMME: ("chương trình hành động", "action programmes"),
    Kind.COMMITMENT: ("cam kết", "commitments"),
    Kind.COMMENT: ("ý kiến đã kiểm duyệt", "moderated comments"),
    Kind.MODERATION: ("dòng của sổ kiểm duyệt", "lines of the moderation ledger"),
    Kind.PROCEDURES: ("kết quả giải quyết thủ tục hành chính", "results of administrative procedures"),
    Kind.RATINGS: ("đợt công bố đánh giá", "released ratings"),
    Kind.THEME: ("nhóm ý kiến và trả lời", "themes of comments and the answers to them"),
    Kind.TRANSPARENCY: ("số liệu kiểm duyệt theo tháng", "monthly figures of moderation"),
    Kind.DOSSIER: ("bản tổng hợp ý kiến giám sát", "frozen dossiers"),
    Kind.EXPLANATION: ("bản giải trình", "self-reviews"),
    Kind.QUOTATION: ("văn bản được trích dẫn", "decisions quoted"),
}


def _list(kind: Kind) -> Operation:
    vietnamese, english = _SAID[kind]
    return Operation(
        f"/{PLURALS[kind]}",
        f"list_{PLURALS[kind]}",
        f"Danh sách {vietnamese}, theo thứ tự thay đổi gần nhất sau cùng. / "
        f"List of {english}, the most recently changed last.",
        answers.list_of(kind),
        PAGES[kind],
        in_query=(*_WALK, *_FILTERS.get(kind, ())),
    )


def _one(kind: Kind) -> Operation:
    vietnamese, english = _SAID[kind]
    return Operation(
        f"/{PLURALS[kind]}/{{ref}}",
        f"read_{kind}",
        f"Một mục trong {vietnamese}. / One of the {english}.",
        answers.one_of(kind),
        ITEMS[kind],
        in_path=(ref_of(kind, required=True),),
        in_query=(parameters.REVISION,),
        gone=True,
    )


_SEARCH = (
    parameters.WORDS,
    parameters.UNIT,
    parameters.AREA,
    parameters.STATUS,
    *parameters.TRAITS,
    parameters.SORT,
    parameters.CURSOR,
    parameters.LIMIT,
)
_ANY_REF = Parameter(
    "ref",
    {"type": "string", "pattern": "^[a-z0-9][a-z0-9._/-]{0,119}$"},
    "Chỉ các bản của một tài liệu. / Only the revisions of one document.",
    Kind.COMMITMENT,
)
_LOG = (parameters.CURSOR, parameters.LIMIT, parameters.SINCE, parameters.KIND)

OPERATIONS: tuple[Operation, ...] = (
    *(make(kind) for kind in PLURALS for make in (_list, _one)),
    Operation(
        "/commitments/{ref}/figures",
        "read_figures",
        "Số liệu của một cam kết, từng lần báo cáo. / The figures of one commitment, report by report.",
        answers.figures,
        FiguresDoc,
        in_path=(ref_of(Kind.COMMITMENT, required=True),),
        gone=True,
    ),
    Operation(
        "/search",
        "search",
        "Tìm cam kết. / Search for commitments.",
        answers.search,
        FOUND,
        in_query=_SEARCH,
    ),
    Operation(
        "/changes",
        "list_changes",
        "Mọi thay đổi theo thứ tự, cả việc gỡ xuống; giữ “next” để lần sau hỏi tiếp. / "
        "Every change in order, withdrawals included; keep “next” and ask from there next time.",
        answers.changes,
        CHANGES,
        in_query=(*_LOG, _ANY_REF),
    ),
    Operation(
        "/log/entries",
        "list_entries",
        "Các mục của sổ cái, không kèm nội dung. / Entries of the log, without their documents.",
        answers.entries,
        ENTRIES,
        in_query=_LOG,
    ),
    Operation(
        "/log/entries/{position}",
        "read_entry",
        "Một mục của sổ cái kèm bằng chứng. / One entry of the log with its proof of inclusion.",
        answers.entry,
        ProvenEntry,
        in_path=(parameters.POSITION,),
    ),
    Operation(
        "/log/checkpoint",
        "read_checkpoint",
        "Mốc đã ký của sổ cái. / The signed checkpoint of the log.",
        answers.checkpoint,
        CheckpointDoc,
    ),
    Operation(
        "/health",
        "read_health",
        "Tình trạng hệ thống. / Whether the service works.",
        answers.health,
        Health,
        kept=False,
    ),
)


def find(path: str) -> tuple[Operation, Mapping[str, str]] | None:
    """The operation at ``path``, which is without the base, and the texts of its parameters."""
    for operation in OPERATIONS:
        texts = operation.match(path)
        if texts is not None:
            return operation, texts
    return None


def roots() -> list[Any]:
    """The dataclasses of all answers."""
    return list(dict.fromkeys(operation.result for operation in OPERATIONS))
