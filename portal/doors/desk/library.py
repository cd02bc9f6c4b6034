"""Flask-Security as the desk uses it: what is on, what is off, and the parts it lets us supply.

Sessions, audit, limits and the unit of work stay the house's own; the steps of signing in, the
checks between them and their messages are the library's.
"""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel  # type: ignore[import-untyped]
from flask_security import MailUtil, PasswordUtil, Security, SQLAlchemyUserDatastore, Totp
from flask_security.babel import FsDomain
from flask_security.recovery_codes import MfRecoveryCodesUtil
from markupsafe import Markup
from passlib.exc import UsedTokenError  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from portal.doors.desk.forms import CodeForm, DeviceForm, RecoveryForm, RescueForm, SignInForm
from portal.doors.desk.unit import present_work
from portal.kernel import text
from portal.kernel.db import db
from portal.kernel.keys import derived, key
from portal.kernel.work import House
from portal.office.accounts import passwords, second_factor
from portal.office.accounts.events import SecondFactorFailed
from portal.office.accounts.reads import known_about
from portal.office.accounts.tables import Officer, RoleInUnit

WORDS = Path(__file__).with_name("translations") / "vi" / "LC_MESSAGES" / "flask_security.po"
FRESH_FOR = timedelta(minutes=15)  # since the password, for changing what guards the account
CODE_STEP = 30  # seconds: the code before and the code after count too, because clocks differ


def use_library(app: Flask, house: House, render: Callable[..., Response]) -> Security:
    """Give ``app`` the library's steps, showing its pages with ``render``."""
    app.config.update(_secrets(house), **_ADDRESSES, **_TEMPLATES, **_CHOICES)
    Babel(app, default_locale="vi", default_timezone="Asia/Ho_Chi_Minh")
    security = Security(
        app,
        Officers(db, Officer, RoleInUnit),  # type: ignore[arg-type]  # the library asks less of a role than it says
        login_form=SignInForm,
        two_factor_verify_code_form=CodeForm,
        two_factor_setup_form=DeviceForm,
        two_factor_rescue_form=RescueForm,
        mf_recovery_form=RecoveryForm,
        mail_util_cls=Addresses,
        password_util_cls=PasswordRules,
        mf_recovery_codes_util_cls=RecoveryCodes,
        totp_cls=codes_by(house),
        render_template=render,  # type: ignore[arg-type]  # a whole response serves as well as a text
    )
    security.i18n_domain = VietnameseWords(app)
    security.want_json(lambda _: False)
    # Flask-Login would keep a digest of the visitor's address and browser in the session.
    security.login_manager.session_protection = None
    security.login_manager._session_identifier_generator = lambda: None
    security.login_manager.request_loader(lambda _: None)  # no tokens: only a session opens the desk
    return security


class Officers(SQLAlchemyUserDatastore):
    """The library's way to officers. It commits nothing: the unit of work does."""

    def commit(self) -> None:
        """Leave it to the unit of work."""


class Addresses(MailUtil):
    """Addresses in the form they are stored in. The desk sends no mail of the library's."""

    def normalize(self, email: str) -> str:
        """``email`` as it is stored."""
        return text.tidy(email).lower()

    def validate(self, email: str) -> str:
        """``email`` as it is stored."""
        return self.normalize(email)


class PasswordRules(PasswordUtil):
    """The house's rules for a new password, in its words."""

    def normalize(self, password: str) -> str:
        """``password`` in the form that is hashed."""
        return passwords.normalised(password)

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Why ``password`` may not be used, if so, and its form that is hashed."""
        about = known_about(db.session(), kwargs["user"])
        fault = passwords.weakness(password, about=about)
        return [fault] if fault else None, self.normalize(password)


class RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes stored as digests: shown when made, and used up by the check itself."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        """New codes, to be shown this once."""
        return second_factor.make_recovery_codes(present_work(), user)

    def get_recovery_codes(self, user: Any) -> list[str]:
        """None: a digest cannot be shown."""
        return []

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Use ``code`` up, if it is one."""
        w = present_work()
        is_right = second_factor.use_recovery_code(w, user, code)
        if not is_right:
            w.tell(SecondFactorFailed(officer_id=user.id))
        return is_right

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """True: the check has used it up."""
        return True


