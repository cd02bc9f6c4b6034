"""How the addresses of the desk are filled in, and what the policy alone says the answer must be."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from matrix_cases import case_of, sealed_of
from matrix_things import job_of, period_in, quotation_of, reply_of, slip_of, theme_of
from matrix_world import MatrixDesk, first_commitment, held_upload_of, session_of
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.doors.desk.gate import Gate, gate_of
from portal.kernel.policy import Act, Actor, Matter, may_somewhere, refusal_of
from portal.kernel.work import Work
from portal.office.guidance.reads import periods_of
from portal.office.movement.reads import movement_of
from portal.office.movement.tables import MovementItem
from portal.office.posting.tables import Posting
from portal.office.presentation.tables import Presentation
from portal.office.programme.tables import Programme
from portal.office.programme.versions import versions

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
Find = Callable[[Work, Programme], Any]
DONE = frozenset({200, 303})
HELD_BACK = frozenset({409, 413, 422})  # allowed, but not with an empty form, or not in this state
OPEN_ANSWERS = frozenset({200, 302, 303, 400, 404, 422, 429})


def _first(rows: Iterable[Any]) -> Any:
    return next((row.id for row in rows), "")


def _presentation(w: Work, draft: Programme) -> Any:
    return w.session.scalar(select(Presentation.id).where(Presentation.programme_id == draft.id))


# What stands in an address after this word: a thing that belongs to one programme.
THINGS: dict[str, Find] = {
    "chuong-trinh": lambda w, draft: draft.ref,
    "tien-do": lambda w, draft: first_commitment(draft).ref,
    "nhiem-vu": lambda w, draft: draft.tasks[0].ref,
    "cam-ket": lambda w, draft: first_commitment(draft).ref,
    "tham-van": lambda w, draft: _first(draft.consultations),
    "phien-ban": lambda w, draft: next((one.number for one in versions(w, draft)), ""),
    "trinh-bay": _presentation,
    "bao-cao": lambda w, draft: _first(first_commitment(draft).progress),
    "xac-nhan": lambda w, draft: _first(first_commitment(draft).progress),
    "cong-khai": lambda w, draft: _first(first_commitment(draft).progress),
    "nguyen-nhan": lambda w, draft: _first(first_commitment(draft).causes),
    "moc": lambda w, draft: _first(first_commitment(draft).milestones),
    "minh-chung": lambda w, draft: _first(first_commitment(draft).evidence),
    "niem-yet": lambda w, draft: draft.ref,
    "niem-yet/*": lambda w, draft: w.session.scalar(
        select(Posting.id).where(Posting.programme_id == draft.id)
    ),
    "tham-dinh": lambda w, draft: first_commitment(draft).ref,
    "tham-dinh/*": lambda w, draft: first_commitment(draft).version,
    "tham-dinh/*/*": lambda w, draft: "0",  # nobody has written an opinion yet
    "xem-truoc": lambda w, draft: f"chuong-trinh/{draft.ref}",
    "chuyen-tiep": lambda w, draft: getattr(movement_of(w, draft.id), "id", ""),
    "chuyen-tiep/*": lambda w, draft: first_commitment(draft).ref,
    "ket-thuc": lambda w, draft: getattr(movement_of(w, draft.id), "id", ""),
    "tiep-nhan": lambda w, draft: w.session.scalar(
        select(MovementItem.id).where(MovementItem.successor_programme_id == draft.id)
    ),
    "giai-trinh": lambda w, draft: draft.ref,
    "tra-loi": lambda w, draft: "",  # nothing in this world is public that could be answered
    "duyet": reply_of,
    "tra-lai": reply_of,
    "nhom": theme_of,
    "kiem-duyet": case_of,
    "niem-phong": sealed_of,
    "chuong-trinh/*": period_in,
    "tu-kiem-diem": lambda w, draft: first_commitment(draft).ref if draft.state == "published" else "",
    "y-kien": lambda w, draft: "",  # no theme is public
    "tep": lambda w, draft: "json",
    "trich-van-ban": quotation_of,
    "phieu": slip_of,
    "kiem-diem": lambda w, draft: draft.ref,
    "kiem-diem/*": lambda w, draft: next((one.code for one in periods_of(w, draft)), ""),
}
# Numbers and names that every programme has of its own: the same one elsewhere is another thing.
COUNTED = {"chuong-trinh/*", "tep", "phien-ban", "kiem-diem/*", "tham-dinh/*", "tham-dinh/*/*", "xem-truoc"}
# A thing that belongs to one officer; the programme, if any, is the one it was meant for.
OWN_THINGS: dict[str, Callable[[MatrixDesk, str, str | None], str]] = {
    "so-tinh": held_upload_of,
    "nhap": held_upload_of,
    "xem-lai": lambda made, person, _: "",  # nobody was asked for a second look
    "phien": lambda made, person, _: session_of(made, person),
    "huong-dan": lambda made, person, _: made.guidance,  # of the ward of the programmes
    "thu-tuc": lambda made, person, _: made.parts["", "thu-tuc"],
    "so-lieu": lambda made, person, _: made.parts["", "so-lieu"],
    "ky": lambda made, person, _: made.parts["", "ky"],
    "viec": job_of,
    "can-bo": lambda made, person, _: made.colleague,  # an officer of that ward, who administers nothing
    "vai-tro": lambda made, person, _: made.ward,
}
WAYS_IN = {"static", "loi-moi", "thiet-bi"}  # secrets and names of files, which no officer owns
# Words before what says which programme it is: its reference, a commitment's, or a movement's key.
ROOTS = {
    *("chuong-trinh", "tien-do", "niem-yet", "kiem-diem"),
    *("chuyen-tiep", "tiep-nhan", "ket-thuc", "giai-trinh"),
    "kiem-duyet",
    "niem-phong",
    "phieu",
}
UNKNOWN = {"int": "4711", None: "khong-co-ma", "path": "khong/co"}
# Where an unknown thing is not "not found": what was sent is no longer held, which has its own sentence.
GONE = dict.fromkeys(("draft.store", "draft.store_new", "draft.show_held", "draft.show_held_new"), 422)


# Views that show with one act and take a form with another.
SENDS = {
    "disclosure.show_marks": Act.DISCLOSE,
    "publication.show_gate": Act.PUBLISH,
    "procedures.publish": Act.PUBLISH_PROCEDURES,
}
# Views without a programme in their address that are about a matter of the ward all the same.
OF_THE_WARD = {
    *("draft.store_new", "guidance.show_version", "guidance.template", "guidance.give_template"),
    *("draft.show_held_new", "procedures.show_unit", "procedures.report", "procedures.correct"),
    *("procedures.mark", "procedures.import_months", "procedures.store_months", "procedures.publish"),
    *("evaluation.show_period", "evaluation.freeze"),
    *("officers.show_one", "officers.invite_again", "officers.withdraw", "officers.suspend"),
    *("officers.restore", "officers.give_elsewhere", "officers.change_roles", "officers.reset"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One blank of an address: the word before it, and how it is typed."""

    word: str
    kind: str | None
    whole: str


