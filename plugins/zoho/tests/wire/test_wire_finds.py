"""Looking up: which keys a field can hold, who answers to what."""

import pytest
from plugins.zoho.tests.making import OWNER, described

from writeback.errors import InvalidRequestError
from writeback_zoho.wire import finds, users
from writeback_zoho.wire.answers import Json


def test_a_key_field_is_one_that_can_be_compared() -> None:
    assert finds.key_field(described("Contacts"), "email").name == "Email"
    with pytest.raises(InvalidRequestError, match=r"zoho\.invalid_field"):
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


def test_users_are_found_by_any_of_their_fields_and_inactive_ones_too() -> None:
    told: list[Json] = [
        OWNER | {"full_name": "Patricia Boyle", "status": "active"},
        {"id": "2", "email": "gone@example.com", "status": "disabled"},
        {"email": "no id"},
    ]
    found = users.group_candidates(told, ["PATRICIA@example.com", "gone@example.com", "x", ""], by="email")
    assert [(c.id, c.title, c.is_active, c.object) for c in found["PATRICIA@example.com"]] == [
        (OWNER["id"], "Patricia Boyle", True, "users")
    ]
    assert [c.is_active for c in found["gone@example.com"]] == [False]
    assert (found["x"], found[""]) == ((), ())


def test_users_are_a_resource_of_their_own() -> None:
    assert users.is_users("Users")
    assert users.prepare_users(2) == ("users", {"type": "AllUsers", "page": "2", "per_page": "200"})
    assert users.DESCRIPTION.field("EMAIL") is not None
