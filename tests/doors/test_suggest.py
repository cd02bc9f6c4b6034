"""Suggestions while typing: what is offered, in which language, and that nobody can make it costly."""

import json
import unicodedata

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The script beside the search field."""
    return app.test_client()


def offered(client: FlaskClient, typed: str, tongue: str = "") -> list[dict[str, str]]:
    """What is suggested for ``typed``."""
    answer = client.get(f"{tongue}/goi-y", query_string={"q": typed})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found = json.loads(answer.data)
    assert set(found) == {"said", "items"}
    assert str(len(found["items"])) in found["said"] or not found["items"]
    items: list[dict[str, str]] = found["items"]
    return items


@pytest.mark.parametrize(
    ("typed", "label", "href"),
    [
        ("minh t", "Phường Minh Tân", "/don-vi/phuong-minh-tan-cu"),
        ("Phường nhị", "Phường Nhị Chiểu", "/don-vi/phuong-nhi-chieu"),
        (unicodedata.normalize("NFD", "Nhị Ch"), "Phường Nhị Chiểu", "/don-vi/phuong-nhi-chieu"),
        ("dau t", "đầu tư công", "/tim-kiem?q=%C4%91%E1%BA%A7u+t%C6%B0+c%C3%B4ng"),
        ("đất đ", "Đất đai, tài nguyên, khoáng sản", "/tim-kiem?linh_vuc=dat-dai-tai-nguyen-khoang-san"),
    ],
)
def test_what_begins_so_is_offered(client: FlaskClient, typed: str, label: str, href: str) -> None:
    assert (label, href) in [(one["label"], one["href"]) for one in offered(client, typed)]


def test_an_old_name_says_what_it_became(client: FlaskClient) -> None:
    (old,) = [one for one in offered(client, "minh tân") if one["label"] == "Phường Minh Tân"]
    assert old["note"] == "tên cũ, nay thuộc Phường Nhị Chiểu"
    (old,) = [one for one in offered(client, "minh tân", "/en") if one["label"] == "Phường Minh Tân"]
    assert (old["note"], old["kind"]) == ("former name, now in Phường Nhị Chiểu", "Wards, communes")
    assert old["href"] == "/en/don-vi/phuong-minh-tan-cu"


def test_a_commitment_is_offered_once_two_words_say_which(client: FlaskClient) -> None:
    assert "/cam-ket/ckdt01" in [one["href"] for one in offered(client, "đầu tư công")]
    assert not [one for one in offered(client, "đầu") if one["href"].startswith("/cam-ket")]


def test_what_was_taken_down_is_not_offered(client: FlaskClient) -> None:
    assert all("ckgone" not in one["href"] for one in offered(client, "căn nhà"))


@pytest.mark.parametrize("typed", ["", " ", "a", "<", "\x00", "%", '"', "zzzzqx"])
def test_too_little_or_nothing_known_offers_nothing(client: FlaskClient, typed: str) -> None:
    assert offered(client, typed) == []


@pytest.mark.parametrize(
    "typed", ["a" * 5000, "<script>alert(1)</script>", "a b " * 300, "*:*", "e\u0301" * 300, "tr " * 60, "ng"]
)
def test_hostile_typing_is_only_words(client: FlaskClient, typed: str) -> None:
    assert len(offered(client, typed)) <= 12
