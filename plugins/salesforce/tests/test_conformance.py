"""The connector keeps every promise that its tier makes."""

from collections import abc

import pytest
import stamina

from writeback.conformance import conformance_suite


@pytest.fixture(autouse=True)
def no_pauses_between_tries(monkeypatch: pytest.MonkeyPatch) -> abc.Iterator[None]:
    monkeypatch.setattr("writeback_salesforce.session.calls.READ_PAUSE_S", 0.0)
    stamina.set_testing(True, attempts=4, cap=True)
    yield
    stamina.set_testing(False)


@pytest.mark.timeout(300)
def test_the_connector_is_platinum() -> None:
    conformance_suite("salesforce").require("platinum")
