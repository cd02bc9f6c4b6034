"""The desk's gate: every address says who may pass, every answer is guarded and speaks Vietnamese."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_house import Desk, open_desk
from flask import Flask, request
from werkzeug.exceptions import default_exceptions
from werkzeug.routing import Rule

from portal.doors.desk.gate import acts, gate_of, open_to_all
from portal.doors.desk.wording import FAULTS
from portal.kernel.policy import Act, Role

LAN = "lan@namro.example"

# The library brings these along; nobody needs them, so nobody gets in.
SHUT = {"security.tf_select", "security.two_factor_rescue"}
OPEN = {
    "static", "security.login", "security.two_factor_token_validation", "security.two_factor_setup",
    "security.mf_recovery", "invitation.show_invitation", "invitation.take_invitation",
}  # fmt: skip


@pytest.fixture
def house_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one officer who has been there."""
    desk = open_desk(tmp_path)
    desk.add(LAN, Role.AUTHOR, name="Trần Thị Lan")
    yield desk
    desk.close()


def rules(app: Flask) -> list[Rule]:
    """Every address of the desk."""
    return list(app.url_map.iter_rules())


def path_of(rule: Rule) -> str:
    """An address that ``rule`` matches."""
    return re.sub(r"<int:\w+>", "7", re.sub(r"<(?!int)[^>]+>", "x", rule.rule))


def without_gate(app: Flask) -> set[str]:
    """The views that do not say who may pass."""
    return {rule.endpoint for rule in rules(app) if gate_of(app.view_functions[rule.endpoint]) is None}


def test_every_view_says_who_may_pass(house_desk: Desk) -> None:
    assert without_gate(house_desk.app) == SHUT
    gates = {r.endpoint: gate_of(house_desk.app.view_functions[r.endpoint]) for r in rules(house_desk.app)}
    assert {endpoint for endpoint, gate in gates.items() if gate and gate.is_open} == OPEN


def test_a_view_that_forgets_to_say_is_seen_and_shut(house_desk: Desk) -> None:
    house_desk.app.add_url_rule("/van-phong/quen", "forgotten", lambda: "nội dung")
    assert "forgotten" in without_gate(house_desk.app)
    assert house_desk.app.test_client().get("/van-phong/quen").status_code == 404
    assert house_desk.welcome(LAN).get("/van-phong/quen").status_code == 404


def test_every_address_lies_at_the_desk(house_desk: Desk) -> None:
    assert all(re.match(r"/van-phong(/|$)", rule.rule) for rule in rules(house_desk.app))


def test_strangers_pass_no_closed_gate(house_desk: Desk) -> None:
    tried = 0
    for rule in rules(house_desk.app):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            visitor = house_desk.visitor()
            visitor.get("/van-phong/dang-nhap")
            answer = visitor.get(path_of(rule)) if method == "GET" else visitor.post(path_of(rule))
            if rule.endpoint in SHUT:
                assert answer.status_code == 404
            elif rule.endpoint not in OPEN:
                assert answer.status_code == 303, (method, rule.rule)
                assert answer.headers["Location"].startswith("/van-phong/dang-nhap")
            tried += 1
    assert tried > 20


def test_an_act_lets_in_only_who_may_do_it(house_desk: Desk) -> None:
    view = acts(Act.PUBLISH)(lambda: "việc công bố")
    house_desk.app.add_url_rule("/van-phong/thu", "trial", view)
    author = house_desk.welcome(LAN)
    answer = author.get("/van-phong/thu")
    assert answer.status_code == 403
    assert "chưa được giao vai trò" in answer.text
    publisher = house_desk.welcome(house_desk.add("cong-bo@namro.example", Role.PUBLISHER))
    assert publisher.get("/van-phong/thu").text == "việc công bố"


