"""The tree hashing against RFC 6962's own definition, for every size up to 130."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.record import merkle


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def tree(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    nodes: dict[tuple[int, int], bytes] = {}
    for position, leaf in enumerate(leaves):
        grown = merkle.grown(position, merkle.leaf_hash(leaf), lambda level, place: nodes[level, place])
        nodes.update({(level, place): value for level, place, value in grown})
    return nodes


LEAVES = [str(n).encode() for n in range(130)]


@pytest.mark.parametrize("size", range(131))
def test_root_is_that_of_the_rfc(size: int) -> None:
    nodes = tree(LEAVES[:size])
    assert merkle.root(size, lambda level, place: nodes[level, place]) == naive_root(LEAVES[:size])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 64, 65, 130])
def test_every_entry_is_proved_and_no_other(size: int) -> None:
    nodes = tree(LEAVES[:size])
    root = naive_root(LEAVES[:size])
    for position in range(size):
        path = merkle.inclusion(position, size, lambda level, place: nodes[level, place])
        leaf = merkle.leaf_hash(LEAVES[position])
        assert merkle.is_included(leaf, position, size, path, root)
        assert not merkle.is_included(merkle.leaf_hash(b"other"), position, size, path, root)
        assert not merkle.is_included(leaf, position, size, (*path, leaf), root)
        if size > 1:
            assert not merkle.is_included(leaf, (position + 1) % size, size, path, root)
            assert not merkle.is_included(leaf, position, size, path[:-1], root)


@given(st.integers(1, 200), st.data())
def test_a_changed_leaf_changes_the_root(size: int, data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, size - 1))
    leaves = [str(n).encode() for n in range(size)]
    other = [*leaves[:changed], b"changed", *leaves[changed + 1 :]]
    assert naive_root(leaves) != naive_root(other)
    nodes = tree(other)
    assert merkle.root(size, lambda level, place: nodes[level, place]) == naive_root(other)


def test_there_is_no_proof_outside_the_log() -> None:
    nodes = tree(LEAVES[:4])
    for position in (-1, 4):
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion(position, 4, lambda level, place: nodes[level, place])
        assert not merkle.is_included(b"", position, 4, (), b"")
