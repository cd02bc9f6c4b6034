"""The line that checks a checkpoint works for every key: base64 has a "+" of its own in half of them."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from portal.record.checkpoint import Signer, is_signed, load_signer

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ORIGIN = "namro.example/so-cai"
WITH_PLUS = next(
    key
    for n in range(256)
    if Signer(ORIGIN, key := Ed25519PrivateKey.from_private_bytes(bytes([n] * 32))).verifier().count("+") > 2
)


@given(st.binary(min_size=32, max_size=32))
def test_every_key_checks_its_own_notes_and_nobody_elses(seed: bytes) -> None:
    signer = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(seed))
    note = signer.note(3, b"r" * 32, NOW)
    assert is_signed(note, signer.verifier())
    other = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(b ^ 1 for b in seed)))
    assert not is_signed(note, other.verifier())


def test_the_origin_is_kept_whatever_the_key(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.key").write_bytes(WITH_PLUS.private_bytes_raw())
    (tmp_path / "checkpoint.pub").write_text(Signer(ORIGIN, WITH_PLUS).verifier() + "\n", encoding="utf-8")
    assert load_signer(tmp_path, "elsewhere.example/so-cai").origin == ORIGIN
