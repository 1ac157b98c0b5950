"""Fixtures of the connector's tests."""

from collections import abc

import pytest
from plugins.hubspot.tests.talking import Talk, talking


@pytest.fixture
def talk() -> abc.Iterator[Talk]:
    """A session on a small account of its own."""
    with talking() as made:
        yield made
