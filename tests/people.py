"""The cast of every test: plainly made-up people, each with one part to play."""

from dataclasses import dataclass

from portal.kernel.policy import Role

CITY = "31"
NHI_CHIEU = "10714"
KINH_MON = "10675"


@dataclass(frozen=True)
class Person:
    """Somebody who acts in a story."""

    name: str
    email: str
    role: Role
    unit_code: str = CITY


SOAN = Person("Hoàng Thị Soạn", "soan@namro.example", Role.AUTHOR)
THAM = Person("Bùi Văn Thẩm", "tham@namro.example", Role.APPRAISER)
CONG = Person("Đặng Thị Công", "cong@namro.example", Role.PUBLISHER)
QUAN = Person("Ngô Văn Quản", "quan@namro.example", Role.ADMIN)
# The cadre of the first sample workbook, who also happens to hold an officer's account.
HOA = Person("Lê Minh Họa", "hoa@namro.example", Role.PUBLISHER, NHI_CHIEU)
# An officer of one ward only.
PHUONG = Person("Mai Thị Phường", "phuong@namro.example", Role.AUTHOR, KINH_MON)

CAST = (SOAN, THAM, CONG, QUAN, HOA, PHUONG)
