"""Signing in with an identity provider: a real one on this machine, the whole code flow, and its failures."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
import townhall
from oidc_provider_mock import User
from sqlalchemy import select
from sqlalchemy.orm import Session
from takers import PLACE, Taker

from portal.inbox.signin.tables import Account
from portal.migrations.upgrade import owner_engine
from portal.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config")  # said inside the provider itself

START = "/dang-nhap/tai-khoan-dinh-danh"
VERIFIED = User(sub="cong-dan-1", claims={"email": "mai@thu.example", "email_verified": True})
CLAIMED = User(sub="cong-dan-2", claims={"email": "mai@thu.example"})


@pytest.fixture
def provider() -> Iterator[str]:
    """The address of a running provider that knows two people."""
    people = (VERIFIED, CLAIMED)
    with oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def settings(tmp_path: Path, provider: str) -> Settings:
    return townhall.found(
        tmp_path, mail_url=(tmp_path / "mail").as_uri(), oidc_issuer=provider, oidc_client_id="namro",
        oidc_client_secret="bi-mat-thu-nghiem", oidc_label="VNeID (thử nghiệm)",
    )  # fmt: skip


@pytest.fixture
def mai(settings: Settings) -> Taker:
    return Taker(townhall.open_door(settings), settings, "mai@thu.example")


def consent(asked: str, sub: str) -> str:
    """What the provider sends the browser back to, once ``sub`` agreed."""
    answer = requests.post(asked, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def accounts(settings: Settings) -> int:
    engine = owner_engine(settings)
    with Session(engine) as session:
        found = len(session.scalars(select(Account)).all())
    engine.dispose()
    return found


def test_the_whole_way_with_pkce_and_nonce(mai: Taker, settings: Settings) -> None:
    assert "VNeID (thử nghiệm)" in mai.get("/dang-nhap").text
    away = mai.get(f"{START}?tiep={PLACE}")
    asked = parse_qs(urlsplit(away.location).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert asked["nonce"]
    assert asked["redirect_uri"] == [f"{settings.base_url}{START}/ve"]
    back = mai.get(consent(away.location, "cong-dan-1"))
    assert (back.status_code, back.location) == (303, PLACE)
    mai.receipt(rating="unclear")


def test_a_verified_address_is_the_same_account_a_claimed_one_is_not(mai: Taker, settings: Settings) -> None:
    mai.sign_in()
    mai.fill("/tai-khoan", to="/dang-xuat")
    mai.get(consent(mai.get(START).location, "cong-dan-1"))
    assert accounts(settings) == 1
    mai.fill("/tai-khoan", to="/dang-xuat")
    mai.get(consent(mai.get(START).location, "cong-dan-2"))
    assert accounts(settings) == 2


def test_an_answer_to_another_question_signs_nobody_in(mai: Taker, settings: Settings) -> None:
    stolen = consent(mai.get(START).location, "cong-dan-1")
    other = Taker(mai.client.application, settings, "lan@thu.example")
    assert other.get(stolen).status_code == 422  # not this browser's state
    assert mai.get(stolen.replace("state=", "state=x")).status_code == 422
    assert mai.get(f"{START}/ve").status_code == 422
    assert mai.get(f"{START}/ve?error=access_denied").status_code == 422
    assert accounts(settings) == 0


def test_words_wait_in_their_own_window(mai: Taker) -> None:
    page = mai.speak(words="Đường đã xong.")
    bundle, token = mai.hidden(page)["mang_theo"], mai.token(page)
    mai.get(consent(mai.get(START).location, "cong-dan-1"))  # in another window
    page = mai.client.post("/dang-nhap", data={"mang_theo": bundle, "csrf_token": token, "email": ""})
    assert page.status_code == 200
    assert "Đường đã xong." in page.text


def test_a_provider_that_is_away_harms_nothing(tmp_path: Path) -> None:
    settings = townhall.found(tmp_path, oidc_issuer="http://localhost:9", oidc_client_id="namro")
    lan = Taker(townhall.open_door(settings), settings, "lan@thu.example")
    assert lan.get(START).status_code == 503


def test_without_a_provider_there_is_no_such_page(tmp_path: Path) -> None:
    settings = townhall.found(tmp_path)
    lan = Taker(townhall.open_door(settings), settings, "lan@thu.example")
    assert lan.get(START).status_code == 404
    assert "tai-khoan-dinh-danh" not in lan.get("/dang-nhap").text
