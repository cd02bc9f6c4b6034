"""The pages of one draft: their common address, and how a form with a broken token gives the typing back."""

from typing import cast

from flask import Blueprint, current_app, g, request
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.doors.desk.faults import say_fault
from portal.kernel.policy import Refused

pages = Blueprint("draft", __name__, url_prefix="/van-phong/chuong-trinh")


@pages.errorhandler(CSRFError)
def give_typing_back(fault: CSRFError) -> Response | HTTPException:
    """Nothing is stored; a form that keeps typing comes back as it was sent, with a token that is good."""
    view = current_app.view_functions[request.endpoint or ""]
    if not getattr(view, "keeps_typing", False):
        return say_fault(fault)
    g.unproven = True
    try:
        return cast(Response, view(**(request.view_args or {})))
    except Refused as refused:  # raised in a handler, it would reach none of its own
        return cast(Response, current_app.handle_user_exception(refused))
