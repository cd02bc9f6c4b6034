"""What evaluation leaves in public: explanations, uses of opinions, digests; and a mandate's story."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from evaluated import DANH, evaluators, freeze_q4, gather_theme, open_q4, published
from figured import unexplained
from people import CONG, SOAN
from reader import CHECKS, Page
from world import World, who

from portal.office.evaluation.acts import AccountForm, UseForm, mark_theme, write_account
from portal.office.evaluation.reads import calendar_of, judged, period_of
from portal.office.programme.reads import programme
from portal.publication import evaluating
from portal.record.evaluation.document import CauseKind, Use
from portal.record.evaluation.outcome import Due

Q4 = "2026-Q4"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """A programme explained, frozen, its theme marked, all of it public."""
    with closing(World(tmp_path_factory.mktemp("public")).settle_in()) as world:
        evaluators(world)
        ref = published(world)
        open_q4(world)
        theme, _ = gather_theme(world, ref)
        with world.work() as w:
            draft = programme(w, ref)
            seen = judged(w, draft, period_of(w, draft, Q4), calendar=calendar_of(w))
            due = next(one.verdict.ref for one in seen if one.verdict.due is not Due.NOT_DUE)
            form = AccountForm(account="Còn chậm (minh họa).", cause=CauseKind.SUBJECTIVE)
            write_account(w, ref, Q4, due, form, by=who(w, SOAN))
        with world.work() as w:
            evaluating.publish_explanation(w, ref, Q4, by=who(w, CONG), signer=world.signer)
        freeze_q4(world)
        with world.work() as w:
            form = UseForm(use=Use.USED, sentence="Đã xem xét khi nhận xét (minh họa).")
            mark_theme(w, ref, Q4, theme.ref, form, by=who(w, DANH))
        with world.work() as w:
            evaluating.publish_uses(w, ref, Q4, by=who(w, CONG), signer=world.signer)
        world.follow()
        yield world, ref


def read(town: tuple[World, str], path: str, status: int = 200) -> str:
    """A page nobody finds fault with."""
    answer = town[0].reader().get(path)
    assert answer.status_code == status
    if status == 200:
        page = Page(path, answer)
        assert [fault for check in CHECKS for fault in check(page)] == [], path
        assert not path.startswith("/en") or unexplained(page) == [], path
    return answer.text


@pytest.mark.parametrize("tongue", ["", "/en"])
def test_what_was_done_with_public_supervision_is_public(town: tuple[World, str], tongue: str) -> None:
    page = read(town, f"{tongue}/chuong-trinh/{town[1]}/ky-danh-gia")
    for said in ("2026-Q4", "Trả kết quả chậm", "Đã xem xét khi nhận xét", "Còn chậm (minh họa)."):
        assert said in page
    assert ("Used in the evaluation" if tongue else "Đã dùng khi đánh giá") in page
    with town[0].work() as w:
        draft = programme(w, town[1])
        row = evaluating.newest_dossier(w, period_of(w, draft, Q4), draft)
        assert row.digest in page
    for grade in ("xuất sắc", "hoàn thành tốt nhiệm vụ", "không hoàn thành nhiệm vụ"):
        assert grade not in page.lower()


@pytest.mark.parametrize("tongue", ["", "/en"])
def test_a_mandate_is_told_from_promise_to_result(town: tuple[World, str], tongue: str) -> None:
    page = read(town, f"{tongue}/chuong-trinh/{town[1]}/nhiem-ky")
    assert 'class="timeline"' in page
    assert page.count("<tr ") > 3
    assert ("From 01/07/2026" if tongue else "Từ 01/07/2026") in page


def test_the_programme_leads_there_and_the_log_leads_back(town: tuple[World, str]) -> None:
    page = read(town, f"/chuong-trinh/{town[1]}")
    assert "/ky-danh-gia" in page
    assert "/nhiem-ky" in page
    assert "Bản tổng hợp ý kiến giám sát (chốt kỳ)" in read(town, "/so-cai")


@pytest.mark.parametrize("what", ["ky-danh-gia", "nhiem-ky"])
def test_before_and_after_there_is_little(town: tuple[World, str], what: str) -> None:
    world = town[0]
    other = world.bring_in(world.read("02-pho-chu-tich-phuong-kinh-mon.xlsx"))
    read(town, f"/chuong-trinh/{other}/{what}")
    read(town, f"/chuong-trinh/khong-co/{what}", 404)
