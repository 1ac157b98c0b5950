"""Owners: numeric ids as text, active or archived, found without case."""

import pytest

from writeback.errors import InvalidRequestError
from writeback_hubspot.wire.owners import describe_owners, known_field, owners_by, parse_owners

PAGE = {
    "results": [
        {
            "id": "1",
            "email": "Ada@x.example",
            "firstName": "Ada",
            "lastName": "L",
            "userId": 9,
            "archived": False,
        },
        {"id": "2", "email": "ada@x.example", "archived": True, "updatedAt": "2026-01-01T00:00:00Z"},
        {"id": "", "email": "nobody"},
        {"id": "3"},
    ]
}


def test_an_owner_is_read_field_by_field() -> None:
    ada, old, bare = parse_owners(PAGE)
    assert (ada.value("EMAIL"), ada.value("userId"), ada.value("archived")) == ("Ada@x.example", "9", False)
    assert (ada.version, old.version) == (None, "2026-01-01T00:00:00.000Z")
    titles = [(one.as_candidate().title, one.as_candidate().is_active) for one in (ada, old, bare)]
    assert titles == [("Ada L", True), ("ada@x.example", False), ("3", True)]


def test_an_address_may_belong_to_two() -> None:
    found = owners_by(parse_owners(PAGE), "Email")
    assert [one.id for one in found["ada@x.example"]] == ["1", "2"]
    assert len(found) == 1


def test_owners_have_the_fields_they_describe_and_no_other() -> None:
    for field in describe_owners().fields:
        assert known_field(field.name.upper()) == (field.name, field.kind)
    with pytest.raises(InvalidRequestError):
        known_field("salary")
