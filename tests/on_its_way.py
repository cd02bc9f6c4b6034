"""A programme on its way across the desk: handed over, approved, published, and where its pages lie."""

from people import CITY, KINH_MON, SOAN, Person
from world import World, who

from portal.kernel.policy import Role
from portal.office.appraisal import reads
from portal.office.programme import handing_over
from portal.office.programme.reads import programme

BOOK = "01-chu-tich-phuong-nhi-chieu.xlsx"
OTHER = Person("Võ Văn Bố", "bo@namro.example", Role.PUBLISHER, CITY)
ELSEWHERE = Person("Tạ Thị Khác", "khac@namro.example", Role.PUBLISHER, KINH_MON)
GOOD = {
    "fit": "Phù hợp thực tế", "fit_note": "Sát với tình hình phường (minh họa).",
    "feasible": "Khả thi", "feasible_note": "",
}  # fmt: skip
REASON = "Cập nhật theo quyết định mới (minh họa)"
STAMP = "TỐI MẬT\nSố 12"


def at(ref: str, rest: str = "") -> str:
    return f"/van-phong/chuong-trinh/{ref}{rest}"


def submitted(world: World) -> str:
    ref = world.draft(world.read(BOOK))
    with world.work() as w:
        handing_over.hand_over(w, ref, by=who(w, SOAN))
    return ref


def approved(world: World) -> str:
    ref = world.draft(world.read(BOOK))
    world.approve(ref)
    return ref


def published(world: World) -> str:
    ref = approved(world)
    world.publish(ref)
    world.later(days=1)
    return ref


def state(world: World, ref: str) -> str:
    with world.work() as w:
        return programme(w, ref).state


def subjects(world: World, ref: str) -> tuple[reads.Subject, ...]:
    with world.work() as w:
        return reads.subjects(w, programme(w, ref))
