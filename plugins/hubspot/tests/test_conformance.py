"""The connector keeps every promise that its tier makes."""

import pytest

from writeback.conformance import conformance_suite


@pytest.mark.nightly  # forty seconds of a core; one of the four connectors is examined in every run
@pytest.mark.timeout(300)
def test_the_connector_is_platinum() -> None:
    conformance_suite("hubspot").require("platinum")
