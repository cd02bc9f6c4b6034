"""What was typed travels in the form itself while its author signs in: nothing of it is kept here."""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from portal.kernel.boxes import BoxFault, lock, unlock
from portal.kernel.keys import key
from portal.kernel.work import house

FIELD = "mang_theo"
_LASTS = timedelta(hours=2)
_PURPOSE = "carried"


def carry(fields: Mapping[str, str]) -> str:
    """``fields`` as a text that only this installation opens, for two hours."""
    until = (house().clock.now() + _LASTS).isoformat()
    box = lock(_secret(), _PURPOSE, json.dumps([until, dict(fields)]).encode())
    return base64.urlsafe_b64encode(box).decode()


def carried(text: str) -> dict[str, str]:
    """What was carried; empty when it is none of ours or too old."""
    try:
        box = base64.urlsafe_b64decode(text.encode())
        until, fields = json.loads(unlock(_secret(), _PURPOSE, box))
    except (BoxFault, binascii.Error, ValueError):
        return {}
    return fields if datetime.fromisoformat(until) >= house().clock.now() else {}


def _secret() -> bytes:
    return key(house().settings.instance / "keys", "sign-in")
