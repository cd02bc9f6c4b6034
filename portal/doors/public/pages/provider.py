"""Signing in with an identity provider (OpenID Connect, such as VNeID); off unless the settings name one.

Authorization code flow with PKCE and nonce. Of what the provider tells only its identifier of the person
is looked at, and the address if it says that it is verified: then it is the account of that address.
"""

from typing import Any

from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]
from flask import Blueprint, Flask, current_app, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from portal.doors.language import say as _
from portal.doors.public.pages.sign_in import go_on, show_sign_in
from portal.doors.public.visiting import CODE_FROM_PLACE, begin_visit, is_allowed, place, refuse_haste
from portal.inbox.signin import acts
from portal.inbox.signin.rules import tidy_address
from portal.kernel.outside import WAYS, OutsideBusy
from portal.kernel.work import house, work
from portal.settings import Settings

pages = Blueprint("provider", __name__, url_prefix="/dang-nhap/tai-khoan-dinh-danh")

_CLIENT, _ONWARD = "oidc", "oidc onward"
WAIT = 10  # seconds for an answer of the provider


def meet(app: Flask, settings: Settings) -> None:
    """Let ``app`` know the provider of ``settings``; it is asked about itself at first use."""
    app.register_blueprint(pages)
    app.extensions[_CLIENT] = OAuth(app).register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "timeout": WAIT},
    )


@pages.get("")
def leave() -> Response:
    """To the provider."""
    client = _client()
    if not is_allowed((CODE_FROM_PLACE, place())):
        refuse_haste()
    session[_ONWARD] = request.args.get("tiep", "")[:200]
    back = house().settings.base_url.rstrip("/") + url_for("provider.come_back")
    try:
        with WAYS.out():
            answer: Response = client.authorize_redirect(back)
    except (OAuthError, RequestException, OutsideBusy):
        return _failed(503)
    return answer


@pages.get("/ve")
def come_back() -> Response:
    """Back from the provider, with proof of who somebody is or without."""
    client = _client()
    try:
        with WAYS.out():
            claims: dict[str, Any] = client.authorize_access_token()["userinfo"]
    except (RequestException, OutsideBusy):
        return _failed(503)
    except (OAuthError, JoseError, KeyError):
        return _failed(422)
    onward = session.get(_ONWARD, "")
    with work() as w:
        address = _verified_address(claims)
        name = acts.names_of(w).account(address or f"{claims['iss']}|{claims['sub']}")
        token = acts.sign_in(w, name, address)
    begin_visit(token)
    return go_on(onward)


def _client() -> Any:
    return current_app.extensions[_CLIENT]


def _verified_address(claims: dict[str, Any]) -> str:
    """The address, so that one person signing in both ways is one account; empty when it is only claimed."""
    is_verified = claims.get("email_verified") is True
    return (tidy_address(str(claims.get("email", ""))) or "") if is_verified else ""


def _failed(status: int) -> Response:
    return show_sign_in(
        status, fault=_("Chưa đăng nhập được bằng tài khoản định danh. Xin thử lại, hoặc dùng mã qua thư.")
    )
