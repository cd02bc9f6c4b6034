"""The administrator's screens: everything by clicking, told by mail, felt at the officer's next click."""

import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from html import unescape
from pathlib import Path

import pytest
from desk_house import PASSWORD, Desk, Visitor, open_desk

from portal.kernel.policy import Role

QUAN, LAN, XA = "quan@namro.example", "lan@namro.example", "xa@namro.example"
HOME = "/van-phong/can-bo"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(tmp_path, mail_url=(tmp_path / "mail").as_uri())
    made.add(QUAN, Role.ADMIN, name="Ngô Văn Quản")
    made.add(XA, Role.AUTHOR, unit="10720", name="Phạm Thị Xa")
    yield made
    made.close()


@pytest.fixture
def quan(house: Desk) -> Visitor:
    return house.welcome(QUAN)


def letters(house: Desk) -> list[str]:
    """The letters that left, to whom and with what."""
    found = []
    for file in sorted((house.settings.instance / "mail").glob("*.eml"), key=lambda f: f.stat().st_mtime_ns):
        letter = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
        body = letter.get_body()
        assert body
        found.append(f"{letter['To']}\n{letter['Subject']}\n{body.get_content()}")
    return found


def links(house: Desk) -> list[str]:
    """The links of the letters, as paths."""
    return [link for letter in letters(house) for link in re.findall(r"(/van-phong/loi-moi/\S+)", letter)]


def invite(quan: Visitor, **typed: object) -> int:
    """Send the form of an invitation."""
    form = {"email": LAN, "name": "Trần Thị Lan", "unit": "10714", "role": ["author", "appraiser"], **typed}
    quan.get(f"{HOME}/moi")
    return quan.post(f"{HOME}/moi", **form).status_code  # type: ignore[arg-type]  # several roles


def address_of(quan: Visitor, name: str) -> str:
    """Where the list leads for an officer."""
    quan.get(HOME)
    found = re.search(rf'href="({HOME}/\d+)">{name}<', quan.page)
    assert found, quan.page
    return found[1]


def said(visitor: Visitor) -> str:
    """What the page says."""
    return unescape(re.sub(r"<[^>]+>", " ", visitor.page))


def press(quan: Visitor, address: str, rest: str) -> int:
    """Press a button on an officer's page."""
    quan.get(address)
    return quan.post(f"{address}/{rest}").status_code


def test_an_invitation_is_mailed_and_shown_to_nobody(house: Desk, quan: Visitor) -> None:
    assert invite(quan) == 303
    (letter,) = letters(house)
    assert letter.startswith(LAN)
    (link,) = links(house)
    address = address_of(quan, "Trần Thị Lan")
    assert "Đã gửi thư mời tới lan@namro.example" in said(quan)
    quan.get(address)
    assert "Đã mời, chưa vào" in said(quan)
    assert link.rsplit("/", 1)[1] not in quan.page
    officer = house.visitor()
    assert officer.get(link).status_code == 200
    assert officer.post(link, password=PASSWORD, password_confirm=PASSWORD).status_code == 303


def test_a_link_is_sent_again_and_withdrawn(house: Desk, quan: Visitor) -> None:
    invite(quan)
    address = address_of(quan, "Trần Thị Lan")
    assert press(quan, address, "gui-lai") == 303
    old, new = links(house)
    assert house.visitor().get(old).status_code == 404
    assert house.visitor().get(new).status_code == 200
    assert press(quan, address, "rut-lai") == 303
    assert house.visitor().get(new).status_code == 404
    assert press(quan, address, "rut-lai") == 422
    assert "Không có lời mời nào đang chờ" in said(quan)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"email": "lan"}, "Địa chỉ thư điện tử không đúng"),
        ({"email": ""}, "Địa chỉ thư điện tử không đúng"),
        ({"email": "a" * 300}, "dài quá"),
        ({"name": " "}, "Chưa ghi họ và tên"),
        ({"unit": ""}, "Chưa chọn đơn vị"),
        ({"unit": "10720"}, "chưa được giao vai trò"),
        ({"unit": "99999"}, "Không có đơn vị"),
        ({"role": []}, "Chưa chọn vai trò nào"),
        ({"role": ["king"]}, "Chưa chọn vai trò nào"),
        ({"email": QUAN}, "Đây là tài khoản của chính ông/bà"),
    ],
)
def test_what_cannot_be_sent_is_given_back(
    house: Desk, quan: Visitor, typed: dict[str, object], fault: str
) -> None:
    assert invite(quan, **typed) in (403, 422)
    assert fault in said(quan)
    if "email" not in typed:
        assert f'value="{LAN}"' in quan.page
    assert letters(house) == []


def test_a_mail_server_that_does_not_answer_is_told_of(tmp_path: Path) -> None:
    house = open_desk(tmp_path, mail_url="ftp://namro.example")
    house.add(QUAN, Role.ADMIN)
    quan = house.welcome(QUAN)
    assert invite(quan) == 303
    address_of(quan, "Trần Thị Lan")
    assert "máy chủ thư chưa nhận" in said(quan)
    house.close()


