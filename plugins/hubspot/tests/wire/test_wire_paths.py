"""One place builds paths, for every version; nothing hostile stands in one."""

import pytest

from writeback.errors import ContractBrokenError
from writeback_hubspot.wire import paths


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/crm/v3/objects/contacts/search", "/crm/objects/2026-09/contacts/search"),
        ("/crm/v3/owners/", "/crm/owners/2026-09"),
        ("/crm/v3/properties/deals", "/crm/properties/2026-09/deals"),
        ("/crm/v4/associations/a/b/batch/read", "/crm/associations/2026-09/a/b/batch/read"),
        ("/crm/v4/objects/a/1/associations/b/2", "/crm/objects/2026-09/a/1/associations/b/2"),
        ("/crm-object-schemas/v3/schemas", "/crm-object-schemas/2026-09/schemas"),
        (paths.ACCOUNT, "/account-info/2026-09/details"),
        (paths.USAGE, "/account-info/2026-09/api-usage/daily/private-apps"),
    ],
)
def test_every_path_of_the_package_has_its_dated_place(old: str, new: str) -> None:
    assert paths.versioned(old, "2026-09") == new
    assert paths.versioned(old, "v3") == old.removesuffix("/")


def test_a_path_without_a_dated_place_is_a_bug_of_ours() -> None:
    with pytest.raises(ContractBrokenError):
        paths.versioned("/crm/v3/imports", "2026-03")


def test_paths_are_put_together_from_checked_parts() -> None:
    assert paths.record_path("contacts", "7") == "/crm/v3/objects/contacts/7"
    assert paths.batch_path("p1_car", "update") == "/crm/v3/objects/p1_car/batch/update"
    assert paths.association_path("contacts", "7", "companies", "8").endswith("/7/associations/companies/8")
    assert paths.association_batch_path("2-1", "companies", "read").startswith("/crm/v4/associations/2-1/")


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a b", "é", "a?b"])
def test_a_name_that_none_has_stands_in_no_path(name: str) -> None:
    with pytest.raises(ContractBrokenError):
        paths.type_name(name)


@pytest.mark.parametrize("text", ["", "x", "1/2", "-1", "٣", "1" * 21])
def test_what_is_no_id_stands_in_no_path(text: str) -> None:
    assert paths.known_id(text) is None
    with pytest.raises(ContractBrokenError):
        paths.row_id(text)


def test_an_id_is_taken_without_blanks() -> None:
    assert paths.known_id(" 12 ") == "12"
