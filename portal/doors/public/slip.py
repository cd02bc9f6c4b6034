"""What a paper slip (phiếu góp ý) says: one commitment, the questions of the counter's form, no name.

The code on it is the commitment's reference, which an officer types or scans to reach the right form.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

from portal.doors.language import language, path_in
from portal.doors.language import say as _
from portal.doors.public.contribution import PLAIN_PERSON, TAKE_BACK, quarter_word
from portal.doors.public.poster import Code, draw_code
from portal.doors.public.speaking import ANSWERS, KINDS, QUESTION, RELATIONS
from portal.record.documents import CommitmentDoc

_LONGEST = 160  # letters of a commitment that fit on three lines


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip, half a sheet of A4. ``signs``: how the words may be signed, the last with a blank."""

    text: str
    who: str
    code: str
    address: str
    picture: Code
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One question with its boxes, under the name the counter's form gives it."""

    name: str
    question: str
    answers: tuple[str, ...]


def slips_of(docs: Iterable[CommitmentDoc], *, base: str) -> list[Slip]:
    """A slip for each of ``docs``; ``base``: the address of this site."""
    return [_slip(doc, base) for doc in docs]


def on_sheets(slips: list[Slip]) -> list[list[Slip]]:
    """Two slips a sheet; one alone is printed twice, so that no half is wasted."""
    whole = slips * 2 if len(slips) == 1 else slips
    return [whole[at : at + 2] for at in range(0, len(whole), 2)]


def choices() -> tuple[Choice, ...]:
    """The questions, in the order of the counter's form; taking an answer back needs no paper."""
    answers = [word for value, word in ANSWERS.items() if value != TAKE_BACK]
    return (
        Choice("rating", _(QUESTION), tuple(_(word) for word in answers)),
        Choice("relation", _("Ông/bà liên quan thế nào?"), tuple(_(word) for word in RELATIONS.values())),
        Choice("kind", _("Ý kiến này là"), tuple(_(word) for word in KINDS.values())),
    )


def words(*, place: str) -> dict[str, str]:
    """The fixed words; ``place``: where a receipt is looked up."""
    return {
        "title": _("Phiếu góp ý"),
        "code": _("Mã cam kết"),
        "picture": _("Mã QR dẫn đến"),
        "no_name": _("Không ghi tên, số điện thoại, địa chỉ của ai. Viết tiếp được ở mặt sau."),
        "words": _("Ý kiến của ông/bà (không bắt buộc)"),
        "shown_as": _("Ký tên dưới ý kiến"),
        "letter": _("Mã thư xác nhận, nếu có"),
        "receipt": _(
            "Nộp tại quầy: cán bộ nhập phiếu rồi đưa ông/bà biên nhận có mã; vào %(place)s nhập mã để biết "
            "ý kiến đang ở đâu, rút lại hoặc đề nghị xem lại. Giữ mã kín: không ai tra được mã theo tên.",
            place=place,
        ),
        "other": _("Khiếu nại, tố cáo không viết vào phiếu này: hỏi nơi tiếp công dân."),
    }  # fmt: skip


def _slip(doc: CommitmentDoc, base: str) -> Slip:
    address = base.rstrip("/") + path_in(language(), f"/cam-ket/{doc.ref}")
    unit = doc.holder.unit.name
    return Slip(
        text=shorten(doc.text, _LONGEST, placeholder=" …"),
        who=shorten(f"{doc.holder.cadre_name}, {doc.holder.post}, {unit}", 110, placeholder=" …"),
        code=doc.ref,
        address=address,
        picture=draw_code(address),
        signs=(PLAIN_PERSON, f"{PLAIN_PERSON}, {unit}", f"{PLAIN_PERSON}, {quarter_word(doc)} số"),
    )
