"""What a read selects, and what a query can carry along."""

import pytest
from plugins.zoho.tests.making import described

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType
from writeback_zoho.wire.selections import joined_value, select

PATHS = ("last_name", "Last_Name", "Owner.email", "Account_Name.Industry")


def test_each_field_is_read_once_and_the_version_with_it() -> None:
    selection = select("contacts".title(), PATHS, described)
    assert selection.paths == PATHS
    assert selection.direct == ("Modified_Time", "Last_Name", "Owner", "Account_Name")
    assert [column.name for column in selection.columns] == [
        "Last_Name",
        "Last_Name",
        "Owner.email",
        "Account_Name.Industry",
    ]


def test_a_read_of_nothing_but_ids_still_names_a_field() -> None:
    assert select("users", ("id",), described).direct == ("id",)
    assert select("users", (), described).version == ""
    assert select("Contacts", ("id",), described).direct == ("Modified_Time",)


@pytest.mark.parametrize(
    ("paths", "joins"),
    [
        (("Last_Name", "Owner.email", "Account_Name.id"), ()),
        (("Account_Name.Industry", "Account_Name.Industry"), ("Account_Name.Industry",)),
        (("Account_Name.Owner.email",), ("Account_Name.Owner.email",)),
        (("Owner.status", "Account_Name.Industry"), ("Owner.status", "Account_Name.Industry")),
        (("Account_Name.Parent_Account.Owner.email",), ()),
        (("Owner.status", "Account_Name.Owner.email"), ()),
    ],
)
def test_a_query_follows_two_relations_and_no_more(paths: tuple[str, ...], joins: tuple[str, ...]) -> None:
    assert select("Contacts", paths, described).joins() == joins


def test_a_path_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(InvalidRequestError):
        select("Contacts", ("Nope",), described)


def test_a_joined_column_is_read_dotted_or_nested() -> None:
    text = AttributeType.TEXT
    assert joined_value({"Owner.email": "a"}, "Owner.email", text) == "a"
    assert joined_value({"Owner.email": None}, "Owner.email", text) is None
    assert joined_value({"Owner": {"email": "a"}}, "Owner.email", text) == "a"
    assert joined_value({"Owner": None}, "Owner.email", text) is None
