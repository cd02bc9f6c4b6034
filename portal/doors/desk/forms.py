"""The forms of signing in: Flask-Security's, with the desk's own words where the library has none."""

from typing import Any

from flask_security.forms import (
    IsStringOrInt,
    LoginForm,
    RequiredLocalize,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from wtforms import PasswordField, RadioField, StringField  # type: ignore[import-untyped]
from wtforms.validators import DataRequired, EqualTo  # type: ignore[import-untyped]

NO_CODE = "Chưa nhập mã. Đề nghị mở ứng dụng tạo mã và nhập sáu chữ số đang hiện."
NO_RECOVERY_CODE = "Chưa nhập mã dự phòng."
NO_PASSWORD = "Chưa nhập mật khẩu."
NOT_THE_SAME = "Hai lần nhập mật khẩu không giống nhau. Đề nghị nhập lại."


def _without_spaces(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value


class SignInForm(LoginForm):
    """Address and password. Nobody is remembered beyond the session."""

    remember = None


class CodeForm(TwoFactorVerifyCodeForm):
    """The code of the second factor; apps show it in two groups, so spaces do not matter."""

    code = StringField(
        filters=[_without_spaces], validators=[IsStringOrInt(), RequiredLocalize(message=NO_CODE)]
    )


class DeviceForm(TwoFactorSetupForm):
    """The wish to set a device up; the library's own choices are in a form WTForms gives up."""

    setup = RadioField(choices=[], validate_choice=False)


class RescueForm(TwoFactorRescueForm):
    """Not offered: who lost the device uses a recovery code or asks for an invitation."""

    help_setup = RadioField(choices=[])


class RecoveryForm(MfRecoveryForm):
    """A recovery code instead of the second factor."""

    code = StringField(validators=[RequiredLocalize(message=NO_RECOVERY_CODE)])


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """The first password of an invited officer, typed twice."""

    password = PasswordField(validators=[DataRequired(NO_PASSWORD)])
    password_confirm = PasswordField(validators=[EqualTo("password", NOT_THE_SAME)])
