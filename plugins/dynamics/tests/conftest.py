"""Fixtures of the connector's tests."""

from collections import abc

import pytest
from plugins.dynamics.tests.talking import Talk, talking


@pytest.fixture
def talk() -> abc.Iterator[Talk]:
    """A session on a small environment of its own."""
    with talking() as made:
        yield made
