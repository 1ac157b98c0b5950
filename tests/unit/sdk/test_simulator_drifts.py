"""Schema drifts of a simulator: in force while they are armed, from the moment they say."""

import threading

import pytest

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import Change, Drifts, Fault, Faults


class Schema:
    """Remembers what became of it."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.restored = 0

    def restore(self) -> None:
        self.changes.clear()
        self.restored += 1

    def apply(self, change: Change, fault: Fault) -> None:
        del fault
        self.changes.append(change)


def made() -> tuple[Faults, Schema, Drifts]:
    faults, schema = Faults(("drift", "extra")), Schema()
    return faults, schema, Drifts(faults, schema, {"extra": "extra"}, lock=threading.Lock())


def drift(**facts: object) -> Fault:
    return Fault.read({"kind": "drift", "object": "Account", "field": "Site", **facts})  # type: ignore[dict-item]


def test_a_change_is_in_force_until_it_is_disarmed() -> None:
    faults, schema, drifts = made()
    drifts.follow()
    assert schema.restored == 0
    faults.arm(drift(change="renamed", to="Place"), drift(change="shorter", most=10))
    drifts.follow()
    drifts.follow()
    assert schema.changes == [
        Change("renamed", "Account", "Site", "Place"),
        Change("shorter", "Account", "Site", most=10),
    ]
    assert schema.restored == 1
    faults.disarm()
    drifts.follow()
    assert schema.changes == []


def test_a_change_waits_for_the_requests_that_it_lets_pass() -> None:
    faults, schema, drifts = made()
    faults.arm(drift(change="gone", skip=2, method="PATCH"))
    for method in ("GET", "PATCH", "GET", "PATCH"):
        drifts.follow(method=method, path="/x")
        assert schema.changes == []
    drifts.follow(method="GET", path="/x")
    assert [change.what for change in schema.changes] == ["gone"]


def test_a_kind_of_the_simulators_own_is_a_change_as_well() -> None:
    faults, schema, drifts = made()
    faults.arm(Fault.read({"kind": "extra", "object": "Account"}))
    drifts.follow()
    assert [change.what for change in schema.changes] == ["extra"]


@pytest.mark.parametrize("change", ["", "vanished"])
def test_a_change_nobody_knows_is_refused(change: str) -> None:
    faults, _, _ = made()
    with pytest.raises(ConfigurationError) as refused:
        faults.arm(drift(change=change))
    assert refused.value.code == "simulator.bad_fault"
