"""Looking up: which keys a field can hold, who answers to what."""

import pytest
from plugins.zoho.tests.making import described

from writeback.errors import InvalidRequestError
from writeback_zoho.wire import finds
from writeback_zoho.wire.answers import Json


def test_a_key_field_is_one_that_can_be_compared() -> None:
    assert finds.key_field(described("Contacts"), "email").name == "Email"
    with pytest.raises(InvalidRequestError, match=r"zoho\.no_such_field"):
        finds.key_field(described("Contacts"), "Nope")
    with pytest.raises(InvalidRequestError, match=r"zoho\.bad_key_kind"):
        finds.key_field(described("Contacts"), "Interests")


def test_keys_that_a_field_cannot_hold_are_not_asked_for() -> None:
    number = finds.key_field(described("Accounts"), "Serial")
    assert finds.usable_keys(["7", "x", " ", "7", "NaN"], number) == [7]
    name = finds.key_field(described("Accounts"), "Account_Name")
    assert finds.usable_keys([" a ", "", "a", "b"], name) == ["a", "b"]


def test_candidates_are_found_whatever_the_case() -> None:
    rows: list[Json] = [
        {"id": "1", "Email": "A@x.example", "Last_Name": "Ann"},
        {"id": "2", "Email": "a@X.example", "Last_Name": None},
        {"id": "3", "Email": None},
        {"Email": "a@x.example"},
        {"id": 4, "Email": "b", "Last_Name": {"name": "Looked up", "id": "9"}},
    ]
    found = finds.group_candidates(
        rows, ["a@x.example", "b", "c", " "], by="Email", title="Last_Name", object_name="Contacts"
    )
    assert {value: [(c.id, c.title) for c in some] for value, some in found.items()} == {
        "a@x.example": [("1", "Ann"), ("2", "2")],
        "b": [("4", "Looked up")],
        "c": [],
        " ": [],
    }
