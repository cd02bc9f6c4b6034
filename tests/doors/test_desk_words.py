"""The desk's words: the library's catalogue is complete and Vietnamese, every event has its sentence."""

import inspect
import re
from dataclasses import is_dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from desk_house import open_desk
from flask_security import core, forms, recovery_codes, tf_plugin, twofactor

from portal.doors.desk import library, wording
from portal.doors.desk.pages.officers_forms import DUTIES
from portal.doors.desk.wording import LOG, happening
from portal.kernel.policy import Role
from portal.office.accounts import events
from portal.office.accounts.events import By
from portal.office.accounts.letters import RESET_REASONS
from portal.office.accounts.rules import Standing
from portal.office.audit import events as audit_events


def marked_texts() -> set[str]:
    """Every text the library marks for translation in the modules the desk uses."""
    found: set[str] = {text for text, _ in core._default_messages.values()}
    found |= set(forms._default_field_labels.values())
    found |= set(forms._setup_methods_xlate.values())
    for module in (forms, recovery_codes, tf_plugin, twofactor):
        found |= set(re.findall(r'(?<![\w.])_\(\s*"([^"]+)"\s*\)', inspect.getsource(module)))
    return found


def catalogue() -> dict[str, str]:
    """The Vietnamese catalogue."""
    with library.WORDS.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="vi", abort_invalid=True) if m.id}


def test_every_message_is_translated() -> None:
    assert len(marked_texts()) > 130
    assert marked_texts() - set(catalogue()) == set()
    assert [source for source, said in catalogue().items() if not said] == []


def test_a_translation_keeps_what_is_filled_in() -> None:
    for source, said in catalogue().items():
        assert set(re.findall(r"%\(\w+\)", source)) == set(re.findall(r"%\(\w+\)", said)), source


def test_a_translation_is_vietnamese() -> None:
    same = {source for source, said in catalogue().items() if source == said}
    assert same == {"Google Authenticator"}


def test_the_application_speaks_it(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    with desk.app.test_request_context("/van-phong"):
        security = desk.app.extensions["security"]
        assert security.i18n_domain.gettext("Invalid password").startswith("Mật khẩu chưa đúng")
    desk.close()


def test_every_happening_has_its_sentence() -> None:
    told = {name for name, kind in vars(events).items() if is_dataclass(kind)}
    told.add(audit_events.OfficerAdded.__name__)
    assert told == set(LOG)
    for event in LOG:
        facts = {"role": "author", "count": 10, "left": 3, "by": None, "reason": "lost"}
        for how in By:
            said = happening(event, {**facts, "how": how.value})
            assert said
            assert "{" not in said


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (Role, wording.ROLES),
        (By, wording._HOW),
        (Standing, wording.STANDINGS),
        (events.ResetReason, RESET_REASONS),
        (Role, DUTIES),
    ],
)
def test_every_key_has_a_word(kind: type[StrEnum], table: dict[str, str]) -> None:
    assert set(kind) == set(table)
