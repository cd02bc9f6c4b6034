"""Signed checkpoints: the log's size and root in a text anybody can copy, keep and check later.

The form is the C2SP signed note with a ``tlog-checkpoint`` body: origin, size, root in base64, one
extension line with the instant, an empty line, the Ed25519 signature.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"  # signature type in a C2SP key identifier


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs checkpoints in the name of ``origin``."""

    origin: str
    key: Ed25519PrivateKey

    def note(self, size: int, root: bytes, at: datetime) -> str:
        """The signed note for a log of ``size`` with ``root``, made at ``at``."""
        body = f"{self.origin}\n{size}\n{base64.b64encode(root).decode()}\n{at.isoformat()}\n"
        signature = self.key.sign(body.encode())
        signed = base64.b64encode(key_id(self.origin, self.public_bytes()) + signature).decode()
        return f"{body}\n— {self.origin} {signed}\n"

    def public_bytes(self) -> bytes:
        """The 32 bytes of the public key."""
        return self.key.public_key().public_bytes_raw()

    def verifier(self) -> str:
        """The public key as a line to hand out: origin, key identifier, key."""
        return verifier_line(self.origin, self.public_bytes())


def key_id(origin: str, public: bytes) -> bytes:
    """The four bytes that name a key in a signed note."""
    return hashlib.sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_line(origin: str, public: bytes) -> str:
    """``origin+identifier+key``, as C2SP signed notes write a verifier."""
    key = base64.b64encode(_ED25519 + public).decode()
    return f"{origin}+{key_id(origin, public).hex()}+{key}"


def is_signed(note: str, verifier: str) -> bool:
    """Whether ``note`` carries a valid signature of the key in ``verifier``."""
    try:
        origin, _, encoded = verifier.split("+", 2)  # the key may hold a "+" of its own
        public = base64.b64decode(encoded)[1:]
        body, line = note.split("\n\n", 1)
        signed = base64.b64decode(line.split()[-1])
        if not body.startswith(origin + "\n") or signed[:4] != key_id(origin, public):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(signed[4:], (body + "\n").encode())
    except (ValueError, IndexError, InvalidSignature):
        return False
    return True


def is_plainly_written(note: str) -> bool:
    """Whether ``note`` is, to the byte, as ``Signer.note`` writes it: base64 has more than one spelling."""
    lines = note.split("\n")
    if len(lines) != 7 or (lines[4], lines[6]) != ("", ""):
        return False
    mark, _, signed = lines[5].rpartition(" ")
    try:
        return mark == f"— {lines[0]}" and base64.b64encode(base64.b64decode(signed)).decode() == signed
    except ValueError:
        return False


def load_signer(folder: Path, origin: str) -> Signer:
    """The installation's signer, made on first use; ``origin`` is kept from then on.

    The private key is readable by its owner only. The verifier line lies beside it, so that the
    public door never needs the private half.
    """
    private, public = folder / "checkpoint.key", folder / "checkpoint.pub"
    if not private.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        private.touch(mode=0o600)
        private.write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())
        made = Signer(origin, Ed25519PrivateKey.from_private_bytes(private.read_bytes()))
        public.write_text(made.verifier() + "\n", encoding="utf-8")
    kept = public.read_text(encoding="utf-8").split("+", 2)[0]
    return Signer(kept, Ed25519PrivateKey.from_private_bytes(private.read_bytes()))


def load_verifier(folder: Path) -> str:
    """The line that lets anybody check this installation's checkpoints; empty before the first one."""
    public = folder / "checkpoint.pub"
    return public.read_text(encoding="utf-8").strip() if public.exists() else ""