def parts_of(rule: Rule) -> list[Part]:
    """The blanks of an address, in order."""
    found = []
    for match in PARAMETER.finditer(rule.rule):
        before = [word for word in rule.rule[: match.start()].split("/") if word]
        words = [word for word in before if "<" not in word]
        behind = len(before) - 1 - before.index(words[-1])  # blanks right before it: something in that
        found.append(Part(words[-1] + "/*" * behind, match[1], match[0]))
    return found


def words_unknown(rule: Rule) -> list[str]:
    """The words before a blank of which nobody has said what stands there."""
    known = {*THINGS, *OWN_THINGS, *WAYS_IN}
    return [part.word for part in parts_of(rule) if part.word not in known]


def is_about_a_programme(rule: Rule) -> bool:
    """Whether an address names a programme, or something in one."""
    return any(part.word in ROOTS for part in parts_of(rule))


def methods_of(rule: Rule) -> list[str]:
    """GET before POST: what is looked at is still there."""
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def routes(made: MatrixDesk) -> Iterator[tuple[Rule, str]]:
    """Every address of the desk with every method."""
    for rule in made.app.url_map.iter_rules():
        for method in methods_of(rule):
            yield rule, method


def gate(made: MatrixDesk, rule: Rule) -> Gate | None:
    """What the view asks for."""
    return gate_of(made.app.view_functions[rule.endpoint])


def matter_of(made: MatrixDesk, rule: Rule, state: str) -> Matter | None:
    """What an address is about, as the policy sees it; None for what is nobody's in particular."""
    if rule.endpoint in OF_THE_WARD:
        return Matter(unit_ids=made.matters["draft"].unit_ids)
    return made.matters[state] if state else None


def act_of(made: MatrixDesk, rule: Rule, method: str) -> Act | None:
    """The act that is asked about a matter; the gate's, unless sending takes more than looking."""
    asked = gate(made, rule)
    sends = SENDS.get(rule.endpoint) if method == "POST" else None
    return sends or (asked.act if asked else None)


def address(made: MatrixDesk, rule: Rule, person: str, ref: str, *, inner: str = "") -> tuple[str, bool]:
    """The address about the programme ``ref``, and whether everything it names is there.

    ``inner``: another programme, to which everything but the reference itself belongs.
    """
    path, is_there = rule.rule, True
    for part in parts_of(rule):
        value = _value(made, part, person, ref if part.word in ROOTS or not inner else inner, rule)
        is_there = is_there and bool(value)
        path = path.replace(part.whole, value or UNKNOWN[part.kind], 1)
    return path, is_there


def _value(made: MatrixDesk, part: Part, person: str, ref: str, rule: Rule) -> str:
    if part.word in OWN_THINGS:
        is_known = person in made.cookies
        about = ref if is_about_a_programme(rule) else None
        return OWN_THINGS[part.word](made, person, about) if is_known else ""
    if part.word in THINGS:
        return made.part(ref, part.word, THINGS[part.word])
    return UNKNOWN[part.kind]


def unknown_address(rule: Rule) -> str:
    """The address with nothing in it that exists."""
    return PARAMETER.sub(lambda match: UNKNOWN[match[1]], rule.rule)


def expected(
    asked: Gate | None, by: Actor | None, act: Act | None, matter: Matter | None, *, is_there: bool = True
) -> frozenset[int]:
    """The answers that the policy allows."""
    if asked is None:
        return frozenset({404})
    if asked.is_open:
        return OPEN_ANSWERS
    if by is None or not by.is_active:
        return frozenset({303})
    if asked.act and not may_somewhere(by, asked.act):
        return frozenset({403})
    if act and matter and refusal_of(by, act, matter):
        return frozenset({403, 404})
    allowed = DONE | HELD_BACK if is_there else HELD_BACK | {404}
    return allowed if asked.act else allowed | {302}  # the library's own way of leading on
