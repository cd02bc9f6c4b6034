"""The pages on which somebody speaks about a commitment: the form, the preview, the lawful channel."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import Response, abort

from portal.doors.language import language
from portal.doors.language import say as _
from portal.doors.public.contribution import (
    MOST_WORDS,
    PERSON,
    QUARTER,
    TAKE_BACK,
    UNIT,
    Typed,
    piece_name,
    quarter_word,
)
from portal.doors.public.pages import reading, today
from portal.doors.public.visiting import show_apart, visitor
from portal.inbox.recognition.channels import Channel
from portal.inbox.recognition.guidance import Guidance, guidance
from portal.inbox.recognition.personal import KIND_WORDS
from portal.inbox.signin import acts
from portal.inbox.signin.acts import Visitor
from portal.inbox.signin.rules import Capacity, groups_here
from portal.kernel.work import work
from portal.record import reads
from portal.record.documents import CommitmentDoc, Revision
from portal.record.voice import Answer, CommentKind, Group, Relation

# Vietnamese; every word is in the catalogue.
QUESTION = "Ông/bà thấy việc này thực tế đã làm đến đâu?"
ANSWERS = {
    Answer.DONE_WELL.value: "Đã làm tốt",
    Answer.UNCLEAR.value: "Có làm, chưa rõ kết quả",
    Answer.NOT_SEEN.value: "Chưa thấy làm",
    Answer.UNKNOWN.value: "Tôi không biết",
    TAKE_BACK: "Rút lại câu trả lời tôi đã gửi trước đây",
}
RELATIONS = {
    Relation.AFFECTED.value: "Tôi trực tiếp liên quan",
    Relation.LOCAL.value: "Tôi sống tại địa bàn",
    Relation.INTERESTED.value: "Tôi chỉ quan tâm",
}
KINDS = {
    CommentKind.OPINION.value: "Góp ý",
    CommentKind.QUESTION.value: "Câu hỏi",
    CommentKind.EVIDENCE.value: "Cung cấp minh chứng",
    CommentKind.PRAISE.value: "Biểu dương",
}
GROUPS = {
    Group.RESIDENT.value: "Người dân",
    Group.PARTY_MEMBER.value: "Đảng viên",
    Group.CADRE.value: "Cán bộ",
}


def commitment_of(ref: str) -> Revision:
    """The commitment spoken about, a tombstone if it was taken down. 404 when there is none."""
    found = reads.revision(reading(), ref)
    return found if found is not None else abort(404)


def document_of(ref: str) -> CommitmentDoc:
    """The standing commitment ``ref``. 404 or 410 when there is none."""
    doc = commitment_of(ref).document
    return doc if isinstance(doc, CommitmentDoc) else abort(410)


def attested_here(who: Visitor | None, doc: CommitmentDoc) -> frozenset[Group]:
    """The groups the visitor verifiably belongs to where ``doc`` is about."""
    if who is None:
        return frozenset()
    with work() as w:
        held = [Capacity(a.group, a.unit, a.until) for a in acts.standing_of(w, who.account)]
    places = [c.unit for c in held if _is_one_place(c.unit, doc.holder.unit.slug)]
    return frozenset(Group(g) for g in groups_here(held, places=places, today=today()))


def _is_one_place(unit: str, other: str) -> bool:
    """Whether one of the two lies in the other, or they are the same."""
    return other in above(unit) or unit in above(other)


def above(slug: str) -> list[str]:
    """``slug`` and every unit it lies in, what became of it included: people stay where they live."""
    seen: list[str] = []
    waiting: list[str] = [slug]
    while waiting:
        here = waiting.pop()
        doc = reads.unit(reading(), here) if here not in seen else None
        if doc is None:
            continue
        seen.append(here)
        waiting += [doc.parent_slug] if doc.parent_slug else []
        waiting += [after.unit.slug for after in doc.successors]
    return seen


def show_form(
    typed: Typed, status: int = 200, *, said: str = "", faults: Mapping[str, str] | None = None
) -> Response:
    """The form with what was typed; nothing of it is lost."""
    who = visitor()
    attested = attested_here(who, typed.doc)
    return show_apart(
        "public/voice/form.html",
        status,
        **_words(typed.doc),
        typed=typed,
        faults=faults or {},
        said=said,
        signed_in=who is not None,
        has_address=bool(who and who.address),
        groups=_groups(attested),
    )


def _groups(attested: Collection[Group]) -> dict[str, str]:
    """The capacities to choose from; none where there is nothing to choose."""
    if not set(attested) - {Group.RESIDENT}:
        return {}
    return {g: _(word) for g, word in GROUPS.items() if g in attested or g == Group.RESIDENT}


def show_again(fields: Mapping[str, str]) -> Response:
    """The form after signing in, with everything that was typed before."""
    typed = Typed(document_of(fields.get("ref", "")), fields)
    return show_form(
        typed, said=_("Ông/bà đã đăng nhập. Nội dung còn nguyên dưới đây, chưa gửi; xin bấm “Tiếp tục”.")
    )


def show_preview(typed: Typed, hidden: frozenset[str], status: int = 200) -> Response:
    """This is how everybody will see it; and each thing its author must decide."""
    comment = typed.comment(hidden, "")
    assert comment is not None  # nobody previews a rating
    return show_apart(
        "public/voice/preview.html",
        status,
        **_words(typed.doc),
        typed=typed,
        comment=comment,
        pieces=pieces_of(typed, hidden),
        advice=_guidance(typed.advice),
        advised=typed.advice or "",
    )


def pieces_of(typed: Typed, hidden: frozenset[str]) -> list[tuple[str, str, str, bool]]:
    """Each piece of personal data: its name in the form, what was typed, what it is, if it is covered."""
    return [
        (piece_name(p), typed.words[p.start : p.end], _(KIND_WORDS[p.kind]), piece_name(p) in hidden)
        for p in typed.personal
    ]


def show_channel(typed: Typed) -> Response:
    """422: these words have a lawful channel of their own, and none of them was kept here."""
    return show_apart(
        "public/voice/channel.html",
        422,
        **_words(typed.doc),
        typed=typed,
        advice=guidance(typed.channel, language()),
    )


def _guidance(channel: Channel | None) -> Guidance | None:
    return guidance(channel, language()) if channel else None


def _words(doc: CommitmentDoc) -> dict[str, Any]:
    unit = doc.holder.unit.name
    shown: Sequence[tuple[str, str]] = (
        (PERSON, "Người dân"),
        (UNIT, f"Người dân, {unit}"),
        (QUARTER, f"Người dân, {quarter_word(doc)} số …"),
    )
    return {
        "doc": doc,
        "question": _(QUESTION),
        "answers": {key: _(word) for key, word in ANSWERS.items()},
        "relations": {key: _(word) for key, word in RELATIONS.items()},
        "kinds": {key: _(word) for key, word in KINDS.items()},
        "shown": shown,
        "quarter_word": quarter_word(doc),
        "most": MOST_WORDS,
    }
