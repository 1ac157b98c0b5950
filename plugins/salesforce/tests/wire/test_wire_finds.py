"""Looking up: two records that might be meant are two candidates, never one chosen silently."""

import pytest
from plugins.salesforce.tests.making import record_id, recorded

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType
from writeback_salesforce.wire.describes import Described, parse_describe
from writeback_salesforce.wire.finds import (
    group_candidates,
    is_compared_with_case,
    key_kind,
    select_candidates,
)

ROWS = [
    (record_id(1, "005"), None, ("a@example.com", "Ann", True)),
    (record_id(2, "005"), None, ("A@example.com", "Anna", False)),
    (record_id(3, "005"), None, ("b@example.com", "Bob", True)),
]


def grouped(*values: str, with_case: bool = False) -> dict[str, list[str]]:
    found = group_candidates(ROWS, values, object_name="User", with_case=with_case, by_id=False)
    return {value: [candidate.title for candidate in candidates] for value, candidates in found.items()}


def test_a_user_is_selected_with_name_and_activity() -> None:
    chosen = select_candidates("User", "email", recorded)
    assert [chosen.select[place] for place in chosen.places] == ["Email", "Name", "IsActive"]
    assert key_kind(chosen) is AttributeType.EMAIL


def test_an_object_without_activity_has_active_candidates_only() -> None:
    chosen = select_candidates("Account", "Name", recorded)
    assert "IsActive" not in chosen.select
    row = (record_id(1), None, ("Acme", "Acme"))
    found = group_candidates([row], ["acme"], object_name="Account", with_case=False, by_id=False)
    assert found["acme"][0].is_active


def test_every_value_asked_for_is_answered() -> None:
    assert grouped("b@example.com", "nobody@example.com", " ") == {
        "b@example.com": ["Bob"],
        "nobody@example.com": [],
        " ": [],
    }


def test_records_that_differ_in_case_are_both_candidates() -> None:
    assert grouped("a@EXAMPLE.com ")["a@EXAMPLE.com "] == ["Ann", "Anna"]


def test_a_field_compared_with_case_tells_them_apart() -> None:
    assert grouped("a@example.com", with_case=True)["a@example.com"] == ["Ann"]
    told = [{"name": "Ext__c", "label": "x", "type": "string", "caseSensitive": True}]
    described: Described = parse_describe({"name": "X", "label": "X", "fields": told})
    assert is_compared_with_case(described, "ext__c")
    assert not is_compared_with_case(recorded("User"), "Email")
    assert not is_compared_with_case(recorded("User"), "Nope")


def test_ids_are_compared_in_their_full_form() -> None:
    row = (record_id(1, "005"), None, (record_id(1, "005"), "Ann", True))
    short = record_id(1, "005")[:15]
    found = group_candidates([row], [short, "x"], object_name="User", with_case=False, by_id=True)
    assert [c.id for c in found[short]] == [record_id(1, "005")]
    assert found["x"] == ()


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(InvalidRequestError):
        select_candidates("User", "Nope", recorded)
