"""A commitment's page: five clear things, two layers apart, nothing quietly changed, nothing made zero."""

from dataclasses import replace
from pathlib import Path

import town
from reader import Page, Reader, words
from townhall import make_settings, open_door, write

from portal.migrations.upgrade import upgrade
from portal.record.documents import Kind


def cell(page: Page, heading: str) -> str:
    """What the definition list says under ``heading``."""
    for group in page.all("div"):
        terms = [words(e) for e in group if e.tag == "dt"]
        if terms == [heading]:
            return words(next(e for e in group if e.tag == "dd"))
    raise AssertionError(f"no {heading}")


def layers(page: Page) -> list[str]:
    """The two layers of the box at the top, in order."""
    return [words(e) for e in page.all("div") if e.get("class") == "layer"]


def test_the_five_clear_things_are_its_skeleton(reader: Reader) -> None:
    page = reader.open("/cam-ket/ckdt01")
    sections = [words(e) for e in page.all("h2")]
    fives = ["Rõ người", "Rõ việc", "Rõ thời gian", "Rõ trách nhiệm", "Rõ kết quả"]
    assert [s for s in sections if s.startswith("Rõ")] == fives
    assert "Lê Minh Họa, Chủ tịch UBND phường, Phường Nhị Chiểu" in page.text


def test_the_two_layers_stand_side_by_side_with_source_and_date(reader: Reader) -> None:
    told, sure = layers(reader.open("/cam-ket/ckdt01"))
    assert told.startswith("Cán bộ tự báo cáo 87,5%")
    assert "Số liệu ngày 15/11/2026" in told
    assert "Báo cáo quý" in told
    assert sure.startswith("Đã xác nhận 83,3%")
    assert "BC-02/2026" in sure
    assert "87,5" not in sure


def test_the_way_is_counted_from_baseline_to_target_and_rounded_down(reader: Reader) -> None:
    told, sure = layers(reader.open("/cam-ket/ckdt01"))
    assert "đã đi 55% chặng đường" in told  # (87,5 − 78,3) : (95 − 78,3) = 55,08…%
    assert "đã đi 29% chặng đường" in sure  # 29,94…%


def test_things_got_worse_reads_as_a_negative_way(reader: Reader) -> None:
    told, sure = layers(reader.open("/cam-ket/ckxd01"))
    assert "đã đi −14% chặng đường" in told
    assert "đã đi 36% chặng đường" in sure


def test_zero_no_data_and_not_connected_are_told_apart(reader: Reader) -> None:
    zero, nothing, unplugged, silent = (
        reader.open(f"/cam-ket/{ref}") for ref in ("cktn01", "ckxd02", "ckcc01", "ckxdd03")
    )
    assert layers(zero)[0].startswith("Cán bộ tự báo cáo 0 hồ sơ")
    assert "Chưa có số liệu" in layers(nothing)[0]
    assert "Chưa kết nối nguồn số liệu" in layers(unplugged)[0]
    assert "Cán bộ chưa báo cáo lần nào." in layers(silent)[0]
    assert not any(" 0" in layers(page)[0] for page in (nothing, unplugged, silent))
    assert unplugged.has("data-state", "not_connected")
    assert nothing.has("data-state", "no_data")
    assert unplugged.has("data-tone", "apart")
    assert nothing.has("data-tone", "neutral")


def test_a_moved_deadline_and_a_lowered_target_stay_in_sight(reader: Reader) -> None:
    page = reader.open("/cam-ket/cktn02")
    assert "Hạn công bố lần đầu: 31/08/2026. Hạn hiện nay: 30/10/2026." in page.text
    assert "Mức đích công bố lần đầu: 41 trường hợp. Mức đích hiện nay: 35 trường hợp." in page.text
    assert cell(page, "Hạn công bố lần đầu") == "31/08/2026"
    assert "(không đổi)" in cell(reader.open("/cam-ket/ckdt01"), "Hạn công bố lần đầu")


