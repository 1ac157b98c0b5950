"""Dependent picklists as describe tells them: a bitmap in base64 for each option."""

import pytest

from writeback_salesforce.wire.dependencies import dependency_of

RATING = {"name": "Rating", "type": "picklist", "picklistValues": [{"value": "Hot"}, {"value": "Cold"}]}
ACTIVE = {"name": "Active__c", "type": "boolean", "picklistValues": []}


def tier(controller: str, *bits: str) -> dict[str, object]:
    options = [{"value": value, "validFor": bit} for value, bit in zip("ABC", bits, strict=False)]
    return {"dependentPicklist": True, "controllerName": controller, "picklistValues": options}


def test_bits_count_from_the_left() -> None:
    found = dependency_of(tier("Rating", "gAAA", "QAAA", "wAAA"), {"Rating": RATING})
    assert found is not None
    assert (found.controller, found.allowed) == ("Rating", (("Hot", ("A", "C")), ("Cold", ("B", "C"))))
    assert found.of("Hot") == ("A", "C")
    assert found.of("Lukewarm") is None


def test_a_checkbox_has_false_first() -> None:
    found = dependency_of(tier("Active__c", "gAAA", "QAAA"), {"Active__c": ACTIVE})
    assert found is not None
    assert found.allowed == (("false", ("A",)), ("true", ("B",)))


def test_a_bit_of_a_later_byte() -> None:
    many = {**RATING, "picklistValues": [{"value": str(number)} for number in range(10)]}
    found = dependency_of(tier("Rating", "AEAA"), {"Rating": many})
    assert found is not None
    assert [value for value, options in found.allowed if options] == ["9"]


@pytest.mark.parametrize(
    "told",
    [
        tier("Gone", "gAAA"),
        {**tier("Rating", "gAAA"), "dependentPicklist": False},
        {**tier("Rating", "gAAA"), "controllerName": None},
    ],
)
def test_what_hangs_on_nothing(told: dict[str, object]) -> None:
    assert dependency_of(told, {"Rating": RATING}) is None


@pytest.mark.parametrize("bits", ["", "%%%", None, "g"])
def test_what_cannot_be_read_allows_nothing(bits: str) -> None:
    found = dependency_of(tier("Rating", bits), {"Rating": RATING})
    assert found is not None
    assert found.allowed == (("Hot", ()), ("Cold", ()))
