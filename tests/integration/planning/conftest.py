"""A fresh workspace for each test."""

from collections import abc
from pathlib import Path

import pytest

from tests.unit.store.making import create
from writeback.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> abc.Iterator[Workspace]:
    with create(tmp_path) as made:
        yield made