@pytest.mark.parametrize("path", ["/van-phong/dang-nhap", "/van-phong/dang-xuat", "/van-phong/dang-nhap/ma"])
def test_a_form_without_its_token_is_refused(house_desk: Desk, path: str) -> None:
    visitor = house_desk.welcome(LAN) if path.endswith("xuat") else house_desk.visitor()
    visitor.page = ""  # no form seen, so no token
    answer = visitor.post(path, email=LAN)
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in answer.text
    assert "Đề nghị quay lại trang trước, tải lại rồi gửi lần nữa" in answer.text


def test_the_token_of_somebody_else_is_refused(house_desk: Desk) -> None:
    other, visitor = house_desk.visitor(), house_desk.visitor()
    other.get("/van-phong/dang-nhap")
    visitor.get("/van-phong/dang-nhap")
    visitor.page = other.page
    assert visitor.post("/van-phong/dang-nhap", email=LAN, password="x").status_code == 400


@pytest.mark.parametrize("status", sorted(FAULTS))
def test_every_fault_has_its_page(house_desk: Desk, status: int) -> None:
    def fail() -> str:
        raise default_exceptions[status]()

    house_desk.app.add_url_rule("/van-phong/loi", "fail", open_to_all(fail))
    answer = house_desk.app.test_client().get("/van-phong/loi")
    assert answer.status_code == status
    assert FAULTS[status][0] in html.unescape(answer.text)
    assert 'lang="vi"' in answer.text


def test_what_breaks_is_said_without_inner_workings(house_desk: Desk) -> None:
    def break_down() -> str:
        raise ValueError("bí mật bên trong")

    house_desk.app.add_url_rule("/van-phong/vo", "break_down", open_to_all(break_down))
    answer = house_desk.app.test_client().get("/van-phong/vo")
    assert answer.status_code == 500
    assert "Hệ thống đang gặp trục trặc" in answer.text
    assert "bí mật bên trong" not in answer.text
    assert "Traceback" not in answer.text


def test_an_unknown_address_has_a_page(house_desk: Desk) -> None:
    answer = house_desk.app.test_client().get("/van-phong/khong-co")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.text


def test_a_request_too_large_is_refused(house_desk: Desk) -> None:
    answer = house_desk.app.test_client().post("/van-phong/dang-nhap", data={"email": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "quá lớn" in answer.text


def test_a_strange_host_is_refused(house_desk: Desk) -> None:
    answer = house_desk.app.test_client().get("/van-phong/dang-nhap", base_url="http://evil.example")
    assert answer.status_code == 400


def test_every_answer_is_guarded(house_desk: Desk) -> None:
    visitor = house_desk.welcome(LAN)
    for rule in rules(house_desk.app):
        answer = visitor.client.get(path_of(rule))
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "no-store" in answer.headers["Cache-Control"] or rule.endpoint == "static"
        if answer.mimetype != "text/html":
            continue
        assert not re.search(r"<script(?! src=./van-phong/static/)|\son\w+=|style=", answer.text), rule.rule


def test_still_files_are_kept_by_their_mark(house_desk: Desk) -> None:
    page = house_desk.app.test_client().get("/van-phong/dang-nhap").text
    marked = re.search(r'href="(/van-phong/static/img/mark\.svg\?v=\w+)"', page)
    assert marked
    answer = house_desk.app.test_client().get(marked[1])
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert house_desk.app.test_client().get("/van-phong/static/../portal/wsgi.py").status_code == 404


def test_behind_no_proxy_a_forwarded_address_is_not_believed(house_desk: Desk) -> None:
    seen: list[str | None] = []

    def look() -> str:
        seen.append(request.remote_addr)
        return ""

    house_desk.app.add_url_rule("/van-phong/ai", "look", open_to_all(look))
    client = house_desk.app.test_client()
    client.get(
        "/van-phong/ai",
        headers={"X-Forwarded-For": "192.0.2.1"},
        environ_overrides={"REMOTE_ADDR": "203.0.113.7"},
    )
    assert seen == ["203.0.113.7"]
