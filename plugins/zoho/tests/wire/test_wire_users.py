"""Users: a resource of their own, found by any of their fields, inactive ones too."""

from plugins.zoho.tests.making import OWNER

from writeback_zoho.wire import users
from writeback_zoho.wire.answers import Json


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