def test_lateness_is_in_working_days_and_a_cause_stands_beside_it(reader: Reader) -> None:
    page = reader.open("/cam-ket/cktn02")
    assert "Quá hạn, chưa hoàn thành" in page.text
    # Due on Friday 30/10: three whole weeks are 15, Monday 23/11 is the 16th, 24/11 is a public holiday.
    assert "Đã quá hạn 16 ngày làm việc tính đến 24/11/2026." in page.text
    assert "Mưa bão kéo dài" in page.text


def test_an_old_revision_says_so_and_points_to_the_new_one(reader: Reader) -> None:
    page = reader.open("/cam-ket/cktn02?ban=1")
    assert page.text.index("Ông/bà đang xem bản cũ") < page.text.index(page.h1)
    assert "Bản hiện hành là bản số 2." in page.text
    assert "/cam-ket/cktn02" in page.links()
    assert page.has("content", "noindex")
    assert not reader.open("/cam-ket/cktn02").has("content", "noindex")


def test_the_newest_revision_by_number_is_the_page_itself(reader: Reader) -> None:
    assert "Ông/bà đang xem bản cũ" not in reader.open("/cam-ket/cktn02?ban=2").text


def test_the_history_names_what_was_lowered_and_why(reader: Reader) -> None:
    page = reader.open("/cam-ket/cktn02/lich-su")
    for said in (
        "Hạ yêu cầu của mức đích",
        "Lùi thời hạn",
        "41 trường hợp",
        "35 trường hợp",
        "31/08/2026",
        "15/TB-MH",
    ):
        assert said in page.text


def test_the_drawing_says_in_words_what_it_shows(reader: Reader) -> None:
    page = reader.open("/cam-ket/ckdt01")
    names = [e.get("aria-label", "") for e in page.all("svg") if e.get("role") == "img"]
    assert names[0] == (
        "Chặng đường từ mức nền 78,3% đến mức đích 95%. Cán bộ tự báo cáo: 55%. Đã xác nhận: 29%."
    )
    assert names[1].startswith("Diễn biến qua 5 lần báo cáo")


def test_what_is_done_or_not_has_no_percentage(reader: Reader) -> None:
    page = reader.open("/cam-ket/ckqh01")
    assert "chặng đường" not in page.text
    assert "Hoàn thành 1 đồ án" in page.text


def test_ending_by_transfer_is_no_failure(reader: Reader) -> None:
    page = reader.open("/cam-ket/ckns02")
    assert "Kết thúc do điều động" in page.text
    assert "không phải là không hoàn thành" in page.text


def test_milestones_say_done_past_and_to_come(reader: Reader) -> None:
    text = reader.open("/cam-ket/ckqh04").text
    for said in ("xong ngày 22/09/2026", "đã qua hạn, chưa báo xong", "chưa đến hạn"):
        assert said in text


def test_in_english_the_words_of_the_record_are_marked_vietnamese(reader: Reader) -> None:
    page = reader.open("/en/cam-ket/ckdt01")
    assert next(page.all("h1")).get("lang") == "vi"
    assert "87.5%" in page.text
    assert "87,5" not in page.text.replace("87,5%", "")
    assert "Overdue" not in page.text
    assert all(e.get("lang") is None for e in reader.open("/cam-ket/ckdt01").all("h1"))


def test_a_tombstone_says_when_and_why_and_nothing_else(reader: Reader) -> None:
    page = reader.open("/cam-ket/ckgone", status=410)
    assert "Gỡ xuống ngày 24/11/2026." in page.text
    assert "Công bố nhầm chương trình" in page.text
    assert "căn nhà" not in page.response.text
    assert "Công bố nhầm" in reader.open("/cam-ket/ckgone?ban=1", status=410).text


def test_under_six_clear_things_authority_is_the_sixth(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    upgrade(settings)
    six = replace(town.commitments()["DT-01"], profile_code="6ro")
    write(settings, [town.line(Kind.COMMITMENT, six)])
    page = Reader(open_door(settings).test_client()).open("/cam-ket/ckdt01")
    clear = [words(e) for e in page.all("h2") if words(e).startswith("Rõ")]
    assert clear[-1] == "Rõ thẩm quyền"
    assert page.text.count("UBND phường (chủ đầu tư)") == 1
