"""Drafts written by hand, for tests of acts."""

from pathlib import Path

import pytest
from handwritten import begin
from world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An installation with the cast."""
    return World(tmp_path).settle_in()


@pytest.fixture
def ref(world: World) -> str:
    """A draft by hand: one task, one commitment."""
    return begin(world)
