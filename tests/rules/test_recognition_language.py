"""Signals: abuse behind any disguise is pointed at, everyday words are not, and nothing is decided."""

import pytest
from recognition_texts import CADRES, labelled

from portal.inbox.recognition.language import Signal, SignalKind, signals

ABUSE = [
    "đm cán bộ làm ăn gì thế",
    "dmm tra loi kieu gi vay",
    "toàn một lũ óc chó",
    "toan mot lu oc cho",
    "đ*o ai tin",
    "d!t",
    "l0n",
    "c*c",
    "v c l làm ăn",
    "đ m",
    "đ.m làm ăn",
    "đ é o tin",
    "nguuuu quá",
    "n.g.u",
    "vcllll",
    "NGU NHƯ BÒ",
    "mat day",
    "ĐỒ NGU",
    "thằng chó này",
    "lũ ăn hại",
]
EVERYDAY = [
    "buổi sáng đeo khẩu trang đi làm",
    "buoi sang deo khau trang, cac cap cac nganh",
    "chó thả rông đầy ngõ, con lợn xả nước thải",
    "nha toi mat cho de xe, bo may lam viec cham",
    "đêm ngủ không nổi vì tiếng ồn",
    "vật liệu xây dựng, việc làm, cc căn cước",
    "khách sạn 5*, 2*, khu A1 B2, 100m2",
    "a c e tổ 5 ủng hộ",
    "mua 3 lon sơn, cụt đường ray, dm2",
    "DAN DONG TIEN DAY DU MA CONG VAN TAC",
    "chậm quá, hứa suông, nói hay làm dở, thờ ơ",
    "v.v. TP.HCM, U.B.N.D phường",
]
HARD = (SignalKind.ABUSE, SignalKind.THREAT, SignalKind.ADVERT)


def of_kind(text: str, kind: SignalKind) -> list[Signal]:
    return [one for one in signals(text, known_names=CADRES) if one.kind is kind]


@pytest.mark.parametrize("text", ABUSE)
def test_abuse_is_pointed_at(text: str) -> None:
    found = of_kind(text, SignalKind.ABUSE)
    assert found
    assert found[0].weight >= 0.8
    assert all(text[start:end].strip() for start, end in found[0].spans)


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_are_not(text: str) -> None:
    assert [one for one in signals(text) if one.kind in HARD] == []


def test_fair_criticism_raises_hardly_a_hard_signal() -> None:
    fair = [one.text for one in labelled() if one.is_fair_criticism]
    hard = [text for text in fair if any(one.kind in HARD and one.weight > 0.5 for one in signals(text))]
    assert len(hard) / len(fair) <= 0.01


@pytest.mark.parametrize("text", ["liệu hồn đấy, tao biết nhà mày", "TAO GIẾT", "ra đây tao đập chết"])
def test_threats(text: str) -> None:
    assert of_kind(text, SignalKind.THREAT)


def test_an_offer_weighs_more_with_a_way_to_reach_it() -> None:
    alone = of_kind("vay tiền nhanh lãi suất thấp", SignalKind.ADVERT)
    reachable = of_kind("vay tiền nhanh lãi suất thấp, gọi 0951 234 567", SignalKind.ADVERT)
    assert alone[0].weight < reachable[0].weight == 1.0
    assert of_kind("Xã hỗ trợ dân vay vốn, giải ngân nhanh", SignalKind.ADVERT) == []


def test_links_and_personal_data() -> None:
    text = "xem https://vidu.example/anh.jpg, gọi 0951 234 567"
    link = of_kind(text, SignalKind.LINK)[0]
    assert [text[start:end] for start, end in link.spans] == ["https://vidu.example/anh.jpg"]
    assert (
        of_kind(text, SignalKind.PERSONAL_DATA)[0].weight
        > of_kind("ông Nến", SignalKind.PERSONAL_DATA)[0].weight
    )
    assert of_kind("ông Mẫu hứa nhiều", SignalKind.PERSONAL_DATA) == []


def test_an_accusation_is_a_signal_too() -> None:
    assert of_kind("trưởng thôn tham ô quỹ người nghèo", SignalKind.OTHER_CHANNEL)[0].weight == 0.9
    assert of_kind("trưởng thôn làm chậm", SignalKind.OTHER_CHANNEL) == []


def test_stamps_of_secrecy_are_told_by_the_desk() -> None:
    def find_stamp(text: str) -> str | None:
        return "MẬT" if "MẬT" in text else None

    assert signals("TỐI MẬT: kế hoạch")[:1] == ()
    assert signals("TỐI MẬT: kế hoạch", find_stamp=find_stamp)[0].kind is SignalKind.SECRET_STAMP


def test_signals_only_point() -> None:
    """The gravest comes first, each has a place in the text and a weight; none says what to do."""
    for one in labelled():
        found = signals(one.text, known_names=CADRES)
        assert [signal.weight for signal in found] == sorted((s.weight for s in found), reverse=True)
        for signal in found:
            assert 0 < signal.weight <= 1
            assert all(0 <= start < end <= len(one.text) for start, end in signal.spans)
    assert set(Signal.__slots__) == {"kind", "spans", "weight"}
