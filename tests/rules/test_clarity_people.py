"""Whom an officer named as accountable: exactly one post-holder, or something else."""

import unicodedata

import pytest

from portal.office.commitment.people import Named, who
from portal.office.commitment.profiles import words

CASES = [
    ("", Named.NOBODY),
    (" () ", Named.NOBODY),
    ("Chủ tịch UBND phường", Named.ONE),
    ("Chủ tịch Ủy ban MTTQ Việt Nam xã", Named.ONE),
    ("Phó Chủ tịch UBND xã (Trưởng ban bồi thường, giải phóng mặt bằng)", Named.ONE),
    ("Phó Chủ tịch UBND xã (phụ trách kinh tế - đô thị; đất đai (tạm thời))", Named.ONE),
    ("Chánh Văn phòng HĐND và UBND phường", Named.ONE),
    ("Trưởng phòng Kinh tế, Hạ tầng và Đô thị", Named.ONE),
    ("Trưởng Ban Văn hóa - Xã hội", Named.ONE),
    ("Tổ trưởng Tổ công tác liên ngành", Named.ONE),
    ("Trưởng Ban chỉ đạo", Named.ONE),
    ("Lê Minh Họa", Named.ONE),
    ("Ông Lê Minh Họa, Phó Chủ tịch UBND phường", Named.ONE),
    ("Đoàn Văn Mẫu", Named.ONE),
    ("đ/c Bí thư Đảng ủy xã", Named.ONE),
    ("bà Sáu", Named.ONE),
    ("Bí thư Đảng ủy, Chủ tịch HĐND phường", Named.CONCURRENT),
    ("Bí thư Đảng ủy - Chủ tịch HĐND phường", Named.CONCURRENT),
    ("Lê Minh Họa, Trần Thị Ví Dụ", Named.SEVERAL),
    ("ông Lê Minh Họa và bà Trần Thị Ví Dụ", Named.SEVERAL),
    ("Chủ tịch UBND xã; Bí thư Đảng ủy xã", Named.SEVERAL),
    ("Chủ tịch UBND xã và Trưởng Công an xã", Named.SEVERAL),
    ("Chủ tịch, các Phó Chủ tịch UBND xã", Named.SEVERAL),
    ("Chủ tịch UBND phường, Phòng Kinh tế", Named.SEVERAL),
    ("Chủ tịch UBND phường phối hợp với Công an phường", Named.SEVERAL),
    ("Tổ công tác liên ngành", Named.COLLECTIVE),
    ("Các phòng chuyên môn", Named.COLLECTIVE),
    ("Tập thể lãnh đạo UBND phường", Named.COLLECTIVE),
    ("Ban chỉ đạo", Named.COLLECTIVE),
    ("UBND phường", Named.COLLECTIVE),
    ("Uỷ ban nhân dân phường", Named.COLLECTIVE),  # the old tone placement
    ("Phòng Kinh tế, Hạ tầng và Đô thị", Named.COLLECTIVE),
    ("Đoàn Thanh niên xã", Named.COLLECTIVE),
    ("công chức địa chính", Named.UNRECOGNISED),
]


@pytest.mark.parametrize(("text", "named"), CASES)
def test_who_is_named(text: str, named: Named) -> None:
    assert who(text, words()) is named
    assert who(unicodedata.normalize("NFD", text), words()) is named
