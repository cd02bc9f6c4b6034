"""What is said when a request cannot be met: in Vietnamese, with the way on, without inner workings."""

import logging

from flask import Flask
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from portal.doors.desk.pages import show
from portal.doors.desk.wording import FAULTS, waiting
from portal.kernel.policy import Refusal, Refused
from portal.kernel.wording import sentence

log = logging.getLogger(__name__)

STATUS: dict[Refusal, int] = {
    Refusal.NO_SUCH_OFFICER: 404,
    Refusal.NO_SUCH_PROGRAMME: 404,
    Refusal.NO_SUCH_COMMITMENT: 404,
    Refusal.NO_SUCH_SESSION: 404,
    Refusal.NO_SUCH_INVITATION: 404,
    Refusal.ACCOUNT_CLOSED: 403,
    Refusal.NOT_YOUR_ROLE: 403,
    Refusal.OWN_ACCOUNT: 403,
    Refusal.OWN_WORK: 403,
    Refusal.OWN_PROGRAMME: 403,
    Refusal.OWN_ASSIGNMENT: 403,
    Refusal.OWN_REQUEST: 403,
    Refusal.NO_SUCH_ENTRY: 404,
    Refusal.NOT_ANSWERABLE: 404,
    Refusal.NO_SUCH_REPLY: 404,
    Refusal.NO_SUCH_THEME: 404,
    Refusal.NO_SUCH_ITEM: 404,
    Refusal.NO_SUCH_VERSION: 404,
    Refusal.NO_SUCH_POSTING: 404,
    Refusal.NO_SUCH_GUIDANCE: 404,
    Refusal.NO_SUCH_MOVEMENT: 404,
    Refusal.NO_SUCH_JOB: 404,
    Refusal.NO_SUCH_PERIOD: 404,
    Refusal.NO_SUCH_QUOTATION: 404,
    Refusal.NO_SUCH_CASE: 404,
    Refusal.CASE_TAKEN: 409,
    Refusal.CHANGED_SINCE_PREVIEW: 409,
    Refusal.CHANGED_MEANWHILE: 409,
}
OTHER_REFUSALS = 422


def answer_faults(app: Flask) -> None:
    """Let every fault and refusal in ``app`` end in a page that says what to do."""
    app.register_error_handler(HTTPException, say_fault)
    app.register_error_handler(Refused, _say_refusal)
    app.register_error_handler(StaleDataError, lambda _: _page(409))


def say_fault(fault: HTTPException) -> Response | HTTPException:
    """The page that says what ``fault`` means and what to do."""
    code = fault.code or 500
    if code < 400:
        return fault  # a redirect is no fault
    if isinstance(fault, SecurityError):  # asked under a name that is not ours: no links to offer
        return Response(FAULTS[404][0], code, mimetype="text/plain")
    wait = getattr(fault, "retry_after", None)
    answer = _page(code, wait=int(wait) if wait else 60)
    for name, value in fault.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _say_refusal(refused: Refused) -> Response:
    code = STATUS.get(refused.refusal, OTHER_REFUSALS)
    said, *details = sentence(refused).splitlines()
    return show("desk/fault.html", code, title=FAULTS[code][0], advice=said, details=details)


def _page(code: int, *, wait: int = 60) -> Response:
    title, advice = FAULTS.get(code) or FAULTS[400 if code < 500 else 500]
    return show("desk/fault.html", code, title=title, advice=advice.format(wait=waiting(wait)), details=[])
