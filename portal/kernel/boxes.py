"""Boxes: bytes that only one key opens, one key for locking and another for opening, or one for both.

A sealed box is HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305): whoever holds the public half
can fill it and not look into it again. A locked box is ChaCha20-Poly1305 (RFC 8439) under a derived key.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from portal.kernel.keys import derived, key

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_NONCE = 12  # bytes


class BoxFault(ValueError):
    """The box was filled for another key or purpose, or changed since."""


def public_half(folder: Path, name: str) -> bytes:
    """The public half of the pair ``name`` in ``folder``, made at first use.

    A host that only fills boxes is given ``name.pub`` and never holds ``name.key``.
    """
    path = folder / f"{name}.pub"
    if not path.exists():
        made = _private(folder, name).public_key().public_bytes_raw()
        partial = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        partial.write_bytes(made)
        os.replace(partial, path)  # whoever is first or second, the bytes are the same
    return path.read_bytes()


def seal(public: bytes, purpose: str, content: bytes) -> bytes:
    """``content`` so that only the private half of ``public`` opens it, and only for ``purpose``."""
    return _SUITE.encrypt(content, X25519PublicKey.from_public_bytes(public), info=purpose.encode())


def unseal(folder: Path, name: str, purpose: str, box: bytes) -> bytes:
    """What was sealed for the pair ``name`` in ``folder``. Raises BoxFault."""
    try:
        return _SUITE.decrypt(box, _private(folder, name), info=purpose.encode())
    except (InvalidTag, ValueError) as fault:
        raise BoxFault(purpose) from fault


def lock(secret: bytes, purpose: str, content: bytes) -> bytes:
    """``content`` so that only ``secret`` opens it, and only for ``purpose``."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + ChaCha20Poly1305(derived(secret, purpose)).encrypt(nonce, content, None)


def unlock(secret: bytes, purpose: str, box: bytes) -> bytes:
    """What was locked with ``secret``. Raises BoxFault."""
    try:
        return ChaCha20Poly1305(derived(secret, purpose)).decrypt(box[:_NONCE], box[_NONCE:], None)
    except (InvalidTag, ValueError) as fault:
        raise BoxFault(purpose) from fault


def _private(folder: Path, name: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(key(folder, name))
