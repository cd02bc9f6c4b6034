"""Merkle tree hashing of RFC 6962 section 2.1: pure, on bytes, nothing stored."""

import hashlib
from collections.abc import Callable, Sequence

Hash = bytes
NodeAt = Callable[[int, int], Hash]  # (level, place) -> hash of that complete subtree

EMPTY_ROOT: Hash = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> Hash:
    """SHA-256 over 0x00 and ``data``."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """SHA-256 over 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(position: int, leaf: Hash, node: NodeAt) -> list[tuple[int, int, Hash]]:
    """The complete subtrees that appear when ``leaf`` is appended at ``position``, leaf first."""
    made = [(0, position, leaf)]
    level, place, value = 0, position, leaf
    while place % 2:
        value = node_hash(node(level, place - 1), value)
        level, place = level + 1, place // 2
        made.append((level, place, value))
    return made


def peaks(size: int) -> list[tuple[int, int]]:
    """The complete subtrees (level, place) that tile a log of ``size`` leaves, left to right."""
    found, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def root(size: int, node: NodeAt) -> Hash:
    """The root of the first ``size`` leaves."""
    if size == 0:
        return EMPTY_ROOT
    hashes = [node(level, place) for level, place in peaks(size)]
    value = hashes.pop()
    while hashes:
        value = node_hash(hashes.pop(), value)
    return value


def inclusion(position: int, size: int, node: NodeAt) -> tuple[Hash, ...]:
    """The audit path for the leaf at ``position`` in a log of ``size`` (RFC 6962 section 2.1.1)."""
    if not 0 <= position < size:
        raise ValueError(f"no leaf {position} in a log of {size}")
    return tuple(_path(position, 0, size, node))


def _path(position: int, start: int, size: int, node: NodeAt) -> list[Hash]:
    if size == 1:
        return []
    split = 1 << (size - 1).bit_length() - 1
    if position - start < split:
        return [*_path(position, start, split, node), _subroot(start + split, size - split, node)]
    return [*_path(position, start + split, size - split, node), _subroot(start, split, node)]


def _subroot(start: int, size: int, node: NodeAt) -> Hash:
    """The root of the ``size`` leaves from ``start``; ``start`` is aligned as RFC 6962 splits."""
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    split = 1 << size.bit_length() - 1
    return node_hash(_subroot(start, split, node), _subroot(start + split, size - split, node))


def is_included(leaf: Hash, position: int, size: int, path: Sequence[Hash], claimed: Hash) -> bool:
    """Whether ``path`` leads from ``leaf`` to the ``claimed`` root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= position < size:
        return False
    here, last, value = position, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            value = node_hash(sibling, value)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and value == claimed
