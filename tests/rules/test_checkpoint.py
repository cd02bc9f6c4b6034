"""A signed checkpoint: who signed it, what it states, and that not a letter of it was changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.record.checkpoint import Signer, is_plainly_written, is_signed, load_signer, load_verifier

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ORIGIN = "namro.example/so-cai"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"k" * 32))
NOTE = SIGNER.note(3, b"r" * 32, NOW)
LINES = NOTE.split("\n")


def test_it_states_origin_size_root_and_instant() -> None:
    assert LINES[:2] == [ORIGIN, "3"]
    assert LINES[3] == "2026-11-24T02:00:00+00:00"
    assert is_signed(NOTE, SIGNER.verifier())
    assert is_plainly_written(NOTE)


@pytest.mark.parametrize("place", range(len(NOTE)))
def test_no_letter_can_be_changed(place: int) -> None:
    altered = NOTE[:place] + chr(ord(NOTE[place]) ^ 1) + NOTE[place + 1 :]
    assert not (is_plainly_written(altered) and is_signed(altered, SIGNER.verifier()))


@pytest.mark.parametrize(
    "note",
    [
        "",
        "nothing",
        NOTE.replace("\n\n", "\n"),
        NOTE.split("\n\n")[0] + "\n\n",
        NOTE.replace(LINES[5], f"— {ORIGIN} not!base64"),
        NOTE.replace(LINES[5], f"— {ORIGIN} AAAA"),
        NOTE.replace(ORIGIN, "elsewhere.example", 1),
        NOTE.replace("\n3\n", "\n4\n"),
    ],
)
def test_what_is_no_note_is_not_signed(note: str) -> None:
    assert not is_signed(note, SIGNER.verifier())


@pytest.mark.parametrize("verifier", ["", "x", f"{ORIGIN}+00000000+AAAA", f"{ORIGIN}+zz+!!", "other+a+b"])
def test_what_is_no_key_checks_nothing(verifier: str) -> None:
    assert not is_signed(NOTE, verifier)


def test_a_copy_may_lose_its_last_line_end() -> None:
    """People copy notes from posters: it is still signed, though not as we store it."""
    assert is_signed(NOTE.rstrip("\n"), SIGNER.verifier())
    assert not is_plainly_written(NOTE.rstrip("\n"))


@pytest.mark.parametrize(
    "line",
    [
        LINES[5].replace("—", "-"),
        LINES[5].replace(ORIGIN, "elsewhere.example"),
        LINES[5] + " ",
        LINES[5][:-1],
        f"— {ORIGIN} ?",
    ],
)
def test_another_signature_line_is_not_plainly_written(line: str) -> None:
    assert not is_plainly_written(NOTE.replace(LINES[5], line))
    assert not is_plainly_written(NOTE + line)


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert load_verifier(folder) == ""
    first = load_signer(folder, ORIGIN)
    again = load_signer(folder, "elsewhere.example")
    assert (again.origin, again.public_bytes()) == (ORIGIN, first.public_bytes())
    assert load_verifier(folder) == first.verifier()
    assert (folder / "checkpoint.key").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o077 == 0
