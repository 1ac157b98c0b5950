"""Fixtures of the connector's tests."""

from collections import abc

import pytest
from plugins.zoho.tests.talking import Talk, talking


@pytest.fixture
def talk() -> abc.Iterator[Talk]:
    """A session on a small org of its own."""
    with talking() as made:
        yield made
