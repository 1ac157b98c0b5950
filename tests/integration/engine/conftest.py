"""A fresh workspace for each test."""

from collections import abc
from pathlib import Path

import pytest

from tests.doubles.sending_room import Room
from tests.unit.store.making import FakeClock, create
from writeback.store.workspace import Workspace


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock) -> abc.Iterator[Workspace]:
    with create(tmp_path, clock) as made:
        yield made


@pytest.fixture
def room(tmp_path: Path) -> abc.Iterator[Room]:
    """A workspace, a CRM in memory and a dispatcher; the doctor is asked at the end."""
    made = Room(tmp_path)
    yield made
    made.close()
