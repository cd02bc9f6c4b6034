"""A decision of the competent level, quoted because it so decided: by two, never counted, taken down."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from evaluated import DANH, commitments, evaluators, freeze_q4, open_q4, published
from people import CITY, CONG, HOA, SOAN, Person
from sqlalchemy import select
from world import World, who

from portal.kernel.policy import Refusal, Refused, Role
from portal.office.accounts.acts import add_officer
from portal.office.audit.tables import AuditLine
from portal.office.evaluation import quoting
from portal.office.evaluation.quoting import QuotationForm, WithdrawalForm
from portal.office.evaluation.reads import newest_dossier, period_of
from portal.office.programme.reads import programme
from portal.office.programme.typed import StampTyped
from portal.publication.quoting import publish_quotation, withdraw_quotation
from portal.record import reads
from portal.record.documents import Act, QuotationDoc, TombstoneDoc
from portal.record.evaluation.reading import quotations_of

GRADE = "Hoàn thành tốt nhiệm vụ năm 2026 QZXJ (minh họa)"
FORM = QuotationForm(
    title="Quyết định về xếp loại chất lượng (minh họa)",
    number="12-QĐ/MH",
    decided_on=date(2026, 11, 20),
    issuer="Ban Thường vụ (minh họa)",
    text=GRADE,
    ordered_by="Kết luận 3-KL/MH ngày 21/11/2026 (minh họa)",
    link="https://vanban.example/12",
)
CODE = "2026-Q4"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(World(tmp_path / "instance").settle_in()) as made:
        evaluators(made)
        yield made


@pytest.fixture
def ref(world: World) -> str:
    found = published(world)
    open_q4(world)
    return found


def enter(world: World, ref: str, form: QuotationForm = FORM, *, by: Person = DANH) -> int:
    with world.work() as w:
        return quoting.quote(w, ref, CODE, form, by=who(w, by)).id


def drop(world: World, ref: str, key: int, *, by: Person = DANH) -> None:
    with world.work() as w:
        quoting.drop(w, ref, CODE, key, by=who(w, by))


def let_out(world: World, ref: str, key: int, *, by: Person = CONG) -> int:
    with world.work() as w:
        return publish_quotation(w, ref, CODE, key, by=who(w, by), signer=world.signer)


def take_down(world: World, ref: str, key: int, reason: str, *, by: Person = CONG) -> int:
    with world.work() as w:
        form = WithdrawalForm(reason=reason)
        return withdraw_quotation(w, ref, CODE, key, form, by=who(w, by), signer=world.signer)


def standing(world: World, ref: str) -> list[QuotationDoc]:
    with world.work() as w:
        return [document for _, document in quotations_of(w.session, ref)]


def refused(refusal: Refusal, call: Any, *args: Any, **named: Any) -> None:
    with pytest.raises(Refused) as caught:
        call(*args, **named)
    assert caught.value.refusal is refusal


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        *(({name: " "}, Refusal.QUOTATION_INCOMPLETE)
          for name in ("title", "number", "issuer", "text", "ordered_by")),
        ({"text": "a" * 2001}, Refusal.TOO_LONG),
        ({"decided_on": date(2026, 11, 25)}, Refusal.DECISION_IN_FUTURE),
        *(({"link": link}, Refusal.NOT_A_LINK)
          for link in ("http://a.example", "javascript:alert(1)", "https://a b.example", "https://a")),
    ],
)  # fmt: skip
def test_what_cannot_be_entered(world: World, ref: str, changed: dict[str, Any], refusal: Refusal) -> None:
    refused(refusal, enter, world, ref, replace(FORM, **changed))


def test_one_enters_and_another_publishes(world: World, ref: str) -> None:
    refused(Refusal.NOT_YOUR_ROLE, enter, world, ref, by=SOAN)
    with pytest.raises(StampTyped):
        enter(world, ref, replace(FORM, text="TÀI LIỆU MẬT"))
    key = enter(world, ref)
    assert standing(world, ref) == []
    refused(Refusal.NO_SUCH_QUOTATION, let_out, world, ref, key + 1)
    refused(Refusal.NOT_YOUR_ROLE, let_out, world, ref, key, by=DANH)
    with world.work() as w:
        add_officer(w, email=DANH.email, name=DANH.name, role=Role.PUBLISHER, unit_code=CITY)
        add_officer(w, email=HOA.email, name=HOA.name, role=Role.EVALUATOR, unit_code=CITY)
    refused(Refusal.OWN_WORK, let_out, world, ref, key, by=DANH)
    refused(Refusal.OWN_PROGRAMME, enter, world, ref, by=HOA)
    position = let_out(world, ref, key)
    refused(Refusal.QUOTATION_SETTLED, let_out, world, ref, key)
    refused(Refusal.QUOTATION_SETTLED, drop, world, ref, key)
    [said] = standing(world, ref)
    assert (said.text, said.decided_on, said.issuer) == (GRADE, FORM.decided_on, FORM.issuer)
    assert (said.ordered_by, said.link, said.period.code) == (FORM.ordered_by, FORM.link, CODE)
    with world.work() as w:
        entry = reads.entry(w.session, position)
        heard = [one.event for one in w.session.scalars(select(AuditLine))]
    assert entry
    assert entry.act is Act.PUBLISH
    assert heard.count("QuotationMoved") == 2


def test_what_was_entered_by_mistake_is_dropped(world: World, ref: str) -> None:
    key = enter(world, ref, replace(FORM, link=""))
    refused(Refusal.NOT_YOUR_ROLE, drop, world, ref, key, by=SOAN)
    drop(world, ref, key)
    refused(Refusal.QUOTATION_SETTLED, let_out, world, ref, key)
    with world.work() as w:
        draft = programme(w, ref)
        assert quoting.quotations_of(w, period_of(w, draft, CODE), draft) == []
    assert standing(world, ref) == []


def test_it_is_taken_down_with_a_reason_and_its_words_go(world: World, ref: str) -> None:
    key = enter(world, ref)
    refused(Refusal.QUOTATION_SETTLED, take_down, world, ref, key, "Nhầm")
    position = let_out(world, ref, key)
    refused(Refusal.NO_REASON, take_down, world, ref, key, " ")
    refused(Refusal.NOT_YOUR_ROLE, take_down, world, ref, key, "Nhầm", by=DANH)
    take_down(world, ref, key, "Quyết định đã được thay thế (minh họa)")
    assert standing(world, ref) == []
    with world.work() as w:
        first = reads.entry(w.session, position)
        assert first
        assert first.document is None  # not given out any more, by whatever way it is asked for
        stone = reads.revision(w.session, first.ref)
    assert stone
    assert isinstance(stone.document, TombstoneDoc)
    assert stone.document.reason == "Quyết định đã được thay thế (minh họa)"


def test_it_goes_with_its_programme_and_comes_to_no_other(world: World, ref: str) -> None:
    key = enter(world, ref)
    waiting = enter(world, ref)
    let_out(world, ref, key)
    world.withdraw(ref)
    assert standing(world, ref) == []
    refused(Refusal.QUOTATION_SETTLED, take_down, world, ref, key, "Nhầm")
    refused(Refusal.NOT_PUBLISHED, let_out, world, ref, waiting)


def test_nothing_is_computed_listed_or_searched_by_it(world: World, ref: str) -> None:
    freeze_q4(world)
    before = dossier(world, ref)
    let_out(world, ref, enter(world, ref))
    world.follow()
    assert dossier(world, ref) == before
    assert GRADE not in before
    [item, *_] = commitments(world, ref)
    reader = world.reader()
    with world.work() as w:
        unit = reads.revision(w.session, ref).document.holder.unit.slug  # type: ignore[union-attr]  # a programme
    listed = ("/", f"/don-vi/{unit}", f"/chuong-trinh/{ref}", f"/cam-ket/{item}", "/don-vi",
              "/tim-kiem?q=QZXJ",
              "/tim-kiem?q=Ho%C3%A0n+th%C3%A0nh+t%E1%BB%91t", f"/chuong-trinh/{ref}/nhiem-ky",
              f"/chuong-trinh/{ref}/lich-su", "/du-lieu", "/kiem-duyet")  # fmt: skip
    for path in listed:
        said = reader.get(path).text.replace("q=QZXJ", "").replace('value="QZXJ"', "")
        assert "QZXJ (" not in said, path
        assert FORM.issuer not in said, path
    page = reader.get(f"/chuong-trinh/{ref}/ky-danh-gia").text  # the control: there it stands
    assert GRADE in page
    assert page.index("<blockquote") < page.index(GRADE) < page.index("</blockquote>")
    for said in (
        FORM.number,
        "20/11/2026",
        FORM.issuer,
        FORM.ordered_by,
        FORM.link,
        "Đây không phải nhận xét",
    ):
        assert said in page


def dossier(world: World, ref: str) -> str:
    with world.work() as w:
        draft = programme(w, ref)
        return newest_dossier(w, period_of(w, draft, CODE), draft).body