def codes_by(house: House) -> type[Totp]:
    """The library's one-time codes by the clock of ``house``, each good for one sign-in."""

    class OneTimeCodes(Totp):
        def __init__(self, secrets: dict[str, str] | dict[int, str], issuer: str) -> None:
            super().__init__(secrets, issuer)
            self._totp = self._totp.using(now=lambda: house.clock.now().timestamp())

        def generate_qrcode(self, username: str, totp: str) -> Markup:
            picture = segno.make(self.get_totp_uri(username, totp), error="m")
            return Markup(picture.svg_inline(omitsize=True, border=4, dark="#000", light="#fff"))

        def get_last_counter(self, user: Any) -> int | None:
            counter: int | None = user.totp_last_counter
            return counter

        def set_last_counter(self, user: Any, tmatch: Any) -> None:
            if not second_factor.claim(present_work(), user, tmatch.counter):
                raise UsedTokenError

    return OneTimeCodes


class VietnameseWords(FsDomain):
    """The library's messages in Vietnamese, read from the text form of the catalogue."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)  # type: ignore[no-untyped-call]
        compiled = BytesIO()
        with WORDS.open("rb") as file:
            write_mo(compiled, read_po(file, locale="vi"))
        compiled.seek(0)
        self._words = Translations(compiled)

    def get_translations(self) -> NullTranslations:
        """The Vietnamese words."""
        return self._words


def _secrets(house: House) -> dict[str, Any]:
    root = key(house.settings.instance / "keys", "desk")
    return {
        "SECRET_KEY": derived(root, "cookies and form tokens"),
        "SECURITY_TOTP_SECRETS": second_factor.encryption_keys(house.settings),
        "SECURITY_TOTP_ISSUER": house.settings.site_name,
    }


_ADDRESSES = {
    "SECURITY_URL_PREFIX": "/van-phong",
    "SECURITY_LOGIN_URL": "/dang-nhap",
    "SECURITY_LOGOUT_URL": "/dang-xuat",
    "SECURITY_VERIFY_URL": "/xac-nhan",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/dang-nhap/ma",
    "SECURITY_TWO_FACTOR_SETUP_URL": "/thiet-bi",
    "SECURITY_TWO_FACTOR_RESCUE_URL": "/dang-nhap/ho-tro",
    "SECURITY_TWO_FACTOR_SELECT_URL": "/dang-nhap/chon",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/dang-nhap/ma-du-phong",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/tai-khoan/ma-du-phong",
    "SECURITY_CHANGE_URL": "/tai-khoan/mat-khau",
    "SECURITY_POST_LOGIN_VIEW": "home.show_home",
    "SECURITY_POST_LOGOUT_VIEW": "security.login",
    "SECURITY_POST_CHANGE_VIEW": "account.show_account",
    "SECURITY_POST_VERIFY_VIEW": "account.show_account",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "account.show_account",
}
_TEMPLATES = {
    "SECURITY_LOGIN_USER_TEMPLATE": "desk/sign_in.html",
    "SECURITY_LOGOUT_USER_TEMPLATE": "desk/sign_out.html",
    "SECURITY_VERIFY_TEMPLATE": "desk/confirm_password.html",
    "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": "desk/code.html",
    "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": "desk/device.html",
    "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "desk/recovery.html",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "desk/recovery_codes.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "desk/password.html",
}
_CHOICES: dict[str, Any] = {
    "SECURITY_PASSWORD_SCHEMES": passwords.SCHEMES,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": True,  # as the command line hashes; argon2id is enough
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": passwords.COSTS,
    "SECURITY_PASSWORD_LENGTH_MIN": passwords.SHORTEST,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,  # an unknown address and a wrong password look the same
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_REQUIRED": True,
    "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": [second_factor.METHOD],
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": CODE_STEP,
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": second_factor.RECOVERY_CODES,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_FRESHNESS": FRESH_FOR,
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=5),
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_CACHE_CONTROL": None,  # the door itself says that nothing may be kept
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
}
