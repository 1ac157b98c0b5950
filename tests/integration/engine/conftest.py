from collections import abc
from pathlib import Path

import pytest

from tests.doubles.sending_room import Room


@pytest.fixture
def room(tmp_path: Path) -> abc.Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.close()
