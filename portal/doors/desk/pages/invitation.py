"""An invited officer's first page: set a password, then enrol the second factor."""

from flask import Blueprint, current_app, redirect, session, url_for
from flask_security import Security
from werkzeug.wrappers import Response

from portal.doors.desk.forms import InvitationForm
from portal.doors.desk.gate import open_to_all
from portal.doors.desk.pages import show
from portal.doors.desk.steps import by_machine, hold_back
from portal.kernel.db import db
from portal.kernel.limits import Limits
from portal.kernel.work import house, work
from portal.office.accounts.acts import accept
from portal.office.accounts.passwords import SHORTEST, hashed, weakness
from portal.office.accounts.reads import invited_officer, known_about

pages = Blueprint("invitation", __name__, url_prefix="/van-phong/loi-moi")


@pages.get("/<secret>")
@open_to_all
def show_invitation(secret: str) -> Response:
    """Ask for a password."""
    invited = invited_officer(db.session(), secret, now=house().clock.now())
    return show("desk/invitation.html", invited=invited, form=InvitationForm(), shortest=SHORTEST)


@pages.post("/<secret>")
@open_to_all
def take_invitation(secret: str) -> Response:
    """Set the password and go on to the second factor."""
    limits: Limits = current_app.extensions["limits"]
    hold_back(limits, by_machine)
    invited = invited_officer(db.session(), secret, now=house().clock.now())
    form = InvitationForm()
    if form.validate_on_submit():
        fault = weakness(form.password.data, about=known_about(db.session(), invited))
        if fault is None:
            return _enter(secret, hashed(form.password.data))
        form.password.errors = [fault]
    return show("desk/invitation.html", 422, invited=invited, form=form, shortest=SHORTEST)


def _enter(secret: str, hashed_password: str) -> Response:
    with work() as w:
        officer = accept(w, secret, hashed_password=hashed_password)
    session.clear()  # whoever sat here before
    security: Security = current_app.extensions["security"]
    security.two_factor_plugins.tf_enter(officer, False, "invitation", next_loc=None)
    return redirect(url_for("security.two_factor_setup"), 303)