def test_roles_are_changed_and_work_at_the_next_click(house: Desk, quan: Visitor) -> None:
    house.add(LAN, Role.AUTHOR, name="Trần Thị Lan")
    lan = house.welcome(LAN)
    assert lan.get("/van-phong/chuong-trinh/moi").status_code == 200
    address = address_of(quan, "Trần Thị Lan")
    form = f"{address}/vai-tro/2"
    quan.get(form)
    assert 'value="author" checked' in quan.page
    assert quan.post(form, before="author", role="publisher").status_code == 303
    assert lan.get("/van-phong/chuong-trinh/moi").status_code == 403
    quan.get(form)
    assert quan.post(form, before="publisher").status_code == 422
    assert "ít nhất một vai trò" in said(quan)
    quan.get(form)
    assert quan.post(form, before="author", role="author").status_code == 409  # from a page of before


def test_another_unit_is_given_by_whoever_administers_both(house: Desk) -> None:
    house.add("tren@namro.example", Role.ADMIN, unit="31")
    above = house.welcome("tren@namro.example")
    form = f"{address_of(above, 'Phạm Thị Xa')}/vai-tro"
    above.get(form)
    assert "Phường Mẫu (10714)" in above.page
    assert "Xã Khác" not in above.page.split("<select")[1].split("</select>")[0]
    for typed, fault in (({"unit": "2"}, "Chưa chọn vai trò"), ({"role": "author"}, "Chưa chọn đơn vị")):
        assert above.post(form, **typed).status_code == 422
        assert fault in said(above)
    assert above.post(form, unit="2", role="author").status_code == 303
    above.get(form.removesuffix("/vai-tro"))
    assert "Đã đổi vai trò" in said(above)
    assert "Phường Mẫu" in said(above)


def test_a_suspended_officer_is_out_at_once_and_comes_back(house: Desk, quan: Visitor) -> None:
    house.add(LAN, Role.AUTHOR, name="Trần Thị Lan")
    lan = house.welcome(LAN)
    address = address_of(quan, "Trần Thị Lan")
    assert lan.get("/van-phong").status_code == 200
    assert press(quan, address, "tam-ngung") == 303
    assert lan.get("/van-phong").status_code == 303
    assert press(quan, address, "gui-lai") == 422
    assert "đang tạm ngừng" in said(quan)
    assert press(quan, address, "khoi-phuc") == 303
    assert house.sign_in(LAN).get("/van-phong").status_code == 200
    assert house.events(LAN)[-3:] == ["AccountClosed", "AccountReopened", "SignedIn"]


def test_a_lost_device_is_reset_with_a_reason_the_officer_reads(house: Desk, quan: Visitor) -> None:
    house.add(LAN, Role.AUTHOR, name="Trần Thị Lan")
    lan = house.welcome(LAN)
    form = f"{address_of(quan, 'Trần Thị Lan')}/dat-lai"
    quan.get(form)
    assert quan.post(form).status_code == 422
    assert quan.post(form, reason="Mất thiết bị").status_code == 303
    (letter,) = letters(house)
    assert letter.startswith(LAN)
    assert "Lý do: Mất thiết bị." in letter
    assert lan.get("/van-phong").status_code == 303
    lan.give_password(LAN)
    lan.get("/van-phong/thiet-bi")
    lan.post("/van-phong/thiet-bi", setup="authenticator")
    secret = re.search(r"nhập khóa: <code>([A-Z2-7 -]+)</code>", lan.page)
    assert secret
    house.devices[LAN] = secret[1]
    lan.post("/van-phong/dang-nhap/ma", code=house.code(LAN))
    lan.get("/van-phong/tai-khoan")
    assert "Quản trị đặt lại thiết bị tạo mã. Lý do: mất thiết bị" in said(lan)


def test_the_own_account_is_shown_without_a_button_and_refused(house: Desk, quan: Visitor) -> None:
    address = address_of(quan, "Ngô Văn Quản")
    quan.get(address)
    own = quan.page.split("<main")[1]
    assert "<form" not in own
    assert "Một quản trị khác" in said(quan)
    assert press(quan, address, "tam-ngung") == 403
    assert quan.get(f"{address}/vai-tro/2").status_code == 403
    assert quan.get(f"{address}/vai-tro").status_code == 403
    assert quan.get(f"{address}/dat-lai").status_code == 403


def test_other_units_are_neither_listed_nor_reached(house: Desk, quan: Visitor) -> None:
    house.add("tren@namro.example", Role.ADMIN, unit="31")
    above = house.welcome("tren@namro.example")
    address = address_of(above, "Phạm Thị Xa")
    quan.get(HOME)
    assert XA not in quan.page
    for rest in ("", "/vai-tro", "/vai-tro/3", "/dat-lai"):
        assert quan.get(address + rest).status_code == 404
    for rest in ("gui-lai", "rut-lai", "tam-ngung", "khoi-phuc"):
        quan.get(HOME)
        assert quan.post(f"{address}/{rest}").status_code == 404
    assert quan.get(f"{HOME}/4711").status_code == 404
    own = address_of(quan, "Ngô Văn Quản")
    assert quan.get(f"{own}/vai-tro/3").status_code == 404


def test_the_list_is_searched(house: Desk, quan: Visitor) -> None:
    house.add(LAN, Role.AUTHOR, name="Trần Thị Lan")
    quan.get(f"{HOME}?q=tran+thi")
    assert "1 cán bộ có “tran thi”" in said(quan)
    quan.get(f"{HOME}?q=khong+ai")
    assert "Không có cán bộ nào" in said(quan)
    quan.get(f"{HOME}?trang=9")
    assert LAN not in quan.page
